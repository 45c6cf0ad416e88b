"""The compiled loops over bytes: where matches start and end; every index is checked against the length first."""

from __future__ import annotations

import numba

LONGEST = 2048
"""Bytes of a match, at most: past this the text counts as ended, so that hostile lines cost linear time."""


@numba.njit(cache=True, nogil=True)
def kind_before(data, kinds, at):  # type: ignore[no-untyped-def]
    """The kind of the character before a place: WORD 1, LETTER 2, NEWLINE 4, EDGE 8."""
    if at == 0:
        return 8
    back = at - 1
    while back > 0 and at - back < 4 and 0x80 <= data[back] < 0xC0:
        back -= 1
    return kinds[data[back]]


@numba.njit(cache=True, nogil=True)
def scan(data, at, stop, first, kinds, classes, moves, ended, lists, starts, touched, ends, out, misses):  # type: ignore[no-untyped-def]
    """Matches that begin in ``data[at:stop]``.

    ``out`` (rows of start, end, expression) and ``misses`` (codes of unknown moves) are filled as far as they go;
    returns where it stopped, and how many rows of each are filled. ``touched`` and ``ends`` are scratch.
    """
    n = data.size
    width = moves.shape[1]
    rows = 0
    missed = 0
    room = out.shape[0] - touched.size
    i = at
    while i < stop:
        byte = data[i]
        if not first[byte]:
            i += 1
            continue
        kind = kinds[byte]
        before = 8
        if i > 0:
            last = data[i - 1]
            if last < 0x80:
                before = kinds[last]
            else:
                before = kind_before(data, kinds, i)
            if before & 2 and kind & 2 and byte != 95:
                i += 1
                continue
        if rows > room or missed >= misses.size:
            break
        state = starts[before]
        limit = min(n, i + LONGEST)
        j = i
        count = 0
        while True:
            symbol = classes[data[j]] if j < limit else width - 1
            move = moves[state, symbol]
            if move <= 0:
                if move < 0:
                    misses[missed] = state * width + symbol
                    missed += 1
                break
            state = move
            row = ended[state]
            if row:
                for k in range(row + 1, row + 1 + lists[row]):
                    owner = lists[k]
                    if ends[owner] < 0:
                        touched[count] = owner
                        count += 1
                    ends[owner] = j
            if j >= limit:
                break
            j += 1
        for k in range(count):
            owner = touched[k]
            if move >= 0:
                out[rows, 0] = i
                out[rows, 1] = ends[owner]
                out[rows, 2] = owner
                rows += 1
            ends[owner] = -1
        if move < 0:
            break
        i += 1
    return i, rows, missed
