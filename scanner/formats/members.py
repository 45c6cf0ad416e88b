"""Streams of members inside containers: lazy, sequential, and naming their decoder's errors."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, cast

from scanner.contracts import Unreadable
from scanner.model import Kind

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 18


class GuardedStream(io.RawIOBase):
    """Reads ``inner``; the named errors of its decoder become ``Unreadable(CORRUPT)`` without their text."""

    def __init__(self, inner: BinaryIO, errors: tuple[type[Exception], ...]) -> None:
        self.inner = inner
        self.errors = errors

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """One block at a time, so that what was decoded before an error is delivered."""
        view = memoryview(buffer).cast("B")
        try:
            block = self.inner.read(min(len(view), BLOCK))
        except self.errors as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Closes ``inner`` too."""
        if not self.closed:
            self.inner.close()
        super().close()


class BlockStream(io.RawIOBase):
    """A stream over an iterator of blocks, which may raise ``Unreadable`` after the last good one."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Gives what is at hand; asks for the next block only when nothing is."""
        view = memoryview(buffer).cast("B")
        while not self._rest:
            block = next(self.blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def taken(stream: Any, size: int) -> bytes:
    """So many bytes of a stream that may give fewer at a time; fewer only at its end."""
    data = bytes(stream.read(size))
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


class SliceStream(io.RawIOBase):
    """The next ``size`` bytes of a sequential stream; an early end is ``Unreadable(CORRUPT)``."""

    def __init__(self, inner: BinaryIO, size: int) -> None:
        self.inner = inner
        self.left = size

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Never beyond the slice."""
        view = memoryview(buffer).cast("B")
        block = self.inner.read(min(len(view), self.left))
        if not block and self.left and len(view):
            raise Unreadable(Kind.CORRUPT, "truncated member")
        self.left -= len(block)
        view[: len(block)] = block
        return len(block)

    def skip(self) -> None:
        """Moves the inner stream to the end of the slice, whatever was read of it."""
        while self.left and (block := self.inner.read(min(BLOCK, self.left))):
            self.left -= len(block)


def refuse(kind: Kind, detail: str) -> NoReturn:
    """Body of an ``Embedded.open`` for a member that cannot be opened."""
    raise Unreadable(kind, detail)


def binary(stream: io.RawIOBase) -> BinaryIO:
    """Raw streams are binary streams; the type checker has to be told."""
    return cast(BinaryIO, stream)


class Names:
    """Keeps members of one name apart, and gives a name to those that have none."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def distinct(self, name: str, fallback: str = "member") -> str:
        """The name, with ``#2`` and so on from its second use."""
        name = name or fallback
        count = self._seen[name] = self._seen.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"
