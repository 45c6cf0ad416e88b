"""Counts distinct values without keeping any: exactly while they are few, by HyperLogLog (±0.8 %) beyond."""

from __future__ import annotations

from datasketches import hll_sketch, hll_union
from xxhash import xxh3_64_intdigest

EXACT = 10_000
LG_K = 14


class Distinct:
    """Mergeable count of distinct strings, in flat memory."""

    __slots__ = ("_seen", "_sketch")

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._sketch: hll_sketch | None = None

    def add(self, text: str) -> None:
        """Count one value; only 64 bits of a hash stay, in memory, for the time of one file."""
        number = xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))
        if self._sketch is not None:
            self._sketch.update(number)
            return
        self._seen.add(number)
        if len(self._seen) > EXACT:
            self._sketch = self._as_sketch()
            self._seen = set()

    def merge(self, other: Distinct) -> None:
        """Take in the values of another count."""
        if self._sketch is None and other._sketch is None and len(self._seen | other._seen) <= EXACT:
            self._seen |= other._seen
            return
        union = hll_union(LG_K)
        union.update(self._as_sketch())
        union.update(other._as_sketch())
        self._sketch, self._seen = union.get_result(), set()

    def _as_sketch(self) -> hll_sketch:
        if self._sketch is not None:
            return self._sketch
        sketch = hll_sketch(LG_K)
        for number in sorted(self._seen):
            sketch.update(number)
        return sketch

    def __len__(self) -> int:
        return len(self._seen) if self._sketch is None else round(self._sketch.get_estimate())
