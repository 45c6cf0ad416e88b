"""Many values to go through several times, in memory while they are few, then in a file without a name."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Generic, TypeVar

T = TypeVar("T")
FEW = 10_000
TOGETHER = 1_000
"""Values of one block: what they share is written once."""


class Spooled(Generic[T]):
    """Goes through the values that it was given, again and again, and never holds more than a block of them."""

    def __init__(self, values: Iterable[T]) -> None:
        source = iter(values)
        self._first = list(islice(source, FEW))
        self._count = len(self._first)
        self._file: IO[bytes] | None = None
        self._blocks = 0
        while block := list(islice(source, TOGETHER)):
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
            pickle.dump(block, self._file, pickle.HIGHEST_PROTOCOL)
            self._count += len(block)
            self._blocks += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        yield from self._first
        at = 0
        for _ in range(self._blocks):
            assert self._file is not None  # noqa: S101 - there are blocks
            self._file.seek(at)
            block: list[T] = pickle.load(self._file)  # noqa: S301 - our own, from a file that nobody else can open
            at = self._file.tell()
            yield from block
