"""What columns of one table say of each other row by row: a number holds the birth of its row, a mailbox the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase, ascii_uppercase

from recognizers.folding import fold
from scanner.recognition.columnlevels import SHARE, UNLIKELY, surprise
from scanner.recognition.columnsample import Sample

Births = Mapping[int, tuple[int, int]]

HOLDS_BIRTH = {"FR_NIR": 1, "FR_NIA": 1, "BE_NN": 0, "PL_PESEL": 0, "SE_PNR": 0, "CZ_RC": 0, "RO_CNP": 1, "BG_EGN": 0}
"""Numbers in which year and month of birth stand, and behind how many digits."""
_SAME_MONTH = 0.002
"""Share of people who are born in a given month of a given year."""
# Of bounded parts, and asked of thousands of short values: here a call costs more than what it looks at.
_SOME_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]((?:19|20)[0-9]{2})(?:[ T].*)?")
_SOME_YEAR = re.compile(r"((?:19|20)[0-9]{2})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[ T].*)?")
_BETWEEN = str.maketrans("", "", " '’.-")
_LONGEST = 40
_SMALL = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode())
_NO_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalpha())
_MOST = 300
"""Rows that are compared."""
_LEAST = 5
_BY_ACCIDENT = 0.03
_SHORTEST = 3


def day_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day that a value writes in digits."""
    found = _SOME_DAY.fullmatch(text)
    day, month, year = found.groups() if found else ("", "", "")
    if not found:
        found = _SOME_YEAR.fullmatch(text)
        year, month, day = found.groups() if found else ("", "", "")
    if not found or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return int(year), int(month), int(day)


def births_in(dates: Sample) -> Births:
    """The month of birth that each row says, as its last two digits of the year and the month."""
    found = ((row, day_of(text.strip())) for row, text in _rows(dates))
    return {row: (day[0] % 100, day[1]) for row, day in found if day is not None}


def agree_on_birth(numbers: Sample, skipped: int, births: Births) -> bool:
    """Whether numbers hold the month in which somebody of the same row is born, far oftener than by chance."""
    same = total = 0
    for row, text in _rows(numbers):
        digits = "".join(filter(str.isdigit, text))[skipped:]
        if row in births and len(digits) > 6:
            total += 1
            same += births[row] == (int(digits[:2]), int(digits[2:4]) % 20)
    return same >= SHARE * total and surprise(same, total, _SAME_MONTH) > UNLIKELY


def names_of_rows(parts: Sample, wholes: Sample) -> bool:
    """Whether values are words that the name or mailbox of their row holds, and hardly that of the next row."""
    letters = ((row, _letters(text)) for row, text in _rows(parts) if _is_word(text))
    own = {row: text for row, text in letters if len(text) >= _SHORTEST}
    needed = max(_LEAST, SHARE * min(_MOST, len(parts)))
    if len(own) < needed:
        return False
    held = {row: _letters(text.partition("@")[0]) for row, text in _rows(wholes)}
    rows = [row for row in own if row in held]
    if len(rows) < needed:
        return False
    same = sum(own[row] in held[row] for row in rows)
    by_accident = sum(own[row] in held[other] for row, other in zip(rows, [*rows[1:], rows[0]], strict=True))
    rate = max(_BY_ACCIDENT, by_accident / len(rows))
    return same >= SHARE * len(rows) and surprise(same, len(rows), rate) > UNLIKELY


def _is_word(text: str) -> bool:
    return len(text) <= _LONGEST and text.translate(_BETWEEN).isalpha()


def _rows(sample: Sample) -> Iterator[tuple[int, str]]:
    """The first rows in which values stand."""
    yield from zip(sample.rows[:_MOST], sample, strict=False)


def _letters(text: str) -> str:
    return fold(text).data.translate(_SMALL, _NO_LETTERS).decode("ascii")
