"""Programs: only what is packed behind them is read, as in installers and self-extracting archives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.zips import part, zip_start
from scanner.model import Content, Embedded, Gap, Kind, Problem

BLOCK = 1 << 20
MARKS = {b"7z\xbc\xaf\x27\x1c": ".7z", b"Rar!\x1a\x07": ".rar", b"MSCF\0\0\0\0": ".cab"}
LONGEST = 8


class ProgramReader:
    """An archive behind a program, as installers have it, as its member; machine code is told as such."""

    name: ClassVar[str] = "program"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {"application/vnd.microsoft.portable-executable", "application/x-elf"}
    )
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """The archive, then what the program takes."""
        start, suffix = zip_start(source.stream), ".zip"
        if start is None:
            start, suffix = _marked(source.stream)
        if start is None:
            raise Unreadable(Kind.UNSUPPORTED, "machine code of a program", bytes_read=0)
        size = source.size - start
        yield Embedded("archive" + suffix, partial(part, source.stream, start, size), size, size)
        yield Gap(Problem(Kind.UNSUPPORTED, "machine code of a program"), start)


def _marked(stream: BinaryIO) -> tuple[int | None, str]:
    """The first mark of another archive, at a place that could hold one."""
    stream.seek(0)
    at, held = 0, b""
    while block := stream.read(BLOCK):
        held += block
        found = min(((held.find(mark), suffix) for mark, suffix in MARKS.items() if mark in held), default=None)
        if found is not None:
            return at + found[0], found[1]
        at += len(held) - LONGEST
        held = held[-LONGEST:]
    return None, ""
