"""Rows that wait to become columns, table by table, and how Arrow reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scanner.formats.cells import Cells
from scanner.model import Column, Content
from scanner.readers.sqldump.headers import Header

_BATCH = 8 << 20


@dataclass(slots=True)
class _Waiting:
    """Rows of one table and width, as cells of the block in hand."""

    header: Header
    width: int
    parts: list[Cells] = field(default_factory=list)


class Tables:
    """Column names known so far, rows counted so far, and rows not yet given out."""

    def __init__(self) -> None:
        self.defined: dict[str, tuple[str, ...]] = {}
        self.rows: dict[str, int] = {}
        self._waiting: dict[tuple[Header, int], _Waiting] = {}
        self._held = 0

    def define(self, header: Header) -> None:
        """Remember the columns of a definition, for statements that name none."""
        self.defined[header.table] = header.columns

    def add(self, header: Header, width: int, rows: Cells, size: int) -> Iterator[Content]:
        """Take rows, written in so many bytes; gives out all that waits when it is much."""
        key = (header, width)
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = _Waiting(header, width)
        waiting.parts.append(rows)
        self._held += size
        if self._held > _BATCH:
            yield from self.flush()

    def flush(self) -> Iterator[Content]:
        """Give out what waits, in the order in which tables were first seen."""
        waiting, self._waiting, self._held = self._waiting, {}, 0
        for batch in waiting.values():
            table = batch.header.table
            names = batch.header.columns or self._named(table, batch.width)
            rows = Cells.join(batch.parts)
            before = self.rows.get(table, 0)
            self.rows[table] = before + rows.rows
            for first, arrays in rows.columns():
                for index, values in enumerate(arrays):
                    name = names[index] if index < len(names) else ""
                    yield Column(table, name, index, values, before + 1 + first)

    def _named(self, table: str, width: int) -> tuple[str, ...]:
        columns = self.defined.get(table) or self.defined.get(table.rpartition(".")[2], ())
        return columns if len(columns) == width else ()
