"""Records of delimited text, cut from blocks of UTF-8 as the csv module would, into cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.formats.cells import QUOTED, Cells

LONGEST_VALUE = 1 << 20
"""A quote that is never closed would swallow the rest of the file: past this it is taken for a plain character."""
_CELLS = 1 << 19
_ROWS = 1 << 17
_WIDE = 256


@dataclass(frozen=True, slots=True)
class Cut:
    """Records as cells, until the next cut; those with too many are empty rows, named in ``wide`` with their bytes.

    ``end`` is where the first record begins that was not cut, ``runaway`` says that it has a quote that does not close.
    """

    cells: Cells
    wide: list[tuple[int, int, int]]
    end: int
    runaway: bool


class Scissors:
    """Cuts records of one dialect; ``spaced`` is for spaces before quotes, ``bound`` the most cells of a record.

    ``style`` says how the values are written, as in ``Cells``.
    """

    def __init__(self, delimiter: str, spaced: bool, bound: int, style: int = QUOTED) -> None:
        self._delimiter = ord(delimiter)
        self._spaced = spaced
        self.bound = bound
        self._style = style
        self._found = np.empty((3, _CELLS), np.int32)
        self._firsts = np.empty(_ROWS + 1, np.int32)
        self._wide = np.empty((_WIDE, 3), np.int32)

    def cut(self, data: bytes | NDArray[np.uint8], at: int, final: bool, most: int = _ROWS, quoted: bool = True) -> Cut:
        """Up to ``most`` records from ``at`` on; one that touches the end of ``data`` only when that is ``final``."""
        from scanner.formats.recordkernels import NO_QUOTE, RUNAWAY, cut_records

        array = np.frombuffer(data, np.uint8)
        firsts = self._firsts[: most + 1]
        starts, ends, sizes = self._found
        quote = ord('"') if quoted else NO_QUOTE
        rows, cells, wides, end, why = cut_records(
            array, at, final, self._delimiter, quote, self._spaced, self.bound, LONGEST_VALUE,
            starts, ends, sizes, firsts, self._wide,
        )  # fmt: skip
        found = Cells(array, starts[:cells], ends[:cells], sizes[:cells], firsts[: rows + 1], self._style)
        return Cut(found, [tuple(row) for row in self._wide[:wides].tolist()], end, why == RUNAWAY)
