"""The compiled loops of the gate before a lexicon: growing its tree, and walking it from the start of every word."""

# mypy: disable-error-code="no-any-return, assignment, return-value"

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from recognizers.gates_kernels import Bytes, Offsets
from recognizers.gates_patterns import ENDLESS

Steps = npt.NDArray[np.uint16]
Widths = npt.NDArray[np.int64]

CLASSES = 32
"""Letters, white space (27), digits (28), apostrophe, hyphen, full stop; all other signs share 0."""
SPARE = 8
"""Bytes that data has beyond either end."""
_RUN_CLASSES = 27, 28
_KNOWN_RUNS = 8
_NEAR = 256
"""Windows no farther apart than this are read as one: to begin anew costs more than to read on."""


@numba.njit(cache=True, nogil=True)
def grow(classes: Bytes, lengths: Widths, reach: Offsets, steps: Steps) -> int:
    """Grow the tree in ``steps``; a leaf is the number of its beginning, below zero; says how many nodes are none."""
    nodes, at = 1, 0
    for k in range(len(lengths)):
        node, end = 0, at + lengths[k] - 1
        while at < end and steps[node, classes[at]] >= 0:
            if steps[node, classes[at]] == 0:
                steps[node, classes[at]] = nodes
                nodes += 1
            node = steps[node, classes[at]]
            at += 1
        leaf = steps[node, classes[at]]
        if leaf < 0:
            endless = min(reach[-leaf - 1, 1], reach[k, 1]) < 0
            after = max(abs(reach[-leaf - 1, 1]), abs(reach[k, 1]))
            reach[-leaf - 1, 0] = max(reach[-leaf - 1, 0], reach[k, 0])
            reach[-leaf - 1, 1] = -after if endless else after
            reach[-leaf - 1, 2] |= reach[k, 2]
        else:
            steps[node, classes[at]] = -k - 1
        at = end + 1
    return nodes


@numba.njit(cache=True, nogil=True)
def merge(steps: Steps) -> Steps:
    """The same tree with one node for all those from which the same follows; the root stays the first."""
    nodes, size = len(steps), 1
    while size < 2 * nodes:
        size *= 2
    slots = np.full(size, -1, np.int64)
    same = np.arange(nodes)
    for node in range(nodes - 1, 0, -1):
        mixed = 0
        for k in range(CLASSES):
            following = steps[node, k]
            if following > 0:
                following = steps[node, k] = same[following]
            mixed = (mixed ^ following) * 0x9E3779B1 & 0xFFFFFFFFFFFF
        slot = (mixed >> 16) & (size - 1)
        while slots[slot] >= 0 and not np.array_equal(steps[slots[slot]], steps[node]):
            slot = (slot + 1) & (size - 1)
        if slots[slot] < 0:
            slots[slot] = node
        same[node] = slots[slot]
    return _numbered(steps, same)


@numba.njit(cache=True, nogil=True)
def _numbered(steps: Steps, same: Offsets) -> Steps:
    """The nodes that stand for themselves, numbered anew."""
    numbers, kept = np.zeros(len(same), np.int64), 0
    for node in range(len(same)):
        if same[node] == node:
            numbers[node] = kept
            kept += 1
    merged = np.zeros((kept, CLASSES), np.int32)
    for node in range(len(same)):
        if same[node] == node:
            for k in range(CLASSES):
                following = steps[node, k]
                if following > 0:
                    following = numbers[same[following]]
                merged[numbers[node], k] = following
    return merged


@numba.njit(cache=True, nogil=True)
def _reach(data: Bytes, at: int, width: int, runs: Bytes, known: Offsets) -> int:
    """``width`` bytes on from ``at``; the end of a run of word signs that is too long is free."""
    run = 0
    while width > 0 and at < len(data):
        run = run + 1 if runs[data[at]] else 0
        if run > ENDLESS:
            at, run = _run_end(data, at, runs, known), 0
        else:
            at += 1
            width -= 1
    return at


