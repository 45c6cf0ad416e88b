"""What a pattern finds in a text, read on demand: only the blocks around the places that are asked about."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numba
import numpy as np

from recognizers.gates_kernels import Bytes, Offsets

_STEP = 2048
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
        self._bounds = _bounds(np.frombuffer(data, np.uint8), cuts, _STEP)
        self._read: dict[int, Matches] = {}

    def between(self, low: int, high: int) -> Matches:
        """The matches that start in a stretch, with the first bytes of each."""
        found: Matches = []
        first = max(0, int(np.searchsorted(self._bounds, low, side="right")) - 1)
        while first < len(self._bounds) - 1 and self._bounds[first] < high:
            block = self._block(first)
            found += block[bisect_left(block, (low, b"")) : bisect_left(block, (high, b""))]
            first += 1
        return found

    def _block(self, number: int) -> Matches:
        known = self._read.get(number)
        if known is None:
            known = self._read[number] = self._matches(int(self._bounds[number]), int(self._bounds[number + 1]))
        return known

    def _matches(self, start: int, end: int) -> Matches:
        low = max(0, start - 1)
        near = self._data[low : end + 1].lower()
        matches = self._pattern.finditer(near, start - low, end - low)
        return [(low + match.start(), match.group()[: self._kept]) for match in matches]


@numba.njit(cache=True, nogil=True)
def _bounds(data: Bytes, cuts: Bytes, step: int) -> Offsets:
    """The first cut at or after every ``step`` bytes, and both ends of the data."""
    size = len(data)
    bounds = np.empty(size // step + 2, np.int64)
    n = 1
    bounds[0] = 0
    for at in range(step, size, step):
        place = max(at, bounds[n - 1])
        while place < size and not cuts[data[place]]:
            place += 1
        if bounds[n - 1] < place < size:
            bounds[n] = place
            n += 1
    bounds[n] = size
    return bounds[: n + 1]
