"""Finds the header of a table among its first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LABEL_LENGTH = 80
_LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"@|[0-9]{5}|^[+-]?[0-9]|://")


@dataclass(frozen=True, slots=True)
class Header:
    """``titles`` rows of text, then the names, then values from row ``start`` on.

    ``doubtful`` is 1 when the names might be the first row of values, which is then to be read as text too.
    """

    titles: int
    start: int
    names: tuple[str, ...]
    doubtful: int


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """The first wide row, when its cells look like labels and not like what stands under them."""
    width = max((sum(map(bool, row)) for row in rows), default=0)
    for number, row in enumerate(rows):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) < max(1, min(width, 2)) or len(filled) * 2 < width:
            continue
        if not all(map(_is_label, filled)) or len(set(filled)) * 4 < len(filled) * 3:
            return Header(number, number, (), 0)
        names = tuple(" ".join(cell.split()) for cell in row)
        return Header(number, number + 1, names, int(not _differs(names, rows[number + 1 :])))
    return Header(0, 0, (), 0)


def _is_label(cell: str) -> bool:
    return len(cell) <= LABEL_LENGTH and _LETTER.search(cell) is not None and _VALUE.search(cell) is None


def _differs(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether some column holds, under its name, what is no label."""
    for row in rows:
        if any(cell and name and not _is_label(cell) for name, cell in zip(names, row, strict=False)):
            return True
    return False
