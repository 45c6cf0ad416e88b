"""A social security number and a birth date that say the same."""

from __future__ import annotations

from typing import Any

import re2

from recognizers.validators.dates import birth_date
from recognizers.validators.fr import nir

_BLANK = r"[\x{A0}\x{202F} .-]?"
_NUMBER = re2.compile(
    rf"\b[12]{_BLANK}[0-9]{{2}}{_BLANK}[0-9]{{2}}{_BLANK}[0-9]{_BLANK}[0-9ABab]{_BLANK}[0-9]{{3}}{_BLANK}[0-9]{{3}}{_BLANK}[0-9]{{2}}\b"
)
_DATE = re2.compile(r"\b(?:[0-9]{1,2}[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})-([0-9]{1,2})-[0-9]{1,2})\b")


def nir_with_birth(value: str) -> bool:
    """A NIR with its key, and a birth date of the same year and month: one pair in a hundred thousand."""
    for number in _NUMBER.finditer(value):
        text = number.group()
        if nir(text):
            return any(_agrees(text, date) for date in _DATE.finditer(value) if _apart(number, date))
    return False


def _apart(one: Any, other: Any) -> bool:
    return bool(one.end() <= other.start() or other.end() <= one.start())


def _agrees(number: str, date: Any) -> bool:
    digits = "".join(filter(str.isalnum, number))
    year, month = (date.group(2), date.group(1)) if date.group(2) else (date.group(3), date.group(4))
    return birth_date(date.group()) and (digits[1:3], digits[3:5]) == (year[2:], month.zfill(2))
