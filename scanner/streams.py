"""Streams of the walk: they count, digest and bound what passes, and make a stream seekable without naming a file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
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
    """Counts and digests every byte read from ``inner``, and spends them from a budget.

    A fault ends the stream like an end of file, so that readers deliver what came before it; ``fault`` keeps it for
    the walk to raise afterwards.
    """

    def __init__(self, inner: BinaryIO, budget: Budget | None) -> None:
        self.inner = inner
        self.budget = budget
        self.count = 0
        self.hash = xxhash.xxh3_128()
        self.fault: Unreadable | None = None
        self.keep = 0
        """So many of the first bytes are kept."""
        self.kept = bytearray()
        # Most streams can fill what they are given; others make bytes first.
        self._into: Callable[[memoryview], int | None] | None = getattr(inner, "readinto", None)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read from ``inner`` into ``buffer``, which bounds the block."""
        view = memoryview(buffer).cast("B")
        size = 0
        # Decompressors give short blocks; sniffing wants a full head.
        while size < len(view) and (count := self._fill(view[size:])):
            size += count
        self.count += size
        self.hash.update(view[:size])
        if len(self.kept) < self.keep:
            self.kept += view[: min(size, self.keep - len(self.kept))]
        return size

    def _fill(self, view: memoryview) -> int:
        if self.fault is not None:
            return 0
        try:
            if self._into is not None:
                count = self._into(view) or 0
            else:
                block = self.inner.read(len(view))
                count = len(block)
                view[:count] = block
            if self.budget is not None:
                self.budget.spend(count)
        except Unreadable as fault:
            self.fault = fault
        except OSError as error:
            self.fault = Unreadable(Kind.IO_ERROR, type(error).__name__)
        else:
            return count
        return 0


def seekable(stream: BinaryIO, limit: int) -> BinaryIO:
    """A seekable copy: in memory up to ``limit`` bytes, beyond that in a file without a name."""
    spool = tempfile.SpooledTemporaryFile(max_size=limit)  # noqa: SIM115 - the walk closes it
    while block := stream.read(BLOCK):
        spool.write(block)
    spool.seek(0)
    return spool  # type: ignore[return-value]
