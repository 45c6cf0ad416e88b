"""Compiled passes over folded text: which stretches of it may hold a name or a town."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

RUN, PAIR, KEY, BORN, SIGN, POSTED, LIVED = range(7)
"""Kinds of marks: ``RUN`` holds a known first name or title, ``PAIR`` only capitals that an address may repeat."""

SMALL, CALL, FORM, TRIGGER, OF, SEAT, BIRTH = 1, 2, 4, 8, 16, 32, 64
"""What a short word is: a particle, a title in lower case, the end of a form's key, what stands before towns."""

UPPER, DIGIT, COLON, NEWLINE = 1, 2, 3, 4
_SEED = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_BEFORE, _AFTER = np.uint64(7001), np.uint64(9001)
_LONGEST_KEY = 16
_LONGEST_TOWN_WORD = 40
_CLOSING_REACH = 40
_COMMA, _DOT, _QUOTE, _DASH = 44, 46, 39, 45


@numba.njit(cache=True, nogil=True)
def fold_utf8(data: Bytes, table: Bytes, out: Bytes) -> tuple[int, bool]:
    """Write one byte for each character of UTF-8 ``data``; says how many, and whether combining marks were met."""
    size, last, marks = len(data), len(table), False
    i = written = 0
    while i < size:
        byte = np.int64(data[i])
        if byte < 0x80:
            out[written] = byte
            i += 1
        elif byte < 0xE0 and i + 1 < size:
            code = ((byte & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F)
            marks |= 0x300 <= code < 0x370
            out[written] = table[code]
            i += 2
        elif byte < 0xF0 and i + 2 < size:
            code = ((byte & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F)
            out[written] = table[min(code, last - 1)]
            i += 3
        else:
            out[written] = table[last - 1]
            i += 4
        written += 1
    return written, marks


@numba.njit(cache=True, nogil=True, inline="always")
def _step(state: np.uint64, letter: np.uint8) -> np.uint64:
    return (state ^ np.uint64(letter)) * _MULTIPLIER


@numba.njit(cache=True, nogil=True, inline="always")
def _knows(bits: Bytes, state: np.uint64) -> bool:
    mixed = state ^ (state >> np.uint64(29))
    size = np.uint64(len(bits) * 8 - 1)
    one, other = mixed & size, (mixed >> np.uint64(32)) & size
    return (bits[one >> np.uint64(3)] >> np.uint8(one & np.uint64(7))) & 1 != 0 and (
        bits[other >> np.uint64(3)] >> np.uint8(other & np.uint64(7))
    ) & 1 != 0


@numba.njit(cache=True, nogil=True)
def _learn(bits: Bytes, state: np.uint64) -> None:
    mixed = state ^ (state >> np.uint64(29))
    size = np.uint64(len(bits) * 8 - 1)
    for place in (mixed & size, (mixed >> np.uint64(32)) & size):
        bits[place >> np.uint64(3)] |= np.uint8(1) << np.uint8(place & np.uint64(7))


@numba.njit(cache=True, nogil=True)
def _hash(data: Bytes, start: int, end: int, letters: Bytes) -> np.uint64:
    state = _SEED
    for i in range(start, end):
        state = _step(state, letters[data[i]])
    return state


@numba.njit(cache=True, nogil=True)
def _town(state: np.uint64, prefix: int, side: np.uint64) -> np.uint64:
    return (state ^ (side + np.uint64(prefix))) * _MULTIPLIER


@numba.njit(cache=True, nogil=True)
def learn_first_words(lines: Bytes, letters: Bytes, bits: Bytes) -> None:
    """Keep the first run of letters of each line."""
    i, size = 0, len(lines)
    while i < size:
        start = i
        while i < size and letters[lines[i]]:
            i += 1
        if i > start:
            _learn(bits, _hash(lines, start, i, letters))
        while i < size and lines[i] != 10:
            i += 1
        i += 1


@numba.njit(cache=True, nogil=True)
def learn_towns(lines: Bytes, letters: Bytes, bits: Bytes) -> None:
    """Lines begin with the two digits of a postcode: keep the first and the last word of the town with them."""
    i, size = 0, len(lines)
    while i < size:
        prefix = (np.int64(lines[i]) - 48) * 10 + np.int64(lines[i + 1]) - 48
        start = end = i = i + 2
        while i < size and letters[lines[i]]:
            i += 1
        first = _hash(lines, start, i, letters)
        end = i
        while i < size and lines[i] != 10:
            if letters[lines[i]] and not letters[lines[i - 1]]:
                start = i
            if letters[lines[i]]:
                end = i + 1
            i += 1
        _learn(bits, _town(first, prefix, _AFTER))
        _learn(bits, _town(_hash(lines, start, end, letters), prefix, _BEFORE))
        i += 1


@numba.njit(cache=True, nogil=True)
def learn_short(lines: Bytes, letters: Bytes, flag: int, flags: Bytes) -> None:
    """Give every line's word a flag."""
    i, size = 0, len(lines)
    while i < size:
        start = i
        while i < size and letters[lines[i]]:
            i += 1
        flags[_slot(_hash(lines, start, i, letters), len(flags))] |= np.uint8(flag)
        i += 1


@numba.njit(cache=True, nogil=True, inline="always")
def _slot(state: np.uint64, size: int) -> np.uint64:
    return (state ^ (state >> np.uint64(29))) & np.uint64(size - 1)


@numba.njit(cache=True, nogil=True)
def _word_before(data: Bytes, end: int, letters: Bytes, longest: int) -> int:
    """Where the run of letters that ends at ``end`` starts; ``end`` itself where there is none, or too long a one."""
    start = end
    while start > 0 and letters[data[start - 1]]:
        start -= 1
        if end - start > longest:
            return end
    return start


@numba.njit(cache=True, nogil=True)
def _flags_before(data: Bytes, end: int, letters: Bytes, flags: Bytes) -> tuple[int, int]:
    start = _word_before(data, end, letters, _LONGEST_KEY)
    if start == end:
        return start, 0
    return start, np.int64(flags[_slot(_hash(data, start, end, letters), len(flags))])


@numba.njit(cache=True, nogil=True, inline="always")
def _is_space(byte: int) -> bool:
    return byte in (32, 9)


@numba.njit(cache=True, nogil=True)
def _call_before(data: Bytes, at: int, letters: Bytes, flags: Bytes) -> int:
    """Where ``madame`` starts that stands before the capital at ``at``, particles between or not; -1 without."""
    while True:
        if at >= 2 and data[at - 1] == _QUOTE and data[at - 2] in (100, 108):
            at -= 2
        if at < 2 or not _is_space(data[at - 1]):
            return -1
        dotted = data[at - 2] == _DOT
        start, known = _flags_before(data, at - 1 - dotted, letters, flags)
        if known & CALL:
            return start
        if not known & SMALL or dotted:
            return -1
        at = start


@numba.njit(cache=True, nogil=True)
def _joined(  # noqa: PLR0912 - a small grammar
    data: Bytes, at: int, end: int, letters: Bytes, flags: Bytes, known: Bytes
) -> int:
    """0 unless between two capitals stands only what a run of names holds: signs, particles, lower-case endings.

    2 where a particle is somebody's first name as well.
    """
    joined = 1
    while at < end:
        byte = data[at]
        if byte in (_QUOTE, _DASH, _DOT):
            at += 1
        elif _is_space(byte):
            if at + 1 < end and _is_space(data[at + 1]):
                return 0
            at += 1
        elif letters[byte]:
            start = at
            state = _SEED
            while at < end and letters[data[at]]:
                state = _step(state, letters[data[at]])
                at += 1
            if data[start - 1] in (_QUOTE, _DASH):
                continue
            if not _is_space(data[start - 1]):
                return 0
            if data[at] == _QUOTE:
                if at - start != 1:
                    return 0
            elif data[at] != 32 or not flags[_slot(state, len(flags))] & SMALL:
                return 0
            if _knows(known, state):
                joined = 2
        else:
            return 0
    return joined


@numba.njit(cache=True, nogil=True)
def _is_key(data: Bytes, at: int, letters: Bytes, flags: Bytes) -> bool:
    """Whether the sign at ``at`` stands between a form's key and a word."""
    after = at + 1
    while after < len(data) and _is_space(data[after]):
        after += 1
    if after == len(data) or not letters[data[after]]:
        return False
    while at > 0 and _is_space(data[at - 1]):
        at -= 1
    if at > 2 and data[at - 1] == 41 and data[at - 3] == 40:
        return True
    _, known = _flags_before(data, at, letters, flags)
    return known & FORM != 0


@numba.njit(cache=True, nogil=True)
def _signed(data: Bytes, at: int, kinds: Bytes, letters: Bytes) -> int:
    """The end of the line with one capitalised word under the line that ends at ``at``; 0 where there is none."""
    size, end = len(data), at + 1
    while end < size and end < at + 9 and (data[end] == 32 or 9 <= data[end] <= 13):
        end += 1
    if end == size or kinds[data[end]] != UPPER:
        return 0
    while end < size and (letters[data[end]] or data[end] == _DASH):
        end += 1
    while end < size and data[end] in (32, 13):
        end += 1
    if end < size and data[end] != 10:
        return 0
    closing = at
    while closing > 0 and at - closing < 6 and data[closing - 1] in (32, 33, _COMMA, _DOT, 13):
        closing -= 1
    letter = letters[data[closing - 1]] if closing else 0
    return min(size, end + 1) if letter in (9, 19, 20, 21, 25) else 0


@numba.njit(cache=True, nogil=True)
def _postcode(data: Bytes, at: int, end: int, letters: Bytes, towns: Bytes) -> bool:
    """Whether the digits from ``at`` to ``end`` are a postcode beside the first or last word of one of its towns."""
    size = len(data)
    if end - at >= 5:
        before = at
        if before > 0 and data[before - 1] == 40:
            before -= 1
        if before > 0 and data[before - 1] == 32:
            before -= 1
        while before > 0 and data[before - 1] in (_QUOTE, _DASH):
            before -= 1
        start = _word_before(data, before, letters, _LONGEST_TOWN_WORD)
        prefix = (np.int64(data[at]) - 48) * 10 + np.int64(data[at + 1]) - 48
        if start < before and _knows(towns, _town(_hash(data, start, before, letters), prefix, _BEFORE)):
            return True
    elif end - at != 3 or at < 3 or data[at - 1] != 32:
        return False
    if end - at == 3:
        at -= 3
    if end - at not in (5, 6) or end == size or data[end] not in (32, _COMMA):
        return False
    prefix = (np.int64(data[at]) - 48) * 10 + np.int64(data[at + 1]) - 48
    after = end
    while after < size and after < end + 3 and data[after] in (32, _COMMA):
        after += 1
    stop = after
    while stop < size and letters[data[stop]]:
        stop += 1
    return stop > after and _knows(towns, _town(_hash(data, after, stop, letters), prefix, _AFTER))


@numba.njit(cache=True, nogil=True)
def survey(  # noqa: PLR0912, PLR0915 - one pass
    data: Bytes,
    kinds: Bytes,
    letters: Bytes,
    flags: Bytes,
    known: Bytes,
    towns: Bytes,
    plain: Bytes,
    pairs: bool,
    starts: Offsets,
    ends: Offsets,
    marks: Bytes,
) -> int:
    """Write marks (start, end, kind) in the order of their ends; says how many there are, written or not."""
    size, room, n = len(data), len(starts), 0
    zone = -1
    last = 0
    paired = named = False
    i = 0
    while i < size:
        kind = kinds[data[i]]
        if kind == 0:
            i += 1
            continue
        found, start, end = -1, i, i + 1
        if kind == UPPER:
            before = np.int64(data[i - 1]) if i else 10
            state = _SEED
            while i < size and letters[data[i]]:
                state = _step(state, letters[data[i]])
                i += 1
            if letters[before] or 48 <= before <= 57 or before == 95:
                continue
            alone = i - start == 1 and not (i < size and data[i] == _QUOTE)
            spaced = _is_space(before) or before == _QUOTE
            joined = _joined(data, last, start, letters, flags, known) if zone >= 0 else 0
            if joined:
                paired |= spaced
                named |= joined == 2
            else:
                if zone >= 0 and paired and (named or pairs):
                    if n < room:
                        starts[n], ends[n], marks[n] = zone, last, RUN if named else PAIR
                    n += 1
                call = _call_before(data, start, letters, flags) if spaced else -1
                zone = call if call >= 0 else start
                paired = named = call >= 0
            if alone or _knows(known, state):
                named = True
            last = i
            if before == 32:
                word, flag = _flags_before(data, start - 1, letters, flags)
                if flag & BIRTH:
                    found, end = BORN, i
                elif flag & (TRIGGER | OF) and _knows(plain, state):
                    found, end = LIVED, i
                    if not flag & TRIGGER:
                        _, of = _flags_before(data, word - 1, letters, flags) if word > 0 else (0, 0)
                        found = LIVED if of & SEAT else -1
        elif kind == DIGIT:
            while i < size and 48 <= data[i] <= 57:
                i += 1
            if i - start >= 3 and _postcode(data, start, i, letters, towns):
                found, end = POSTED, i
        else:
            i += 1
            if kind == COLON:
                if _is_key(data, start, letters, flags):
                    found = KEY
            else:
                stop = _signed(data, start, kinds, letters)
                if stop:
                    found, start, end = SIGN, max(0, start - _CLOSING_REACH), stop
        if found >= 0:
            if n < room:
                starts[n], ends[n], marks[n] = start, end, found
            n += 1
    if zone >= 0 and paired and (named or pairs):
        if n < room:
            starts[n], ends[n], marks[n] = zone, last, RUN if named else PAIR
        n += 1
    return n


@numba.njit(cache=True, nogil=True)
def stretch(data: Bytes, inside: Bytes, starts: Offsets, ends: Offsets) -> int:
    """Widen the marks, in place, over the bytes that are ``inside`` a match, and merge them; says how many are left."""
    size, n = len(data), 0
    for k in range(len(starts)):
        start, end = starts[k], ends[k]
        low = ends[n - 1] if n else 0
        if end <= low:
            continue
        while start > low and inside[data[start - 1]]:
            start -= 1
        while end < size and inside[data[end]]:
            end += 1
        if n and start <= low:
            ends[n - 1] = end
        else:
            starts[n], ends[n] = start, end
            n += 1
    return n
