"""Where sentences stand in a text: its lines, cut where a sentence ends, joined where a line was only wrapped."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import BREAK, CLASSES, LOWER, OTHER, SIZE, SPACE, TAB, UPPER, codes_of

LONGEST = 400
"""Characters, beyond which a sentence is cut at a blank."""
_SHORTEST = 3
"""Letters, below which there is nothing to understand."""
_WRAPPED = 45
"""Characters of a line from which a small letter on the next one goes on with the sentence."""
_ABBREVIATED = 3
"""Letters that a word must have for a full stop behind it to end a sentence: ``M.``, ``Dr.`` do not."""
_STOPS = np.array([ord(sign) for sign in ".!?…"], np.uint32)
_ENDS = np.array([ord(sign) for sign in ".!?…:;"], np.uint32)
Ints = NDArray[np.int64]


def sentences_of(text: str) -> tuple[Ints, Ints]:
    """Where each sentence starts and ends, in characters; blanks around it and what holds no word are left out."""
    codes = codes_of(text)
    classes = np.where(codes < SIZE, CLASSES[np.minimum(codes, SIZE - 1)], np.uint8(OTHER))
    starts = np.empty(len(codes) // (_SHORTEST + 1) + 2, np.int64)
    ends = np.empty_like(starts)
    count = _split(codes, classes, starts, ends)
    return starts[:count], ends[:count]


@njit(cache=True)
def _split(codes: NDArray[np.uint32], classes: NDArray[np.uint8], starts: Ints, ends: Ints) -> int:
    count, first, line, blank = 0, 0, 0, -1
    word, capital = 0, False
    for at in range(len(codes)):
        kind = classes[at]
        if kind in (SPACE, TAB):
            blank = at
        stop = -1
        if kind == BREAK:
            if not _goes_on(codes, classes, line, at):
                stop = at
            line = at + 1
        elif _in(codes[at], _STOPS) and (word >= _ABBREVIATED or not capital) and _begins(classes, at + 1):
            stop = at + 1
        elif at - first >= LONGEST:
            stop = blank if blank > first else at
        if kind == UPPER and not word:
            capital = True
        elif not word:
            capital = False
        word = word + 1 if kind in (UPPER, LOWER) else 0
        if stop >= 0:
            count = _keep(classes, first, stop, starts, ends, count)
            first = stop
    return _keep(classes, first, len(codes), starts, ends, count)


@njit(cache=True)
def _in(code: np.uint32, signs: NDArray[np.uint32]) -> bool:
    found = False
    for sign in signs:
        found |= code == sign
    return found


@njit(cache=True)
def _goes_on(codes: NDArray[np.uint32], classes: NDArray[np.uint8], line: int, at: int) -> bool:
    """Whether the line that ends here was only wrapped."""
    if at - line < _WRAPPED or at + 1 >= len(codes) or classes[at + 1] != LOWER:
        return False
    last = at - 1
    while last > line and (classes[last] == SPACE or classes[last] == TAB):
        last -= 1
    return not _in(codes[last], _ENDS)


@njit(cache=True)
def _begins(classes: NDArray[np.uint8], at: int) -> bool:
    """Whether blanks and a capital stand here."""
    seen = at
    while seen < len(classes) and (classes[seen] == SPACE or classes[seen] == TAB):
        seen += 1
    return seen > at and seen < len(classes) and classes[seen] == UPPER


@njit(cache=True)
def _keep(classes: NDArray[np.uint8], first: int, stop: int, starts: Ints, ends: Ints, count: int) -> int:
    """Note a sentence without the blanks around it, if it has letters enough."""
    letters = 0
    for at in range(first, stop):
        letters += classes[at] == UPPER or classes[at] == LOWER
    if letters < _SHORTEST:
        return count
    while classes[first] >= SPACE:
        first += 1
    while classes[stop - 1] >= SPACE:
        stop -= 1
    starts[count], ends[count] = first, stop
    return count + 1
