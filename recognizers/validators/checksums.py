"""Check-digit algorithms that several standards share."""

from __future__ import annotations

from collections.abc import Sequence

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_JOINERS = str.maketrans("", "", " .-/\u00a0\u202f\u2009\t\n\r")


def compact(value: str) -> str:
    """The value in capitals without the spaces, dots, dashes and slashes that people group with."""
    return value.translate(_JOINERS).upper()


def digits_only(value: str, length: int) -> bool:
    """Whether it is exactly so many ASCII digits."""
    return len(value) == length and value.isascii() and value.isdigit()


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B, mod 10 with doubling; a random number passes one time in ten."""
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0


def verhoeff(digits: str) -> bool:
    """Verhoeff's check over the dihedral group of order ten (1969); a random number passes one time in ten."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = _TURNS[turned]
        check = _product(check, turned)
    return check == 0


_TURNS = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""The permutation that is applied once more at each place."""


def _product(first: int, second: int) -> int:
    """Of rotations 0 to 4 and reflections 5 to 9 of a pentagon."""
    if first < 5:
        return (first + second) % 5 + 5 * (second >= 5)
    return (first - second) % 5 + 5 * (second < 5)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Sum of digits times weights, as far as the shorter goes."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def varied(digits: str) -> bool:
    """Whether at least three different digits occur; 000000000 and 111111118 are fillers, not numbers."""
    return len(set(digits)) >= 3
