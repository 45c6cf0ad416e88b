from __future__ import annotations

from datetime import date

import pytest
from speaking import SPECIAL, keys, levels

from scanner.model import Level, Span
from scanner.recognition.lexicons import Lexicon, load_lexicons


def cases(kind: str) -> list[object]:
    return [
        pytest.param(lexicon, example, id=f"{lexicon.name}-{kind}-{number}")
        for lexicon in load_lexicons()
        for number, example in enumerate(getattr(lexicon, kind))
    ]


@pytest.mark.parametrize(("lexicon", "example"), cases("matches"))
def test_match(lexicon: Lexicon, example: dict[str, str]) -> None:
    found = levels(example["text"]).get(lexicon.regime)
    assert found is not None
    assert found.name == example["level"]


@pytest.mark.parametrize(("lexicon", "example"), cases("rejects"))
def test_reject(lexicon: Lexicon, example: dict[str, str]) -> None:
    assert example["why"]
    assert all(level == Level.INDICE for level in levels(example["text"]).values())


@pytest.mark.parametrize("lexicon", load_lexicons(), ids=lambda lexicon: lexicon.name)
def test_every_regime_has_its_proof(lexicon: Lexicon) -> None:
    assert len(lexicon.matches) >= 10
    assert len(lexicon.rejects) >= 10
    assert lexicon.columns


def test_regimes_are_those_of_the_law() -> None:
    regimes = {lexicon.regime for lexicon in load_lexicons()}
    assert regimes == {*(f"R1-{letter}" for letter in "abcdefgh"), "R3", "R4"}


def test_levels_drop_without_the_person() -> None:
    text = "est en arrêt maladie depuis le 3 mars pour dépression."
    assert SPECIAL.regimes(text, []) == {"R1-g": Level.INDICE}


def test_a_lone_topic_word_says_nothing() -> None:
    assert SPECIAL.find("Le diabète en chiffres", []) == []


def test_offsets_are_those_of_the_text_even_with_decomposed_accents() -> None:
    text = "Mme E\u0301lise Durand est diabe\u0301tique"
    spans = SPECIAL.find(text, [Span("PERSON", 4, 17, 0.9, "t", Level.CERTAIN)])
    assert [text[span.start : span.end] for span in spans] == ["diabe\u0301tique"]


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        ("12/03/2015", date(2026, 11, 23), True),
        ("24/11/2008", date(2026, 11, 23), True),
        ("23/11/2008", date(2026, 11, 23), False),
        ("12/03/1965", date(2026, 11, 23), False),
        ("12/03/2030", date(2026, 11, 23), False),
        ("12/03/2015", None, False),
    ],
)
def test_a_date_of_birth_is_judged_at_the_date_given(born: str, today: date | None, expected: bool) -> None:
    text = f"Hugo Masson, né le {born}, groupe B"
    assert ("R4" in SPECIAL.regimes(text, keys(text), today)) is expected


def test_each_line_of_a_log_is_a_record() -> None:
    lines = [f"2026-11-02 10:00:0{n} worker {n} done" for n in range(6)]
    lines[1] += " user Jean Dupont logged in"
    lines[5] += " antidépresseur stock updated, insuline stock updated"
    text = "\n".join(lines)
    assert all(level == Level.INDICE for level in levels(text).values())


def test_a_possible_name_must_hold_a_first_name() -> None:
    text = "Zolantrex, diabétique sous insuline"
    possible = [Span("PERSON", 0, 9, 0.45, "ner", Level.POSSIBLE)]
    assert SPECIAL.regimes(text, possible) == {"R1-g": Level.INDICE}
