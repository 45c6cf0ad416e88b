"""Delimited text: every value a string, every row kept whatever its length; prose in disguise is read as text."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Generator, Iterable, Iterator
from typing import ClassVar

import numpy as np
import pyarrow as pa

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, decoded, passages, stretches, string_array
from scanner.model import Column, Content, Passage
from scanner.sniff.dialects import Dialect, find_dialect, parse

_HEAD = 1 << 16
_LONGEST_LINE = 4 * BLOCK
_WIDEST = 4096
"""A line with more values than any table has columns is no record."""
_BATCH_ROWS = 1 << 15
_BATCH_CHARS = 4 << 20
# A quote that is never closed would swallow the rest of the file: past this it is taken for a plain character.
csv.field_size_limit(1 << 20)


class DelimitedReader:
    """Tables in text: even stretches go through Arrow, ragged and multi-line ones through the csv module."""

    name: ClassVar[str] = "delimited"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/csv", "text/tab-separated-values"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches; passages for lines before the table, and for what is no table."""
        blocks = decoded(source.stream, source.encoding, 2 * BLOCK)
        first = next(blocks, "")
        dialect = find_dialect(first[:_HEAD], len(first) < _HEAD, named=True)
        blocks = itertools.chain([first], blocks)
        if dialect is None or dialect.share < 0.5 or dialect.columns > _WIDEST:
            yield from passages(blocks)
        else:
            table = _Table(dialect, first[:_HEAD])
            yield from table.read(blocks)
            if table.row == table.skip + 1:
                yield from table.names_alone()


class _Table:
    """One table while it is read: its names, and the row reached as a person would count it."""

    def __init__(self, dialect: Dialect, sample: str) -> None:
        self.dialect = dialect
        rows = parse(sample, dialect.delimiter)
        self.names = [cell.strip() for cell in rows[dialect.start]] if dialect.header != "no" else []
        # A first row that may or may not be names is taken for both, so that no value is lost.
        self.skip = dialect.start + (dialect.header == "yes")
        self.spaced = f'{dialect.delimiter} "' in sample
        self.row = 1

    def read(self, blocks: Iterable[str]) -> Iterator[Content]:
        """Take whole blocks while each line is a record, then record by record."""
        pieces = stretches(blocks, _LONGEST_LINE)
        for lines in pieces:
            if self.spaced or not _even(lines):
                yield from self._by_record(itertools.chain([lines], pieces))
                return
            if self.row > self.skip:
                yield from self._by_block(lines)
            else:
                yield from self._by_block((yield from self._begin(lines)))

    def _begin(self, lines: str) -> Generator[Content, None, str]:
        """Pass over the header; what stands above it is text."""
        records = io.StringIO(lines, newline="")
        above = "".join(itertools.islice(records, self.dialect.start))
        if above.strip():
            yield Passage(above, "", 1)
        for _ in range(self.skip - self.dialect.start):
            records.readline()
        self.row = self.skip + 1
        return records.read()

    def _by_block(self, lines: str) -> Iterator[Content]:
        table = _arrow_table(lines, self.dialect) if lines else None
        if table is None:
            rows = csv.reader(io.StringIO(lines, newline=""), delimiter=self.dialect.delimiter)
            try:
                yield from self._columns(list(rows))
            except csv.Error:
                yield from self._columns(self._split(io.StringIO(lines, newline="")))
            return
        for index, column in enumerate(table.itercolumns()):
            yield Column("", self._name(index), index, column.combine_chunks(), self.row)
        self.row += table.num_rows

    def _by_record(self, pieces: Iterable[str]) -> Iterator[Content]:
        """Records may span lines here: the csv module says where each ends."""
        feed = _Feed(pieces)
        rows: list[list[str]] = []
        chars = 0
        for row, raw in feed.records(self.dialect.delimiter, self.spaced):
            if self.row + len(rows) <= self.skip:
                if self.row <= self.dialect.start and raw.strip():
                    yield Passage(raw, "", self.row)
                self.row += 1
                continue
            rows.append(row)
            chars += len(raw)
            if len(rows) >= _BATCH_ROWS or chars > _BATCH_CHARS:
                yield from self._columns(rows)
                rows, chars = [], 0
        yield from self._columns(rows)

    def names_alone(self) -> Iterator[Content]:
        """Columns of a table without rows."""
        for index, name in enumerate(self.names):
            yield Column("", name, index, string_array([]), self.row)

    def _split(self, lines: Iterable[str]) -> list[list[str]]:
        return [line.rstrip("\r\n").split(self.dialect.delimiter) for line in lines]

    def _columns(self, rows: list[list[str]]) -> Iterator[Content]:
        # One line of many values among short ones would fill a column for each with nothing.
        bound = 2 * self.dialect.columns + 64
        for at, row in enumerate(rows):
            if len(row) > bound:
                yield Passage(self.dialect.delimiter.join(row), "", self.row + at)
                rows[at] = []
        for index, values in enumerate(itertools.zip_longest(*rows)):
            yield Column("", self._name(index), index, string_array(list(values)), self.row)
        self.row += len(rows)

    def _name(self, index: int) -> str:
        return self.names[index] if index < len(self.names) else ""


class _Feed:
    """Lines for the csv module, which remembers those of the record in hand."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._lines = itertools.chain.from_iterable(io.StringIO(text, newline="") for text in pieces)
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._held.append(line)
            yield line

    def records(self, delimiter: str, spaced: bool) -> Iterator[tuple[list[str], str]]:
        """Each record with its own text; one that does not close is taken line by line."""
        going = True
        while going:
            going = False
            try:
                for row in csv.reader(self, delimiter=delimiter, skipinitialspace=spaced):
                    raw, self._held = "".join(self._held), []
                    yield row, raw
            except csv.Error:
                lines, self._held, going = self._held, [], True
                for line in lines:
                    yield line.rstrip("\r\n").split(delimiter), line


def _even(lines: str) -> bool:
    """Whether no record can span lines: each line holds an even number of quotes."""
    if '"' not in lines:
        return True
    data = np.frombuffer(lines.encode("utf-8", "replace"), np.uint8)
    quotes = np.flatnonzero(data == 34)
    ends = np.append(np.flatnonzero(data == 10), len(data))
    return not (np.searchsorted(quotes, ends) & 1).any()


def _arrow_table(lines: str, dialect: Dialect) -> pa.Table | None:
    """The rows of a block as Arrow reads them, or nothing when they are not all equally long."""
    import pyarrow.csv as arrow_csv

    data = lines.encode("utf-8", "replace")
    names = [str(index) for index in range(dialect.columns)]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=dialect.delimiter, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowException:
        return None
