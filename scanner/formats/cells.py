"""Values that were found in a block of UTF-8, row by row, as columns of Arrow: no Python object per value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_MOST_OFFSETS = 1 << 22
"""Rows are laid out in so many parts that their offsets stay within 16 MiB, however wide a ragged table is."""
SLACK = 16

QUOTED, DOUBLED, BACKSLASHED, COPIED, JSON = 1, 2, 3, 4, 5
"""How a value that is not plain is written: CSV with its quotes, SQL without and with backslashes, COPY, JSON."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where values stand in ``data``, and how many bytes each has once its escapes are undone; -1 is no value.

    ``firsts`` holds the first cell of each row, and one more; ``style`` says how values are written .
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    sizes: NDArray[np.int32]
    firsts: NDArray[np.int32]
    style: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.firsts) - 1

    @staticmethod
    def join(parts: list[Cells]) -> Cells:
        """Rows of the same data one behind the other."""
        if len(parts) == 1:
            return parts[0]
        starts, ends, sizes = (
            np.concatenate(arrays) for arrays in zip(*((p.starts, p.ends, p.sizes) for p in parts), strict=True)
        )
        widths = np.concatenate([np.diff(part.firsts) for part in parts])
        firsts = np.concatenate(([0], np.cumsum(widths))).astype(np.int32)
        return Cells(parts[0].data, starts, ends, sizes, firsts, parts[0].style)

    def columns(self) -> Iterator[tuple[int, list[pa.Array]]]:
        """Runs of rows as columns, each with the index of its first row; short rows are filled with nothing."""
        width = int(np.diff(self.firsts).max(initial=0))
        step = max(1, _MOST_OFFSETS // max(1, width))
        for row in range(0, self.rows, step):
            yield row, self._laid_out(self.firsts[row : row + step + 1], width)

    def _laid_out(self, firsts: NDArray[np.int32], width: int) -> list[pa.Array]:
        from scanner.formats.cellkernels import lay_out, measure

        rows = len(firsts) - 1
        totals, nulls = np.zeros(width, np.int64), np.zeros(width, np.int64)
        measure(self.sizes, firsts, totals, nulls)
        begins = np.concatenate(([0], np.cumsum(totals + SLACK)))
        out = np.empty(int(begins[-1]), np.uint8)
        offsets = np.zeros((width, rows + 1), np.int32)
        valid = np.zeros((width, (rows + 7) // 8), np.uint8)
        cursors = begins[:-1].copy()
        lay_out(self.data, self.starts, self.ends, self.sizes, firsts, self.style, cursors, nulls, out, offsets, valid)
        values = pa.py_buffer(out)
        return [
            pa.StringArray.from_buffers(
                rows,
                pa.py_buffer(offsets[column]),
                values.slice(int(begins[column]), int(totals[column])),
                pa.py_buffer(valid[column]) if nulls[column] else None,
                int(nulls[column]),
            )
            for column in range(width)
        ]
