"""cpio archives, as packages and boot images hold them."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar, NamedTuple

from scanner.contracts import Source, Unreadable
from scanner.formats.members import Names, SliceStream, binary, refuse
from scanner.model import Content, Embedded, Kind

NAME_LIMIT = 1 << 16
LAST = "TRAILER!!!"


class _Head(NamedTuple):
    """One header; ``align`` is what names and data are filled up to."""

    mode: int
    modified: int
    name_size: int
    size: int
    length: int
    align: int


class CpioReader:
    """Members of a cpio in any of its four forms, each valid only until the next is asked for."""

    name: ClassVar[str] = "cpio"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-cpio"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Members in order, up to the trailer; archives appended to one another are read too."""
        stream, names = source.stream, Names()
        while (mark := _mark(stream)) is not None:
            head = _head(stream, mark)
            if not 0 < head.name_size <= NAME_LIMIT:
                raise Unreadable(Kind.CORRUPT, "bad member header")
            raw = stream.read(head.name_size)
            _skip(stream, -(head.length + head.name_size) % head.align)
            name = raw.split(b"\0", 1)[0].decode("utf-8", "replace")
            part = SliceStream(stream, head.size)
            if name != LAST and not stat.S_ISDIR(head.mode):
                shown = names.distinct(name.removeprefix("./"))
                yield Embedded(shown, partial(_open, part, head.mode), head.size, head.size, head.modified * 10**9)
            part.skip()
            if part.left:
                raise Unreadable(Kind.CORRUPT, "truncated")
            _skip(stream, -head.size % head.align)


def _mark(stream: BinaryIO) -> bytes | None:
    """The next magic number, past the zeros that fill up blocks; None at the end."""
    while (mark := stream.read(2)) == b"\0\0":
        pass
    if len(mark) < 2:
        return None
    if mark == b"07":
        mark += stream.read(4)
    return mark


def _head(stream: BinaryIO, mark: bytes) -> _Head:
    try:
        if mark in (b"070701", b"070702"):
            fields = [int(field[0], 16) for field in struct.iter_unpack("8s", stream.read(104))]
            return _Head(fields[1], fields[5], fields[11], fields[6], 110, 4)
        if mark == b"070707":
            data = stream.read(70)
            mode, modified = int(data[12:18], 8), int(data[42:53], 8)
            return _Head(mode, modified, int(data[53:59], 8), int(data[59:70], 8), 76, 1)
        if mark in (b"\xc7\x71", b"\x71\xc7"):
            words = struct.unpack("<12H" if mark == b"\xc7\x71" else ">12H", stream.read(24))
            return _Head(words[2], words[7] << 16 | words[8], words[9], words[10] << 16 | words[11], 26, 2)
    except (ValueError, IndexError, struct.error):
        pass
    raise Unreadable(Kind.CORRUPT, "bad member header")


def _skip(stream: BinaryIO, size: int) -> None:
    if size:
        stream.read(size)


def _open(part: SliceStream, mode: int) -> BinaryIO:
    if stat.S_ISLNK(mode):
        refuse(Kind.LINK, "symbolic link in an archive")
    if not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        refuse(Kind.SPECIAL, "device or pipe in an archive")
    return binary(part)
