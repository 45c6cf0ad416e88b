"""Long lists as few bytes: read back in a moment, where plain values would take longer than the work that they save."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, TypeVar

import numpy as np

Value = TypeVar("Value")
Packed = tuple[bytes, bytes]


def pack(rows: Sequence[tuple[int, ...]]) -> Packed:
    """Rows of numbers: how many each has, then all of them, as 32-bit integers."""
    lengths = np.fromiter(map(len, rows), np.int32, len(rows))
    return lengths.tobytes(), _bytes(chain.from_iterable(rows))


class Rows(Sequence[tuple[int, ...]]):
    """Packed rows, each made when it is asked for."""

    def __init__(self, packed: Packed) -> None:
        lengths, values = (np.frombuffer(data, np.int32) for data in packed)
        self._ends = array("i", np.cumsum(lengths, dtype=np.int32).tobytes())
        self._values = array("i", values.tobytes())

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            every, ends = tuple(self._values), (0, *self._ends)
            return [every[low:high] for low, high in pairwise(ends)][at]
        return tuple(self._values[self._ends[at - 1] if at else 0 : self._ends[at]])


class Numbered(Sequence[Value]):
    """Values of which there are few: each once, and for each place which one stands there."""

    def __init__(self, each: list[Value], places: bytes) -> None:
        self._each, self._places = each, array("i", places)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: Any) -> Any:
        return self._each[self._places[at]]


def number(values: Sequence[Value]) -> tuple[list[Value], bytes]:
    """What ``Numbered`` is made of."""
    numbers: dict[Value, int] = {}
    places = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), _bytes(places)


def _bytes(values: Iterable[int]) -> bytes:
    return np.fromiter(values, np.int32).tobytes()
