"""The oldest and the newest day that a file speaks of: entries of logs, letters' heads, columns of dates; no births."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.recognition.columnnames import readings

EARLIEST = 19_900_101
"""Before it, what files hold are births and history."""
_BIRTHS = 15
"""Years: a column whose newest day is older, and which spans more, is taken for one of births."""
_SHARE = 0.5
"""Of the values of a column, so many are dates at least."""
_SPAN = 200_000
_NONE = 99_999_999

Bytes = NDArray[np.uint8]
_MONTHS = np.frombuffer(b"janfebmaraprmayjunjulaugsepoctnovdec", np.uint8)


@dataclass(slots=True)
class Range:
    """Days as numbers, ``20261123``."""

    first: int = _NONE
    last: int = 0
    dates: int = 0
    values: int = 0

    def add(self, other: Range) -> None:
        """Take in another range."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.dates, self.values = self.dates + other.dates, self.values + other.values


@dataclass(slots=True)
class Days:
    """What is kept of the days of one file: two of them, and two of each of its columns."""

    today: date
    text: Range = field(default_factory=Range)
    columns: dict[tuple[str, int], Range] = field(default_factory=dict)

    def read(self, data: Bytes) -> None:
        """Days with a time of day in running text, as machines write them."""
        first, last, found = _in_text(data, _number(self.today), _MONTHS)
        self.text.add(Range(int(first), int(last), int(found)))

    def feed(self, table: str, index: int, name: str, values: Any) -> None:
        """Days with which the values of a column begin; a column that announces births is passed over."""
        if not len(values) or _announces_birth(name):
            return
        _, offsets, data = values.buffers()
        if data is None:
            return
        wide = np.int64 if str(values.type) == "large_string" else np.int32
        ends = np.frombuffer(offsets, wide)[values.offset : values.offset + len(values) + 1]
        first, last, found = _in_cells(np.frombuffer(data, np.uint8), ends, _number(self.today))
        known = self.columns.setdefault((table, index), Range())
        known.add(Range(int(first), int(last), int(found), len(values) - values.null_count))

    def join(self, other: Days) -> None:
        """Take in what another section of the file gave."""
        self.text.add(other.text)
        for key, part in other.columns.items():
            self.columns.setdefault(key, Range()).add(part)

    def ends(self) -> tuple[str, str]:
        """The oldest and the newest day in ISO form, empty when there is none."""
        whole = Range()
        whole.add(self.text)
        for one in self.columns.values():
            if one.dates >= _SHARE * one.values and not self._births(one):
                whole.add(one)
        return (_iso(whole.first), _iso(whole.last)) if whole.last else ("", "")

    def _births(self, column: Range) -> bool:
        return column.last < _number(self.today) - _BIRTHS * 10_000 and column.last - column.first > _SPAN


@lru_cache(maxsize=4096)
def _announces_birth(name: str) -> bool:
    return any(reading.entity_type in ("DATE_OF_BIRTH", "AGE") for reading in readings(name))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _iso(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"


@numba.njit(cache=True)
def _two(data: Bytes, at: int) -> int:
    tens, ones = np.int64(data[at]) - 48, np.int64(data[at + 1]) - 48
    return int(10 * tens + ones) if 0 <= tens <= 9 and 0 <= ones <= 9 else -1


@numba.njit(cache=True)
def _day(year: int, month: int, day: int, latest: int) -> int:
    """The number of a day that exists and is not too far, or 0."""
    if not (1 <= month <= 12 and 1 <= day <= 31) or (day == 31 and month in (4, 6, 9, 11)):
        return 0
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == 2 and day > 28 + leap:
        return 0
    number = year * 10_000 + month * 100 + day
    return number if EARLIEST <= number <= latest else 0


@numba.njit(cache=True)
def _plain(data: Bytes, at: int, latest: int) -> int:
    """``2026-11-23`` or ``23/11/2026`` at this byte, with any of ``-/.`` twice."""
    a, b = _two(data, at), _two(data, at + 2)
    if a >= 0 and b >= 0:
        sign = data[at + 4]
        if (sign == 45 or sign == 47 or sign == 46) and data[at + 7] == sign:  # noqa: PLR1714
            return _day(100 * a + b, _two(data, at + 5), _two(data, at + 8), latest)
        return 0
    sign = data[at + 2]
    if a >= 0 and (sign == 45 or sign == 47 or sign == 46) and data[at + 5] == sign:  # noqa: PLR1714
        c, d = _two(data, at + 6), _two(data, at + 8)
        if c >= 0 and d >= 0:
            return _day(100 * c + d, _two(data, at + 3), a, latest)
    return 0


@numba.njit(cache=True)
def _worded(data: Bytes, at: int, latest: int, months: Bytes) -> int:
    """``23/Nov/2026`` or ``23 Nov 2026`` at this byte."""
    for month in range(12):
        if (
            data[at + 3] | 32 == months[3 * month]
            and data[at + 4] | 32 == months[3 * month + 1]
            and data[at + 5] | 32 == months[3 * month + 2]
        ):
            c, d = _two(data, at + 7), _two(data, at + 9)
            if c >= 0 and d >= 0:
                return _day(100 * c + d, month + 1, _two(data, at), latest)
    return 0


@numba.njit(cache=True)
def _in_text(data: Bytes, latest: int, months: Bytes) -> tuple[int, int, int]:
    first, last, found = 99_999_999, 0, 0
    for at in range(11, len(data) - 2):
        if data[at] != 58 or _two(data, at + 1) < 0:
            continue
        day = 0
        if data[at - 5] == 47:
            day = _worded(data, at - 11, latest, months)
        elif at >= 14 and (data[at - 3] == 32 or data[at - 3] == 84):
            day = _plain(data, at - 13, latest)
            if day == 0:
                day = _worded(data, at - 14, latest, months)
        if day:
            first, last, found = min(first, day), max(last, day), found + 1
    return first, last, found


@numba.njit(cache=True)
def _in_cells(data: Bytes, offsets: NDArray[Any], latest: int) -> tuple[int, int, int]:
    first, last, found = 99_999_999, 0, 0
    for cell in range(len(offsets) - 1):
        start, end = offsets[cell], offsets[cell + 1]
        if end - start < 10 or end - start > 40:
            continue
        day = _plain(data, start, latest)
        if day:
            first, last, found = min(first, day), max(last, day), found + 1
    return first, last, found