@numba.njit(cache=True, nogil=True)
def _run_end(data: Bytes, at: int, runs: Bytes, known: Offsets) -> int:
    """Where a long run of word signs ends; the last few are known, so that none is read over and over."""
    for k in range(1, len(known)):
        if known[k, 0] <= at < known[k, 1]:
            return known[k, 1]
    end = at
    while end < len(data) and runs[data[end]]:
        end += 1
    known[0, 0] = known[0, 0] % (len(known) - 1) + 1
    known[known[0, 0], 0], known[known[0, 0], 1] = at, end
    return end


@numba.njit(cache=True, nogil=True)
def _number_signs(data: Bytes, numbers: Bytes) -> None:
    """The class of each byte, as ``_NUMBERS`` has them: comparisons only, many bytes at a time."""
    for i in range(len(numbers)):
        byte = data[i]
        low = byte | 32
        number = np.uint8(low - 96) if (low >= 97) & (low <= 122) else np.uint8(0)
        number = np.uint8(28) if (byte >= 48) & (byte <= 57) else number
        number = np.uint8(27) if (byte == 32) | (byte == 95) | ((byte >= 9) & (byte <= 13)) else number
        number = np.uint8(29) if byte == 39 else number
        number = np.uint8(30) if byte == 45 else number
        numbers[i] = np.uint8(31) if byte == 46 else number


@numba.njit(cache=True, nogil=True)
def _mix_signs(numbers: Bytes, mixed: npt.NDArray[np.uint16]) -> None:
    one, two, three = numbers[1:], numbers[2:], numbers[3:]
    for i in range(len(mixed) - 3):
        total = np.uint16(numbers[i]) * np.uint16(40503) + np.uint16(one[i]) * np.uint16(27449)
        mixed[i] = np.uint16(total + np.uint16(two[i]) * np.uint16(15269) + np.uint16(three[i]) * np.uint16(60493))


@numba.njit(cache=True, nogil=True)
def _mark_starts(data: Bytes, numbers: Bytes, firsts: Bytes, starts: Bytes) -> None:
    """1 where a word or one of the signs starts, 3 where white space is doubled soon after."""
    s0, s1, s2, s3 = firsts[0], firsts[1], firsts[2], firsts[3]
    back, here = data[SPARE - 1 :], data[SPARE:]
    n1, n2, n3, n4, n5, n6, n7 = (
        numbers[1:],
        numbers[2:],
        numbers[3:],
        numbers[4:],
        numbers[5:],
        numbers[6:],
        numbers[7:],
    )
    for i in range(len(starts)):
        byte, before = here[i], back[i]
        word = (((byte | 32) >= 97) & ((byte | 32) <= 122)) | ((byte >= 48) & (byte <= 57))
        inner = (((before | 32) >= 97) & ((before | 32) <= 122)) | ((before >= 48) & (before <= 57))
        sign = (byte == s0) | (byte == s1) | (byte == s2) | (byte == s3)
        double = ((n1[i] == 27) & (n2[i] == 27)) | ((n3[i] == 27) & ((n2[i] == 27) | (n4[i] == 27)))
        double = double | ((n5[i] == 27) & ((n4[i] == 27) | (n6[i] == 27))) | ((n6[i] == 27) & (n7[i] == 27))
        start = (word & ~inner) | sign
        starts[i] = np.uint8(3) if start & double else np.uint8(start)


@numba.njit(cache=True, nogil=True)
def scattered(spelled: int) -> int:
    """A place among a million for six classes of five bits."""
    return (spelled * 0x9E3779B1 >> 20) & 0xFFFFF


