"""Ages and dates of birth: what proves that somebody is under 18."""

from __future__ import annotations

from datetime import date

import re2

from recognizers.validators import dates
from scanner.recognition.lexicons import Hit, Strength

_MAJORITY = 18
_MINOR = "MINOR"
_DAY_FIRST = re2.compile(rb"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re2.compile(rb"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_IN_WORDS = re2.compile(rb"([0-9]{1,2})(?:er)? ([a-z]{3,9})\.? ([0-9]{4})|([a-z]{3,9}) ([0-9]{1,2}),? ([0-9]{4})")


def is_minor_proof(hit: Hit, lowered: bytes, today: date | None) -> bool:
    """False for a hit that is a date of birth of somebody who is not, or not surely, under 18."""
    if hit.lexicon.entity_type != _MINOR or hit.strength < Strength.STRUCTURED:
        return True
    born = birth_in(lowered[hit.start : hit.end])
    if born is None:
        return True
    return today is not None and is_minor(born, today)


def is_minor(born: tuple[int, int, int], today: date) -> bool:
    """Whether somebody born on this (year, month, day) is under 18 today; dates to come say nothing."""
    year, month, day = born
    age = today.year - year - ((today.month, today.day) < (month, day))
    return 0 <= age < _MAJORITY and (year, month, day) <= (today.year, today.month, today.day)


def birth_in(found: bytes) -> tuple[int, int, int] | None:
    """The year, month and day of a date in folded text of small letters."""
    match = _YEAR_FIRST.search(found)
    if match:
        return int(match.group(1)), int(match.group(2)), int(match.group(3))
    match = _DAY_FIRST.search(found)
    if match:
        return int(match.group(3)), int(match.group(2)), int(match.group(1))
    match = _IN_WORDS.search(found)
    if match is None:
        return None
    day, month, year = (match.group(at) or match.group(other) for at, other in ((1, 5), (2, 4), (3, 6)))
    return int(year), dates._month(month.decode()), int(day)
