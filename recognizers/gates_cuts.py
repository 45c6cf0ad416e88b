"""What a pattern finds in a text, read on demand: only the blocks around the places that are asked about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import numba
import numpy as np

from recognizers.gates_kernels import Bytes, Offsets

_STEP = 1024
Matches = list[tuple[int, bytes]]


class Blocks:
    """The matches of a pattern over lower-cased text, block by block; no match may hold one of the ``cuts``.

    Blocks begin at cuts, so that each is read as the whole text would be.
    """

    def __init__(self, pattern: Any, cuts: Bytes, data: bytes, kept: int) -> None:
        """``kept`` is how many bytes of a match are told."""
        self._pattern = pattern
        self._data = data
        self._kept = kept
        self._bounds = _bounds(np.frombuffer(data, np.uint8), cuts, _STEP).tolist()
        self._read: dict[int, Matches] = {}

    def between(self, low: int, high: int) -> Iterator[Matches]:
        """The matches that start in a stretch, with the first bytes of each, block by block as they are asked for."""
        number = max(0, bisect_right(self._bounds, low) - 1)
        while number < len(self._bounds) - 1 and self._bounds[number] < high:
            block = self._block(number)
            yield block[bisect_left(block, (low, b"")) : bisect_left(block, (high, b""))]
            number += 1

    def _block(self, number: int) -> Matches:
        known = self._read.get(number)
        if known is None:
            known = self._read[number] = self._matches(self._bounds[number], self._bounds[number + 1])
        return known

    def _matches(self, start: int, end: int) -> Matches:
        low = max(0, start - 1)
        near = self._data[low : end + 1].lower()
        spans = (match.span() for match in self._pattern.finditer(near, start - low, end - low))
        return [(low + first, near[first : min(last, first + self._kept)]) for first, last in spans]


@numba.njit(cache=True, nogil=True)
def _bounds(data: Bytes, cuts: Bytes, step: int) -> Offsets:
    """The first cut at or after every ``step`` bytes, and both ends of the data."""
    size = len(data)
    bounds = np.empty(size // step + 2, np.int64)
    n = 1
    bounds[0] = 0
    place = 0  # never goes back: text without a cut is looked through once, not from every step
    for at in range(step, size, step):
        place = max(at, place)
        while place < size and not cuts[data[place]]:
            place += 1
        if bounds[n - 1] < place < size:
            bounds[n] = place
            n += 1
    bounds[n] = size
    return bounds[: n + 1]
