"""The compiled loops over bytes: where matches start and end; every index is checked against the length first."""

from __future__ import annotations

import numba
import numpy as np

LONGEST = 2048
"""Bytes of a match, at most: past this the text counts as ended, so that hostile lines cost linear time."""

WORD, LETTER, NEWLINE, EDGE = 1, 2, 4, 8
"""What stands beside a place: an ASCII word character, a letter of any script, a line end, the end of the text."""


def byte_kind(byte: int) -> int:
    """The kind of an ASCII byte or of the first byte of a character; ``C2`` and ``E2`` begin signs and spaces."""
    if byte >= 0x80:
        return 0 if byte in (0xC2, 0xE2) else LETTER
    char = chr(byte)
    return NEWLINE if char == "\n" else WORD | LETTER if char.isalnum() or char == "_" else 0


# In this file, as all that the kernels below are compiled with: their cache is renewed when this file changes.
KINDS = np.array([LETTER if 0x80 <= byte < 0xC0 else byte_kind(byte) for byte in range(256)], np.uint8)
"""The kind of each byte; inside a character it counts as a letter, and its first byte tells."""

U = np.uint64
"""Unsigned numbers index arrays without a test for negative ones."""

_njit = numba.njit(cache=True, nogil=True)
# Arrays are passed field by field: a call at every word would cost more than its work.
_inlined = numba.njit(cache=True, nogil=True, inline="always")


@_inlined
def _kind_before(data, kinds, at):  # type: ignore[no-untyped-def]
    """The kind of the character before a place: WORD 1, LETTER 2, NEWLINE 4, EDGE 8."""
    if at == 0:
        return 8
    back = at - 1
    while back > 0 and at - back < 4 and 0x80 <= data[back] < 0xC0:
        back -= 1
    return kinds[data[back]]


@_njit
def _inside_words(data, out):  # type: ignore[no-untyped-def]
    for k in range(data.size):
        byte = data[k]
        out[k] = (
            ((byte >= 48) & (byte <= 57))
            | ((byte >= 65) & (byte <= 90))
            | ((byte >= 97) & (byte <= 122))
            | (byte == 95)
        )


@_njit
def _beginnings(data, inside, out):  # type: ignore[no-untyped-def]
    for k in range(data.size):
        byte = data[k]
        word = ((byte >= 48) & (byte <= 57)) | ((byte >= 65) & (byte <= 90)) | ((byte >= 97) & (byte <= 122))
        sign = (byte == 95) | (byte == 0xC2) | (byte == 0xE2)  # an underscore, or the first byte of signs and spaces
        out[k] = ((word | (byte >= 0xC3)) & (inside[k] == 0)) | sign


@_njit
def _is_sign(data, sign, out):  # type: ignore[no-untyped-def]
    for k in range(data.size):
        out[k] |= data[k] == sign


@_njit
def _gather(out, base, places):  # type: ignore[no-untyped-def]
    count = U(0)
    for k in range(out.size):
        places[count] = base + k
        count += U(out[k])
    return np.int64(count)


@_njit
def _sift_places(data, groups, short, deep, pivots, places, count, kept, turned):  # type: ignore[no-untyped-def]
    """Of the first ``count`` places, those where a match may begin, and those of pivots."""
    n = data.size
    taken = U(0)
    turns = U(0)
    for k in range(count):
        at = places[k]
        byte = data[U(at)]
        run = U(groups[byte])
        if at + 3 < n:
            run = run << U(6) | U(groups[data[U(at + 1)]])
            run = run << U(6) | U(groups[data[U(at + 2)]])
            run = run << U(6) | U(groups[data[U(at + 3)]])
        else:
            for ahead in range(1, 4):
                run = run << U(6) | (U(groups[data[at + ahead]]) if at + ahead < n else U(30))
        slot = ((run * U(0x9E3779B1)) >> U(12)) & U(0x3FFFF)
        first = run >> U(6)
        begins = U(short[first >> U(3)]) >> (first & U(7)) | U(deep[slot >> U(3)]) >> (slot & U(7))
        line = U(at == 0) | U(data[U(max(at, 1) - 1)] == 10)
        kept[taken] = at
        taken += (begins | line) & U(1)
        turned[turns] = at
        turns += U(pivots[byte])
    return np.int64(taken), np.int64(turns)


@_njit
def starts_of(data, at, groups, signs, pivots, short, deep, places, kept, turned):  # type: ignore[no-untyped-def]
    """Places from ``at`` on where a match may begin (``kept``) and where pivots stand (``turned``), some more than do.

    Returns how far it came and both counts. ``groups`` are those of ``beginnings``, whose sets are ``short`` and
    ``deep``; ``signs`` are the bytes that begin a match or are pivots and no word's; ``places`` is scratch. The loops
    have no branch that depends on the text, since a processor would guess it wrong at every word, and most of them
    work on many bytes at a time.
    """
    size = min(places.size - 1, data.size - at)
    block = data[at : at + size]
    inside = np.empty(size + 1, np.uint8)
    out = np.empty(size, np.uint8)
    inside[0] = 0
    if at > 0:
        _inside_words(data[at - 1 : at], inside[:1])
    _inside_words(block, inside[1:])
    _beginnings(block, inside[:size], out)
    for sign in signs:
        _is_sign(block, sign, out)
    count = _gather(out, at, places)
    taken, turns = _sift_places(data, groups, short, deep, pivots, places, count, kept, turned)
    return at + size, taken, turns


