from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model import Finding, Level, Span
from scanner.recognition.found import Found, Kinds
from scanner.recognition.offsets import newlines_before
from scanner.recognition.tally import PLACES, Tallies, Tally, tally_up

TYPES = ("EMAIL_ADDRESS", "FR_NIR", "PERSON")
SCORES = {Level.INDICE: 0.2, Level.POSSIBLE: 0.45, Level.PROBABLE: 0.75, Level.CERTAIN: 0.95}
TEXT = st.text(st.sampled_from("ab A.\n"), min_size=1, max_size=200)


class Lines:
    """Where spans of a text stand; counts what it is asked."""

    def __init__(self, text: str, *, silent: bool = False) -> None:
        self.data = np.frombuffer(text.encode(), np.uint8)
        self.silent = silent
        self.asked = self.named = 0

    def numbers(self, starts: np.ndarray) -> np.ndarray:
        self.asked += len(starts)
        return newlines_before(self.data, starts)

    def name(self, number: int) -> str:
        self.named += 1
        return "" if self.silent else f"line {number + 1}"


@st.composite
def found_in(draw: st.DrawFn, text: str) -> list[Span]:
    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        level = draw(st.sampled_from([Level.POSSIBLE, Level.CERTAIN]))
        recognizer = draw(st.sampled_from(["one", "other"]))
        end = min(len(text), start + draw(st.integers(1, 4)))
        return Span(draw(st.sampled_from(TYPES)), start, end, SCORES[level], recognizer, level)

    spans = [span() for _ in range(draw(st.integers(0, 60)))]
    return sorted(spans, key=lambda s: (s.start, s.end))


def expected(spans: list[Span], text: str) -> list[Finding]:
    """One at a time, as one would count by hand."""
    findings = []
    for entity_type, level in sorted({(s.entity_type, s.level) for s in spans}, key=lambda k: (k[0], -k[1])):
        own = [s for s in spans if (s.entity_type, s.level) == (entity_type, level)]
        values = {text[s.start : s.end].lower().translate(str.maketrans("", "", " .\n")) for s in own}
        places = list(dict.fromkeys(f"line {text.count(chr(10), 0, s.start) + 1}" for s in own))[:PLACES]
        by = ",".join(sorted({s.recognizer for s in own}))
        fields = (len(own), len(values), SCORES[level], by, tuple(places))
        findings.append(Finding("f", "", "", entity_type, "C0", "", level, *fields))
    return findings


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_arrays_are_tallied_as_spans_would_be(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    spans = data.draw(found_in(text))
    kinds, tallies, lines = Kinds(), Tallies(), Lines(text)
    found = Found.of(spans, kinds)
    at_once = Tallies()
    at_once.take(found, kinds, lines.data, lines)
    half = len(spans) // 2
    for part in (np.arange(half), np.arange(half, len(spans))):
        tallies.take(found.take(part), kinds, lines.data, lines)
    assert list(tallies.findings("f", {})) == list(at_once.findings("f", {})) == expected(spans, text)


def test_one_span_may_stand_for_many() -> None:
    kinds, tally, lines = Kinds(), Tally(), Lines("a@b c@d")
    spans = [Span("EMAIL_ADDRESS", at, at + 3, 0.75, "email_address", Level.PROBABLE) for at in (0, 4)]
    tally_up(Found.of(spans, kinds), kinds, lines.data, lines, lambda *_: tally, np.array([5, 7]))
    assert (tally.count, tally.distinct) == (12, 2)


def test_places_are_worked_out_for_the_first_spans_only() -> None:
    count = 50_000
    text = "a\n" * count
    kinds, tallies, lines = Kinds(), Tallies(), Lines(text)
    starts = np.arange(count, dtype=np.int64) * 2
    kind = np.full(count, kinds.index("FR_NIR", "fr_nir"), np.int16)
    found = Found(starts, starts + 1, kind, np.full(count, 3, np.int8), np.full(count, 0.75, np.float32))
    for _ in range(3):
        tallies.take(found, kinds, lines.data, lines)
    (finding,) = tallies.findings("f", {})
    assert (finding.count, finding.distinct) == (3 * count, 1)
    assert finding.places == tuple(f"line {n + 1}" for n in range(PLACES))
    assert lines.asked <= 2 * PLACES


def test_a_line_with_everything_on_it_is_named_a_few_times() -> None:
    count = 50_000
    text = "a " * count
    kinds, tallies, lines = Kinds(), Tallies(), Lines(text, silent=True)
    starts = np.arange(count, dtype=np.int64) * 2
    kind = np.full(count, kinds.index("FR_NIR", "fr_nir"), np.int16)
    found = Found(starts, starts + 1, kind, np.full(count, 3, np.int8), np.full(count, 0.75, np.float32))
    tallies.take(found, kinds, lines.data, lines)
    (finding,) = tallies.findings("f", {})
    assert finding.places == ()
    assert lines.named < 10
