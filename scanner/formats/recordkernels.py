"""Finds the cells of delimited text as the csv module does, compiled: quotes, doubled quotes, records over lines."""

# ruff: noqa: PLR0912, PLR0915 - compiled loops are flat by nature: a call that costs nothing in Python costs here
from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.formats.escapes import Bytes

DONE, FULL, RUNAWAY = 0, 1, 2
NO_QUOTE = -1


@numba.njit(cache=True, nogil=True, inline="always")
def _line_end(data: Bytes, at: int) -> int:
    """Behind the line end that begins at ``at``."""
    return at + 2 if data[at] == 13 and at + 1 < len(data) and data[at + 1] == 10 else at + 1


@numba.njit(cache=True, nogil=True)
def _quoted(data: Bytes, at: int, delimiter: int, quote: int, longest: int) -> tuple[int, int, int]:
    """Of the value whose opening quote is at ``at``: where it ends, its size, and where its plain inside ends or -1.

    The end is -1 when the quote is not closed within ``longest`` bytes, and the end of the data when that comes first.
    """
    n = len(data)
    k = at + 1
    doubled = 0
    while True:
        while k < n and data[k] != quote:
            k += 1
        if k - at > longest:
            return -1, 0, -1
        if k >= n:
            return n, n - at - 1 - doubled, -1
        if k + 1 < n and data[k + 1] == quote:
            doubled += 1
            k += 2
            continue
        break
    inside = k
    k += 1
    while k < n and data[k] != delimiter and data[k] != 10 and data[k] != 13:
        k += 1
    return k, k - at - 2 - doubled, inside if k == inside + 1 and not doubled else -1


@numba.njit(cache=True, nogil=True)
def cut_records(
    data: Bytes,
    at: int,
    final: bool,
    delimiter: int,
    quote: int,
    spaced: bool,
    bound: int,
    longest: int,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    sizes: NDArray[np.int32],
    firsts: NDArray[np.int32],
    wide: NDArray[np.int32],
) -> tuple[int, int, int, int, int]:
    """Rows, cells, wide rows, where the first record that is not cut begins, and why the loop ended there.

    A row of more than ``bound`` cells is left empty and its number, start and end put into ``wide``. ``DONE``: the
    data ended (in the middle of a record, unless ``final``); ``FULL``: an array did; ``RUNAWAY``: a value in quotes
    is longer than ``longest``.
    """
    n = len(data)
    rows = cells = wides = 0
    firsts[0] = 0
    record = at
    while record < n:
        if rows + 1 >= len(firsts) or cells + bound >= len(starts) or wides >= len(wide):
            return rows, cells, wides, record, FULL
        k = record
        count = 0
        if data[k] == 10 or data[k] == 13:
            if data[k] == 13 and k + 1 >= n and not final:
                return rows, cells, wides, record, DONE
            rows += 1
            firsts[rows] = cells
            record = _line_end(data, k)
            continue
        while True:
            while spaced and k < n and data[k] == 32:
                k += 1
            start = k
            if k < n and data[k] == quote:
                end, size, inside = _quoted(data, k, delimiter, quote, longest)
                if end < 0:
                    return rows, cells, wides, record, RUNAWAY
                k = end
                if inside >= 0:
                    start, end = start + 1, inside
            else:
                while k < n and data[k] != delimiter and data[k] != 10 and data[k] != 13:
                    k += 1
                end, size = k, k - start
            if k >= n and not final:
                return rows, cells, wides, record, DONE
            if count < bound:
                starts[cells + count] = start
                ends[cells + count] = end
                sizes[cells + count] = size
            count += 1
            if k < n and data[k] == delimiter:
                k += 1
                continue
            break
        if k < n and data[k] == 13 and k + 1 >= n and not final:
            return rows, cells, wides, record, DONE
        after = _line_end(data, k) if k < n else n
        if count > bound:
            wide[wides, 0] = rows
            wide[wides, 1] = record
            wide[wides, 2] = k
            wides += 1
        else:
            cells += count
        rows += 1
        firsts[rows] = cells
        record = after
    return rows, cells, wides, record, DONE
