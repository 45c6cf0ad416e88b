"""Text as tokens: words, numbers, signs, ends of lines, wide gaps; on code points, by a compiled loop."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import BREAK, CLASSES, DIGIT, LOWER, MARK, SIZE, SPACE, TAB, UPPER
from recognizers.persons.lexicon import hash_word, look_up

SMALL, TITLED, CAPITALS, LETTER, CAMEL, INITIALS, NUMBER, MIXED, GAP, LINE, PARAGRAPH, SIGN = range(12)
"""Shapes of tokens: ``nom``, ``Nom``, ``NOM``, ``N``, ``NoM``, ``N.``, ``12``, ``N12``, a tab or wide gap, the end of
a line and of a paragraph; a sign has SIGN plus its own number."""
WIDE = 3
"""Blanks in a row that part what stands beside them, as a tab does."""
_LONGEST = 60
"""Characters of a word beyond which it is none."""


class Tokens(NamedTuple):
    """Room for the tokens of one text at a time, as columns."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    shapes: NDArray[np.uint8]
    words: NDArray[np.uint64]
    """The hash of the folded word; of what is no word, its kind."""
    facts: NDArray[np.uint32]
    kinds: NDArray[np.uint32]
    """Class as written (low half) and in small letters (high half)."""
    lines: NDArray[np.int32]


def room(size: int) -> Tokens:
    """Room for any text of so many characters."""
    size += 2
    return Tokens(
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.uint64),
        np.empty(size, np.uint32),
        np.empty(size, np.uint32),
        np.empty(size, np.int32),
    )


@njit(cache=True)
def _class_at(codes: NDArray[np.uint32], at: int, end: int) -> int:
    if at >= end:
        return 0
    code = codes[at]
    return np.int64(CLASSES[code]) if code < SIZE else 0  # type: ignore[return-value]


@njit(cache=True)
def _is_letter(kind: int) -> bool:
    return kind in (UPPER, LOWER)


@njit(cache=True)
def _end_of_initials(codes: NDArray[np.uint32], at: int, end: int) -> int:
    """Where ``J.``, ``J.-P.`` or ``S.A.R.L.`` ends that starts here, else ``at``."""
    last = at
    while _class_at(codes, at, end) == UPPER and at + 1 < end and codes[at + 1] == 46:
        at += 2
        last = at
        if at + 1 < end and codes[at] == 45 and _class_at(codes, at + 1, end) == UPPER:
            at += 1
    return last


@njit(cache=True)
def _read_word(codes: NDArray[np.uint32], start: int, end: int) -> tuple[int, int]:
    """End and shape of the word or number that starts here."""
    stop = _end_of_initials(codes, start, end)
    if stop > start and not _is_letter(_class_at(codes, stop, end)):
        return stop, INITIALS
    at, upper, lower, digits, inner, parts = start, 0, 0, 0, 0, 0
    begins = True
    while at < end:
        code, kind = codes[at], _class_at(codes, at, end)
        if kind == UPPER:
            upper += 1
            inner += not begins
            parts += begins
        elif kind == LOWER:
            lower += 1
        elif kind == DIGIT:
            digits += 1
        elif kind == MARK:
            pass
        elif code in (45, 0x2010, 0x2011) and digits == 0 and _is_letter(_class_at(codes, at + 1, end)):
            begins = True
            at += 1
            continue
        elif code in (39, 0x2019) and digits == 0 and at > start:
            at += 1
            break
        else:
            break
        begins = False
        at += 1
    if digits:
        return at, (MIXED if upper + lower else NUMBER)
    if upper == 0:
        return at, SMALL
    if lower == 0:
        return at, (LETTER if upper == 1 else CAPITALS)
    return at, (TITLED if inner == 0 and _class_at(codes, start, end) == UPPER else CAMEL)


@njit(cache=True)
def _end_of_line(codes: NDArray[np.uint32], at: int, end: int) -> tuple[int, int]:
    """Where the next line with anything on it starts, and how many lines end before."""
    breaks, next_line = 0, at
    while at < end:
        kind = _class_at(codes, at, end)
        if kind == BREAK:
            if not (codes[at] == 10 and at > 0 and codes[at - 1] == 13):
                breaks += 1
            next_line = at + 1
        elif kind not in (SPACE, TAB):
            break
        at += 1
    return next_line, breaks


@njit(cache=True)
def _look_up_compound(
    codes: NDArray[np.uint32], start: int, end: int, table: NDArray[np.uint32]
) -> tuple[np.uint32, np.uint32]:
    """What is known of a word with hyphens by its parts: it is a name as far as all of them are."""
    facts, kinds = np.uint32(0xFFFFFFFF), np.uint32(0)
    at = start
    while at < end:
        stop = at
        while stop < end and codes[stop] not in (45, 0x2010, 0x2011):
            stop += 1
        row = look_up(table, hash_word(codes, at, stop))
        known = table[row, 1] if row >= 0 else np.uint32(0)
        first, last = min(facts & np.uint32(3), known & np.uint32(3)), min(facts & np.uint32(12), known & np.uint32(12))
        facts = np.uint32(first | last)
        if at == start and row >= 0:
            kinds = table[row, 2]
        at = stop + 1
    return facts, kinds


@njit(cache=True)
def tokenise(codes: NDArray[np.uint32], start: int, end: int, table: NDArray[np.uint32], into: Tokens) -> int:
    """Write the tokens of ``codes[start:end]`` and return how many; their offsets are in ``codes``."""
    count, at, line = 0, start, 0
    while at < end:
        kind, code = _class_at(codes, at, end), codes[at]
        stop = at + 1
        shape: int = SIGN + np.int64(code % np.uint32(200))  # type: ignore[assignment]
        word: np.uint64 = np.uint64(code) + np.uint64(1000)
        facts, kinds = np.uint32(0), np.uint32(0)
        if kind == SPACE:
            while _class_at(codes, stop, end) == SPACE:
                stop += 1
            if stop - at < WIDE:
                at = stop
                continue
            shape, word = GAP, np.uint64(GAP)
        elif kind == TAB:
            shape, word = GAP, np.uint64(GAP)
        elif kind == BREAK:
            stop, breaks = _end_of_line(codes, at, end)
            shape = LINE if breaks < 2 else PARAGRAPH
            word = np.uint64(shape)
        elif _is_letter(kind) or kind == DIGIT:
            stop, shape = _read_word(codes, at, end)
            if shape == NUMBER:
                word = np.uint64(100 + min(20, stop - at))
            elif stop - at > _LONGEST:
                shape, word = MIXED, np.uint64(99)
            else:
                word = hash_word(codes, at, stop)
                row = look_up(table, word)
                if row >= 0:
                    facts, kinds = table[row, 1], table[row, 2]
                if (facts & np.uint32(15)) == 0 and shape < INITIALS:
                    for inner in range(at + 1, stop - 1):
                        if codes[inner] in (45, 0x2010, 0x2011):
                            more, other = _look_up_compound(codes, at, stop, table)
                            facts |= more
                            if kinds == 0:
                                kinds = other
                            break
        into.starts[count], into.ends[count], into.shapes[count] = at, stop, shape
        into.words[count], into.facts[count], into.kinds[count], into.lines[count] = word, facts, kinds, line
        if shape in (LINE, PARAGRAPH):
            line += 1
        count += 1
        at = stop
    return count
