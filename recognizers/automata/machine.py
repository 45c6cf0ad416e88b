"""Automata with their kernels: runs them over bytes and teaches them the moves that a text asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers.automata import kernels
from recognizers.automata.automaton import Automaton
from recognizers.automata.groups import GROUPS, beginnings
from recognizers.automata.kernels import EDGE

Bytes = NDArray[np.uint8]
Rows = NDArray[np.int64]
"""Start, end and number of the expression, one match a row."""

Signs = tuple[NDArray[np.uint8], NDArray[np.uint8]]
_ROOM = 1 << 14
"""Bytes worked on at a time: what is noted of them stays in the processor's cache."""


class Machine:
    """Many expressions, run as one automaton."""

    def __init__(self, automaton: Automaton, begin: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None = None) -> None:
        self.automaton = automaton
        self.count = automaton.count
        self._beginnings = beginnings(automaton.program) if begin is None else begin
        self._touched = np.empty(self.count, np.int64)
        self._ends = np.full(self.count, -1, np.int64)
        self._out = np.empty((4 * _ROOM + self.count, 3), np.int64)
        self._places, self._kept, self._turned = (np.empty(_ROOM + 1, np.int64) for _ in range(3))

    def as_values(self) -> tuple[object, ...]:
        """All that is known so far, as plain values."""
        return self.automaton.as_values(), *(bits.tobytes() for bits in self._beginnings)

    @classmethod
    def of_values(cls, values: tuple[Any, ...]) -> Machine:
        """The machine that gave these values."""
        automaton, short, deep = values
        return cls(Automaton.of_values(automaton), (np.frombuffer(short, np.uint8), np.frombuffer(deep, np.uint8)))

    def _tables(self) -> tuple[Any, ...]:
        own = self.automaton
        return own.classes, own.moves, own.stride, own.lists, own.starts

    def signs(self, pivots: Iterable[int] = ()) -> Signs:
        """Which bytes begin a match or are ``pivots`` and are no letters, digits or underscores; and the pivots."""
        turning = np.zeros(256, np.uint8)
        turning[list(pivots)] = 1
        words = np.array([byte >= 0x80 or chr(byte).isalnum() or byte == ord("_") for byte in range(256)])
        chosen = (self.automaton.first_bytes() | (turning == 1)) & ~words
        return np.flatnonzero(chosen).astype(np.uint8), turning

    def scan(self, data: Bytes, signs: Signs) -> tuple[Rows, Rows]:
        """All matches of a text, by their starts, and the places of its pivots."""
        found, turned, at = [], [], 0
        while at < data.size:
            at, count, turns = kernels.starts_of(
                data, at, GROUPS, *signs, *self._beginnings, self._places, self._kept, self._turned
            )
            found.append(self.scan_at(data, self._kept[:count]))
            turned.append(self._turned[:turns].copy())
        return _joined(found, (0, 3)), _joined(turned, (0,))

    def scan_at(self, data: Bytes, places: Rows) -> Rows:
        """The matches that begin at the places given, in their order."""
        found, first = [], 0
        tables = self._tables()
        while first < places.size:
            first, rows, missed = kernels.walk(data, places, first, *tables, self._touched, self._ends, self._out)
            found.append(self._out[:rows].copy())
            if missed >= 0:
                self.automaton.learn(missed)
                tables = self._tables()
        return _joined(found, (0, 3))

    def look(self, data: Bytes, places: Rows, *, forward: bool) -> Rows:
        """For each place, the expressions (as bits) that hold right after it, or that, read backwards, end there."""
        found = np.zeros(places.size, np.int64)
        first = 0
        while first < places.size:
            classes, moves, stride, lists, starts = self._tables()
            first, missed = kernels.look(
                data, places, first, forward, classes, moves, stride, lists, starts[EDGE], found
            )
            if missed >= 0:
                self.automaton.learn(missed)
        return found


def _joined(parts: list[Rows], empty: tuple[int, ...]) -> Rows:
    return np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.empty(empty, np.int64)
