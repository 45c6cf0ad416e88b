"""Compiled passes over folded text: which stretches of it may hold a name or a town.

All in one module: a loop that is kept compiled does not notice changes in the functions of another.
"""

# mypy: disable-error-code="no-any-return, assignment, call-overload, return-value"

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

RUN, PAIR, KEY, BORN, SIGN, POSTED, LIVED, TOLD = range(8)
"""Kinds of marks: ``RUN`` holds a known first name or title, ``PAIR`` only capitals that an address may repeat.

``TOLD`` is a ``RUN`` that an address repeats, in part at least.
"""

SMALL, CALL, FORM, TRIGGER, OF, SEAT, BIRTH = 1, 2, 4, 8, 16, 32, 64
"""What a short word is: a particle, a title in lower case, the end of a form's key, what stands before towns."""

LETTER, UPPER, INSIDE = 31, 32, 64
"""What is known of a byte: the number of its letter, whether that is a capital, whether names may hold it."""

FLAGS, NAMES, PLAIN, TOWNS, EVERYTHING = 0, 1 << 12, (1 << 12) + (1 << 17), (1 << 12) + (1 << 17) + (1 << 15), 430_080
"""Where in one array the flags of short words and the sets of first names, of towns, of towns with postcodes begin."""
_SEED = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_BEFORE, _AFTER = np.uint64(7001), np.uint64(9001)
_LONGEST_KEY = 16
_LONGEST_CALL = 12
_LONGEST_TOWN_WORD = 40
_CLOSING_REACH = 40
_MOST_WORDS, _ALL = 32, 64
_COMMA, _DOT, _QUOTE, _DASH = 44, 46, 39, 45


@numba.njit(cache=True, nogil=True, inline="always")
def _step(state: np.uint64, letter: int) -> np.uint64:
    return (state ^ np.uint64(letter)) * _MULTIPLIER


@numba.njit(cache=True, nogil=True, inline="always")
def _knows(memory: Bytes, at: int, size: int, state: np.uint64) -> bool:
    """Whether a set of ``size`` bytes at ``at`` has this hash; it may err by saying yes."""
    mixed = state ^ (state >> np.uint64(29))
    bits = np.uint64(size * 8 - 1)
    one, other = np.int64(mixed & bits), np.int64((mixed >> np.uint64(32)) & bits)
    return ((memory[at + (one >> 3)] >> (one & 7)) & (memory[at + (other >> 3)] >> (other & 7)) & 1) != 0


@numba.njit(cache=True, nogil=True)
def _learn(memory: Bytes, at: int, size: int, state: np.uint64) -> None:
    mixed = state ^ (state >> np.uint64(29))
    bits = np.uint64(size * 8 - 1)
    for place in (np.int64(mixed & bits), np.int64((mixed >> np.uint64(32)) & bits)):
        memory[at + (place >> 3)] |= np.uint8(1 << (place & 7))


@numba.njit(cache=True, nogil=True, inline="always")
def _slot(state: np.uint64) -> int:
    return np.int64((state ^ (state >> np.uint64(29))) & np.uint64(NAMES - 1))


@numba.njit(cache=True, nogil=True)
def _hash(data: Bytes, start: int, end: int, signs: Bytes) -> np.uint64:
    state = _SEED
    for i in range(start, end):
        state = _step(state, signs[data[i]] & LETTER)
    return state


@numba.njit(cache=True, nogil=True)
def _town(state: np.uint64, prefix: int, side: np.uint64) -> np.uint64:
    return (state ^ (side + np.uint64(prefix))) * _MULTIPLIER


@numba.njit(cache=True, nogil=True)
def learn_words(lines: Bytes, signs: Bytes, memory: Bytes, at: int, size: int) -> None:
    """Keep the first run of letters of each line in the set of ``size`` bytes at ``at``."""
    i, end = 0, len(lines)
    while i < end:
        start = i
        while i < end and signs[lines[i]] & LETTER:
            i += 1
        if i > start:
            _learn(memory, at, size, _hash(lines, start, i, signs))
        while i < end and lines[i] != 10:
            i += 1
        i += 1


