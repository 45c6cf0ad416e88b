"""Delimited text: every value a string, every row kept whatever its length; prose in disguise is read as text."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import ClassVar

import numpy as np

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, byte_passages, cut, encoded, is_plain, string_array
from scanner.formats.records import LONGEST_VALUE, Cut, Scissors
from scanner.formats.sections import SectionStream, cut_into, line_ends
from scanner.formats.sqltext.beside import defined_for, definitions_beside
from scanner.model import Column, Content, Definition, Passage, Passed, Section
from scanner.sniff.dialects import Dialect, find_dialect, parse

_HEAD = 1 << 16
_BLOCK = 2 * BLOCK
_LONGEST_LINE = 4 * BLOCK
_PROOF = 16
"""Records of the right width that prove that the first of them does not begin inside a value."""
_WIDEST = 4096
"""A line with more values than any table has columns is no record."""


class DelimitedReader:
    """Tables in text, ragged ones and those whose records span lines too."""

    name: ClassVar[str] = "delimited"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/csv", "text/tab-separated-values"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False
    look: ClassVar[int] = BLOCK

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches; passages for lines before the table, and for what is no table."""
        definitions = definitions_beside(source.name, source.beside)
        yield from definitions
        blocks = encoded(source.stream, source.encoding, _BLOCK)
        first = next(blocks, b"")
        blocks = itertools.chain([first], blocks)
        table = _table(first, defined_for(source.name, definitions))
        if table is None:
            yield from byte_passages(blocks)
        else:
            yield from table.read(blocks)
            if table.row == table.skip + 1:
                yield from table.names_alone()

    def sections(self, source: Source, step: int) -> Sequence[Section]:
        """Cuts where records as wide as the table begin; whether they do shows when the section before is read."""
        table = _head(source)
        if table is None or not is_plain(source.encoding):
            return []
        return cut_into(source.stream, source.size, step, table.beginnings, self.look)

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]:
        """The records of one section; it fits if the next one begins with a record."""
        table = _head(source)
        if table is None:
            yield Passed(fits=False)
            return
        if section.start:
            table.row = table.skip + 1
        yield from definitions_beside(source.name, source.beside)
        first = table.row
        stream = SectionStream(source.stream, section.start, section.end)
        rest = yield from table.read(encoded(stream, source.encoding, _BLOCK), section.end >= source.size)
        numbers = (first, table.row)
        yield Passed(not rest and table.row > table.skip, numbers, {table.name: numbers})


def _head(source: Source) -> _Table | None:
    """The table that the head of a file shows."""
    source.stream.seek(0)
    first = next(encoded(source.stream, source.encoding, _BLOCK), b"")
    return _table(first, defined_for(source.name, definitions_beside(source.name, source.beside)))


def _table(first: bytes, definition: Definition | None) -> _Table | None:
    """The table that the first block of a file shows; None if it is no table."""
    head = first[: 4 * _HEAD].decode("utf-8", "replace")
    dialect = find_dialect(head[:_HEAD], len(head) < _HEAD, named=True)
    if dialect is None or dialect.share < 0.5 or dialect.columns > _WIDEST:
        return None
    return _Table(dialect, head[:_HEAD], definition)


class _Table:
    """One table while it is read: its names, and the row reached as a person would count it."""

    def __init__(self, dialect: Dialect, sample: str, definition: Definition | None = None) -> None:
        self.dialect = dialect
        rows = parse(sample, dialect.delimiter)
        top = [cell.strip() for cell in rows[dialect.start]]
        defined = definition.columns if definition is not None and len(definition.columns) == dialect.columns else ()
        named = [name.lower() for name in top] == [name.lower() for name in defined]
        defined = defined if named or dialect.header != "yes" else ()  # the file itself knows better
        self.name = definition.table if definition is not None and defined else ""
        self.names = list(defined) or (top if dialect.header != "no" else [])
        # A first row that may or may not be names is taken for both, so that no value is lost.
        self.skip = dialect.start + (named if defined else dialect.header == "yes")
        self.row = 1
        # One line of many values among short ones would fill a column for each with nothing.
        self._scissors = Scissors(dialect.delimiter, f'{dialect.delimiter} "' in sample, 2 * dialect.columns + 64)

    def beginnings(self, data: bytes, place: int) -> Iterator[int]:
        """Line ends before the place behind which records follow that are all as wide as the table."""
        for at in line_ends(data, place):
            firsts = self._scissors.cut(data, at, False, _PROOF).cells.firsts
            if len(firsts) > _PROOF and (np.diff(firsts) == self.dialect.columns).all():
                yield at

    def read(self, blocks: Iterable[bytes], ends: bool = True) -> Generator[Content, None, bytes]:
        """All records; what is cut off at the end of a block waits for the next, and is left over in the end.

        ``ends`` says that the file does with the last block.
        """
        rest = b""
        for block, last in _with_last(blocks):
            rest = yield from self._records(rest + block, last and ends)
            if len(rest) > _LONGEST_LINE:
                end = cut(rest, _LONGEST_LINE) or len(rest)
                yield from self._records(rest[:end], True)
                rest = rest[end:]
        return rest

    def _records(self, data: bytes, final: bool) -> Generator[Content, None, bytes]:
        """The records in ``data``; gives back what is not yet a whole one."""
        at = (yield from self._begin(data, final)) if self.row <= self.skip else 0
        while at < len(data):
            before = at
            cut_out = self._scissors.cut(data, at, final)
            yield from self._columns(cut_out, data)
            at = cut_out.end
            if cut_out.runaway:
                at = yield from self._by_line(data, at, final)
            if at == before:
                break
        return data[at:]

    def _begin(self, data: bytes, final: bool) -> Generator[Content, None, int]:
        """Pass over the header; what stands above it is text."""
        above = self._scissors.cut(data, 0, final, self.dialect.start + 1 - self.row)
        text = data[: above.end].decode("utf-8", "replace")
        if text.strip():
            yield Passage(text, "", self.row)
        self.row += above.cells.rows
        if self.dialect.start < self.row <= self.skip:
            header = self._scissors.cut(data, above.end, final, 1)
            self.row += header.cells.rows
            return header.end
        return above.end

    def _by_line(self, data: bytes, at: int, final: bool) -> Generator[Content, None, int]:
        """Lines of a record that does not close, in which quotes are plain characters."""
        end = data.find(b"\n", at + LONGEST_VALUE) + 1
        if not end and not final and len(data) - at <= _LONGEST_LINE:
            return at
        lines, done = data[at : end or len(data)], 0
        while done < len(lines):
            cut_out = self._scissors.cut(lines, done, True, quoted=False)
            yield from self._columns(cut_out, lines)
            done = cut_out.end
        return at + len(lines)

    def _columns(self, cut_out: Cut, data: bytes) -> Iterator[Content]:
        for first, start, end in cut_out.wide:
            yield Passage(data[start:end].decode("utf-8", "replace"), "", self.row + first)
        for first, arrays in cut_out.cells.columns():
            for index, values in enumerate(arrays):
                yield Column(self.name, self._name(index), index, values, self.row + first)
        self.row += cut_out.cells.rows

    def names_alone(self) -> Iterator[Content]:
        """Columns of a table without rows."""
        for index, name in enumerate(self.names):
            yield Column(self.name, name, index, string_array([]), self.row)

    def _name(self, index: int) -> str:
        return self.names[index] if index < len(self.names) else ""


def _with_last(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each block, and whether no other follows."""
    held = None
    for block in blocks:
        if held is not None:
            yield held, False
        held = block
    if held is not None:
        yield held, True
