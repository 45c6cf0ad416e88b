"""Numbers of which OCR lost blanks or took signs for others, as they are printed, where a check says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from recognizers.validators.checksums import compact
from recognizers.validators.fr import nir
from recognizers.validators.money import IBAN_LENGTHS, iban

_DIGITS = str.maketrans("OQDIL|SB", "00011158")
_IBAN = re.compile(r"\b[A-Z]{2}[ ]?[0-9OIlSB]{2}(?:[ .]{0,2}[0-9A-Za-z|]){11,30}")
_NIR = re.compile(r"(?<![0-9A-Za-z])[12Il|](?:[ .]{0,2}[0-9OoQDIlSB|]){12,15}(?![0-9A-Za-z])")


def mended(text: str) -> str:
    """The text with account and social security numbers in their usual groups; what passes no check stays."""
    text = _IBAN.sub(lambda found: _account(found[0]), text)
    return _NIR.sub(lambda found: _person(found[0]), text)


def _account(found: str) -> str:
    """An IBAN at the beginning of what was found, which may run on into the next words."""
    country, plain = found[:2], compact(found)
    length = IBAN_LENGTHS.get(country, 0)
    number = _right(plain[:length], iban, lambda whole: whole[:2] + whole[2:].translate(_DIGITS))
    if not length or number is None:
        return found
    rest = plain[length:]
    return " ".join(number[at : at + 4] for at in range(0, length, 4)) + (f" {rest}" if rest else "")


def _person(found: str) -> str:
    number = _right(compact(found), nir, lambda whole: whole.translate(_DIGITS))
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return found if number is None else " ".join(number[start:end] for start, end in pairwise(cuts))


def _right(number: str, check: Callable[[str], bool], as_digits: Callable[[str], str]) -> str | None:
    """The number, or with its letters as the digits that they resemble; whichever the check takes first."""
    return next((one for one in (number, as_digits(number)) if check(one)), None)
