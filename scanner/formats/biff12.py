"""Binary parts of Excel workbooks ([MS-XLSB] 2.1.4): how far their cells reach, and the text outside the cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.officexml import place_of
from scanner.formats.textruns import TextRuns
from scanner.formats.zips import open_member
from scanner.model import Content, Gap

BLOCK = 1 << 20
CONTINUED = 1 << 14
"""No record is of this kind."""
APART = bytes(4)
ROW, LAST_CELL = 0, 11
"""A row begins with its number; cells, of the kinds in between, with that of their column."""
BESIDE = re.compile(
    r"^xl/(?!vbaProject|printerSettings|media/|embeddings/|worksheets/|sharedStrings|styles|theme).*\.bin$"
)
"""Comments, names, tables, what pivot tables and links to other workbooks keep."""
OF_CELLS = re.compile(r"^xl/(?:worksheets/.*|sharedStrings)\.bin$")


def reach(stream: BinaryIO) -> tuple[int, int]:
    """The last row and the last column that a sheet has a cell in, counted from 1."""
    rows = columns = 1
    for kind, body in _records(stream):
        if kind == ROW:
            rows = max(rows, int.from_bytes(body[:4], "little") + 1)
        elif kind <= LAST_CELL:
            columns = max(columns, int.from_bytes(body[:4], "little") + 1)
    return rows, columns


def _records(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The kind and the data of each record; what is very long comes in pieces."""
    buffered = io.BufferedReader(stream, BLOCK)  # type: ignore[type-var]
    try:
        while (kind := _number(buffered, 2)) >= 0 and (left := _number(buffered, 4)) >= 0:
            body = buffered.read(min(left, BLOCK))
            yield kind, body
            while (left := left - len(body)) > 0 and (body := buffered.read(min(left, BLOCK))):
                yield CONTINUED, body
    finally:
        buffered.detach()  # who opened the stream closes it


def _number(stream: BinaryIO, most: int) -> int:
    """A number in seven bits a byte, the lowest first; less than nothing at the end."""
    number = 0
    for place in range(most):
        byte = stream.read(1)
        if not byte:
            return -1
        number |= (byte[0] & 0x7F) << 7 * place
        if byte[0] < 0x80:
            break
    return number


class _Bodies(io.RawIOBase):
    """The data of records one after the other, apart, so that no kind or size looks like a letter of a text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._records = _records(stream)

    def read(self, size: int = -1) -> bytes:
        """Of some records, about so much."""
        parts: list[bytes] = []
        while size > 0 and (record := next(self._records, None)) is not None:
            parts += [b"" if record[0] == CONTINUED else APART, record[1]]
            size -= len(record[1]) + len(APART)
        return b"".join(parts)


def read_binary_parts(archive: zipfile.ZipFile, wanted: re.Pattern[str] = BESIDE) -> Iterator[Content]:
    """The runs of text in binary parts, each with its place."""
    for info in archive.infolist():
        if not wanted.search(info.filename):
            continue
        try:
            with open_member(archive, info) as stream:
                for passage in TextRuns().read(_Bodies(stream)):  # type: ignore[arg-type]
                    yield replace(passage, place=place_of(info.filename))
        except Unreadable as stop:
            yield Gap(stop.problem, info.compress_size)