@numba.njit(cache=True, nogil=True)
def learn_towns(lines: Bytes, signs: Bytes, memory: Bytes) -> None:
    """Lines begin with the two digits of a postcode: keep the first and the last word of the town with them."""
    i, size = 0, len(lines)
    while i < size:
        prefix = (np.int64(lines[i]) - 48) * 10 + np.int64(lines[i + 1]) - 48
        start = i = i + 2
        while i < size and signs[lines[i]] & LETTER:
            i += 1
        first, end = _hash(lines, start, i, signs), i
        while i < size and lines[i] != 10:
            if signs[lines[i]] & LETTER:
                start = i if not signs[lines[i - 1]] & LETTER else start
                end = i + 1
            i += 1
        _learn(memory, TOWNS, EVERYTHING - TOWNS, _town(first, prefix, _AFTER))
        _learn(memory, TOWNS, EVERYTHING - TOWNS, _town(_hash(lines, start, end, signs), prefix, _BEFORE))
        i += 1


@numba.njit(cache=True, nogil=True)
def learn_flags(lines: Bytes, signs: Bytes, flag: int, memory: Bytes) -> None:
    """Give every line's word a flag; short words are looked up backwards."""
    i, size = 0, len(lines)
    while i < size:
        while i < size and signs[lines[i]] & LETTER:
            i += 1
        state, back = _SEED, i
        while back > 0 and signs[lines[back - 1]] & LETTER:
            back -= 1
            state = _step(state, signs[lines[back]] & LETTER)
        memory[FLAGS + _slot(state)] |= np.uint8(flag)
        i += 1


@numba.njit(cache=True, nogil=True)
def _flags_before(data: Bytes, end: int, signs: Bytes, memory: Bytes) -> int:
    """What is known of the short word that ends at ``end``."""
    state, start = _SEED, end
    while start > 0 and signs[data[start - 1]] & LETTER:
        start -= 1
        state = _step(state, signs[data[start]] & LETTER)
        if end - start > _LONGEST_KEY:
            return 0
    return np.int64(memory[FLAGS + _slot(state)]) if start < end else 0


@numba.njit(cache=True, nogil=True, inline="always")
def _is_space(byte: int) -> bool:
    return byte in (32, 9)


@numba.njit(cache=True, nogil=True)
def _linked(data: Bytes, at: int, low: int, signs: Bytes, memory: Bytes) -> tuple[int, int, int]:
    """Where the word of a name or the title begins to which the capital at ``at`` is tied, -1 for none.

    Particles may stand between; ``low`` is how far back to look. Then the start of the word just before, and its flags.
    """
    before = first = -1
    while True:
        if data[at - 1] == _QUOTE:
            if at < 2 or signs[data[at - 2]] & LETTER not in (4, 12):
                break
            at -= 2
            first = max(first, 0)
        if at - 1 <= low or not _is_space(data[at - 1]):
            break
        end = at - 1 - (data[at - 2] == _DOT)
        start, state, capitals = end, _SEED, 0
        while start > low and signs[data[start - 1]] & LETTER:
            start -= 1
            sign = np.int64(signs[data[start]])
            state = _step(state, sign & LETTER)
            capitals |= sign
        word = start
        flags = np.int64(memory[FLAGS + _slot(state)]) if 0 < end - word <= _LONGEST_CALL else 0
        if first < 0:
            before, first = word, flags if end == at - 1 else 0
        while start > low and signs[data[start - 1]] & INSIDE:
            start -= 1
            capitals |= np.int64(signs[data[start]])
        if capitals & UPPER:
            return start, before, first
        if flags & CALL:
            return word, before, first
        if not flags & SMALL or end < at - 1 or word == 0:
            break
        at = word
    return -1, before, max(first, 0)


@numba.njit(cache=True, nogil=True)
def _names_somebody(data: Bytes, start: int, end: int, signs: Bytes, memory: Bytes) -> bool:
    """Whether a run of words holds a first name, a title or an initial."""
    while start < end:
        at, state = start, _SEED
        while at < end and signs[data[at]] & LETTER:
            state = _step(state, signs[data[at]] & LETTER)
            at += 1
        if at - start == 1 and signs[data[start]] & UPPER and not (at < len(data) and data[at] == _QUOTE):
            return True
        if at > start and _knows(memory, NAMES, PLAIN - NAMES, state):
            return True
        start = at + 1
    return False


@numba.njit(cache=True, nogil=True)
def _is_key(data: Bytes, at: int, signs: Bytes, memory: Bytes) -> bool:
    """Whether the sign at ``at`` stands between a form's key and a word."""
    after = at + 1
    while after < len(data) and _is_space(data[after]):
        after += 1
    if after == len(data) or not signs[data[after]] & LETTER:
        return False
    while at > 0 and _is_space(data[at - 1]):
        at -= 1
    if at > 2 and data[at - 1] == 41 and data[at - 3] == 40:
        return True
    return _flags_before(data, at, signs, memory) & FORM != 0


