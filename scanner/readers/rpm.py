"""RPM packages: what their headers say, and the payload, which is a compressed cpio."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import BLOCK, BlockStream, binary
from scanner.model import Content, Embedded, Kind, Passage

LEAD = 96
HEADER_LIMIT = 256 << 20
MAGIC = b"\x8e\xad\xe8\x01"
_STRINGS = (6, 8, 9)
"""Types of tags that hold text."""


class RpmReader:
    """Tags of an RPM package as text (packager, changes, file names), its payload as a member."""

    name: ClassVar[str] = "rpm"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-rpm"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """The signature, the header, the payload."""
        stream = source.stream
        if len(stream.read(LEAD)) < LEAD:
            raise Unreadable(Kind.CORRUPT, "truncated")
        signature, _ = _header(stream)
        stream.read(-signature % 8)
        length, text = _header(stream)
        if text:
            yield Passage(text, "package header")
        left = max(0, source.size - LEAD - signature - (-signature % 8) - length) if source.size else None
        yield Embedded("payload", partial(_rest, stream), None, left)


def _rest(stream: BinaryIO) -> BinaryIO:
    return binary(BlockStream(iter(partial(stream.read, BLOCK), b"")))


def _header(stream: BinaryIO) -> tuple[int, str]:
    """Length of the next header, and its texts."""
    head = stream.read(16)
    if len(head) < 16 or not head.startswith(MAGIC):
        raise Unreadable(Kind.CORRUPT, "bad package header")
    count, size = struct.unpack(">II", head[8:])
    if count * 16 + size > HEADER_LIMIT:
        raise Unreadable(Kind.TOO_LARGE, "package header")
    index, store = stream.read(16 * count), stream.read(size)
    if len(store) < size:
        raise Unreadable(Kind.CORRUPT, "truncated")
    return 16 + 16 * count + size, "\n".join(_texts(index, store))


def _texts(index: bytes, store: bytes) -> Iterator[str]:
    for _, kind, offset, count in struct.iter_unpack(">4I", index):
        at = offset
        for _ in range(count if kind in _STRINGS else 0):
            end = store.find(b"\0", at)
            if not 0 <= at < end:
                break
            yield store[at:end].decode("utf-8", "replace")
            at = end + 1
