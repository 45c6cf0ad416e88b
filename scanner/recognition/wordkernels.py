"""The loop that tells words, numbers and tokens of code apart: once over the characters, whatever the text."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

OTHER, SPACE, LOWER, UPPER, DIGIT, JOINER, EDGE, LEADER, RULER, MARK = range(10)
"""Classes of characters: a JOINER may stand inside a word, an EDGE beside one; a LEADER starts hashtags and a RULER
draws lines, all else that a MARK is comes from code."""
Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
UNIT = 3
"""Letters that may follow a number: ``10h30``, ``5 mg``, ``2ème``."""


@njit(cache=True)
def starts_of(codes: Codes) -> Places:
    """Where tokens begin, which are what stands between spaces."""
    starts, total, before = np.empty((len(codes) + 1) // 2, np.int64), 0, SPACE
    for at in range(len(codes)):
        if codes[at] != SPACE and before == SPACE:
            starts[total] = at
            total += 1
        before = codes[at]
    return starts[:total]


@njit(cache=True)
def read_tokens(codes: Codes, starts: Places, word: Flags, number: Flags, code: Flags) -> None:
    """Set what each token is; what is none of the three (links, rulers) counts for nothing."""
    figures_before = False
    for token in range(len(starts)):
        start = starts[token]
        end = starts[token + 1] if token + 1 < len(starts) else len(codes)
        word[token], figures, code[token] = _kind_of(codes, start, end)
        number[token] = figures and not figures_before  # a telephone number in five pieces is one
        figures_before = figures


@njit(cache=True)
def _kind_of(codes: Codes, start: int, end: int) -> tuple[bool, bool, bool]:
    """Whether a token is a word, figures, code."""
    letters = digits = marks = humps = size = 0
    first = last = -1
    for at in range(start, end):
        kind = codes[at]
        if kind == SPACE:
            break
        size += 1
        letters += kind in (LOWER, UPPER)
        digits += kind == DIGIT
        marks += kind == MARK
        humps += kind == UPPER and at > start and codes[at - 1] == LOWER
        if kind in (LOWER, UPPER, DIGIT):
            first, last = (at if first < 0 else first), at
    signs, link = _inner(codes, start, first, last)
    signs += marks
    humps += humps > 0 and codes[start] == LOWER
    unit = digits > 0 and letters <= UNIT and codes[start] == DIGIT and signs == 0
    figures = digits > 0 and (letters == 0 or unit) and marks == 0 and not link
    word = letters > 0 and digits == 0 and signs == 0 and humps < 2 and not link
    lone = letters + digits == 0
    code = not word and not figures and not link and not (lone and size > 3) and (not lone or signs > 0)
    return word, figures, code


@njit(cache=True)
def _inner(codes: Codes, start: int, first: int, last: int) -> tuple[int, bool]:
    """Signs between the first and last letter or digit of a token, and whether they make it an address."""
    signs, link = 0, False
    for at in range(first + 1, last):
        kind = codes[at]
        signs += EDGE <= kind <= RULER
        slashes = at - 2 >= start and kind == EDGE and codes[at - 1] == EDGE and codes[at - 2] == EDGE
        link = link or kind == LEADER or slashes
    return signs, link
