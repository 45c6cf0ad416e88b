"""Numbering plans of telephones as small automata over digits, for the compiled checks."""

from __future__ import annotations

import contextlib

import numpy as np
import numpy.typing as npt

from recognizers.automata.kernels import EDGE
from recognizers.automata.program import Closure, Program
from recognizers.automata.syntax import parse
from recognizers.validators import phone
from recognizers.validators.compiled_tables import (
    CALLED,
    CODES,
    FRENCH,
    HARD_PLAN,
    NO_PLAN,
    PLANS,
    TOWNS,
    UNREAD,
    Bytes,
)
from recognizers.validators.compiled_towns import town_slots

_ROW = 11
"""Numbers of two bytes in a state: the next one by digit, then ``PLANNED`` or ``FICTION`` if a number may end here."""
PLANNED, FICTION = 1, 2


def with_plan(tables: Bytes, code: int) -> Bytes:
    """The array with the plan of a calling code at its end; the first time, with the list of codes as well.

    ``TOWNS`` asks for the table of towns instead.
    """
    if code == TOWNS:
        return _with(tables, TOWNS, town_slots())
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415

    if not tables[CALLED]:
        tables = tables.copy()
        tables[CALLED] = 1
        tables[[CALLED + known for known in COUNTRY_CODE_TO_REGION_CODE]] = 1
        absent = sorted(set(range(FRENCH)) - set(COUNTRY_CODE_TO_REGION_CODE))
        _places(tables)[absent] = NO_PLAN
    if not 0 < code < CODES or _places(tables)[code] != UNREAD:
        return tables
    codes = phone._FRENCH if code == FRENCH else (code,)
    patterns = [plan.pattern for plan in map(phone._plan, codes) if plan is not None]
    fictions = [prefix for one in codes for prefix in phone._FICTION.get(one, ())]
    place, rows = NO_PLAN if not patterns else HARD_PLAN, np.empty(0, np.uint8)
    if patterns:
        with contextlib.suppress(ValueError, RecursionError):  # an expression as no plan has had yet
            place, rows = HARD_PLAN + 1, _automaton("|".join(patterns), fictions)
    if place > HARD_PLAN:
        return _with(tables, code, rows)
    tables = tables.copy()
    _places(tables)[code] = place
    return tables


def _with(tables: Bytes, code: int, rows: Bytes) -> Bytes:
    """The array with these bytes at its end; the old one stays as it was, for a kernel may be reading it."""
    grown = np.concatenate([tables, rows])
    _places(grown)[code] = len(tables)
    return grown


def _places(tables: Bytes) -> npt.NDArray[np.uint32]:
    return tables[PLANS : PLANS + 4 * CODES].view("<u4")


def _automaton(pattern: str, fictions: list[str]) -> Bytes:
    """States in rows, the first dead, the second where numbers begin."""
    walk = _Walk(pattern, fictions)
    rows = np.zeros((2 + len(walk.rows), _ROW), "<u2")
    for number, row in enumerate(walk.rows, 2):
        rows[number] = row
    rows[1] = rows[walk.first]
    return rows.view(np.uint8).ravel()


class _Walk:
    """All states that digits lead to; states from which the same numbers are left are one."""

    def __init__(self, pattern: str, fictions: list[str]) -> None:
        program = Program()
        program.add(parse(f"(?:{pattern})$"))
        self._masks = [sum(1 << at for at, mask in enumerate(program.masks) if mask >> (48 + d) & 1) for d in range(10)]
        self._after = [targets[0] if targets else 0 for targets in program.after]
        self._closure = Closure(program)
        self._fictions = fictions
        self._reads: dict[int, tuple[int, bool]] = {}
        self._numbers: dict[tuple[int, ...], int] = {}
        self._known: dict[tuple[int, bool, str | None], int] = {}
        self.rows: list[tuple[int, ...]] = [(2,) * 10 + (FICTION,)]  # number 2: a film's number, whatever follows
        self.first = self._state(*self._read(program.starts[0]), "")

    def _read(self, place: int) -> tuple[int, bool]:
        """Which places may read after this one, and whether a number may end there."""
        if place not in self._reads:
            mask = sum(1 << at for at in self._closure.of(place, 0, 0) if at >= 0)
            self._reads[place] = mask, -1 in self._closure.of(place, 0, EDGE)
        return self._reads[place]

    def _state(self, reads: int, ends: bool, prefix: str | None) -> int:
        """The number of a state: what may be read, whether a number may end, and the prefix while a fiction's."""
        key = (reads, ends, prefix)
        if key not in self._known:
            row = (*(self._step(reads, prefix, digit) for digit in range(10)), PLANNED * ends)
            if row not in self._numbers:
                self._numbers[row] = 0 if not any(row) else len(self.rows) + 2
                self.rows += [row] if any(row) else []
            self._known[key] = self._numbers[row]
        return self._known[key]

    def _step(self, reads: int, prefix: str | None, digit: int) -> int:
        grown = None if prefix is None else prefix + str(digit)
        if grown in self._fictions:
            return 2
        if grown is not None and not any(one.startswith(grown) for one in self._fictions):
            grown = None
        hit, onward, ends = reads & self._masks[digit], 0, False
        while hit:
            place = (hit & -hit).bit_length() - 1
            hit &= hit - 1
            mask, end = self._read(self._after[place])
            onward, ends = onward | mask, ends or end
        return 0 if not onward and not ends and grown is None else self._state(onward, ends, grown)
