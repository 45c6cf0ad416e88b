"""One dump as it streams: text until rows begin, rows until they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from scanner.formats.blocks import Blocks, encoded
from scanner.formats.sqltext.definitions import find_definitions
from scanner.formats.sqltext.headers import COPY, DATA, INSERT, Header, read_header
from scanner.formats.sqltext.rows import Cutter
from scanner.formats.sqltext.tables import Tables
from scanner.model import Content, Passage, Passed

BLOCK = 4 << 20
HEADER = 1 << 16
"""No header is longer than this."""
_LONGEST_ROW = 64 << 20
_TEXT = 1 << 20
_STANDARD = (
    b"PostgreSQL database dump",
    b"standard_conforming_strings = on",
    b"[dbo]",
    b"\nGO",
)


_SQLITE = b"PRAGMA foreign_keys"

Defined = tuple[tuple[str, tuple[str, ...]], ...]
"""Tables and their columns, as a value."""


def escapes_by_backslash(first: bytes) -> bool:
    """What a backslash means: the head says which product wrote the dump."""
    return not (is_sqlite(first) or any(sign in first[:HEADER] for sign in _STANDARD))


def is_sqlite(first: bytes) -> bool:
    """Whether SQLite, or the driver of Python that does as it does, wrote the dump."""
    return _SQLITE in first[:HEADER] or first.lstrip().startswith(b"BEGIN TRANSACTION;")


def defined(tables: dict[str, tuple[str, ...]]) -> Defined:
    """Definitions as a value."""
    return tuple(sorted(tables.items()))


class Dump:
    """The bytes in hand, and whether they are text, rows of an INSERT or lines of a COPY."""

    def __init__(self, stream: Blocks, encoding: str, ends: bool = True) -> None:
        self._blocks = encoded(stream, encoding, BLOCK)
        self._ends = ends
        self._over = False
        self._data = b""
        self._array = np.frombuffer(b"", np.uint8)
        self._at = 0
        self._line = 1
        self._final = False
        self._tables = Tables()
        self._header = Header("", ())
        self._again = b""
        self._cutter = Cutter()
        self._step: Callable[[], Iterator[Content]] = self._text
        self._stuck = False
        self._begins = False

    def read(self, known: Defined = ()) -> Iterator[Content]:
        """Everything in the dump, in order, but for rows, which wait until there are many."""
        self._more()
        self._tables.defined = dict(known)
        self._learn(self._data)
        yield from self._all()

    def read_section(self, first: bytes, known: Defined) -> Iterator[Content | Passed]:
        """What begins with a statement, in a dump whose first bytes and definitions up to there are known."""
        self._more()
        self._learn(first)
        self._tables.defined = dict(known)
        yield from self._all()
        rows = {table: (1, count + 1) for table, count in self._tables.rows.items()}
        line = self._line + self._data.count(b"\n")
        fits = self._ends or self._between()
        del self._step  # it refers back to this, which would keep all of it in memory for a while
        yield Passed(fits, (1, line), rows, defined(self._tables.defined))

    def _learn(self, first: bytes) -> None:
        """What the head says of how values are written."""
        self._cutter.backslashes = escapes_by_backslash(first)
        self._tables.measured = is_sqlite(first)

    def _all(self) -> Iterator[Content]:
        while True:
            self._stuck = False
            yield from self._step()
            if self._at >= len(self._data) or self._stuck:
                if self._over or (self._final and self._at >= len(self._data)):
                    break
                yield from self._tables.flush()  # cells are of the block in hand
                self._more()
        yield from self._tables.flush()
        yield from self._tables.rest()

    def _between(self) -> bool:
        """Whether what was read ends where a statement does."""
        rest = self._data[self._at :].strip()
        return not rest if self._step == self._text else rest == b";" and self._step == self._rows

    def _more(self) -> None:
        block = next(self._blocks, None)
        self._over = block is None and not self._ends
        self._final = block is None and self._ends
        self._line += self._data.count(b"\n", 0, self._at)
        self._data = self._data[self._at :] + (block or b"")
        self._array = np.frombuffer(self._data, np.uint8)
        self._at = 0

    def _passage(self, end: int) -> Iterator[Content]:
        """Give out bytes up to ``end`` as text, and learn the tables that they define."""
        text = self._data[self._at : end]
        if text.strip(b"; \t\r\n"):
            for definition in find_definitions(text):
                if definition.columns:
                    self._tables.define(Header(definition.table, definition.columns))
                yield definition
            line = self._line + self._data.count(b"\n", 0, self._at)
            yield Passage(text.decode("utf-8", "replace"), "", line)
        self._at = end

    def _text(self) -> Iterator[Content]:
        """Text up to the next header, or up to the last statement that is complete."""
        search = self._at
        while (found := DATA.search(self._data, search)) is not None:
            start = found.start(1)
            match = INSERT.match(self._data, start, start + HEADER) or COPY.match(self._data, start, start + HEADER)
            if match:
                yield from self._passage(start)
                yield from self._enter(match)
                return
            if len(self._data) - start < HEADER and not self._final:
                yield from self._passage(start)
                self._stuck = True
                return
            search = start + 4
        yield from self._passage(self._complete())
        self._stuck = True

    def _complete(self) -> int:
        """Where the last whole statement, or at least line, ends."""
        if self._final:
            return len(self._data)
        floor = max(self._at, len(self._data) - _TEXT)
        end = self._data.rfind(b";\n", floor) + 2
        return end if end > 1 else (self._data.rfind(b"\n", self._at) + 1 or max(self._at, len(self._data) - HEADER))

    def _enter(self, match: Any) -> Iterator[Content]:
        self._header = read_header(match.group(1), match.group(2))
        if match.re is INSERT:
            self._again = match.group()[:-1]
            self._at = match.end() - 1
            self._step, self._begins = self._rows, True
        elif b"csv" in match.group(3).lower() or b"binary" in match.group(3).lower():
            yield from self._passage(match.end())
        else:
            self._at = match.end()
            self._step = self._lines

    def _rows(self) -> Iterator[Content]:
        """Rows of a VALUES list, also of the like statements that follow it."""
        rows = self._cutter.cut(self._array, self._at, self._begins, self._again)
        if rows.cells.rows:
            yield from self._tables.add(self._header, rows.width, rows.cells, rows.end - self._at)
            self._at, self._begins = rows.end, False
        if rows.ended:
            self._step = self._text
        elif rows.more and (self._final or len(self._data) - self._at > _LONGEST_ROW):
            yield from self._passage(len(self._data))
            self._step = self._text
        elif rows.more:
            self._stuck = True

    def _lines(self) -> Iterator[Content]:
        """Lines of a COPY, up to the one that ends them."""
        data, at = self._data, self._at
        end = at if data.startswith(b"\\.", at) else data.find(b"\n\\.", at) + 1
        ended = end > 0 or data.startswith(b"\\.", at)
        if not ended:
            end = len(data) if self._final else data.rfind(b"\n", at) + 1
        if end > at:
            yield from self._copied(end)
        if ended:
            self._at += 2
            self._step = self._text
        elif len(data) - self._at > _LONGEST_ROW:
            yield from self._passage(len(data))
        else:
            self._stuck = True

    def _copied(self, end: int) -> Iterator[Content]:
        width = len(self._header.columns) or self._data.count(b"\t", self._at, self._data.find(b"\n", self._at)) + 1
        while self._at < end:
            lines = self._cutter.cut_lines(self._array, self._at, end, width)
            for _, start, stop in lines.wide:
                yield Passage(self._data[start:stop].decode("utf-8", "replace"), "", 0)
            yield from self._tables.add(self._header, width, lines.cells, lines.end - self._at)
            self._at = lines.end
