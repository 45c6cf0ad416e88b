"""Spreadsheets: every sheet as columns, hidden ones too; comments, notes and properties as text."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, ClassVar

import pyarrow as pa

from scanner.contracts import Source, Unreadable
from scanner.formats.biff import is_sound, read_beside
from scanner.formats.biff12 import BESIDE, OF_CELLS, reach, read_binary_parts
from scanner.formats.headers import find_header
from scanner.formats.native import panics_told
from scanner.formats.officexml import open_office, read_notes, read_parts
from scanner.formats.textruns import TextRuns
from scanner.formats.zips import open_member
from scanner.model import Column, Content, Embedded, Gap, Kind, Passage, Problem

LIMIT = 512 << 20
"""Spreadsheets are parsed in memory."""
EXPANDED_LIMIT = 4 << 30
ROWS = 20_000
"""Rows of a run of columns."""
LOOKED_AT = 40
CELLS = 50_000_000
"""Cells that a sheet may span, empty ones included."""
BLOCK = 1 << 20
_ROW = re.compile(rb' r="[A-Z]{0,3}([0-9]{5,7})"')
_COLUMN = re.compile(rb' r="([A-Z]{2,3})[0-9]')
# Parts that the sheets themselves come from.
SHEETS = re.compile(
    r"^xl/(?:worksheets/(?:sheet|_rels/sheet|binaryIndex)|sharedStrings|binaryIndex|chartsheets|macrosheets)|^content\.xml$"
    rf"|{BESIDE.pattern}"
)
BINARY = re.compile(f"{BESIDE.pattern}|{OF_CELLS.pattern}")
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml."


class SpreadsheetReader:
    """Cells as a person reads them: no ``.0`` on whole numbers, ISO dates, zeros in front kept where they are."""

    name: ClassVar[str] = "spreadsheet"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            _OOXML + "sheet",
            _OOXML + "template",
            "application/vnd.ms-excel",
            "application/vnd.ms-excel.sheet.macroEnabled.12",
            "application/vnd.ms-excel.template.macroEnabled.12",
            "application/vnd.ms-excel.addin.macroEnabled.12",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            OPEN_DOCUMENT + "spreadsheet",
            OPEN_DOCUMENT + "spreadsheet-template",
            "application/vnd.sun.xml.calc",
        }
    )
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Sheets, then what is not in cells."""
        if source.size > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"spreadsheet over {LIMIT >> 20} MB", bytes_read=0)
        zipped = source.stream.read(4).startswith(b"PK")
        source.stream.seek(0)
        refused = _is_too_wide(source.stream) if zipped else not is_sound(source.stream)
        workbook = None if refused else _workbook(source.stream)
        if workbook is None:
            yield from _fallback(source, zipped)
            return
        found = damaged = False
        for name in workbook.sheet_names:
            for content in _sheet(workbook, name):
                found, damaged = True, damaged or isinstance(content, Gap)
                yield content
        if damaged:
            yield from _fallback(source, zipped)
            return
        for content in _beside(source, zipped):
            found = found or not isinstance(content, Gap | Embedded)
            yield content
        if not found:
            raise Unreadable(Kind.NO_TEXT, "no cell has a value")


def _is_too_wide(stream: BinaryIO) -> bool:
    """One cell in the last corner of a sheet makes the library take memory for all cells before it, and abort."""
    with open_office(stream) as archive:
        if sum(info.file_size for info in archive.infolist()) > EXPANDED_LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"sheets over {EXPANDED_LIMIT >> 30} GB once decompressed", bytes_read=0)
        sheets = [info for info in archive.infolist() if info.filename.startswith("xl/worksheets/sheet")]
        wide = any(_area(archive, info) > CELLS for info in sheets)
    stream.seek(0)
    return wide


def _area(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Rows times columns, by the addresses in the sheet."""
    rows, columns = 1, 26
    try:
        with open_member(archive, info) as stream:
            if info.filename.endswith(".bin"):
                rows, columns = reach(stream)
            while block := stream.read(BLOCK):
                rows = max(rows, *map(int, _ROW.findall(block)), 1)
                columns = max(columns, *map(_column, _COLUMN.findall(block)), 1)
    except Unreadable:
        return 0
    return rows * columns


def _column(letters: bytes) -> int:
    """Number of the column ``letters``, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _workbook(stream: BinaryIO) -> Any:
    """None when the library does not know the variant."""
    import python_calamine

    try:
        with panics_told("calamine"):
            return python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError:
        raise Unreadable(Kind.ENCRYPTED, "workbook with a password") from None
    except Unreadable:
        return None
    except _errors():
        return None


def _errors() -> tuple[type[Exception], ...]:
    import python_calamine

    known: list[type[Exception]] = [
        python_calamine.CalamineError,
        python_calamine.ZipError,
        python_calamine.XmlError,
        python_calamine.WorksheetNotFound,
        ValueError,
        OSError,
    ]
    return tuple(known)


def _sheet(workbook: Any, name: str) -> Iterator[Content]:
    try:
        with panics_told("calamine"):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.start is None:
                return
            # Rows come from the first of the sheet on, columns from the first that is used.
            yield from _table(name, iter(sheet.iter_rows()), sheet.start[1])
    except Unreadable as stop:
        yield Gap(stop.problem)
    except _errors() as error:
        yield Gap(Problem(Kind.CORRUPT, f"sheet not read: {type(error).__name__}"))


def _table(name: str, rows: Iterator[list[Any]], shift: int) -> Iterator[Content]:
    """Titles above the header as text, then runs of columns."""
    looked = [_texts(row) for row in islice(rows, LOOKED_AT)]
    header = find_header(looked)
    titles = "\n".join("\t".join(filter(None, row)) for row in looked[: header.titles + header.doubtful])
    if titles.strip():
        yield Passage(titles, f"{name}, row 1" if name else "row 1")
    body = chain(looked[header.start :], map(_texts, rows))
    at = 1 + header.start
    while block := list(islice(body, ROWS)):
        for index, values in enumerate(zip(*block, strict=False)):
            if any(values):
                label = header.names[index] if index < len(header.names) else ""
                yield Column(name, label, index + shift, pa.array(values, pa.string()), at, grid=True)
        at += len(block)


def _texts(row: list[Any]) -> list[str]:
    return [value if type(value) is str else _cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _beside(source: Source, zipped: bool) -> Iterator[Content]:
    """Comments, text boxes, headers, properties, pictures and inserted files."""
    source.stream.seek(0)
    if not zipped:
        yield from read_beside(source.stream)
        return
    with open_office(source.stream) as archive:
        yield from read_parts(archive, SHEETS)
        yield from read_notes(archive)
        yield from read_binary_parts(archive)


def _fallback(source: Source, zipped: bool) -> Iterator[Content]:
    """Text without columns, for what the library does not open."""
    source.stream.seek(0)
    if zipped:
        with open_office(source.stream) as archive:
            yield from read_parts(archive, BINARY)
            yield from read_binary_parts(archive, BINARY)
        yield Gap(Problem(Kind.CORRUPT, "read as text, without columns"))
        return
    runs = TextRuns()
    yield from runs.read(source.stream)
    if not runs.chars:
        raise Unreadable(Kind.CORRUPT, "not a workbook")
    yield Gap(Problem(Kind.UNSUPPORTED, "only runs of text were read"), max(0, runs.total - runs.covered))
