"""From chances to spans: how much each kind of place asks for, what is vetoed, how sure a span is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from recognizers.persons import reading as seen
from recognizers.persons.model import load_steps, read_spans
from recognizers.persons.reading import Floats, Spans
from scanner.model import Level, Span

NAME = "persons"
ASKED = 0.48
"""Score from which a span is given at all."""
ASKED_OF_DOUBTFUL = 0.6
"""Of ordinary words, words of companies, what stands alone on its line, and words that no list knows, when nothing else
speaks for them."""
ASKED_OF_PLACES = 0.6
_PLACES_SCORE = 0.45
_DOUBTED = 0.45
_CERTAIN, _PROBABLE, _POSSIBLE = 0.95, 0.5, 0.25
"""Likelihood from which a person is of that level; certain only with a title or an address that says the same."""
_TOLD = seen.TITLED_ | seen.MAILED
_LISTED = _TOLD | seen.FIRST_NAME | seen.SURNAMED | seen.KNOWN
_SURE_OF_NAME = 0.6

Judge = Callable[[str], bool]


def spans_of(texts: Sequence[str], spans: Spans | None = None, is_technical: Judge | None = None) -> list[list[Span]]:
    """Persons and places in each text, in order, with calibrated scores; technical texts are asked for full names."""
    raw = read_spans(texts) if spans is None else spans
    doubts = cache(lambda text: is_technical is not None and is_technical(texts[text]))
    found: list[list[Span]] = [[] for _ in texts]
    for at in np.flatnonzero(kept(raw)).tolist():
        text = int(raw.texts[at])
        if _is_doubled(texts[text][int(raw.starts[at]) : int(raw.ends[at])]):
            continue
        found[text].append(_place(raw, at) if raw.kinds[at] == seen.PLACE else _person(raw, at, doubts))
    return found


def _is_doubled(name: str) -> bool:
    """Whether it is one word said twice, as Malay makes its plurals and French its toys; nobody is called so."""
    first, hyphen, second = name.casefold().partition("-")
    return bool(hyphen) and first == second


def _place(raw: Spans, at: int) -> Span:
    return Span("LOCATION", int(raw.starts[at]), int(raw.ends[at]), _PLACES_SCORE, NAME, Level.POSSIBLE)


def _person(raw: Spans, at: int, doubts: Callable[[int], bool]) -> Span:
    """A person; only possible where the text is doubted and no full name stands there."""
    score = float(likelihood(raw.scores[at : at + 1])[0])
    sure = level(score, int(raw.evidence[at]))
    if sure >= Level.PROBABLE and not _is_full_name(raw, at) and doubts(int(raw.texts[at])):
        score, sure = _DOUBTED, Level.POSSIBLE
    return Span("PERSON", int(raw.starts[at]), int(raw.ends[at]), score, NAME, sure)


def _is_full_name(spans: Spans, at: int) -> bool:
    """Whether a span is a first name with more, surely, or told by a title or an address.

    Manuals and settings are full of words that no list knows; who is thanked there has a full name.
    """
    evidence = int(spans.evidence[at])
    named = evidence & seen.FIRST_NAME and evidence & seen.SEVERAL and spans.scores[at] >= _SURE_OF_NAME
    return bool(evidence & _TOLD or named)


def kept(spans: Spans) -> NDArray[np.bool_]:
    """Which spans pass what their kind and place ask for."""
    places = (spans.kinds == seen.PLACE) & (spans.scores >= ASKED_OF_PLACES)
    persons = (spans.kinds == seen.PERSON) & (spans.scores >= ASKED) & in_place(spans)
    chosen: NDArray[np.bool_] = persons | places
    return chosen


def in_place(spans: Spans) -> NDArray[np.bool_]:
    """Whether nothing around a span, nor its words, says that no person is meant."""
    evidence = spans.evidence
    told = evidence & (_TOLD | seen.FIRST_NAME) != 0
    doubtful = evidence & (seen.COMPANIED | seen.ORDINARY) != 0
    doubtful |= (evidence & seen.ALONE != 0) | (evidence & _LISTED == 0)
    vetoed = doubtful & ~told & (spans.scores < ASKED_OF_DOUBTFUL)
    misplaced = evidence & (seen.IN_STREET | seen.OUTDONE) != 0
    misplaced |= (evidence & seen.IN_CODE != 0) & ~told & (evidence & seen.SEVERAL == 0)
    fits: NDArray[np.bool_] = ~vetoed & ~misplaced
    return fits


def likelihood(scores: Floats) -> Floats:
    """The share of spans with such a score that were persons in texts kept aside for it."""
    steps = load_steps()
    fitted: Floats = np.interp(scores, steps[0], steps[1]).astype(np.float32)
    return fitted


def level(score: float, evidence: int) -> Level:
    """As sure as it is likely; a model alone is never certain."""
    if score >= _CERTAIN and evidence & _TOLD and evidence & seen.SEVERAL:
        return Level.CERTAIN
    return Level.PROBABLE if score >= _PROBABLE else Level.POSSIBLE if score >= _POSSIBLE else Level.INDICE
