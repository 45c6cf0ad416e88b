"""Microsoft cabinets, stored or packed with MSZIP ([MS-CAB], [MS-MCI])."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import BlockStream, Names, binary, refuse
from scanner.formats.zips import decode_raw
from scanner.model import Content, Embedded, Kind

STORED, MSZIP = 0, 1
METHODS = {2: "Quantum", 3: "LZX"}
PREVIOUS, NEXT, UTF8 = 1, 2, 0x80
RESERVED = 4
CONTINUED = 0xFFFD
"""From here on a member lies in several cabinets."""
NAMES_LIMIT = 1 << 10


class CabinetReader:
    """Members of a Microsoft cabinet, stored or in MSZIP; those in LZX or Quantum are told."""

    name: ClassVar[str] = "cabinet"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.ms-cab-compressed"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Members in the order of the directory."""
        try:
            folders, first, count = _directory(source.stream)
        except struct.error:
            raise Unreadable(Kind.CORRUPT, "truncated directory") from None
        names, stream = Names(), source.stream
        for _ in range(count):
            stream.seek(first)
            head = stream.read(16 + NAMES_LIMIT)
            if len(head) < 17:
                raise Unreadable(Kind.CORRUPT, "truncated directory")
            size, offset, number, _, _, attributes = struct.unpack("<IIHHHH", head[:16])
            raw = head[16:].split(b"\0", 1)[0]
            first += 17 + len(raw)
            name = raw.decode("utf-8", "replace") if attributes & UTF8 else decode_raw(raw)
            folder = folders[number] if number < len(folders) else None
            stored = folder.share(size) if folder else 0
            yield Embedded(names.distinct(name.replace("\\", "/")), partial(_open, folder, offset, size), size, stored)


def _directory(stream: BinaryIO) -> tuple[list[_Folder], int, int]:
    """Folders, place of the first member, number of members."""
    head = stream.read(36)
    first, folders, members, flags = struct.unpack_from("<16xI6xHHH", head)[:4]
    extra = 0
    if flags & RESERVED:
        header, extra, block = struct.unpack("<HBB", stream.read(4))
        stream.read(header)
    else:
        block = 0
    for _ in range(2 * bool(flags & PREVIOUS) + 2 * bool(flags & NEXT)):
        while stream.read(1) not in (b"\0", b""):
            pass
    found = []
    for _ in range(folders):
        start, blocks, method = struct.unpack("<IHH", stream.read(8))
        stream.read(extra)
        found.append(_Folder(stream, start, blocks, method & 15, block))
    return found, first, members


@dataclass(slots=True)
class _Folder:
    """One run of blocks; ``at`` is how far it is decoded, ``rest`` what of the last block nobody took."""

    stream: BinaryIO
    start: int
    count: int
    method: int
    reserved: int
    at: int = 0
    rest: bytes = b""
    running: Iterator[bytes] | None = None
    sizes: tuple[int, int] = field(default=(0, 0))

    def share(self, size: int) -> int:
        """What a member takes of the compressed data, in proportion."""
        packed, plain = self.sizes if self.sizes[1] else self._measure()
        return packed * size // plain if plain else 0

    def _measure(self) -> tuple[int, int]:
        place, packed, plain = self.start, 0, 0
        for _ in range(self.count):
            self.stream.seek(place)
            head = self.stream.read(8)
            if len(head) < 8:
                break
            _, one, other = struct.unpack("<IHH", head)
            packed, plain, place = packed + one, plain + other, place + 8 + self.reserved + one
        self.sizes = (packed, plain)
        return self.sizes

    def blocks(self) -> Iterator[bytes]:
        """Decoded blocks from the beginning."""
        place, window = self.start, b""
        for _ in range(self.count):
            self.stream.seek(place)
            head = self.stream.read(8 + self.reserved)
            if len(head) < 8 + self.reserved:
                raise Unreadable(Kind.CORRUPT, "truncated folder")
            _, packed, plain = struct.unpack_from("<IHH", head)
            data = self.stream.read(packed)
            place += len(head) + packed
            block = data if self.method == STORED else _inflated(data, window)
            if len(block) != plain:
                raise Unreadable(Kind.CORRUPT, "wrong size of a block")
            window = (window + block)[-32768:]
            yield block

    def take(self, offset: int, size: int) -> Iterator[bytes]:
        """The bytes of one member."""
        if self.running is None or offset < self.at:
            self.running, self.at, self.rest = self.blocks(), 0, b""
        while size:
            if not self.rest:
                self.rest = next(self.running, b"")
                if not self.rest:
                    raise Unreadable(Kind.CORRUPT, "truncated folder")
            skipped = min(len(self.rest), max(0, offset - self.at))
            taken = self.rest[skipped : skipped + size] if self.at + skipped >= offset else b""
            self.rest = self.rest[skipped + len(taken) :]
            self.at += skipped + len(taken)
            offset, size = offset + len(taken), size - len(taken)
            if taken:
                yield taken


def _inflated(data: bytes, window: bytes) -> bytes:
    """Each block is a deflate stream of its own that may refer to the 32 KB before it."""
    if not data.startswith(b"CK"):
        raise Unreadable(Kind.CORRUPT, "no MSZIP block")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS, zdict=window).decompress(data[2:], 1 << 16)
    except zlib.error as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None


def _open(folder: _Folder | None, offset: int, size: int) -> BinaryIO:
    if folder is None:
        refuse(Kind.UNSUPPORTED, "member goes on in another cabinet")
    if folder.method not in (STORED, MSZIP):
        refuse(Kind.UNSUPPORTED, f"compression method {METHODS.get(folder.method, folder.method)}")
    return binary(BlockStream(folder.take(offset, size)))
