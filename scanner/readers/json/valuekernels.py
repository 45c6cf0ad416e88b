"""Finds the values of JSON and the paths they stand under, compiled, and never beyond the arrays.

What is rare is left to the caller: keys with escapes or never seen, values too long or too deep, constants such as NaN,
and whatever is not JSON.
"""

# ruff: noqa: PLR0911, PLR0912, PLR0915 - compiled loops are flat: an early exit costs nothing here
from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.formats.escapes import Bytes, codepoint

DONE, MORE, FULL, ODD, NEW = 0, 1, 2, 3, 4
DEEPEST = 64
LONGEST_KEY = 256
LONGEST = 4096
MOST_KEYS = 64
NONE = -1

_PLAIN = np.ones(256, np.bool_)
_PLAIN[:32] = False
_PLAIN[[34, 92]] = False
_SPACE = np.zeros(256, np.bool_)
_SPACE[[9, 10, 13, 32]] = True
_NUMBER = np.zeros(256, np.bool_)
_NUMBER[[*range(48, 58), *b"+-.eE"]] = True
_SHORT = np.zeros(256, np.bool_)
_SHORT[[*b'"\\/bfnrt']] = True
_OBJECT, _ARRAY = 0, 1
_TRUE = np.frombuffer(b"true", np.uint8)
_FALSE = np.frombuffer(b"false", np.uint8)
_NULL = np.frombuffer(b"null", np.uint8)


@numba.njit(cache=True, nogil=True, inline="always")
def _past_space(data: Bytes, at: int) -> int:
    while at < len(data) and _SPACE[data[at]]:
        at += 1
    return at


@numba.njit(cache=True, nogil=True)
def find_slot(slots: NDArray[np.int32], pool: Bytes, parent: int, data: Bytes, start: int, end: int) -> int:
    """The slot of a key under its parent, or the free one where it would be.

    A slot holds the node, its parent, and where its key begins and ends in ``pool``; the node of a free one is -1.
    """
    code = np.uint64(parent + 1) * np.uint64(0x9E3779B97F4A7C15)
    for k in range(start, end):
        code = (code ^ np.uint64(data[k])) * np.uint64(0x100000001B3)
    mask = len(slots) - 1
    slot = np.int64((code ^ (code >> np.uint64(29))) & np.uint64(mask))
    while slots[slot, 0] != NONE:
        begin = slots[slot, 2]
        if slots[slot, 1] == parent and slots[slot, 3] - begin == end - start:
            same = True
            for k in range(end - start):
                if pool[begin + k] != data[start + k]:
                    same = False
                    break
            if same:
                break
        slot = (slot + 1) & mask
    return int(slot)


@numba.njit(cache=True, nogil=True)
def _string(data: Bytes, at: int) -> tuple[int, int, int]:
    """Of the string that begins at ``at``: where it ends, its size, and why it does not (``DONE`` when it does)."""
    n, k, drop = len(data), at, 0
    while True:
        while k < n and _PLAIN[data[k]]:
            k += 1
        if k >= n:
            return k, 0, MORE
        if data[k] == 34:
            return k, k - at - drop, DONE
        if data[k] != 92:
            return k, 0, ODD
        if k + 6 > n:
            return k, 0, MORE
        if _SHORT[data[k + 1]]:
            drop += 1
            k += 2
        elif data[k + 1] == 117:
            if k + 12 > n:
                return k, 0, MORE
            point, after = codepoint(data, k + 1, n)
            if point < 0:
                return k, 0, ODD
            size = 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4
            drop += after - k - size
            k = after
        else:
            return k, 0, ODD


@numba.njit(cache=True, nogil=True)
def _number(data: Bytes, at: int) -> tuple[int, int]:
    """Where the number at ``at`` ends, and why it is none (``DONE`` when it is)."""
    n, k = len(data), at
    while k < n and _NUMBER[data[k]]:
        k += 1
    if k >= n:
        return k, MORE
    end = k
    k = at + 1 if data[at] == 45 else at
    first = k
    while 48 <= data[k] <= 57:
        k += 1
    if k == first or (data[first] == 48 and k > first + 1):
        return end, ODD
    if data[k] == 46:
        first = k = k + 1
        while 48 <= data[k] <= 57:
            k += 1
        if k == first:
            return end, ODD
    if data[k] in (69, 101):
        k += 1
        if data[k] in (43, 45):
            k += 1
        first = k
        while 48 <= data[k] <= 57:
            k += 1
        if k == first:
            return end, ODD
    return end, DONE if k == end else ODD


@numba.njit(cache=True, nogil=True)
def _word(data: Bytes, at: int, word: Bytes) -> int:
    """Whether a word stands at ``at``."""
    if at + len(word) > len(data):
        return MORE
    for k in range(len(word)):
        if data[at + k] != word[k]:
            return ODD
    return DONE


