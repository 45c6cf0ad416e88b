"""One dump as it streams: text until rows begin, rows until they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from scanner.formats.blocks import decoded
from scanner.model import Content, Passage
from scanner.readers.sqldump.headers import COPY, DATA, INSERT, Header, find_tables, read_header
from scanner.readers.sqldump.tables import Tables
from scanner.readers.sqldump.values import Rows, cut_one, cut_rows

_BLOCK = 4 << 20
_HEADER = 1 << 16
"""No header is longer than this."""
_LONGEST_ROW = 64 << 20
_TEXT = 1 << 20
# Most statements are short, and many dumps have one row in each: look at little first.
_WINDOWS = (1 << 12, 1 << 16, 1 << 20)
_STANDARD = (
    b"PostgreSQL database dump",
    b"standard_conforming_strings = on",
    b"PRAGMA foreign_keys",
    b"[dbo]",
    b"\nGO",
)


_ENDS = (b";\n", b";\r\n", b"\n", b"\r\n", b"\nGO\n", b"\r\nGO\r\n")
"""What stands between statements; SQL Server has no semicolon."""


class Dump:
    """The bytes in hand, and whether they are text, rows of an INSERT or lines of a COPY."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._blocks = (text.encode("utf-8", "replace") for text in decoded(stream, encoding, _BLOCK))
        self._data = b""
        self._at = 0
        self._line = 1
        self._final = False
        self._tables = Tables()
        self._header = Header("", ())
        self._again = b""
        self._backslashes = True
        self._step: Callable[[], Iterator[Content]] = self._text
        self._stuck = False
        self._goes_on = False
        self._widths: dict[Header, int] = {}

    def read(self) -> Iterator[Content]:
        """Everything in the dump, in order, but for rows, which wait until there are many."""
        self._more()
        # The head says which product wrote the dump, and so what a backslash means.
        self._backslashes = not any(sign in self._data[:_HEADER] for sign in _STANDARD)
        while True:
            self._stuck = False
            yield from self._step()
            if self._at >= len(self._data) or self._stuck:
                if self._final and self._at >= len(self._data):
                    break
                self._more()
        yield from self._tables.flush()

    def _more(self) -> None:
        block = next(self._blocks, None)
        self._final = block is None
        self._line += self._data.count(b"\n", 0, self._at)
        self._data = self._data[self._at :] + (block or b"")
        self._at = 0

    def _passage(self, end: int) -> Iterator[Content]:
        """Give out bytes up to ``end`` as text, and learn the tables that they define."""
        text = self._data[self._at : end]
        if text.strip(b"; \t\r\n"):
            for header in find_tables(text):
                self._tables.define(header)
            line = self._line + self._data.count(b"\n", 0, self._at)
            yield Passage(text.decode("utf-8", "replace"), "", line)
        self._at = end

    def _text(self) -> Iterator[Content]:
        """Text up to the next header, or up to the last statement that is complete."""
        search = self._at
        while (found := DATA.search(self._data, search)) is not None:
            start = found.start(1)
            match = INSERT.match(self._data, start, start + _HEADER) or COPY.match(self._data, start, start + _HEADER)
            if match:
                yield from self._passage(start)
                yield from self._enter(match)
                return
            if len(self._data) - start < _HEADER and not self._final:
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
        return end if end > 1 else (self._data.rfind(b"\n", self._at) + 1 or max(self._at, len(self._data) - _HEADER))

    def _enter(self, match: Any) -> Iterator[Content]:
        self._header = read_header(match.group(1), match.group(2))
        if match.re is INSERT:
            self._again = match.group()[:-1]
            self._at = match.end() - 1
            self._step, self._goes_on = self._rows, False
        elif b"csv" in match.group(3).lower() or b"binary" in match.group(3).lower():
            yield from self._passage(match.end())
        else:
            self._at = match.end()
            self._step = self._lines

    def _rows(self) -> Iterator[Content]:
        """Rows of a VALUES list, also of the like statements that follow it."""
        rows = self._window()
        if rows.count:
            width = self._widths[self._header] = len(self._header.columns) or rows.width
            yield from self._tables.add(self._header, width, rows.records, rows.count)
        self._at += rows.consumed
        if rows.ended:
            self._step = self._text
        elif self._final or len(self._data) - self._at > _LONGEST_ROW:
            yield from self._passage(len(self._data))
            self._step = self._text
        else:
            self._stuck = self._goes_on = True

    def _window(self) -> Rows:
        """Rows in as little of the data as holds the end of the list."""
        one = None if self._goes_on else cut_one(self._data, self._at, self._widths.get(self._header, 0))
        if (
            one
            and self._data.find(self._again, self._at + one.consumed, self._at + one.consumed + len(self._again) + 8)
            < 0
        ):
            return one
        left = len(self._data) - self._at
        for size in (left,) if self._goes_on else (*_WINDOWS, left):
            window = self._data[self._at : self._at + size]
            if self._again in window:
                # The next statement with the same header only goes on with the list.
                for end in _ENDS:
                    window = window.replace(end + self._again, b",".ljust(len(end + self._again)))
            rows = cut_rows(window, self._backslashes)
            # A statement that ends near the end of the window may be followed by one like it.
            near = rows.consumed + len(self._again) + 8 > len(window)
            if size >= left or (rows.ended and not near):
                return rows
        return rows

    def _lines(self) -> Iterator[Content]:
        """Lines of a COPY, up to the one that ends them."""
        data, at = self._data, self._at
        end = at if data.startswith(b"\\.", at) else data.find(b"\n\\.", at) + 1
        ended = end > 0 or data.startswith(b"\\.", at)
        if not ended:
            end = len(data) if self._final else data.rfind(b"\n", at) + 1
        if end > at:
            lines = data[at:end].removesuffix(b"\n").replace(b"\r\n", b"\n") + b"\n"
            width = len(self._header.columns) or lines[: lines.find(b"\n")].count(b"\t") + 1
            yield from self._tables.add(self._header, width, lines, lines.count(b"\n"), copied=True)
            self._at = end
        if ended:
            self._at += 2
            self._step = self._text
        elif len(data) - self._at > _LONGEST_ROW:
            yield from self._passage(len(data))
        else:
            self._stuck = True
