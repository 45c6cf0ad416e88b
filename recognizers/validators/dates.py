"""Dates that can be somebody's birth."""

from __future__ import annotations

from recognizers.validators.checksums import is_date

FIRST_YEAR, LAST_YEAR = 1900, 2039
"""A fixed range, and not today's date: the same file gives the same result next year."""

_MONTHS = (
    ("jan", "ene", "gen"), ("fev", "fév", "feb"), ("mar",), ("avr", "apr", "abr"), ("mai", "may", "mag"),
    ("juin", "jun", "giu"), ("juil", "jul", "lug"), ("aou", "aoû", "aug", "ago"), ("sep", "set"),
    ("oct", "okt", "out", "ott"), ("nov",), ("dec", "déc", "dez", "dic"),
)  # fmt: skip


def _month(word: str) -> int:
    text = word.lower()
    return next((at for at, names in enumerate(_MONTHS, 1) if text.startswith(names)), 0)


def _fields(value: str) -> list[str]:
    fields = [""]
    for char in value:
        if char.isalnum():
            fields[-1] += char
        elif fields[-1]:
            fields.append("")
    return [field for field in fields if field]


def _year(text: str) -> int:
    """Four digits as they are; two digits in the twentieth century above 30, else in this one."""
    number = int(text)
    return number if len(text) == 4 else number + (1900 if number > 30 else 2000)


def birth_date(value: str) -> bool:
    """A calendar day from 1900 on, in French, English or ISO order: no check digit."""
    fields = _fields(value)
    if len(fields) == 1:
        fields = _parted(fields[0])
    if len(fields) != 3:
        return False
    for day, month, year in (fields, (fields[1], fields[0], fields[2]), fields[::-1]):
        if _is_birth(day, month, year):
            return True
    return False


def _parted(field: str) -> list[str]:
    """The three parts of ``19850714`` and of ``14JUL1985``."""
    if field.isdigit() and len(field) == 8:
        return [field[:4], field[4:6], field[6:]]
    word = field.strip("0123456789")
    day, _, year = field.partition(word) if word.isalpha() and word.isascii() else (field, "", "")
    return [day, word, year] if day and year else [field]


def _is_birth(day: str, month: str, year: str) -> bool:
    day = day.lower().removesuffix("er").removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    if not (day.isdigit() and year.isdigit() and len(day) <= 2 and len(year) in (2, 4)):
        return False
    number = int(month) if month.isdigit() else _month(month)
    return FIRST_YEAR <= _year(year) <= LAST_YEAR and is_date(_year(year), number, int(day))


def birth_day_or_midnight(value: str) -> bool:
    """As ``birth_date``; databases write a day as its midnight."""
    return birth_date(value.split("T", maxsplit=1)[0].split(" 00:00:00", maxsplit=1)[0])
