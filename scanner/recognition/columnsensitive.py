"""Columns that hold a special category under a name that says nothing: what their cells say together."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers.folding import fold
from recognizers.sentences.model import CLASSES, chances_of, reconsidered
from recognizers.sentences.network import Floats
from scanner.model import Level
from scanner.recognition.columnsample import Sample
from scanner.recognition.lexicons import Strength, load_lexicons, load_matcher

ASKED = 96
"""Distinct values of a column that are read, spread over those that were sampled."""
LEAST = 3
"""Values that must say something."""
_LONGEST = 200
_LETTERS, _LOOKED_AT = 3, 40
_WORDED = re.compile(r"(?:[^A-Za-z]*[A-Za-z]){3}")
_SAID = 0.4
"""Chance from which a cell says a category."""
_SURELY = 0.75
_QUIET, _NEARLY_ALL = 0.7, 0.9
"""Chance of nothing protected, and the share of cells that have it, from which a column's name is not believed."""
HINT, SOME, MOST = 0.3, 0.5, 0.6
"""Shares of the cells from which a category is a hint, possible, probable."""
_GAP = "\n\n"


def said_by_cells(sample: Sample, *, persons: bool) -> tuple[str, Level] | None:
    """The special category that most cells of a column say, and how sure that is; of nobody, it is a hint."""
    cells = _asked([text[:_LONGEST] for text in sample])
    if not cells or (len(cells) < LEAST and not persons):
        return None
    chances = chances_of(cells)
    terms = _terms(cells)
    if len(cells) < LEAST:
        return _said_by_few(cells, chances, terms)
    shares = ((chances >= _SAID) | terms).mean(0)
    shares[0] = 0
    best = int(shares.argmax())
    if shares[best] < HINT:
        return None
    entity_type = _type_of(best)
    if not persons or shares[best] < SOME:
        return entity_type, Level.INDICE
    agreed = terms[:, best].mean() >= SOME or _meant(cells, chances, best) >= SOME
    return entity_type, Level.PROBABLE if shares[best] >= MOST and agreed else Level.POSSIBLE


def _said_by_few(cells: Sequence[str], chances: Floats, terms: NDArray[np.bool_]) -> tuple[str, Level] | None:
    """What all of one or two cells surely say, of a record by itself: sure only if terms or the encoder agree."""
    sums = chances.min(0)
    best = int(sums[1:].argmax()) + 1
    if sums[best] < _SURELY:
        return None
    agreed = terms[:, best].any() or _meant(cells, chances, best) >= MOST
    return _type_of(best), Level.PROBABLE if agreed else Level.POSSIBLE


def _type_of(best: int) -> str:
    return next(lexicon.entity_type for lexicon in load_lexicons() if lexicon.name == CLASSES[best])


def is_neutral(sample: Sample) -> bool:
    """Whether cells with words say, nearly all, nothing of any special category: what a name promised is not there."""
    cells = _asked([text[:_LONGEST] for text in sample])
    if len(cells) < LEAST or len(cells) < SOME * min(len(sample), ASKED):
        return False
    chances = chances_of(cells)
    quiet = (chances[:, 0] >= _QUIET) & ~_terms(cells).any(1)
    return bool(quiet.mean() >= _NEARLY_ALL)


def _meant(cells: Sequence[str], chances: Floats, best: int) -> float:
    """The share of cells of which the encoder, asked besides the networks, says the same."""
    return float((reconsidered(cells, chances, ASKED * _LONGEST).chances[:, best] >= _SAID).mean())


def _asked(texts: Sequence[str]) -> list[str]:
    """Some of the values that have letters, from the first to the last."""
    worded = [text for text in texts if _is_worded(text)]
    if len(worded) <= ASKED:
        return worded
    return [worded[at * len(worded) // ASKED] for at in range(ASKED)]


def _is_worded(text: str) -> bool:
    if text.isascii():
        return _WORDED.match(text, 0, _LOOKED_AT) is not None
    return sum(map(str.isalpha, text[:_LOOKED_AT])) >= _LETTERS


def _terms(cells: Sequence[str]) -> NDArray[np.bool_]:
    """Which cells hold a term of which category."""
    found = np.zeros((len(cells), len(CLASSES)), np.bool_)
    starts = np.cumsum([0, *(len(cell) + len(_GAP) for cell in cells)])
    folded = fold(_GAP.join(cells))
    for hit in load_matcher().find_in(folded.data, [(0, len(folded.data))]):
        if hit.strength >= Strength.WEAK:
            number = int(np.searchsorted(starts, folded.origin(hit.start), "right")) - 1
            found[number, CLASSES.index(hit.lexicon.name)] = True
    return found
