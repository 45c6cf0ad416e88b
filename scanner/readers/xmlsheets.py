"""Spreadsheets in plain XML: flat OpenDocument, and what Excel 2003 and many programs since write as ``.xls``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from xml.parsers import expat

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import BLOCK, decoded, string_array
from scanner.formats.headers import find_header
from scanner.model import Column, Content, Gap, Kind, Passage, Problem

ROWS = 20_000
LOOKED_AT = 40
REPEATED = 256
"""Empty cells and rows are written once with a number; values are not repeated beyond this."""
WIDEST = 16_384
EXCEL, FLAT = "application/vnd.ms-excel.xml", "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
_SHEET = frozenset({"table:table", "Worksheet"})
_ROW = frozenset({"table:table-row", "Row"})
_CELL = frozenset({"table:table-cell", "Cell", "table:covered-table-cell"})
_NAMES = ("table:name", "ss:Name", "Name")


class XmlSheetReader:
    """Spreadsheets of Excel 2003 and OpenDocument in plain XML: cells as columns, all other text beside them."""

    name: ClassVar[str] = "xmlsheet"
    media_types: ClassVar[frozenset[str]] = frozenset({EXCEL, FLAT})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Sheets in the order of the file."""
        book = _Book()
        for block in decoded(source.stream, source.encoding, BLOCK // 4):
            try:
                book.parser.Parse(block.encode("utf-8", "replace"), False)
            except (expat.ExpatError, _RefusedError):
                yield from book.take(final=True)
                raise Unreadable(Kind.CORRUPT, "XML is not well-formed") from None
            yield from book.take()
        yield from book.take(final=True)
        if book.open:
            yield Gap(Problem(Kind.CORRUPT, "XML breaks off"))


class _RefusedError(Exception):
    """The document declares entities."""


class _Book:
    """Rows of the sheet in hand while expat walks through it."""

    def __init__(self) -> None:
        self.open = 0
        self._sheet = ""
        self._rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._text: list[str] = []
        self._aside: list[str] = []
        self._names: tuple[str, ...] | None = None
        self._number = 1
        self._repeat = self._times = 1
        self._done: list[Content] = []
        self._in_cell = self._noted = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse

    def take(self, final: bool = False) -> Iterator[Content]:
        """What is complete."""
        if final:
            self._flush()
            if any(map(str.strip, self._aside)):
                self._done.append(Passage("\n".join(filter(str.strip, self._aside)), "beside the cells"))
            self._aside = []
        done, self._done = self._done, []
        yield from done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.open += 1
        name = name.removeprefix("ss:")
        if name in _SHEET:
            self._flush()
            self._sheet = next((attributes[one] for one in _NAMES if one in attributes), "")
            self._names, self._number = None, 1
        elif name in _ROW:
            self._begin(attributes)
        elif name in _CELL and self._row is not None:
            self._cell(self._row, attributes)
        elif self._in_cell and name in ("office:annotation", "Comment"):
            self._noted += 1

    def _begin(self, attributes: dict[str, str]) -> None:
        self._row, self._times = [], _number(attributes.get("table:number-rows-repeated", ""))
        wanted = attributes.get("ss:Index", "")
        if wanted.isdigit():
            self._pass_over(int(wanted) - self._number - len(self._rows))

    def _pass_over(self, rows: int) -> None:
        """Rows that the file leaves out, so that those behind them keep their numbers."""
        if 0 < rows <= REPEATED:
            self._rows += [[]] * rows
        elif rows > 0:
            if any(map(any, self._rows)):
                self._flush()
            self._number += rows + len(self._rows)
            self._rows = []

    def _cell(self, row: list[str], attributes: dict[str, str]) -> None:
        wanted = attributes.get("ss:Index", "")
        if wanted.isdigit():
            row += [""] * (min(int(wanted) - 1, WIDEST) - len(row))
        self._repeat = min(_number(attributes.get("table:number-columns-repeated", "")), WIDEST)
        self._text, self._in_cell = [], self._in_cell + 1

    def _end(self, name: str) -> None:
        self.open -= 1
        name = name.removeprefix("ss:")
        if name in _CELL and self._row is not None:
            text = "".join(self._text).strip()
            self._row += [text] * (min(self._repeat, REPEATED) if text else self._repeat)
            self._in_cell -= 1
        elif name in _ROW and self._row is not None:
            times = min(self._times, REPEATED if any(self._row) else 0)
            self._rows += [self._row] * times
            self._row = None
            self._pass_over(self._times - times)
            if len(self._rows) >= ROWS:
                self._flush()
        elif name in ("office:annotation", "Comment") and self._noted:
            self._noted -= 1
        elif name == "text:p" and self._in_cell and not self._noted:
            self._text.append("\n")

    def _characters(self, text: str) -> None:
        if self._in_cell and not self._noted:
            self._text.append(text)
        else:
            self._aside.append(text)

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        start = self._number
        self._number += len(rows)
        if self._names is None:
            rows, start = self._head(rows, start)
        width = max((len(row) for row in rows if any(row)), default=0)
        names = self._names or ()
        for index in range(width):
            values = [row[index] or None if index < len(row) else None for row in rows]
            if any(values):
                name = names[index] if index < len(names) else ""
                self._done.append(Column(self._sheet, name, index, string_array(values), start, grid=True))

    def _head(self, rows: list[list[str]], start: int) -> tuple[list[list[str]], int]:
        """Rows without their titles and names, which are text."""
        found = find_header(rows[:LOOKED_AT])
        self._names = found.names
        keep = found.start - found.doubtful
        titles = [cell for row in rows[: found.titles] for cell in row if cell]
        if titles:
            self._done.append(Passage("\n".join(titles), self._sheet))
        return rows[keep:], start + keep

    def _refuse(self, *_: object) -> int:
        raise _RefusedError


def _number(text: str) -> int:
    """How often something is repeated."""
    return int(text) if text.isdigit() else 1
