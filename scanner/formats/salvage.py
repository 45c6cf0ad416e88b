"""Members of a ZIP whose central directory is missing or broken, found by their local headers."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.members import BLOCK, BlockStream, Names, binary, refuse
from scanner.formats.zips import DESCRIPTOR, ENCRYPTED, UTF8, decode_raw
from scanner.model import Content, Embedded, Kind

HEADER = struct.Struct("<4s5H3I2H")
SPLIT = b"PK\7\x08"
"""Before the first member of an archive that goes on in other volumes (APPNOTE 8.5.3)."""
ELSEWHERE = "goes on in another volume of the archive"


@dataclass(slots=True)
class LocalMember:
    """One local header; ``end`` is -1 as long as only the data can tell where the member stops."""

    name: str
    flags: int
    method: int
    data: int
    end: int
    size: int | None

    def blocks(self, stream: BinaryIO) -> Iterator[bytes]:
        """Decoded blocks; sets ``end`` when it was unknown."""
        stream.seek(self.data)
        if self.method == zipfile.ZIP_STORED and self.end >= 0:
            yield from _copied(stream, self.end - self.data)
        elif self.method == zipfile.ZIP_DEFLATED:
            rest = yield from _inflated(stream)
            self.end = max(self.end, stream.tell() - rest)
        else:
            raise Unreadable(Kind.UNSUPPORTED, f"compression method {self.method}")

    def open(self, stream: BinaryIO) -> BinaryIO:
        """Valid until the next member is asked for."""
        if self.flags & ENCRYPTED:
            refuse(Kind.ENCRYPTED, "member is encrypted")
        return binary(BlockStream(self.blocks(stream)))

    def find_end(self, stream: BinaryIO) -> None:
        """Decodes the member once more when that is the only way to find the next."""
        if self.end < 0 and not self.flags & ENCRYPTED:
            try:
                for _ in self.blocks(stream):
                    pass
            except Unreadable:
                return


def _copied(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (block := stream.read(min(BLOCK, size))):
        size -= len(block)
        yield block
    if size:
        raise Unreadable(Kind.CORRUPT, "truncated member")


def _inflated(stream: BinaryIO) -> Generator[bytes, None, int]:
    """Its value is how many bytes it read beyond the end."""
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    pending = b""
    while not decoder.eof:
        pending = pending or stream.read(BLOCK)
        if not pending:
            raise Unreadable(Kind.CORRUPT, "truncated member")
        try:
            block = decoder.decompress(pending, BLOCK)
        except zlib.error as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        pending = decoder.unconsumed_tail
        yield block
    return len(decoder.unused_data)


def salvage(stream: BinaryIO) -> Iterator[Content]:
    """Members one after the other until one gives no way on; always ends with ``Unreadable``."""
    names = Names()
    stream.seek(0)
    split = stream.read(8) == SPLIT + b"PK\3\4"
    at = len(SPLIT) if split else 0
    while (found := _header(stream, at)) is not None:
        if not found.name.endswith("/"):
            stored = found.end - found.data if found.end >= 0 else None
            yield Embedded(names.distinct(found.name), _Opener(found, stream), found.size, stored)
        found.find_end(stream)
        if found.end <= at:
            break
        at = _after(stream, found)
    if split:
        raise Unreadable(Kind.UNSUPPORTED, ELSEWHERE, bytes_read=at)
    raise Unreadable(Kind.CORRUPT, "central directory missing or broken", bytes_read=at)


@dataclass(frozen=True, slots=True)
class _Opener:
    member: LocalMember
    stream: BinaryIO

    def __call__(self) -> BinaryIO:
        return self.member.open(self.stream)


def _header(stream: BinaryIO, at: int) -> LocalMember | None:
    stream.seek(at)
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size or head[:4] != b"PK\3\4":
        return None
    _, _, flags, method, _, _, _, stored, size, name_length, extra = HEADER.unpack(head)
    raw = stream.read(name_length)
    data = at + HEADER.size + name_length + extra
    known = not flags & DESCRIPTOR and stored != 0xFFFFFFFF
    name = raw.decode("utf-8", "replace") if flags & UTF8 else decode_raw(raw)
    return LocalMember(name, flags, method, data, data + stored if known else -1, size if known else None)


def _after(stream: BinaryIO, member: LocalMember) -> int:
    """Where the next header is: a data descriptor of 12 to 24 bytes may stand between."""
    if not member.flags & DESCRIPTOR:
        return member.end
    stream.seek(member.end)
    peeked = stream.read(28)
    skip = 4 if peeked.startswith(b"PK\7\x08") else 0
    found = peeked.find(b"PK", skip)
    return member.end + (found if found >= 0 else len(peeked))
