"""Journals of systemd: the binary files, and what ``journalctl -o export`` writes; fields as columns."""

from __future__ import annotations

import lzma
import struct
from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.model import Content, Gap, Kind, Passage, Problem

FIELD_LIMIT = 64 << 20
DATA = 1
COMPACT = 16
"""Flag of journals whose data objects have a longer head."""
XZ, LZ4, ZSTD = 1, 2, 4
TEXT_LIMIT = 1 << 20
EXPORT = "application/vnd.fdo.journal"


class JournalReader:
    """Journals of systemd, binary and exported: messages as text, other fields as columns."""

    name: ClassVar[str] = "journal"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.systemd.journal", EXPORT})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Fields in the order of the file."""
        journal = _Journal()
        fields = _exported(source.stream) if source.media_type == EXPORT else _stored(source.stream, journal)
        for name, value in fields:
            yield from journal.take(name, value)
        yield from journal.end()


class _Journal:
    """What has come and waits to be given out."""

    def __init__(self) -> None:
        self.lost = 0
        self._fields = Gathered()
        self._messages: list[str] = []
        self._chars = 0

    def take(self, name: str, value: bytes) -> Iterator[Content]:
        """One field of an entry."""
        text = value.decode("utf-8", "replace")
        if name == "MESSAGE":
            self._messages.append(text)
            self._chars += len(text)
        elif text and not name.startswith("__"):
            self._fields.add(name, text)
        if self._chars > TEXT_LIMIT:
            yield from self._told()
        if self._fields.full:
            yield from self._fields.flush()

    def _told(self) -> Iterator[Content]:
        if self._messages:
            yield Passage("\n".join(self._messages), "messages")
        self._messages, self._chars = [], 0

    def end(self) -> Iterator[Content]:
        """The rest."""
        yield from self._told()
        yield from self._fields.flush()
        if self.lost:
            yield Gap(Problem(Kind.CORRUPT, "compressed fields that do not decode"), self.lost)


def _exported(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Lines ``NAME=value``; values that lines cannot hold follow their name with their length."""
    while line := stream.readline(FIELD_LIMIT):
        name, equals, value = line.rstrip(b"\n").partition(b"=")
        if not equals and name:
            size = int.from_bytes(stream.read(8), "little")
            if size > FIELD_LIMIT:
                raise Unreadable(Kind.CORRUPT, "length of a field")
            value = stream.read(size)
            stream.read(1)
        if name:
            yield name.decode("ascii", "replace"), value


def _stored(stream: BinaryIO, journal: _Journal) -> Iterator[tuple[str, bytes]]:
    """Data objects one after the other; what is not written yet is zeros."""
    head = stream.read(104)
    if len(head) < 104:
        raise Unreadable(Kind.CORRUPT, "truncated header")
    compact = int.from_bytes(head[12:16], "little") & COMPACT
    start = int.from_bytes(head[88:96], "little")
    stream.read(max(0, min(start, 1 << 16) - 104))
    before = 72 if compact else 64
    while len(mark := stream.read(16)) == 16:
        kind, flags, size = struct.unpack("<BB6xQ", mark)
        if size < 16:
            return
        if kind != DATA or not before <= size <= FIELD_LIMIT:
            _pass(stream, size - 16 + -size % 8)
            continue
        body = stream.read(size - 16)
        stream.read(-size % 8)
        payload = _plain(body[before - 16 :], flags)
        if payload is None:
            journal.lost += size
            continue
        name, _, value = payload.partition(b"=")
        yield name.decode("ascii", "replace"), value


def _pass(stream: BinaryIO, size: int) -> None:
    while size > 0 and (block := stream.read(min(size, 1 << 20))):
        size -= len(block)


def _plain(data: bytes, flags: int) -> bytes | None:
    """A payload without its compression, or None where that fails."""
    import lz4.block
    import zstandard

    try:
        if flags & XZ:
            return lzma.LZMADecompressor(memlimit=1 << 28).decompress(data, FIELD_LIMIT)
        if flags & ZSTD:
            return bytes(zstandard.ZstdDecompressor().decompress(data, max_output_size=FIELD_LIMIT))
        if flags & LZ4:
            size = int.from_bytes(data[:8], "little")
            return bytes(lz4.block.decompress(data[8:], uncompressed_size=size)) if size <= FIELD_LIMIT else None
    except (lzma.LZMAError, zstandard.ZstdError, lz4.block.LZ4BlockError, ValueError, EOFError, MemoryError):
        return None
    return data
