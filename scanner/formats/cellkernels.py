"""The compiled half of ``cells``: values of rows copied together into columns, in one pass over the rows."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.formats.escapes import Bytes, copy_escaped, copy_plain

Offsets = NDArray[np.int32]


@numba.njit(cache=True, nogil=True)
def measure(sizes: Offsets, firsts: Offsets, totals: NDArray[np.int64], nulls: NDArray[np.int64]) -> None:
    """Bytes and missing values of each column; ``firsts`` holds the first cell of each row, and where the last ends."""
    width = len(totals)
    for row in range(len(firsts) - 1):
        first = firsts[row]
        count = min(firsts[row + 1] - first, width)
        for column in range(count):
            size = sizes[first + column]
            if size < 0:
                nulls[column] += 1
            else:
                totals[column] += size
        for column in range(count, width):
            nulls[column] += 1


@numba.njit(cache=True, nogil=True)
def lay_out(
    data: Bytes,
    starts: Offsets,
    ends: Offsets,
    sizes: Offsets,
    firsts: Offsets,
    style: int,
    cursors: NDArray[np.int64],
    holes: NDArray[np.int64],
    out: Bytes,
    offsets: NDArray[np.int32],
    valid: NDArray[np.uint8],
) -> None:
    """Copy each value behind those above it; ``cursors`` says where columns begin in ``out``, and is moved.

    ``offsets`` has a row for each column, as has ``valid``, in bits, for columns with ``holes``.
    """
    width = len(cursors)
    begins = cursors.copy()
    for row in range(len(firsts) - 1):
        first = firsts[row]
        count = firsts[row + 1] - first
        for column in range(width):
            cell = first + column
            if column < count and sizes[cell] >= 0:
                start, size, at = np.int64(starts[cell]), np.int64(sizes[cell]), cursors[column]
                if size == ends[cell] - start:
                    cursors[column] = copy_plain(data, start, size, out, at)
                else:
                    cursors[column] = copy_escaped(data, start, ends[cell], style, out, at)
                if holes[column]:
                    valid[column, row >> 3] |= np.uint8(1 << (row & 7))
            offsets[column, row + 1] = cursors[column] - begins[column]


@numba.njit(cache=True, nogil=True)
def gather(
    data: Bytes,
    starts: Offsets,
    ends: Offsets,
    sizes: Offsets,
    columns: Offsets,
    style: int,
    begins: NDArray[np.int64],
    cursors: NDArray[np.int64],
    slots: NDArray[np.int64],
    out: Bytes,
    offsets: NDArray[np.int32],
) -> None:
    """Copy each value to the column that it names; what is in ``begins`` moves on in ``cursors``.

    ``slots`` says where the last offset of each column is, and moves on too.
    """
    for cell in range(len(starts)):
        column = columns[cell]
        start, size, at = np.int64(starts[cell]), np.int64(sizes[cell]), cursors[column]
        if size == ends[cell] - start:
            cursors[column] = copy_plain(data, start, size, out, at)
        else:
            cursors[column] = copy_escaped(data, start, ends[cell], style, out, at)
        slots[column] += 1
        offsets[slots[column]] = cursors[column] - begins[column]
