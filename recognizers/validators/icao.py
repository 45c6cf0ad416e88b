"""What documents that machines read check themselves by (ICAO Doc 9303)."""

from __future__ import annotations

VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def check_digit(field: str) -> str:
    """The check digit of a field, weights 7, 3, 1 (Doc 9303 part 3, 4.9)."""
    return str(sum(VALUES[char] * (7, 3, 1)[at % 3] for at, char in enumerate(field)) % 10)
