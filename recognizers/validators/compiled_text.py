"""What compiled checks share: digits and dates, how a value is read without its joiners, and the cache of kernels."""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR1714, SIM102

from __future__ import annotations

import zlib
from functools import cache
from importlib import resources

import numba
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Text = npt.NDArray[np.int64]
"""Characters of one value, one number each: scratch."""

ROOM = 63
"""Characters of scratch, more than any number of a standard has; a value that fills them is refused by its length."""
ASK = -1
"""Neither yes nor no: the Python check decides."""

njit = numba.njit(nogil=True)
"""Without a cache of their own: the kernel that calls them keeps their code in its.

Numbers are compared one by one, since membership in a tuple is one more function to compile for each tuple, and numbers
written in a call make one for each number: hence tables of bounds.
"""

_VALUES = numba.types.Array(numba.uint8, 1, "C", readonly=True)
SIGNATURE = numba.types.void(
    _VALUES, numba.int64[:, ::1], numba.int64[::1], numba.int64, numba.int64, _VALUES, numba.int64[::1]
)
"""Of kernels: text; rows of spans; numbers of validators, the first and past the last to judge; tables; verdicts."""


@cache
def stamp() -> int:
    """A checksum of the sources beside this one.

    The cache of numba compares one file, and what a function closes over: kernels close over this, since they are made
    of several.
    """
    total = 0
    for file in sorted(resources.files(__package__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".py"):
            total = zlib.crc32(file.read_bytes(), total)
    return total


@njit
def compact(data: Bytes, start: int, end: int, text: Text, signs: bool) -> tuple[int, int, int, int]:
    """Write a value in capitals without what people group with, and without ``signs`` if asked.

    Returns its length, or ``ASK`` beyond ASCII; which characters are digits and which are letters, as bits; and the
    number that the first 18 characters make, any but a digit being 0.
    """
    n = digits = letters = value = 0
    at = start
    while at < end:
        char = np.int64(data[at])
        at += 1
        digit = 48 <= char <= 57
        if char >= 0x80:
            size = joiner(data, at - 1, end)
            if size == 0:
                return ASK, digits, letters, value
            at += size - 1
            continue
        letter = 97 <= (char | 32) <= 122
        if not digit and not letter:
            if not signs or char == 32 or 45 <= char <= 47 or char == 9 or char == 10 or char == 13:
                continue
        if n == ROOM:
            break
        text[n] = char & 0x5F if letter else char
        digits |= np.int64(digit) << n
        letters |= np.int64(letter) << n
        if n < 18:
            value = value * 10 + (char - 48 if digit else 0)
        n += 1
    return n, digits, letters, value


@njit
def joiner(data: Bytes, at: int, end: int) -> int:
    """How many bytes the no-break, narrow no-break or thin space takes that stands here; 0 for anything else."""
    if data[at] == 0xC2:
        return 2 if at + 1 < end and data[at + 1] == 0xA0 else 0
    if data[at] == 0xE2 and at + 2 < end and data[at + 1] == 0x80:
        return 3 if data[at + 2] == 0xAF or data[at + 2] == 0x89 else 0
    return 0


@njit
def is_date(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= 31):
        return False
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return day <= (29 if leap else 28)
    return day <= 30 or not (month == 4 or month == 6 or month == 9 or month == 11)


@njit
def kinds_of(low: int, high: int) -> int:
    """How many bits two masks have."""
    count = 0
    while low:
        low &= low - 1
        count += 1
    while high:
        high &= high - 1
        count += 1
    return count
