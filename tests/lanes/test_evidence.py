from __future__ import annotations

import pickle

import numpy as np
import pytest

from scanner.model import Evidence, Level, Span
from scanner.recognition.distinct import Distinct
from scanner.recognition.evidence import parted, with_evidence
from scanner.recognition.found import Found, Kinds
from scanner.recognition.joining import join_tallies
from scanner.recognition.tally import Tallies, Tally, tally_up
from scanner.reporters.language import labels


class Nowhere:
    """Places that nobody names."""

    def numbers(self, starts: np.ndarray) -> np.ndarray:
        return starts

    def name(self, number: int) -> str:
        return ""


@pytest.mark.parametrize(
    ("source", "name", "codes"),
    [
        ("health", "health", []),
        ("health+term+by_name", "health", ["term", "by_name"]),
        ("health+by_name+term+term", "health", ["term", "by_name"]),
        ("", "", []),
        ("c++", "c++", []),
        ("name+of_others", "name+of_others", []),
        ("name+term+of_others", "name+term+of_others", []),
        ("+term", "+term", []),
    ],
)
def test_a_source_is_a_name_and_codes_of_ours(source: str, name: str, codes: list[str]) -> None:
    own, held = parted(source)
    assert (own, list(Evidence.ordered(held))) == (name, codes)


def test_what_is_put_together_is_parted_again() -> None:
    for code in Evidence:
        assert parted(with_evidence("health", code)) == ("health", {code})
    assert with_evidence("health", Evidence.BY_NAME, Evidence.TERM, Evidence.TERM) == "health+term+by_name"
    assert parted(with_evidence("health", *Evidence)) == ("health", set(Evidence))
    assert with_evidence("health") == "health"


def spans(*sources: str) -> list[Span]:
    return [Span("HEALTH_DATA", at, at + 1, 0.75, source, Level.PROBABLE) for at, source in enumerate(sources)]


def tallies(*sources: str) -> Tallies:
    kinds, whole = Kinds(), Tallies()
    data = np.frombuffer(b"abcdefgh", np.uint8)
    tally_up(
        Found.of(spans(*sources), kinds), kinds, data, Nowhere(), lambda kind, level: whole.at("", "", kind, level)
    )
    return whole


def test_one_finding_holds_the_evidence_of_all_its_spans() -> None:
    (finding,) = tallies("health+term+by_name", "health+sentence+by_row", "drugs+term+alone").findings("f", {})
    assert finding.recognizer == "drugs,health"
    assert finding.evidence == ("term", "sentence", "by_name", "by_row", "alone")
    assert all(type(code) is str for code in finding.evidence)
    assert finding.count == 3


def test_evidence_goes_through_processes_and_sections() -> None:
    first, second = tallies("health+term+by_name"), tallies("health+terms+by_number")
    join_tallies(first, pickle.loads(pickle.dumps(second)), 3)
    (finding,) = first.findings("f", {})
    assert (finding.recognizer, finding.evidence) == ("health", ("terms", "term", "by_number", "by_name"))


def test_a_whole_column_has_its_evidence() -> None:
    tally = Tally.of(3, Distinct(), "columns+column_name+by_row", "row 2")
    other = Tally.of(1, Distinct(), "health+cells", "row 2")
    tally.credit(other)
    assert tally.recognizers == {"columns", "health"}
    assert Evidence.ordered(tally.evidence) == ("column_name", "cells", "by_row")
    assert tally.count == 3


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_has_words_of_its_own(lang: str) -> None:
    words = labels(lang)["evidence"]
    assert list(words) == [code.value for code in Evidence]
    assert len(set(words.values())) == len(words)
    assert all(len(one.split()) > 1 and one[0].islower() for one in words.values())