@_njit
def walk(data, places, first, classes, moves, stride, lists, starts, touched, ends, out):  # type: ignore[no-untyped-def]
    """Run an automaton from each of ``places[first:]``; rows of ``out`` are start, end and number of the expression.

    Returns how many places were done, how many rows are filled, and where in ``moves`` an unknown one stopped it, or
    -1. ``touched`` and ``ends`` are scratch, the latter -1 all over.
    """
    n = data.size
    rows = 0
    room = out.shape[0] - touched.size
    last = U(stride - 1)
    over = U(stride - 2)
    for index in range(first, places.size):
        if rows > room:
            return index, rows, -1
        at = places[index]
        before = np.int64(_kind_before(data, KINDS, at))
        if before & 2 and at < n and KINDS[data[at]] & 2 and data[at] != 95:
            continue
        limit = min(n, at + LONGEST)
        state = U(starts[before])
        held = np.int64(0)
        held_to = 0
        count = 0
        previous = np.int64(0)
        j = at
        while True:
            symbol = U(classes[data[U(j)]]) if j < limit else over
            move = np.int64(moves[state + symbol])
            if move <= 0:
                if move == 0:
                    break
                for k in range(count):
                    ends[touched[k]] = -1
                return index, rows, np.int64(state + symbol)
            state = U(move >> 1)
            if move == previous:
                # A state that stays the same (the rest of a line, a quotation): the next byte need not wait for it.
                while j + 1 < limit and np.int64(moves[state + U(classes[data[U(j + 1)]])]) == move:
                    j += 1
            previous = move
            if move & 1:
                row = np.int64(moves[state + last])
                if row != held:
                    # Ends are noted when the set of expressions changes: many end anew with every byte.
                    for k in range(held + 1, held + 1 + lists[held]):
                        owner = lists[k]
                        if ends[owner] < 0:
                            touched[count] = owner
                            count += 1
                        ends[owner] = held_to
                    held = row
                held_to = j
            if j >= limit:
                break
            j += 1
        for k in range(held + 1, held + 1 + lists[held]):
            owner = lists[k]
            if ends[owner] < 0:
                touched[count] = owner
                count += 1
            ends[owner] = held_to
        for k in range(count):
            owner = touched[k]
            out[rows, 0] = at
            out[rows, 1] = ends[owner]
            out[rows, 2] = owner
            rows += 1
            ends[owner] = -1
    return places.size, rows, -1


@_njit
def places_before(data, pivots, pairs, within, reach, out):  # type: ignore[no-untyped-def]
    """Where matches can begin that hold a pivot: words in the run of ``within`` bytes before it, ``reach`` at most.

    ``pairs[byte, next]`` says which signs are pivots by the byte after them (256: the end); other places are passed
    over. Places come in order, each once, as far as ``out`` goes; returns how many.
    """
    count = 0
    last = -1
    for pivot in pivots:
        if not pairs[data[pivot], data[pivot + 1] if pivot + 1 < data.size else 256]:
            continue
        low = pivot
        while low > 0 and pivot - low < reach and within[data[low - 1]]:
            low -= 1
        for at in range(max(low, last + 1), pivot + 1):
            if count >= out.size:
                return count
            if 0x80 <= data[at] < 0xC0:
                continue
            if not (_kind_before(data, KINDS, at) & 2 and KINDS[data[at]] & 2):
                out[count] = at
                count += 1
                last = at
    return count


@_njit
def look(data, places, first, forward, classes, moves, stride, lists, start, found):  # type: ignore[no-untyped-def]
    """Which expressions hold right after (or, read backwards, right before) each place, as bits of ``found``.

    Returns how many places were done, and the code of an unknown move or -1.
    """
    n = data.size
    for index in range(first, places.size):
        state = np.int64(start)
        bits = 0
        at = places[index]
        steps = 0
        while True:
            symbol = stride - 2
            if forward and at < n and steps < LONGEST:
                symbol = np.int64(classes[data[at]])
            elif not forward and at > 0 and steps < LONGEST:
                symbol = np.int64(classes[data[at - 1]])
            move = np.int64(moves[state + symbol])
            if move < 0:
                return index, state + symbol
            if move == 0:
                break
            state = move >> 1
            if move & 1:
                row = np.int64(moves[state + stride - 1])
                for k in range(row + 1, row + 1 + lists[row]):
                    bits |= 1 << lists[k]
            if symbol == stride - 2:
                break
            at += 1 if forward else -1
            steps += 1
        found[index] = bits
    return places.size, -1
