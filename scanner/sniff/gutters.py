"""Tables whose columns stand one under the other, with blanks between them: lists of old programs, spooled queries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LINES = 200
LEAST = 3
"""Lines, and columns, that make a table."""
WIDEST = 2000


def find_gutters(text: str) -> list[int]:
    """Where each column begins, in characters, or nothing when the lines are no table."""
    lines = [line.rstrip() for line in text.split("\n", LINES + 1)[:LINES]]
    filled = [line for line in lines if line]
    if len(filled) < LEAST or "\t" in text[: 1 << 14] or max(map(len, filled)) > WIDEST:
        return []
    starts = _starts(filled)
    if len(starts) < LEAST or not _agree(filled, starts):
        return []
    return starts


def _starts(lines: Sequence[str]) -> list[int]:
    """First characters of columns: behind two blanks or more that stand in every line."""
    width = max(map(len, lines)) + 1
    cells = np.array([line.ljust(width) for line in lines]).view(np.uint32).reshape(len(lines), width)
    blank = np.concatenate([[True, True], (cells == 32).all(axis=0)])
    return np.flatnonzero(blank[:-2] & blank[1:-1] & ~blank[2:]).tolist()


def _agree(lines: Sequence[str], starts: list[int]) -> bool:
    """Prose has no such gaps; drawings and code do, but leave most cells empty or begin them anywhere."""
    ends = [*starts[1:], WIDEST + 1]
    if lines[0][: starts[0]].strip():
        return False
    cells = [[line[a:b] for a, b in zip(starts, ends, strict=True)] for line in lines]
    full = sum(bool(cell.strip()) for row in cells for cell in row)
    aligned = sum(bool(cell[:1].strip()) for row in cells for cell in row if cell.strip())
    return full >= 0.75 * len(lines) * len(starts) and aligned >= 0.6 * full
