"""Streams of the walk: they count, digest and bound what passes, and make a stream seekable without naming a file."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING, BinaryIO

import xxhash

from scanner.contracts import Unreadable
from scanner.model import Kind

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 20


class Budget:
    """How many decompressed bytes one listed item may still give; shared by all its members."""

    def __init__(self, amount: int) -> None:
        self.left = amount

    def spend(self, amount: int) -> None:
        """Raises ``Unreadable(TOO_LARGE)`` once the item has given more than it may."""
        self.left -= amount
        if self.left < 0:
            raise Unreadable(Kind.TOO_LARGE, "decompressed size over the limit of the item")


class CountingStream(io.RawIOBase):
    """Counts and digests every byte read from ``inner``, and spends them from a budget."""

    def __init__(self, inner: BinaryIO, budget: Budget | None) -> None:
        self.inner = inner
        self.budget = budget
        self.count = 0
        self.hash = xxhash.xxh3_128()
        self._stop: Unreadable | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read from ``inner`` into ``buffer``; its size bounds the block."""
        view = memoryview(buffer).cast("B")
        size = self._fill(view)
        self.count += size
        self.hash.update(view[:size])
        if self.budget is not None:
            self.budget.spend(size)
        return size

    def _fill(self, view: memoryview) -> int:
        """Fill the block, since decompressors give short ones; what came before a fault is delivered before it."""
        size = 0
        try:
            if self._stop is not None:
                raise self._stop
            while size < len(view) and (block := self.inner.read(len(view) - size)):
                view[size : size + len(block)] = block
                size += len(block)
        except Unreadable as stop:
            self._stop = stop
            if size == 0:
                raise
        return size


def seekable(stream: BinaryIO, limit: int) -> BinaryIO:
    """A seekable copy: in memory up to ``limit`` bytes, beyond that in a file without a name."""
    spool = tempfile.SpooledTemporaryFile(max_size=limit)  # noqa: SIM115 - the walk closes it
    while block := stream.read(BLOCK):
        spool.write(block)
    spool.seek(0)
    return spool  # type: ignore[return-value]
