"""PowerPoint presentations of before 2007."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.compound import CompoundFile
from scanner.formats.members import BLOCK, BlockStream, Names, binary
from scanner.formats.oleparts import read_properties
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

LIMIT = 256 << 20
WIDE, NARROW, STRING = 4000, 4008, 4026
OBJECT, CRYPTED = 4113, 12052


class SlidesReader:
    """Text of slides, notes, masters and comments, in the order of the records; inserted objects as members."""

    name: ClassVar[str] = "slides"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.ms-powerpoint"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """One passage, the objects, and the properties."""
        compound = CompoundFile(source.stream)
        main = next((entry for entry in compound.entries if entry.name == "PowerPoint Document"), None)
        if main is None:
            raise Unreadable(Kind.CORRUPT, "no presentation in the file")
        if main.size > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"presentation over {LIMIT >> 20} MB")
        data, names = compound.read(main, LIMIT), Names()
        lines: dict[str, None] = {}
        damaged = False
        for kind, body in _records(data):
            if kind == CRYPTED:
                raise Unreadable(Kind.ENCRYPTED, "presentation with a password")
            damaged = kind < 0
            if kind in {WIDE, STRING}:
                lines[body.decode("utf-16-le", "replace").replace("\r", "\n")] = None
            elif kind == NARROW:
                lines[body.decode("latin-1").replace("\r", "\n")] = None
            elif kind == OBJECT and len(body) > 4:
                yield Embedded(names.distinct("object"), partial(_object, body), None, len(body))
        if any(lines):
            yield Passage("\n".join(lines), "slides")
        yield from read_properties(compound)
        if damaged:
            yield Gap(Problem(Kind.CORRUPT, "records end early"))
        elif not any(lines):
            raise Unreadable(Kind.NO_TEXT, "no text in any slide")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body of each record that holds no others; type -1 where they break off."""
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        if version & 15 == 15:
            if kind == CRYPTED:
                yield kind, b""
            at += 8
            continue
        if at + 8 + size > len(data):
            yield -1, b""
            return
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size


def _object(body: bytes) -> BinaryIO:
    """A compound file, usually compressed after four bytes that give its size."""
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return io.BytesIO(body)
    return binary(BlockStream(_inflated(body[4:])))


def _inflated(data: bytes) -> Iterator[bytes]:
    decoder, pending = zlib.decompressobj(), data
    while pending and not decoder.eof:
        try:
            yield decoder.decompress(pending, BLOCK)
        except zlib.error:
            raise Unreadable(Kind.CORRUPT, "compressed object") from None
        pending = decoder.unconsumed_tail
