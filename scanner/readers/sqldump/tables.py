"""Rows that wait to become columns, table by table, and how Arrow reads them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import re2

from scanner.formats.blocks import string_array
from scanner.model import Column, Content
from scanner.readers.sqldump.headers import Header

_BATCH = 8 << 20
_VALUE = re2.compile(rb"'((?:[^']|'')*)'|([^,'()]+)|([(),])")
_HIDDEN = "\x02"


@dataclass(slots=True)
class _Waiting:
    """Records of one table and width."""

    header: Header
    width: int
    copied: bool
    records: list[bytes] = field(default_factory=list)
    count: int = 0


class Tables:
    """Column names known so far, rows counted so far, and rows not yet given out."""

    def __init__(self) -> None:
        self._defined: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, int] = {}
        self._waiting: dict[tuple[Header, int, bool], _Waiting] = {}
        self._held = 0

    def define(self, header: Header) -> None:
        """Remember the columns of a definition, for statements that name none."""
        self._defined[header.table] = header.columns

    def add(self, header: Header, width: int, records: bytes, count: int, copied: bool = False) -> Iterator[Content]:
        """Take rows, each ending in a line end; gives out all that waits when it is much."""
        key = (header, width, copied)
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = _Waiting(header, width, copied)
        waiting.records.append(records)
        waiting.count += count
        self._held += len(records)
        if self._held > _BATCH:
            yield from self.flush()

    def flush(self) -> Iterator[Content]:
        """Give out what waits, in the order in which tables were first seen."""
        waiting, self._waiting, self._held = self._waiting, {}, 0
        for batch in waiting.values():
            yield from self._columns(batch)

    def _columns(self, batch: _Waiting) -> Iterator[Content]:
        table = batch.header.table
        first = self._rows.get(table, 0) + 1
        names = batch.header.columns or self._named(table, batch.width)
        arrays, odd = (_copied if batch.copied else _inserted)(b"".join(batch.records), batch.width)
        for index, values in enumerate(arrays):
            yield Column(table, names[index] if index < len(names) else "", index, values, first)
        if odd:
            at = first + (len(arrays[0]) if arrays else 0)
            for index, cells in enumerate(itertools.zip_longest(*odd)):
                yield Column(table, names[index] if index < len(names) else "", index, string_array(list(cells)), at)
        self._rows[table] = first - 1 + batch.count

    def _named(self, table: str, width: int) -> tuple[str, ...]:
        columns = self._defined.get(table) or self._defined.get(table.rpartition(".")[2], ())
        return columns if len(columns) == width else ()


def _inserted(records: bytes, width: int) -> tuple[list[pa.Array], list[list[str | None]]]:
    """Rows of VALUES lists: SQL strings are CSV with single quotes, once functions are set aside."""
    arrays, odd = _arrow(records, width, ",", "'", "NULL")
    return arrays, [_by_value(line) for line in odd]


def _by_value(line: bytes) -> list[str | None]:
    """One row that CSV cannot read: calls keep their arguments together in one value."""
    cells: list[list[str]] = [[]]
    depth = 0
    for match in _VALUE.finditer(line):
        text, word, mark = match.group(1), match.group(2), match.group(3)
        if mark == b"," and depth == 0:
            cells.append([])
        elif mark is not None:
            depth += (mark == b"(") - (mark == b")")
            cells[-1].append(" ")
        else:
            piece = text.replace(b"''", b"'") if text is not None else (word or b"").strip()
            cells[-1].append(piece.decode("utf-8", "replace"))
    values = ["".join(cell).strip() for cell in cells]
    return [None if value == "NULL" else value for value in values]


def _copied(records: bytes, width: int) -> tuple[list[pa.Array], list[list[str | None]]]:
    """Lines of COPY: tabs between values, backslash escapes inside them."""
    escaped = b"\\" in records.replace(b"\\N", b"")
    if escaped:
        records = records.replace(b"\\\\", _HIDDEN.encode())
    arrays, odd = _arrow(records, width, "\t", False, "\\N")
    if escaped:
        arrays = [_unescaped(array) for array in arrays]
    cells = [[None if c == b"\\N" else c.decode("utf-8", "replace") for c in line.split(b"\t")] for line in odd]
    return arrays, [[c and _unescaped(pa.array([c]))[0].as_py() for c in row] for row in cells]


def _unescaped(array: pa.Array) -> pa.Array:
    for escape, plain in (("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r"), (_HIDDEN, "\\")):
        if pc.any(pc.match_substring(array, escape)).as_py():
            array = pc.replace_substring(array, escape, plain)
    return array


def _arrow(data: bytes, width: int, delimiter: str, quote: str | bool, null: str) -> tuple[list[pa.Array], list[bytes]]:
    """Columns of the rows that have the right width, and the rows that have not."""
    import pyarrow.csv as arrow_csv

    odd: list[bytes] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        odd.append(row.text.encode())
        return "skip"

    names = [str(index) for index in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char=quote,
                double_quote=bool(quote),
                newlines_in_values=bool(quote),
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[null],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowException:
        return [], data.removesuffix(b"\n").split(b"\n")
    return [column.combine_chunks() for column in table.itercolumns()], odd
