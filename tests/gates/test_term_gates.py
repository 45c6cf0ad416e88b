"""Special categories behind their gate are those that reading everything finds."""

from __future__ import annotations

from datetime import date

import pytest
import re2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recognizers.folding import fold
from recognizers.gates_patterns import anchors_of
from recognizers.gates_terms import TermGate, gate_values
from recognizers.names import NameRecognizer
from scanner.recognition import lexicons
from scanner.recognition.lexicons import Strength, load_lexicons, load_matcher
from scanner.recognition.special import SpecialRecognizer

TODAY = date(2026, 11, 23)
SPECIAL = SpecialRecognizer()
NAMES = NameRecognizer()


@pytest.fixture(autouse=True)
def gate_from_the_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicons, "_WORTH_A_GATE", 0)


def plain_terms() -> list[str]:
    """Every term that is no pattern, with something where its stars are."""
    terms = []
    for lexicon in load_lexicons():
        listed = [
            term for strength in (Strength.SETTING, Strength.WEAK, Strength.STRONG) for term in lexicon.terms[strength]
        ]
        terms += [*listed, *lexicon.false_friends, *lexicon.objects, *lexicon.appositives]
    return [term.replace("*", "es") for term in terms if not term.startswith("~")]


TERMS = plain_terms()
EXAMPLES = [str(example["text"]) for lexicon in load_lexicons() for example in (*lexicon.matches, *lexicon.rejects)]
GLUE = (
    " ",
    "  ",
    "\n",
    "\n\n",
    ", ",
    ". ",
    "_",
    " - ",
    "s ",
    "e ",
    "x",
    "",
    "'",
    "-",
    "12 ",
    "5",
    "(7 ans)",
    "né le 12/03/2015",
)
TALK = (
    "je suis",
    "la patiente",
    "selon",
    "police",
    '"',
    "Jean Dupont",
    "mon",
    "his",
    "diagnosed with",
    "suite à son",
    "é",
    "汉",
)
TEXTS = st.lists(
    st.tuples(st.one_of(st.sampled_from(TERMS), st.sampled_from(TALK)), st.sampled_from(GLUE)), max_size=12
).map(lambda pieces: "".join(piece + glue for piece, glue in pieces))


def assert_gate_loses_nothing(text: str) -> None:
    data = fold(text).data
    matcher = load_matcher()
    assert matcher.find_in(data, matcher.gate.windows(data)) == matcher.find_in(data, [(0, len(data))])
    keys = NAMES.find(text)
    assert SPECIAL.find(text, keys, TODAY) == SPECIAL.find_without_gate(text, keys, TODAY)


@pytest.mark.parametrize("shape", ["{}", "{}s", "x {}, y", "PATIENT: {}", "{}\n", "les {}es\n\nx"])
def test_every_term_passes(shape: str) -> None:
    for term in TERMS:
        assert_gate_loses_nothing(shape.format(term))


def test_every_example_passes() -> None:
    for text in EXAMPLES:
        assert_gate_loses_nothing(text)
        assert_gate_loses_nothing(text.upper())
    assert_gate_loses_nothing("\n".join(EXAMPLES))


@given(TEXTS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_of_terms(text: str) -> None:
    assert_gate_loses_nothing(text)


@given(TEXTS, st.integers(0, 8300))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_terms_anywhere_in_long_texts(text: str, at: int) -> None:
    assert_gate_loses_nothing("x" * at + " " + text + " y" * 8000 + text)


@pytest.mark.parametrize("length", [50, 70, 500])
def test_stems_of_any_length(length: int) -> None:
    assert_gate_loses_nothing(
        f"elle est souffr{'a' * length} d{'b' * length} et atteint d'un{'c' * length} {'d' * length}"
    )


def test_nothing_changes_when_the_gate_begins_to_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicons, "_WORTH_A_GATE", 1 << 40)
    for text in EXAMPLES:
        assert_gate_loses_nothing(text)


@pytest.mark.parametrize("apart", [10, 500, 590, 610, 1500, 2500, 6000])
def test_settings_count_near_topics_only(apart: int) -> None:
    text = f"Le collège de Jean Dupont, {'x ' * (apart // 2)} élève absent, {'y ' * (apart // 2)} à la cantine"
    assert_gate_loses_nothing(text)
    assert_gate_loses_nothing(f"{text}\n\n{text}")


def test_settings_alone_are_not_read() -> None:
    data = fold("le collège, la cantine et la maternelle. " * 50).data
    gate = load_matcher().gate
    assert gate.windows(data)
    assert gate.windows(data, 2000) == []


def test_a_long_run_of_terms() -> None:
    assert_gate_loses_nothing("souffr'" * 20_000 + " d'asthme, Jean Dupont")


def test_persons_are_asked_for_only_where_a_term_is() -> None:
    def never() -> list[object]:
        raise AssertionError("asked for persons")

    assert SPECIAL.find("la note de service du 12 mars", never, TODAY) == []  # type: ignore[arg-type]


def test_a_pattern_in_which_no_word_is_sure_is_refused() -> None:
    with pytest.raises(ValueError, match="no word is sure"):
        list(anchors_of(r"[a-z]{4,}\d"))


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"\bcarte ?(?:d.)?adherent", ["carte d'adherent", "carteadherent", "x carte dxadherent"]),
        (r"\bn[o.]{0,2} ?parquet ?[0-9]{4,}", ["no. parquet 12345678", "n parquet0000", "n.. parquet 1234"]),
        (r"msh\|\^~\\&", ["xmsh|^~\\&", "msh|^~\\&"]),
        (r"1\.2\.250\.1\b", ["11.2.250.1", "1.2.250.1"]),
        (r"[,(] ?(?:[0-9]|1[0-7]) (?:ans|mois)\b", ["(7 ans)", ", 12 mois,", ",7 mois"]),
        (r"\b(?:sa|my)\s(?:[a-z0-9'-]{1,20}\s){0,3}(?:\bmigraine\b|\bstroke\b)", ["my very bad stroke", "sa migraine"]),
    ],
)
def test_patterns(pattern: str, texts: list[str]) -> None:
    gate = TermGate(gate_values([pattern]))
    for text in texts:
        for before in ("", "a ", "-"):
            whole = before + text
            match = re2.search(pattern, whole)
            assert match is not None
            assert any(low <= match.start() and high >= match.end() for low, high in gate.windows(whole.encode())), (
                whole
            )
