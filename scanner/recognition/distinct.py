"""Counts distinct values without keeping any: exactly while they are few, by HyperLogLog (±0.8 %) beyond."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EXACT = 10_000
_FIRST_SLOTS = 16
_GROWTH = 4


class Distinct:
    """Mergeable count of distinct hashes, in flat memory; it depends neither on their order nor on how they came."""

    __slots__ = ("_registers", "_table", "_used")

    def __init__(self) -> None:
        self._table = np.zeros(_FIRST_SLOTS, np.uint64)
        self._used = 0
        self._registers: NDArray[np.uint8] | None = None

    def add(self, text: str) -> None:
        """Count one value; only 64 bits of a hash stay, in memory, for the time of one file."""
        from scanner.recognition.hashing import hash_spans

        data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
        self.add_hashes(hash_spans(data, np.array([0]), np.array([len(data)]), exact=True))

    def add_hashes(self, hashes: NDArray[np.uint64]) -> None:
        """Count many values by their hashes, which all the values of one count must owe to one function."""
        from scanner.recognition.sketch import observe, put

        at = 0
        while at < len(hashes) and self._registers is None:
            most = min(EXACT + 1, len(self._table) // 2)
            at, self._used = put(self._table, self._used, hashes, at, most)
            if self._used > EXACT:
                self._registers = self._as_registers()
            elif self._used == most:
                self._grow()
        if self._registers is not None:
            observe(self._registers, hashes[at:])

    def __getstate__(self) -> tuple[NDArray[np.uint64], NDArray[np.uint8] | None]:
        """What goes from one process to another: no free slots."""
        return self._held(), self._registers

    def __setstate__(self, state: tuple[NDArray[np.uint64], NDArray[np.uint8] | None]) -> None:
        self.__init__()  # type: ignore[misc]
        held, registers = state
        if registers is not None:
            self._table, self._registers = held, registers
        else:
            self.add_hashes(held)

    def merge(self, other: Distinct) -> None:
        """Take in the values of another count."""
        if other._registers is None:
            self.add_hashes(other._held())
            return
        self._registers = np.maximum(self._as_registers(), other._registers)

    def _held(self) -> NDArray[np.uint64]:
        held: NDArray[np.uint64] = self._table[self._table != 0]
        return held

    def _grow(self) -> None:
        from scanner.recognition.sketch import put

        held, self._table = self._held(), np.zeros(len(self._table) * _GROWTH, np.uint64)
        put(self._table, 0, held, 0, len(held))

    def _as_registers(self) -> NDArray[np.uint8]:
        from scanner.recognition.sketch import INDEX_BITS, observe

        if self._registers is None:
            registers = np.zeros(1 << INDEX_BITS, np.uint8)
            observe(registers, self._held())
            self._table = np.zeros(0, np.uint64)
            return registers
        return self._registers

    def __len__(self) -> int:
        if self._registers is None:
            return self._used
        from scanner.recognition.sketch import estimate

        return round(estimate(self._registers))
