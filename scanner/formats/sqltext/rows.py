"""Rows of a VALUES list and lines of a COPY, as cells of the block in hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.formats.cells import BACKSLASHED, COPIED, DOUBLED, Cells
from scanner.formats.records import Cut, Scissors

_CELLS = 1 << 20


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one width from the list in hand, and the offset behind them.

    ``ended`` says that no row follows, ``more`` that the data ends before that can be known; otherwise more rows do.
    """

    cells: Cells
    width: int
    end: int
    ended: bool
    more: bool


class Cutter:
    """Cuts rows; ``backslashes`` says whether they escape, as in MySQL."""

    def __init__(self) -> None:
        self.backslashes = True
        self._found = np.empty((3, _CELLS), np.int32)
        self._lines = Scissors("\t", False, 0, COPIED)

    def cut(self, data: NDArray[np.uint8], at: int, first: bool, again: bytes) -> Rows:
        """Rows of one width from ``at`` on, where the list begins or goes on; ``again`` begins statements like it."""
        from scanner.formats.sqltext.rowkernels import ENDED, FULL, MORE, cut_values

        starts, ends, sizes = self._found
        like = np.frombuffer(again, np.uint8)
        rows, width, end, why = cut_values(data, at, first, like, self.backslashes, starts, ends, sizes)
        starts, ends, sizes = self._found[:, : rows * width].copy()
        firsts = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
        cells = Cells(data, starts, ends, sizes, firsts, BACKSLASHED if self.backslashes else DOUBLED)
        # A row that fills the arrays alone is no row of a table.
        return Rows(cells, width, end, why == ENDED or (why == FULL and not rows), why == MORE)

    def cut_lines(self, data: NDArray[np.uint8], at: int, end: int, width: int) -> Cut:
        """Lines of COPY, which are cut at ``end``, with tabs between their values."""
        from scanner.formats.sqltext.rowkernels import undo_copy

        self._lines.bound = 2 * width + 64
        lines = self._lines.cut(data[:end], at, True, quoted=False)
        found = lines.cells
        if (data[at:end] == ord("\\")).any():
            undo_copy(data, found.starts, found.ends, found.sizes)
        # The scissors' arrays serve again; these rows wait.
        cells = Cells(
            data, found.starts.copy(), found.ends.copy(), found.sizes.copy(), found.firsts.copy(), found.style
        )
        return Cut(cells, lines.wide, lines.end, lines.runaway)
