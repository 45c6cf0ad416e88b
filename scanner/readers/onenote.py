"""OneNote sections: their text, which is stored plain, and the files put into them ([MS-ONESTORE] 2.6.13)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import Names
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Embedded, Kind

FILE_HEAD = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
LIMIT = 512 << 20


class OneNoteReader:
    """Text of OneNote sections outside the inserted files, which are members."""

    name: ClassVar[str] = "onenote"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/onenote"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Text between two files, then the file."""
        if source.size > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"section over {LIMIT >> 20} MB", bytes_read=0)
        data = source.stream.read(LIMIT + 1)
        names, runs, start = Names(), TextRuns(), 0
        while (at := data.find(FILE_HEAD, start)) >= 0:
            size = int.from_bytes(data[at + 16 : at + 24], "little")
            begin = at + 36
            if not 0 < size <= len(data) - begin:
                yield from runs.read(io.BytesIO(data[start : at + 16]))
                start = at + 16
                continue
            yield from runs.read(io.BytesIO(data[start:at]))
            yield Embedded(names.distinct("file"), partial(io.BytesIO, data[begin : begin + size]), size, size)
            start = begin + size
        yield from runs.read(io.BytesIO(data[start:]))
        if not runs.chars:
            raise Unreadable(Kind.NO_TEXT, "no text in the section", bytes_read=0)
