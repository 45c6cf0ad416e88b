"""How sure a type of a column is: the share of valid values against what chance alone would give."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from scanner.model import Level

SHARE = 0.6
SOME = 0.3
UNLIKELY = math.log(1e6)
"""A type is called when chance alone would give so many valid values less than once in a million columns."""
FEW = 8
SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}
ORDINARY = frozenset({"LOCATION", "POSTCODE", "SEX", "TITLE", "NATIONALITY", "GPS_COORD", "JOB_TITLE", "EMPLOYER"})
"""Types that say nothing of a person unless the table has one."""
PLACED = frozenset({"GPS_COORD"})
"""Types that are those of shops and stations where nobody is."""
ADDRESSED = frozenset({"POSTCODE", "LOCATION"})
"""Types of what stands in an address, and is part of it."""
TELLING = frozenset({"PHONE_NUMBER", "MAC_ADDRESS", "FR_PLATE", "US_SSN"})
"""Types of which one value proves little, but whose shape nothing else keeps in nearly all values of a column."""
_NEARLY_ALL = 0.9
_SURELY = 0.01
_NUMBERED = 0.4
MENTIONED = frozenset({"PERSON", "LOCATION"})
"""Types that sentences name in passing."""


def surprise(valid: int, total: int, rate: float) -> float:
    """-log of the chance that so many random values pass a check of this pass rate (Chernoff's bound)."""
    if total == 0 or rate >= 1 or valid <= rate * total:
        return 0.0
    share = min(1.0, valid / total)
    rest = (1 - share) * math.log((1 - share) / (1 - rate)) if share < 1 else 0.0
    return total * (share * math.log(share / rate) + rest)


def judged(level: Level, rate: float, valid: int, total: int, named: bool) -> Level | None:
    """Level of cells that pass a check, given how many of the column's do; None when chance explains them."""
    share = valid / max(1, total)
    if named:
        return level if share >= SHARE or rate <= 0.01 else min(level, Level.POSSIBLE)
    clear = share >= SHARE and surprise(valid, total, rate) > UNLIKELY
    if rate <= 0.01:
        if clear and level is Level.PROBABLE:
            return Level.CERTAIN
        return level if total < FEW or clear or surprise(valid, total, rate) > 2 else min(level, Level.POSSIBLE)
    if clear:
        return Level.PROBABLE if rate <= 0.11 and level is Level.POSSIBLE else level
    if total < FEW or (share >= SOME and surprise(valid, total, rate) > UNLIKELY):
        return min(level, Level.POSSIBLE)
    return None


def of_claims(entity_type: str, level: Level, rate: float, valid: int, total: int) -> Level | None:
    """Level of cells under a name that does not say the type; ``rate`` is that of the loosest shape of its rules.

    What is probable by itself has a shape that chance hits once in a hundred. A telling shape that nearly all values
    have is the column's, if too many have it for chance.
    """
    if level >= Level.PROBABLE and rate > _SURELY:
        final = judged(level, _SURELY, valid, total, named=False)
        return None if final is None else min(final, level)
    if entity_type in TELLING and valid >= _NEARLY_ALL * total and surprise(valid, total, rate) > UNLIKELY:
        return Level.PROBABLE
    return judged(level, rate, valid, total, named=False)


def is_series(values: Iterable[str]) -> bool:
    """Whether values are digits of which most begin alike, as numbers do that are given one after the other."""
    cells = [value.strip() for value in values]
    starts = Counter(cell[: (len(cell) + 1) // 2] for cell in cells if cell.isdigit())
    return bool(starts) and max(starts.values()) > _NUMBERED * len(cells)


def shape_level(entity_type: str, weak: bool, telling: bool, persons_only: bool, persons: bool) -> Level | None:
    """Level of values whose shape agrees with their header; None for what means nothing where nobody is."""
    if persons or not persons_only:
        return Level.POSSIBLE if weak and not (telling and persons) else Level.PROBABLE
    return None if weak or entity_type in ORDINARY else Level.POSSIBLE
