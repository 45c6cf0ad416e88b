"""Lines of a picture as text: turned with the page, straightened, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Corners = NDArray[np.float32]
"""Four corners (x, y), clockwise from the top left of the text."""

_APART = "  "
"""Between texts that stand beside each other in one row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its four corners."""

    text: str
    corners: Corners


def turned_lines(lines: Iterable[Line], turns: int, height: int, width: int) -> tuple[Line, ...]:
    """The same lines after so many quarter turns, anticlockwise, of a picture of that height and width."""
    turned = []
    for line in lines:
        corners, high, wide = line.corners, height, width
        for _ in range(turns):
            corners = np.stack([corners[:, 1], wide - corners[:, 0]], axis=1)
            high, wide = wide, high
        # Corners begin where the text does, which turning has moved around.
        turned.append(replace(line, corners=np.roll(corners, _first(corners), axis=0)))
    return tuple(turned)


def _first(corners: Corners) -> int:
    return -int(corners.sum(axis=1).argmin())


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in reading order: rows from the top, texts of a row from the left; a tilted page is straightened first."""
    if not lines:
        return []
    corners = np.stack([line.corners for line in lines])
    angle = _tilt(corners)
    centre = corners.mean(axis=1)
    x = centre[:, 0] * np.cos(angle) + centre[:, 1] * np.sin(angle)
    y = centre[:, 1] * np.cos(angle) - centre[:, 0] * np.sin(angle)
    high = np.linalg.norm(corners[:, 0] - corners[:, 3], axis=1)
    rows: list[list[int]] = []
    middle = 0.0
    for at in np.argsort(y, kind="stable").tolist():
        if rows and y[at] - middle < 0.5 * min(high[at], float(np.mean(high[rows[-1]]))):
            rows[-1].append(at)
        else:
            rows.append([at])
        middle = float(np.mean(y[rows[-1]]))
    return [[lines[at] for at in sorted(row, key=lambda at: float(x[at]))] for row in rows]


def _tilt(corners: NDArray[np.float32]) -> float:
    """The angle of most of the text, longer lines first."""
    along = corners[:, 1] - corners[:, 0]
    length = np.linalg.norm(along, axis=1)
    order = np.argsort(length)[-15:]
    return float(np.median(np.arctan2(along[order, 1], along[order, 0])))


def row_text(row: Sequence[Line]) -> str:
    """The text of one row."""
    return _APART.join(line.text.strip() for line in row)
