"""Rows of tables in the XML of ``mysqldump --xml`` and of phpMyAdmin, as the elements of a document pass by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.formats.exportedrows import ExportedRows
from scanner.formats.sqltext.definitions import find_definitions
from scanner.model import Content, Definition

_DUMP, _EXPORT = "mysqldump", "pma_xml_export"
_TABLES = frozenset({"table", "table_data", "table_structure"})
_ROWS = frozenset({"table", "row"})
_CELLS = frozenset({"field", "column"})


class TableRows:
    """Takes the elements of tables; of any other, who asks is told that it is none."""

    def __init__(self) -> None:
        self._tables: dict[str, ExportedRows] = {}
        self._definitions: list[Definition] = []
        self._comments: dict[str, str] = {}
        self._row: dict[str, str | None] = {}
        self._root = self._table = self._cell = ""
        self._attributes: Mapping[str, str] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return any(table.full for table in self._tables.values())

    def start(self, name: str, attributes: Mapping[str, str], depth: int) -> bool:
        """Whether an element that opens is a value, or what holds rows."""
        if depth == 1:
            self._root = name
        if self._root not in (_DUMP, _EXPORT):
            return False
        if name in _TABLES and "name" in attributes:
            self._table, self._comments, self._row = attributes["name"], {}, {}
            return True
        if "Field" in attributes:
            self._comments[attributes["Field"]] = attributes.get("Comment", "")
            return True
        if name in _CELLS and "name" in attributes and self._table:
            self._cell, self._attributes = attributes["name"], attributes
            return True
        return False

    def end(self, name: str, text: str) -> bool:
        """Whether the element that closes was a value."""
        if self._cell:
            self._row[self._cell] = self._value(text)
            self._cell = ""
            return True
        if name == "table_structure" and self._comments:
            said = tuple((column, comment) for column, comment in self._comments.items() if comment)
            self._definitions.append(Definition(self._table, tuple(self._comments), said))
        elif name in _ROWS:
            self._close()
        elif name == "pma:table":
            self._definitions += find_definitions(text.encode("utf-8", "replace"))
        return False

    def _close(self) -> None:
        """The row in hand is whole, or all of it that there is."""
        if self._row:
            known = self._tables.setdefault(self._table, ExportedRows(self._table))
            known.add(self._row)
            self._row = {}

    def _value(self, text: str) -> str | None:
        if "xsi:nil" in self._attributes or (self._root == _EXPORT and text == "NULL"):
            return None
        return f"0x{text}" if self._attributes.get("xsi:type", "").endswith("hexBinary") else text

    def flush(self, final: bool) -> Iterator[Content]:
        """Give out what has come, table by table."""
        if final:
            self._close()
        definitions, self._definitions = self._definitions, []
        yield from definitions
        for table in self._tables.values():
            yield from table.rest() if final else table.flush()
