"""Bits of text that slow lanes are asked about, and the reasons why they read them or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

import numpy as np
from numpy.typing import NDArray

Places = Sequence[int] | NDArray[np.int64]
GAP = "\n\n"
"""What stands between the cells of a column that are read as one text."""


class Kind(StrEnum):
    """What a piece is: a whole passage (asked about first), a stretch of one, a distinct cell of free text."""

    PASSAGE = "passage"
    STRETCH = "stretch"
    CELL = "cell"


class Reason(StrEnum):
    """Why a lane reads a piece or leaves it: a closed list, so that reports can count and explain each."""

    MAY_HOLD = "may_hold"
    ASKED = "asked"
    OFF = "off"
    NOT_PROSE = "not_prose"
    FOREIGN = "foreign"
    NO_CAPITAL = "no_capital"
    OVER_BUDGET = "over_budget"
    NO_SIGN = "no_sign"

    @property
    def reads(self) -> bool:
        """Whether the piece is read, or would be if the budget allowed."""
        return self in (Reason.MAY_HOLD, Reason.ASKED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of text with its place: the character where it starts in its passage, or the number of its cell."""

    text: str
    at: int
    kind: Kind


class Joined(Sequence[str]):
    """Cells of one text, cut out when they are asked for."""

    def __init__(self, text: str, starts: Places) -> None:
        self._text, self._starts = text, starts

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        end = self._starts[at + 1] - len(GAP) if at + 1 < len(self) else len(self._text)
        return self._text[self._starts[at] : end]
