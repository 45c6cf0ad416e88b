"""Rows of a sheet as its cells come by, given out as runs of columns under the header that the first rows show."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.formats.blocks import string_array
from scanner.formats.headers import find_header
from scanner.model import Column, Content, Passage

ROWS = 20_000
"""Rows of a run of columns."""
CELLS = 1 << 21
"""Cells of a run, so that rows with one value in the last column of all take no memory."""
LOOKED_AT = 40
REPEATED = 256
"""Rows without values are kept as such up to this many; beyond, only their number counts."""
WIDEST = 16_384
"""Columns of the widest sheet that any program makes."""


class SheetRows:
    """Takes the rows of one sheet after the other; titles above a header come out as text."""

    def __init__(self, sheet: str = "") -> None:
        self._rows: list[list[str]] = []
        self._held = 0
        self._done: list[Content] = []
        self.begin(sheet)

    @property
    def coming(self) -> int:
        """The number of the row that is to come, from 1."""
        return self._number + len(self._rows)

    def begin(self, sheet: str) -> None:
        """Another sheet."""
        self.flush()
        self._sheet, self._number = sheet, 1
        self._names: tuple[str, ...] | None = None

    def add(self, row: list[str], times: int = 1) -> None:
        """A row, as often as it stands there; what is not kept of it still counts."""
        kept = min(times, REPEATED if any(row) else 0)
        self._rows += [row] * kept
        self._held += len(row) * kept
        self.pass_over(times - kept)
        if len(self._rows) >= ROWS or self._held >= CELLS:
            self.flush()

    def pass_over(self, rows: int) -> None:
        """Rows that hold nothing, so that those behind them keep their numbers."""
        if 0 < rows <= REPEATED:
            self._rows += [[]] * rows
        elif rows > 0:
            if any(map(any, self._rows)):
                self.flush()
            self._number += rows + len(self._rows)
            self._rows = []

    def go(self, row: int) -> None:
        """To the row of this number, back too."""
        if row < self.coming:
            self.flush()
            self._number = row
        self.pass_over(row - self.coming)

    def take(self) -> Iterator[Content]:
        """What is complete."""
        done, self._done = self._done, []
        yield from done

    def flush(self) -> None:
        """Make columns of the rows in hand."""
        rows, self._rows, self._held = self._rows, [], 0
        if not rows:
            return
        start = self._number
        self._number += len(rows)
        if self._names is None:
            rows, start = self._head(rows, start)
        width = max((len(row) for row in rows if any(row)), default=0)
        names = self._names or ()
        for index in range(width):
            values = [row[index] or None if index < len(row) else None for row in rows]
            if any(values):
                name = names[index] if index < len(names) else ""
                self._done.append(Column(self._sheet, name, index, string_array(values), start, grid=True))

    def _head(self, rows: list[list[str]], start: int) -> tuple[list[list[str]], int]:
        """Rows without their titles and names, which are text."""
        found = find_header(rows[:LOOKED_AT])
        self._names = found.names
        keep = found.start - found.doubtful
        titles = [cell for row in rows[: found.titles] for cell in row if cell]
        if titles:
            self._done.append(Passage("\n".join(titles), self._sheet))
        return rows[keep:], start + keep
