"""DIF, the data interchange format of VisiCalc, which spreadsheets and programs of management still write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.linesheets import read_lines
from scanner.formats.sheetrows import WIDEST, SheetRows
from scanner.model import Content

LONGEST = 1 << 20
"""Characters of a text that goes on over lines; beyond, it is one that was never closed."""
LONGEST_NAME = 16
"""Of what stands in the head."""
_PAIR = re.compile(r"\s*(-?1|0)\s*,\s*([-+0-9.,eE ]*)")
_EMPTY = frozenset({"NA", "NULL"})


class DifReader:
    """Cells of DIF as columns; its title, labels and comments as text."""

    name: ClassVar[str] = "dif"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-dif"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """The head, then rows in runs."""
        return read_lines(source, _Sheet())


class _Sheet:
    """Pairs of lines: a type with a number, then a text; in the head, a name stands before each pair."""

    def __init__(self) -> None:
        self.rows = SheetRows()
        self.aside: list[str] = []
        self.ended = False
        self._topic = ""
        self._body = False
        self._pair: tuple[str, str] | None = None
        self._text = ""
        self._row: list[str] = []

    def take(self, line: str) -> None:
        """One line."""
        if self.ended:
            self._leave(line)
        elif self._pair is None:
            self._open(line)
        else:
            self._text += ("\n" if self._text else "") + line
            if not _goes_on(self._text):
                self._close(*self._pair, _unquoted(self._text))
                self._pair, self._text = None, ""

    def close(self) -> None:
        """What the file leaves open is kept as it is."""
        self._leave(self._text if self._pair is None else f"{self._pair[1]}\n{self._text}")
        self._end_row()
        self.rows.flush()

    def _open(self, line: str) -> None:
        """A type with its number; whatever else stands there is the name of what follows, or lost."""
        found = _PAIR.fullmatch(line)
        if found:
            self._pair = (found[1], found[2].strip())
        else:
            self._topic = line.strip().upper()
            self._leave(line if self._body or len(line) > LONGEST_NAME else "")

    def _close(self, kind: str, number: str, text: str) -> None:
        if not self._body:
            self._leave(text)
            self._body = self._topic == "DATA"
        elif kind == "-1":
            self._end_row()
            self.ended = text.strip().upper() == "EOD"
        elif len(self._row) >= WIDEST:
            self._leave(text if kind == "1" else number)
        else:
            self._row.append(text if kind == "1" else _number(number, text.strip().upper()))

    def _end_row(self) -> None:
        if self._row:
            self.rows.add(self._row)
        self._row = []

    def _leave(self, text: str) -> None:
        if text.strip():
            self.aside.append(text)


def _goes_on(text: str) -> bool:
    """Whether a quoted text is not closed yet: between its first quote and its last, quotes are doubled."""
    return text.startswith('"') and text.count('"') % 2 == 1 and len(text) < LONGEST


def _unquoted(text: str) -> str:
    return text[1:].removesuffix('"').replace('""', '"') if text.startswith('"') else text


def _number(number: str, indicator: str) -> str:
    """A number as it is written; truth and what is no value say so in the line below."""
    if indicator in _EMPTY:
        return ""
    return indicator.lower() if indicator in ("TRUE", "FALSE") else number
