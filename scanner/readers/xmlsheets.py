"""Spreadsheets in plain XML: flat OpenDocument, and what Excel 2003 and many programs since write as ``.xls``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from xml.parsers import expat

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import BLOCK, decoded
from scanner.formats.sheetrows import REPEATED, WIDEST, SheetRows
from scanner.model import Content, Gap, Kind, Passage, Problem

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
        self._rows = SheetRows()
        self._row: list[str] | None = None
        self._text: list[str] = []
        self._aside: list[str] = []
        self._repeat = self._times = 1
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
            self._rows.flush()
        yield from self._rows.take()
        aside = list(filter(str.strip, self._aside)) if final else []
        if aside:
            yield Passage("\n".join(aside), "beside the cells")
            self._aside = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.open += 1
        name = name.removeprefix("ss:")
        if name in _SHEET:
            self._rows.begin(next((attributes[one] for one in _NAMES if one in attributes), ""))
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
            self._rows.pass_over(int(wanted) - self._rows.coming)

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
            self._rows.add(self._row, self._times)
            self._row = None
        elif name in ("office:annotation", "Comment") and self._noted:
            self._noted -= 1
        elif name == "text:p" and self._in_cell and not self._noted:
            self._text.append("\n")

    def _characters(self, text: str) -> None:
        if self._in_cell and not self._noted:
            self._text.append(text)
        else:
            self._aside.append(text)

    def _refuse(self, *_: object) -> int:
        raise _RefusedError


def _number(text: str) -> int:
    """How often something is repeated."""
    return int(text) if text.isdigit() else 1
