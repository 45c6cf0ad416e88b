"""SYLK, the tables in text that Multiplan wrote and that Excel and accounting programs still exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.linesheets import read_lines
from scanner.formats.sheetrows import WIDEST, SheetRows
from scanner.formats.sylktext import unescape
from scanner.model import Content

CELLS = 400_000
"""Cells in hand: within them, rows may come in any order."""
AREA = 50_000_000
"""Cells that those in hand may span, empty ones included; beyond, they are text."""
LAST = 1 << 24
_DULL = frozenset({"ID", "P", "B", "O", "W", "E"})
_FIRST_DAY = datetime(1899, 12, 30)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class SylkReader:
    """Cells of SYLK as columns, dates as such; comments, names and formulas with words in them as text."""

    name: ClassVar[str] = "sylk"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-sylk"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Rows in runs, then what is in no cell."""
        return read_lines(source, _Sheet())


class _Sheet:
    """The place that the records have come to, and the cells in hand."""

    def __init__(self) -> None:
        self.rows = SheetRows()
        self.aside: list[str] = []
        self.ended = False
        self._formats: list[bool] = []
        self._x = self._y = 1
        self._day: tuple[int, int] | None = None
        self._cells: dict[int, dict[int, str]] = {}
        self._count = 0

    def take(self, line: str) -> None:
        """One record: a letter or two, then fields that begin with a letter each."""
        kind, *fields = _parted(line)
        if kind == "C":
            self._cell(fields)
        elif kind == "F":
            self._form(fields)
        elif kind == "P":
            self._formats += [_is_day(field[1:]) for field in fields[:1] if field[:1] == "P"]
        elif kind not in _DULL and line.strip():
            self.aside.append(unescape(line))
        self.ended = kind == "E" or (self.ended and not line.strip())

    def close(self) -> None:
        """The cells in hand, and the rows that they make."""
        self.flush()
        self.rows.flush()

    def flush(self) -> None:
        """The cells in hand, row by row."""
        if sum(map(max, self._cells.values())) > AREA:
            self.aside += [value for row in self._cells.values() for value in row.values()]
            self._cells = {}
        for number in sorted(self._cells):
            row = self._cells[number]
            self.rows.go(number)
            self.rows.add([row.get(x, "") for x in range(1, max(row) + 1)])
        self._cells, self._count = {}, 0

    def _go(self, field: str) -> None:
        if field[:1] == "X" and field[1:].isdecimal():
            self._x = int(field[1:][:9])
        elif field[:1] == "Y" and field[1:].isdecimal():
            self._y = min(int(field[1:][:9]), LAST)

    def _form(self, fields: list[str]) -> None:
        """The format of a cell stands before it."""
        day = None
        for field in fields:
            self._go(field)
            if field[:1] == "P" and field[1:].isdecimal():
                day = int(field[1:][:9])
        is_day = day is not None and day < len(self._formats) and self._formats[day]
        self._day = (self._x, self._y) if is_day else None

    def _cell(self, fields: list[str]) -> None:
        value = ""
        for field in fields:
            mark = field[:1]
            if mark == "K":
                value = _value(field[1:])
            elif mark == "A" or (mark == "E" and '"' in field):
                self.aside.append(unescape(field[1:]))
            else:
                self._go(field)
        if not value:
            return
        if not 0 < self._x <= WIDEST or not self._y:
            self.aside.append(value)
            return
        self._cells.setdefault(self._y, {})[self._x] = _day(value) if self._day == (self._x, self._y) else value
        self._count += 1
        if self._count >= CELLS:
            self.flush()


def _parted(line: str) -> list[str]:
    """Fields of a record; a semicolon inside one is doubled."""
    if ";;" not in line:
        return line.split(";")
    return [part.replace("\0", ";") for part in line.replace(";;", "\0").split(";")]


def _value(text: str) -> str:
    if text[:1] == '"':
        text = text[1:].removesuffix('"').replace('""', '"')
    return unescape(text) if "\x1b" in text else text


def _is_day(form: str) -> bool:
    """Whether a format shows a day: its year, or its day with a month."""
    letters = set(_QUOTED.sub("", form).lower())
    return "y" in letters or {"d", "m"} <= letters or {"j", "m"} <= letters


def _day(value: str) -> str:
    """The day that a number of days stands for."""
    try:
        moment = _FIRST_DAY + timedelta(days=float(value))
    except (ValueError, OverflowError):
        return value
    return moment.isoformat(" ", "seconds") if moment.time().isoformat() != "00:00:00" else moment.date().isoformat()