@numba.njit(cache=True, nogil=True)
def _signed(data: Bytes, at: int, signs: Bytes) -> int:
    """The end of the line with one capitalised word under the line that ends at ``at``; 0 where there is none."""
    size, end = len(data), at + 1
    closing = at
    while closing > 0 and at - closing < 6 and data[closing - 1] in (32, 33, _COMMA, _DOT, 13):
        closing -= 1
    letter = signs[data[closing - 1]] & LETTER if closing else 0
    if letter not in (9, 19, 20, 25):
        return 0
    while end < size and end < at + 9 and (data[end] == 32 or 9 <= data[end] <= 13):
        end += 1
    if end == size or not signs[data[end]] & UPPER:
        return 0
    while end < size and (signs[data[end]] & LETTER or data[end] == _DASH):
        end += 1
    while end < size and data[end] in (32, 13):
        end += 1
    return min(size, end + 1) if end == size or data[end] == 10 else 0


@numba.njit(cache=True, nogil=True)
def _town_after(data: Bytes, end: int, signs: Bytes, memory: Bytes) -> bool:
    """Whether the five digits that end at ``end``, a space among them or not, stand before a town that they serve."""
    at = end - 6 if data[end - 4] == 32 else end - 5
    prefix = (np.int64(data[at]) - 48) * 10 + np.int64(data[at + 1]) - 48
    size, after = len(data), end
    while after < size and after < end + 3 and data[after] in (32, _COMMA):
        after += 1
    stop = after
    while stop < size and signs[data[stop]] & LETTER:
        stop += 1
    state = _town(_hash(data, after, stop, signs), prefix, _AFTER)
    return stop > after and _knows(memory, TOWNS, EVERYTHING - TOWNS, state)


@numba.njit(cache=True, nogil=True)
def _town_before(data: Bytes, at: int, signs: Bytes, memory: Bytes) -> bool:
    """Whether the five digits from ``at`` on stand after a town that they serve."""
    prefix = (np.int64(data[at]) - 48) * 10 + np.int64(data[at + 1]) - 48
    at -= data[at - 1] == 40
    at -= at > 0 and data[at - 1] == 32
    while at > 0 and data[at - 1] in (_QUOTE, _DASH):
        at -= 1
    start = at
    while start > 0 and at - start < _LONGEST_TOWN_WORD and signs[data[start - 1]] & LETTER:
        start -= 1
    state = _town(_hash(data, start, at, signs), prefix, _BEFORE)
    return start < at and _knows(memory, TOWNS, EVERYTHING - TOWNS, state)


@numba.njit(cache=True, nogil=True)
def _mark_events(padded: Bytes, events: Bytes) -> None:
    """Say of each byte whether a rule may have business there: comparisons only, many bytes at a time.

    ``padded`` has eight spare bytes on either side of those that ``events`` speaks of.
    """
    n = len(events)
    b6, b5, b4, b3 = padded[2:], padded[3:], padded[4:], padded[5:]
    b2, b1, b0 = padded[6:], padded[7:], padded[8:]
    a1, a2, a3, a4 = padded[9:], padded[10:], padded[11:], padded[12:]
    for i in range(n):
        c, before, after = b0[i], b1[i], a1[i]
        second = b2[i]
        blank_before = (before == 32) | (before == 9)
        letter_before = ((before | 32) >= 97) & ((before | 32) <= 122)
        letter_second = ((second | 32) >= 97) & ((second | 32) <= 122)
        letter_after = ((after | 32) >= 97) & ((after | 32) <= 122)
        spaced = blank_before & (letter_second | (second == 46))
        elided = (before == 39) & letter_second & ((b3[i] == 32) | (b3[i] == 9))
        capital = (c >= 65) & (c <= 90) & (spaced | elided)
        blank_after = (after == 32) | (after == 9)
        form = ((c == 58) | (c == 61)) & (letter_after | blank_after) & (letter_before | blank_before | (before == 41))
        closed = letter_before | blank_before | (before == 13) | (before == 33) | (before == 44) | (before == 46)
        line = (c == 10) & closed & (((after >= 65) & (after <= 90)) | (after == 32) | ((after >= 9) & (after <= 13)))
        three = (c >= 48) & (c <= 57) & (before >= 48) & (before <= 57) & (second >= 48) & (second <= 57)
        x, y, z = b3[i], b4[i], b5[i]
        w = b6[i]
        five = (x >= 48) & (x <= 57) & (y >= 48) & (y <= 57) & ~((z >= 48) & (z <= 57))
        parted = (x == 32) & (y >= 48) & (y <= 57) & (z >= 48) & (z <= 57) & ~((w >= 48) & (w <= 57))
        posted = three & ((after == 32) | (after == 44)) & (five | parted)
        d2, d3, d4 = a2[i], a3[i], a4[i]
        code = (c >= 48) & (c <= 57) & (after >= 48) & (after <= 57) & (d2 >= 48) & (d2 <= 57)
        code = code & (d3 >= 48) & (d3 <= 57) & (d4 >= 48) & (d4 <= 57)
        word_before = letter_before | (before == 39) | (before == 45)
        word_second = letter_second | (second == 39) | (second == 45) | (second == 32)
        coded = code & (word_before | (((before == 32) | (before == 40)) & word_second))
        events[i] = capital | form | line | posted | coded


