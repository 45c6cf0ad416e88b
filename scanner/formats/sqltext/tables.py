"""Rows that wait to become columns, table by table, and how Arrow reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from scanner.formats.blobs import Blobs
from scanner.formats.cells import Cells
from scanner.formats.sqltext.headers import Header
from scanner.model import Column, Content

_BATCH = 8 << 20
_LONG_NUMBER = r"^-?[0-9]\.[0-9]{17,20}e[+-][0-9]{2,3}$"


@dataclass(slots=True)
class _Waiting:
    """Rows of one table and width, as cells of the block in hand."""

    header: Header
    width: int
    parts: list[Cells] = field(default_factory=list)


class Tables:
    """Column names known so far, rows counted so far, and rows not yet given out."""

    def __init__(self) -> None:
        self.measured = False
        """Whether numbers may be written with more digits than they have, as SQLite does."""
        self.defined: dict[str, tuple[str, ...]] = {}
        self.rows: dict[str, int] = {}
        self._waiting: dict[tuple[Header, int], _Waiting] = {}
        self._held = 0
        self._blobs: dict[str, Blobs] = {}

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
            blobs = self._blobs.setdefault(table, Blobs(table))
            rows = Cells.join(batch.parts)
            before = self.rows.get(table, 0)
            self.rows[table] = before + rows.rows
            for first, arrays in rows.columns():
                for index, values in enumerate(arrays):
                    name = names[index] if index < len(names) else ""
                    row = before + 1 + first
                    plain = shortened(values) if self.measured else values
                    yield Column(table, name, index, blobs.unpacked(plain, name or f"col_{index + 1}", row), row)
            yield from blobs.take()

    def rest(self) -> Iterator[Content]:
        """What is to be said once no more rows come."""
        for blobs in self._blobs.values():
            yield from blobs.rest()

    def _named(self, table: str, width: int) -> tuple[str, ...]:
        columns = self.defined.get(table) or self.defined.get(table.rpartition(".")[2], ())
        return columns if len(columns) == width else ()


def shortened(values: pa.Array) -> pa.Array:
    """Values; numbers such as ``2.14990000000000014424e+00`` as anybody else writes them."""
    is_long = pc.fill_null(pc.match_substring_regex(values, _LONG_NUMBER), False)
    if not pc.any(is_long).as_py():
        return values
    found = values.filter(is_long).to_pylist()
    return pc.replace_with_mask(values, is_long, pa.array([repr(float(one)) for one in found], pa.string()))
