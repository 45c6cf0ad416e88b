"""Loops over the bytes of a column, compiled: which values are new, how they join, and where spans stand in them.

All text is valid UTF-8 and all offsets count its bytes; lengths that rules and people see count its characters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scanner.recognition.cellwords import Bytes, says_something, trim

Ints = NDArray[np.int64]

_NOTHING = -(1 << 62)
"""Where the count of a value that says nothing starts, so that it never gets to one."""
_SHARE = 0.8
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_kernel = njit(cache=True, nogil=True)


@_kernel
def _mix(data: Bytes, start: int, end: int, seed: np.uint64) -> np.uint64:
    """64 bits that tell values apart within one run, eight bytes at a time."""
    mixed = (seed ^ np.uint64(end - start)) * _PRIME
    while start + 8 <= end:
        word = np.uint64(0)
        for at in range(8):
            word |= np.uint64(data[np.uint64(start + at)]) << np.uint64(8 * at)
        mixed = (mixed ^ word) * _PRIME
        mixed ^= mixed >> np.uint64(29)
        start += 8
    word = np.uint64(0)
    for at in range(end - start):
        word |= np.uint64(data[start + at]) << np.uint64(8 * at)
    mixed = (mixed ^ word) * _PRIME
    return mixed ^ (mixed >> np.uint64(32))


@_kernel
def _same(data: Bytes, one: int, other: int, length: int) -> bool:
    for at in range(length):  # noqa: SIM110
        if data[one + at] != data[other + at]:
            return False
    return True


@_kernel
def count_chars(data: Bytes, start: int, end: int) -> int:
    """How many characters a stretch of UTF-8 has."""
    heads = 0
    for at in range(start, end):
        heads += (data[at] & 0xC0) != 0x80
    return heads


@_kernel
def find_distinct(offsets: NDArray[Any], data: Bytes, valid: Bytes, shift: int, seed: np.uint64) -> tuple[Ints, Ints]:
    """The values that say something, each once: index of its first occurrence and number of occurrences.

    ``offsets`` and ``valid`` are as Arrow keeps them; ``shift`` is the place in ``valid`` of the first value's bit, and
    an empty ``valid`` means no null. ``seed`` changes nothing but which values a file could hold to slow the loop down.
    """
    count = len(offsets) - 1
    size = 16
    while size < 2 * count:
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.full(size, -1, np.int32)
    firsts = np.empty(count, np.int64)
    times = np.empty(count, np.int64)
    hashes = np.empty(count, np.uint64)
    found = 0
    for index in range(count):
        bit = shift + index
        start, end = int(offsets[index]), int(offsets[index + 1])
        if start == end or (len(valid) > 0 and not (valid[bit >> 3] >> (bit & 7)) & 1):
            continue
        mixed = _mix(data, start, end, seed)
        slot = mixed & mask
        while True:
            known = slots[slot]
            if known < 0:
                slots[slot] = found
                firsts[found], hashes[found] = index, mixed
                times[found] = 1 if says_something(data, start, end) else _NOTHING
                found += 1
                break
            if hashes[known] == mixed:
                first = int(offsets[firsts[known]])
                length = int(offsets[firsts[known] + 1]) - first
                if length == end - start and _same(data, first, start, length):
                    times[known] += 1
                    break
            slot = (slot + np.uint64(1)) & mask
    kept = 0
    for known in range(found):
        if times[known] > 0:
            firsts[kept], times[kept] = firsts[known], times[known]
            kept += 1
    return firsts[:kept], times[:kept]


@_kernel
def measure(offsets: NDArray[Any], data: Bytes, chosen: Ints) -> Ints:
    """Length in characters of each chosen value."""
    lengths = np.empty(len(chosen), np.int64)
    for number in range(len(chosen)):
        at = chosen[number]
        lengths[number] = count_chars(data, int(offsets[at]), int(offsets[at + 1]))
    return lengths


@_kernel
def join_cells(offsets: NDArray[Any], data: Bytes, chosen: Ints, joint: int) -> tuple[Bytes, Ints]:
    """The chosen values with ``joint`` line ends between them, their own turned to spaces, and where each starts."""
    total = joint * max(0, len(chosen) - 1)
    for number in range(len(chosen)):
        at = chosen[number]
        total += int(offsets[at + 1]) - int(offsets[at])
    joined = np.empty(total, np.uint8)
    starts = np.empty(len(chosen), np.int64)
    to = 0
    for number in range(len(chosen)):
        for _ in range(joint if number else 0):
            joined[to] = 10
            to += 1
        starts[number] = to
        first, end = int(offsets[chosen[number]]), int(offsets[chosen[number] + 1])
        for at in range(end - first):
            byte = data[first + at]
            joined[to + at] = 32 if byte == 10 else byte
        to += end - first
    return joined, starts


@_kernel
def place(
    joined: Bytes, starts: Ints, joint: int, is_ascii: bool, froms: Ints, tos: Ints
) -> tuple[Ints, NDArray[np.bool_]]:
    """The cell in which each span starts, and whether it is most of it; spans come in the order of their starts."""
    cells = np.empty(len(froms), np.int64)
    whole = np.empty(len(froms), np.bool_)
    cell, length = -1, 0
    for number in range(len(froms)):
        at = max(cell, 0)
        while at + 1 < len(starts) and starts[at + 1] <= froms[number]:
            at += 1
        if at != cell:
            cell = at
            stop = starts[cell + 1] - joint if cell + 1 < len(starts) else len(joined)
            first, end = trim(joined, starts[cell], stop)
            length = end - first if is_ascii else count_chars(joined, first, end)
        size = tos[number] - froms[number] if is_ascii else count_chars(joined, froms[number], tos[number])
        cells[number] = cell
        whole[number] = size >= _SHARE * length
    return cells, whole


@_kernel
def _decode(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """The code point that begins here, and how many bytes it takes."""
    first = int(data[at])
    size = 1 if first < 0xE0 and (first < 0xC0 or at + 2 > end) else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    if size == 1 or at + size > end:
        return first, 1
    code = first & (0xFF >> (size + 1))
    for more in range(1, size):
        code = code << 6 | (data[at + more] & 0x3F)
    return code, size


@_kernel
def plain_cells(
    offsets: NDArray[Any], data: Bytes, chosen: Ints, letters: NDArray[np.bool_]
) -> tuple[Any, Bytes, bool]:
    """The chosen values trimmed, as Arrow keeps them, each code point that is one of ``letters`` written ``a``.

    Says besides whether there were code points beyond the end of ``letters`` other than punctuation (U+2000 to U+20CF).
    """
    total = 0
    for at in chosen:
        total += int(offsets[at + 1]) - int(offsets[at])
    plain = np.empty(total, np.uint8)
    bounds = np.zeros(len(chosen) + 1, np.int32)
    to = 0
    beyond = False
    for number in range(len(chosen)):
        at, end = trim(data, int(offsets[chosen[number]]), int(offsets[chosen[number] + 1]))
        while at < end:
            if data[at] < 0x80 or len(letters) == 0:
                plain[to] = data[at]
                at, to = at + 1, to + 1
                continue
            code, size = _decode(data, at, end)
            beyond = beyond or (code >= len(letters) and not 0x2000 <= code < 0x20D0)
            if code < len(letters) and letters[code]:
                plain[to] = 0x61
                at, to = at + size, to + 1
                continue
            for _ in range(size):
                plain[to] = data[at]
                at, to = at + 1, to + 1
        bounds[number + 1] = to
    return bounds, plain[:to], beyond