@numba.njit(cache=True, nogil=True)
def _gather(events: Bytes, words: npt.NDArray[np.uint64], places: Offsets) -> int:
    """The offsets of the events; ``words`` is the same memory, eight at a time."""
    n = 0
    for k in range(len(words)):
        if words[k] != 0:
            for i in range(8 * k, 8 * k + 8):
                places[n] = i
                n += np.int64(events[i])
    return n


@numba.njit(cache=True, nogil=True)
def _event(data: Bytes, at: int, signs: Bytes, memory: Bytes) -> tuple[int, int, int]:
    """The mark (kind, start, end) of an event that is no capital; its kind is -1 where nothing comes of it."""
    byte, size = data[at], len(data)
    if byte == 10:
        end = _signed(data, at, signs)
        return (SIGN if end else -1), max(0, at - _CLOSING_REACH), end
    if byte in (58, 61):
        return (KEY if _is_key(data, at, signs, memory) else -1), at, at + 1
    if at + 1 < size and data[at + 1] in (32, _COMMA):
        return (POSTED if _town_after(data, at + 1, signs, memory) else -1), at, at + 1
    return (POSTED if _town_before(data, at, signs, memory) else -1), at, at + 1


@numba.njit(cache=True, nogil=True)
def _place_or_birth(data: Bytes, start: int, end: int, word: int, flags: int, signs: Bytes, memory: Bytes) -> int:
    """The kind of mark of a capitalised word after ``à``, ``ville de`` or ``née``, -1 where it is none."""
    if flags & BIRTH:
        return BORN
    if not _knows(memory, PLAIN, TOWNS - PLAIN, _hash(data, start, end, signs)):
        return -1
    if flags & TRIGGER or (word > 0 and _flags_before(data, word - 1, signs, memory) & SEAT):
        return LIVED
    return -1


@numba.njit(cache=True, nogil=True)
def survey(
    data: Bytes,
    padded: Bytes,
    events: Bytes,
    words: npt.NDArray[np.uint64],
    places: Offsets,
    signs: Bytes,
    memory: Bytes,
    pairs: bool,
    starts: Offsets,
    ends: Offsets,
    marks: Bytes,
) -> int:
    """Write marks (start, end, kind), those of a kind in order; says how many there are, written or not.

    ``padded`` is the data between two times eight zeros; ``events``, ``words`` and ``places`` are for the work. Two
    more than the marks must have room.
    """
    size, room, n = len(data), len(starts) - 2, 0
    zone = last = -1
    for block in range(0, size, len(events)):
        count = min(len(events), size - block)
        _mark_events(padded[block:], events[:count])
        events[count:] = 0
        for k in range(_gather(events, words, places)):
            start = block + places[k]
            if signs[data[start]] & UPPER:
                end = start + 1
                link, word, flags = _linked(data, start, max(zone, 0), signs, memory)
                if link >= 0 or flags & (TRIGGER | OF | BIRTH):
                    while end < size and signs[data[end]] & LETTER:
                        end += 1
                if link >= last and link >= 0:
                    n += _close(data, zone, last, pairs, signs, memory, min(n, room), starts, ends, marks)
                    zone = link
                last = end if link >= 0 else last
                kind = -1
                if flags & (TRIGGER | OF | BIRTH) and data[start - 1] == 32:
                    kind = _place_or_birth(data, start, end, word, flags, signs, memory)
            else:
                kind, start, end = _event(data, start, signs, memory)
            if kind >= 0:
                at = min(n, room)
                starts[at], ends[at], marks[at] = start, end, kind
                n += 1
    return n + _close(data, zone, last, pairs, signs, memory, min(n, room), starts, ends, marks)