@numba.njit(cache=True, nogil=True)
def _alive_starts(
    starts: Bytes, numbers: Bytes, mixed: npt.NDArray[np.uint16], four: Bytes, sure: Bytes, six: Bytes, places: Offsets
) -> int:
    """Where a term begins, for all that six signs say; no branch that would be guessed wrong."""
    n = kept = 0
    for i in range(len(starts)):
        places[n] = i
        n += np.int64((starts[i] & (four[mixed[i]] | (starts[i] >> 1))) != 0)
    for k in range(n):
        i = places[k]
        spelled = np.int64(numbers[i]) | np.int64(numbers[i + 1]) << 5 | np.int64(numbers[i + 2]) << 10
        spelled |= np.int64(numbers[i + 3]) << 15
        longer = scattered(spelled | np.int64(numbers[i + 4]) << 20 | np.int64(numbers[i + 5]) << 25)
        alive = (sure[spelled >> 3] >> (spelled & 7)) | (six[longer >> 3] >> (longer & 7))
        places[kept] = i
        kept += np.int64(((starts[i] > 1) | (alive & 1)) != 0)
    return kept


@numba.njit(cache=True, nogil=True)
def seek(
    data: Bytes,
    numbers: Bytes,
    mixed: npt.NDArray[np.uint16],
    marks: Bytes,
    places: Offsets,
    firsts: Bytes,
    four: Bytes,
    sure: Bytes,
    six: Bytes,
    classes: Bytes,
    runs: Bytes,
    steps: Steps,
    inner: int,
    before: Widths,
    after: Widths,
    telling: Widths,
    starts: Offsets,
    ends: Offsets,
    topical: Offsets,
) -> int:
    """Write the windows, and whether they hold more than settings.

    Says how many there are, more than there is room for when there was not enough.

    ``data`` has eight spare bytes on either side.
    """
    size, n = len(data) - 2 * SPARE, 0
    known = np.zeros((_KNOWN_RUNS + 1, 2), np.int64)
    for block in range(0, size, len(marks)):
        count = min(len(marks), size - block)
        _number_signs(data[block + SPARE :], numbers[: count + SPARE])
        _mix_signs(numbers[: count + SPARE], mixed[: count + SPARE])
        _mark_starts(data[block:], numbers, firsts, marks[:count])
        for k in range(_alive_starts(marks[:count], numbers, mixed, four, sure, six, places)):
            i = block + places[k] + SPARE
            leaf = _walk(data, i, classes, steps, inner) - inner
            if leaf < 0:
                continue
            start, end = i - before[leaf], i + abs(after[leaf])
            if after[leaf] < 0:
                end = _reach(data, i, -after[leaf], runs, known)
            start, end, tells = max(start, SPARE), min(end, size + SPARE), telling[leaf]
            while n > 0 and start <= ends[n - 1] + _NEAR:
                n -= 1
                start, end, tells = min(start, starts[n]), max(end, ends[n]), tells | topical[n]
            if n == len(starts):
                return n + 1
            starts[n], ends[n], topical[n] = start, end, tells
            n += 1
    return n


@numba.njit(cache=True, nogil=True)
def keep_near(starts: Offsets, ends: Offsets, topical: Offsets, near: int) -> int:
    """Keep, in place, the windows that are topical or near to one that is; says how many they are."""
    n, following = len(starts), np.int64(1 << 62)
    close = np.zeros(n, np.bool_)
    for k in range(n - 1, -1, -1):
        following = starts[k] if topical[k] else following
        close[k] = following <= ends[k] + near
    kept, before = 0, np.int64(-(1 << 62))
    for k in range(n):
        before = ends[k] if topical[k] else before
        if close[k] or starts[k] <= before + near:
            starts[kept], ends[kept] = starts[k], ends[k]
            kept += 1
    return kept


@numba.njit(cache=True, nogil=True)
def _walk(data: Bytes, at: int, classes: Bytes, steps: Steps, inner: int) -> int:
    """The leaf that the text from ``at`` leads to, 0 for none."""
    node = 0
    while at < len(data):
        number = classes[data[at]]
        node = np.int64(steps[node, number])
        if node == 0 or node >= inner:
            return node
        at += 1
        if number in _RUN_CLASSES:
            while at < len(data) and classes[data[at]] == number:
                at += 1
    return 0
