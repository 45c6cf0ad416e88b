"""The checks of ``places``; the same words, in machine code.

They say ``LEARN`` minus ``TOWNS`` while the table of towns is not there yet.
"""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators import places
from recognizers.validators.compiled_names import COMPILED
from recognizers.validators.compiled_tables import LEARN, PLANS, TOWNS
from recognizers.validators.compiled_text import SIGNATURE, Bytes, Text, joiner, njit, stamp
from recognizers.validators.compiled_towns import MIX, PLAIN, PRIME, SEED, SLOT_BITS, WHOLE

_AFTER_STREET = COMPILED["street_town"]
_SEED, _PRIME, _MIX = np.uint64(SEED), np.uint64(PRIME), np.uint64(MIX)
_MASK = np.int64((1 << SLOT_BITS) - 1)
_MOST_WORDS, _MOST_SIGNS = places.MOST_WORDS, places.MOST_SIGNS
_FIRST = places.FIRST_LETTER
_CAPITALS = np.zeros(places.LAST_LETTER + 1 - _FIRST, np.uint8)
for _code, _capital in places._beyond_ascii().items():
    _CAPITALS[_code - _FIRST] = ord(_capital)
_BLANKS = np.zeros(128, np.bool_)
_BLANKS[[ord(char) for char in places.BLANKS if char.isascii()]] = True
_NOTHING, _BLANK = 0, 1
"""What a character is in a name, if not the code of a capital."""


@njit
def _kind(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """The capital, ``_BLANK`` or ``_NOTHING`` that stands at ``at``, and how many bytes it takes."""
    char = np.int64(data[at])
    if char < 128:
        if 97 <= (char | 32) <= 122:
            return char & 0x5F, 1
        return (_BLANK if _BLANKS[char] else _NOTHING), 1
    if 0xC3 <= char <= 0xC9 and at + 1 < end:
        code = ((char & 0x1F) << 6 | np.int64(data[at + 1]) & 0x3F) - _FIRST
        return (np.int64(_CAPITALS[code]) if code < _CAPITALS.size else _NOTHING), 2
    size = joiner(data, at, end)
    if size:
        return _BLANK, size
    if char == 0xE2 and at + 2 < end and data[at + 1] == 0x80 and data[at + 2] == 0x99:
        return _BLANK, 3
    return _NOTHING, 4 if char >= 0xF0 else 3 if char >= 0xE0 else 2


@njit
def _is_digit(data: Bytes, at: int, end: int) -> bool:
    return at < end and 48 <= data[at] <= 57


@njit
def _first_letter(data: Bytes, at: int, end: int) -> int:
    signs = 0
    while at < end and signs <= _MOST_SIGNS:
        kind, size = _kind(data, at, end)
        if kind > _BLANK:
            return at
        at += size
        signs += 1
    return end


@njit
def _knows(state: np.uint64, place: int, tables: Bytes, base: int) -> bool:
    """Whether the table has a name, by its hash, at a place."""
    key = (state ^ np.uint64(place)) * _MIX
    key ^= key >> np.uint64(29)
    wanted = max(np.int64(1), np.int64(key >> np.uint64(32)))
    at = np.int64(key & np.uint64(_MASK))
    while True:
        slot = base + 4 * at
        found = np.int64(tables[slot]) | np.int64(tables[slot + 1]) << 8
        found |= np.int64(tables[slot + 2]) << 16 | np.int64(tables[slot + 3]) << 24
        if found == wanted:
            return True
        if found == 0:
            return False
        at = (at + 1) & _MASK


@njit
def _is_town(state: np.uint64, place: int, whole: int, tables: Bytes, base: int) -> bool:
    return _knows(state, place, tables, base) or (whole >= 0 and _knows(state, whole, tables, base))


@njit
def _hashed(state: np.uint64, word: Text, size: int, joined: bool) -> np.uint64:
    """The hash of a name with one more word, an abbreviated saint written out."""
    if joined:
        state = (state ^ np.uint64(32)) * _PRIME
    saint = size >= 2 and word[0] == 83 and word[1] == 84 and (size == 2 or (size == 3 and word[2] == 69))
    if saint:
        for k in range(5):
            state = (state ^ np.uint64((83, 65, 73, 78, 84)[k])) * _PRIME
        return (state ^ np.uint64(69)) * _PRIME if size == 3 else state
    for k in range(min(size, word.size)):
        state = (state ^ np.uint64(word[k])) * _PRIME
    return state


@njit
def _is_article(word: Text, size: int) -> bool:
    if size == 0 or size > 3 or word[0] != 76:
        return False
    if size == 1:
        return True
    vowel = word[1] == 69 or word[1] == 65
    return vowel if size == 2 else word[1] == 69 and word[2] == 83


@njit
def _names_a_town(data: Bytes, at: int, end: int, place: int, whole: int, tables: Bytes, base: int, word: Text) -> bool:
    """Whether the first words from ``at`` on are a town at this place, or the code ``whole``.

    One word or several; all of them where there is no such code.
    """
    state, size, words = _SEED, 0, 0
    article = known = False
    while True:
        kind, step = (_NOTHING, 1) if at >= end else _kind(data, at, end)
        at += step
        if kind > _BLANK:
            if size < word.size:
                word[size] = kind
            size += 1
            continue
        last = kind == _NOTHING
        if not last and words + 1 + article == _MOST_WORDS:
            last = True
        if size:
            if size > word.size:
                return False
            alone = words == 0 and not article and _is_article(word, size)
            grown = _hashed(state, word, size, words > 0)
            known = _is_town(grown, place, whole, tables, base)
            if known and whole >= 0:
                return True
            if alone:
                article = True
            else:
                state = grown
                words += 1
            size = 0
        if last:
            return known


@njit
def _posted(data: Bytes, start: int, end: int, tables: Bytes, base: int, word: Text) -> bool:
    # The last first: in an address the number of the house comes before.
    for at in range(end - 5, start - 1, -1):
        if not _is_digit(data, at, end) or (at > start and _is_digit(data, at - 1, end)):
            continue
        for parted in range(2):
            gap = at + 2
            if parted and (gap >= end or data[gap] != 32):
                continue
            code, good = 0, True
            for k in range(5):
                place = at + k + (parted if k >= 2 else 0)
                good = good and _is_digit(data, place, end)
                code = code * 10 + (np.int64(data[place]) - 48 if good else 0)
            after = at + 5 + parted
            if not good or _is_digit(data, after, end):
                continue
            begin = _first_letter(data, after, end)
            if _names_a_town(data, begin, end, code // 1000, code + WHOLE, tables, base, word):
                return True
    return False


@njit
def _after_street(data: Bytes, start: int, end: int, tables: Bytes, base: int, word: Text) -> bool:
    at = end
    while at > start and data[at - 1] != 44 and data[at - 1] != 10:
        at -= 1
    begin = _first_letter(data, at, end)
    return _names_a_town(data, begin, end, PLAIN, -1, tables, base, word)


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        word = np.zeros(64, np.int64)
        slot = PLANS + 4 * TOWNS
        base = np.int64(tables[slot]) | np.int64(tables[slot + 1]) << 8 | np.int64(tables[slot + 2]) << 16
        for row in range(numbers.size + 0 * made_of):
            if first <= numbers[row] < last:
                if base == 0:
                    out[row] = LEARN - TOWNS
                elif numbers[row] == _AFTER_STREET:
                    out[row] = _after_street(data, spans[row, 0], spans[row, 1], tables, base, word)
                else:
                    out[row] = _posted(data, spans[row, 0], spans[row, 1], tables, base, word)

    return judge


judge = _kernel(stamp())