@numba.njit(cache=True, nogil=True)
def _close(
    data: Bytes,
    zone: int,
    last: int,
    pairs: bool,
    signs: Bytes,
    memory: Bytes,
    at: int,
    starts: Offsets,
    ends: Offsets,
    marks: Bytes,
) -> int:
    """Write the mark of a run of words that may be a name, if it is one; says how many were written."""
    if zone < 0:
        return 0
    named = _names_somebody(data, zone, last, signs, memory)
    if named or pairs:
        starts[at], ends[at], marks[at] = zone, last, RUN if named else PAIR
        return 1
    return 0


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


@numba.njit(cache=True, nogil=True)
def learn_addresses(people: Bytes, signs: Bytes, bits: Bytes) -> None:
    """Keep the words of each line, and all its letters together."""
    i = 0
    while i < len(people):
        start = i
        whole = part = _SEED
        while people[i] != 10:
            letter = signs[people[i]] & LETTER
            if letter:
                whole, part = _step(whole, letter), _step(part, letter)
            elif i > start:
                _learn(bits, 0, len(bits), part)
                part = _SEED
            i += 1
        _learn(bits, 0, len(bits), part)
        _learn(bits, 0, len(bits), whole)
        i += 1


@numba.njit(cache=True, nogil=True)
def agree(data: Bytes, starts: Offsets, ends: Offsets, signs: Bytes, bits: Bytes, told: npt.NDArray[np.bool_]) -> None:
    """Say of each stretch of words whether what is before an ``@`` repeats one of them, or joins two."""
    words = np.empty((_MOST_WORDS, 4), np.int64)
    for k in range(len(starts)):
        at, end = starts[k], ends[k]
        while end < len(data) and signs[data[end]] & INSIDE:
            end += 1
        count = _words_of(data, at, end, signs, words)
        told[k] = count == _MOST_WORDS
        for j in range(count):
            state = _joined(data, words[j], 64, words[j], 0, signs)
            told[k] |= words[j, 2] >= 3 and _knows(bits, 0, len(bits), state)
            for i in range(j):
                if not told[k] and words[i, 3] < words[j, 3]:
                    told[k] = _joins(data, words[i], words[j], signs, bits)


@numba.njit(cache=True, nogil=True)
def _words_of(data: Bytes, at: int, end: int, signs: Bytes, words: Offsets) -> int:
    """Write start, end, letters and number of all that may be a word between blanks; says how many, if there is room.

    A name may begin or end within: ``x-Jean``, ``l'Isle``.
    """
    count = first = 0
    token = 0
    while at < end and count < len(words):
        if _is_space(data[at]):
            token, first = token + 1, count
        if not signs[data[at]] & LETTER:
            at += 1
            continue
        start = at
        while at < end and signs[data[at]] & LETTER:
            at += 1
        stop = count
        for k in range(first, stop + 1):
            if count == len(words):
                break
            if k == stop:
                words[count] = (start, at, at - start, token)
            elif words[k, 1] == words[stop - 1, 1]:
                words[count] = (words[k, 0], at, words[k, 2] + at - start, token)
            else:
                continue
            count += 1
    return count


@numba.njit(cache=True, nogil=True)
def _joins(data: Bytes, first: Offsets, last: Offsets, signs: Bytes, bits: Bytes) -> bool:
    size = len(bits)
    return (
        _knows(bits, 0, size, _joined(data, first, _ALL, last, _ALL, signs))
        or _knows(bits, 0, size, _joined(data, last, _ALL, first, _ALL, signs))
        or _knows(bits, 0, size, _joined(data, first, 1, last, _ALL, signs))
        or _knows(bits, 0, size, _joined(data, last, _ALL, first, 1, signs))
        or _knows(bits, 0, size, _joined(data, last, 1, first, _ALL, signs))
    )


@numba.njit(cache=True, nogil=True)
def _joined(data: Bytes, one: Offsets, ones: int, other: Offsets, others: int, signs: Bytes) -> np.uint64:
    """The hash of so many letters of one word and so many of another."""
    state = _SEED
    for word, most in ((one, ones), (other, others)):
        taken = 0
        for i in range(word[0], word[1]):
            letter = signs[data[i]] & LETTER
            if letter and taken < most:
                state = _step(state, letter)
                taken += 1
    return state
