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
def starts_of(data, at, stop, signs, short, deep, places):  # type: ignore[no-untyped-def]
    """Places in ``data[at:stop]`` where a match may begin or a pivot stands; returns how far it came, and how many.

    ``signs`` says of each byte: its group in six bits, then 64 letter, 128 start of a line before the next byte, 256
    goes on with a character, 512 goes on with a word, 1024 may be a pivot,
    2048 may begin a match. ``short`` and ``deep`` are the sets of
    ``beginnings``. No branch depends on the text: a processor would guess it wrong at every word.
    """
    n = data.size
    before = U(_kind_before(data, KINDS, at))
    # 64: a letter stands before; 128: a line begins.
    state = (before & U(2)) << U(5) | U(before & U(12) != U(0)) << U(7)
    run = U(0)
    for k in range(3):
        run = run << U(6) | (U(signs[data[at + k]]) & U(63) if at + k < n else U(30))
    stop = min(stop, at + places.size)
    count = U(0)
    for i in range(at, stop):
        here = U(signs[data[U(i)]])
        run = (run << U(6) | (U(signs[data[U(i + 3)]]) & U(63) if i + 3 < n else U(30))) & U(0xFFFFFF)
        slot = ((run * U(0x9E3779B1)) >> U(12)) & U(0x3FFFF)
        first = run >> U(6)
        begins = U(short[first >> U(3)]) >> (first & U(7)) | U(deep[slot >> U(3)]) >> (slot & U(7))
        inside = (state >> U(6)) & (here >> U(9))
        places[count] = i
        count += ((begins | state >> U(7)) & here >> U(11) & ~inside | here >> U(10)) & U(1)
        state = (state & here >> U(2)) & U(64) | here & U(192)
    return stop, np.int64(count)


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
