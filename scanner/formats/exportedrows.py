"""Rows of exports that come one by one, each with the names of its columns, until there are enough for columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.formats.blobs import Blobs
from scanner.formats.blocks import BATCH_CHARS, BATCH_VALUES, string_array
from scanner.model import Column, Content


class ExportedRows:
    """The rows of one table; what a row does not say is nothing, so that rows stay rows."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._blobs = Blobs(table)
        self._columns: dict[str, int] = {}
        self._waiting: dict[str, list[str | None]] = {}
        self._rows = 0
        self._first = 1
        self._chars = self._count = 0

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return self._chars > BATCH_CHARS or self._count > BATCH_VALUES

    def add(self, row: Mapping[str, str | None]) -> None:
        """Take one row."""
        for name, value in row.items():
            self._columns.setdefault(name, len(self._columns))
            values = self._waiting.setdefault(name, [])
            values.extend([None] * (self._rows - len(values)))
            values.append(value)
            self._chars += len(value or "")
        self._rows += 1
        self._count += len(row)

    def flush(self) -> Iterator[Content]:
        """Give out the rows that wait."""
        for name, values in self._waiting.items():
            unpacked = self._blobs.unpacked(string_array(values), name, self._first)
            yield Column(self._table, name, self._columns[name], unpacked, self._first)
        yield from self._blobs.take()
        self._first, self._rows, self._waiting = self._first + self._rows, 0, {}
        self._chars = self._count = 0

    def rest(self) -> Iterator[Content]:
        """What is to be said at the end."""
        yield from self.flush()
        yield from self._blobs.rest()