@numba.njit(cache=True, nogil=True)
def _one(
    data: Bytes,
    at: int,
    root: int,
    slots: NDArray[np.int32],
    pool: Bytes,
    elements: NDArray[np.int32],
    found: NDArray[np.int32],
    stack: NDArray[np.int32],
    cells: int,
) -> tuple[int, int, int]:
    """Take the value at ``at``: how many cells there are then, where it ends, and why it was not taken."""
    n, k, depth, node = len(data), at, 0, root
    nodes, kinds, counts = stack[0], stack[1], stack[2]
    while True:
        if k >= n:
            return cells, k, MORE
        byte = data[k]
        closed = True
        if byte == 34:
            end, size, why = _string(data, k + 1)
            if why == DONE and end - k > LONGEST:
                why = ODD
            if why != DONE:
                return cells, k, why
            start, k = k + 1, end + 1
        elif byte == 45 or 48 <= byte <= 57:
            start = k
            end, why = _number(data, k)
            if why != DONE:
                return cells, k, why
            size, k = end - start, end
        elif byte in (116, 102, 110):
            start, word = k, _TRUE if byte == 116 else _FALSE if byte == 102 else _NULL
            why = _word(data, k, word)
            if why != DONE:
                return cells, k, why
            end = k = start + len(word)
            size = NONE if byte == 110 else end - start
        elif byte in (123, 91):
            if depth >= DEEPEST:
                return cells, k, ODD
            kinds[depth] = _OBJECT if byte == 123 else _ARRAY
            if byte == 91:
                node = elements[node]
                if node == NONE:
                    return cells, k, NEW
            nodes[depth] = node
            counts[depth] = 0
            depth += 1
            k = _past_space(data, k + 1)
            if k >= n:
                return cells, k, MORE
            closed = data[k] == (125 if byte == 123 else 93)
            if closed:
                depth -= 1
                k += 1
            start = end = size = NONE
        else:
            return cells, k, ODD
        if NONE not in (start, size):
            if cells >= found.shape[1]:
                return cells, k, FULL
            found[0, cells] = start
            found[1, cells] = end
            found[2, cells] = size
            found[3, cells] = node
            cells += 1
        if closed:
            while depth:
                k = _past_space(data, k)
                if k >= n:
                    return cells, k, MORE
                if data[k] == 44:
                    k = _past_space(data, k + 1)
                    break
                if data[k] != (125 if kinds[depth - 1] == _OBJECT else 93):
                    return cells, k, ODD
                depth -= 1
                k += 1
            if depth == 0:
                return cells, k, DONE
        node = nodes[depth - 1]
        if kinds[depth - 1] == _OBJECT:
            if k >= n:
                return cells, k, MORE
            counts[depth - 1] += 1
            if data[k] != 34 or counts[depth - 1] > MOST_KEYS:
                return cells, k, ODD
            end, size, why = _string(data, k + 1)
            if why != DONE:
                return cells, k, why
            if size != end - k - 1 or size > LONGEST_KEY:
                return cells, k, ODD
            node = slots[find_slot(slots, pool, node, data, k + 1, end), 0]
            if node == NONE:
                return cells, k, NEW
            k = _past_space(data, end + 1)
            if k >= n:
                return cells, k, MORE
            if data[k] != 58:
                return cells, k, ODD
            k = _past_space(data, k + 1)


@numba.njit(cache=True, nogil=True)
def take_values(
    data: Bytes,
    at: int,
    commas: bool,
    root: int,
    slots: NDArray[np.int32],
    pool: Bytes,
    elements: NDArray[np.int32],
    found: NDArray[np.int32],
) -> tuple[int, int, bool, int]:
    """Take values one after the other: cells found, where the first that was not taken begins, and why it was not.

    With ``commas`` they are elements of an array; the third result says whether the last one had none behind it.
    ``found`` takes starts, ends, sizes without escapes, and nodes.
    """
    cells, done, bare = 0, at, False
    stack = np.empty((3, DEEPEST), np.int32)
    while True:
        k = _past_space(data, done)
        while not commas and k < len(data) and data[k] == 30:
            k = _past_space(data, k + 1)
        if k >= len(data):
            return cells, done, bare, DONE
        taken, end, why = _one(data, k, root, slots, pool, elements, found, stack, cells)
        if why != DONE:
            return cells, k, bare, why
        if not commas and end >= len(data) and data[end - 1] not in (34, 93, 125):
            return cells, k, bare, MORE
        cells, done = taken, end
        if commas:
            k = _past_space(data, done)
            bare = k >= len(data) or data[k] != 44
            done = k if bare else k + 1
            if bare:
                return cells, done, bare, DONE
