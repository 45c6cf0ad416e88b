"""The checks of ``fr``, in machine code: what each says of a value that its row of ``compiled_shapes`` has let through.

Fields are cut from ``value``, the number that the digits make; ``digits`` and ``letters`` say as bits where these are.
"""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR0912, PLR1714, SIM109

from __future__ import annotations

import numpy as np

from recognizers.validators import fr
from recognizers.validators.compiled_names import COMPILED, NUMBERS
from recognizers.validators.compiled_shapes import LUHN_ONLY, VARIED_ONLY, sums
from recognizers.validators.compiled_text import ASK, Text, njit

(
    _SIREN, _SIRET, _NIR, _NIR_SHORT, _NIA, _INS, _SPI, _VAT, _RPPS, _RPPS_SHAPE, _ADELI, _FINESS, _UAI,
    _SIV, _DOCUMENT, _LICENCE, _MIXED, _CADASTRE,
) = (COMPILED[name] for name in NUMBERS[:18])  # fmt: skip

_MOD23 = np.frombuffer(fr._MOD23.encode(), np.uint8)
_LA_POSTE, _ITS_SEAT = 356000000, 35600000000048


@njit
def department(tens: int, ones: int) -> bool:
    """Two characters, ``01`` to ``95``, ``97``, ``98``, ``2A`` and ``2B``."""
    if 48 <= tens <= 57 and 48 <= ones <= 57:
        code = tens * 10 + ones - 528
        return 1 <= code <= 95 or code == 97 or code == 98
    return tens == 50 and 65 <= ones <= 66


@njit
def french(text: Text, n: int, digits: int, letters: int, value: int, which: int) -> int:
    """What a French check asks beyond shape and sums."""
    if which == _SIRET:
        if value // 100000 == _LA_POSTE and value != _ITS_SEAT:
            total = 0
            for at in range(n):
                total += text[at] - 48
            return total % 5 == 0
        return value % 100000 != 0 and sums(text, n, np.int64(LUHN_ONLY))
    if which <= _INS:
        return which == _SIREN or _registered(text, n, digits, value, which)
    if which == _SPI:
        return text[0] <= 51 and value // 1000 % 511 == value % 1000
    if which == _VAT:
        return _vat(text, n, value)
    if which <= _RPPS_SHAPE:
        return text[0] == 49 and (which == _RPPS or text[1] == 48)
    if which <= _FINESS:
        return department(text[0], text[1]) and (not 48 <= text[1] <= 57 or sums(text, n, np.int64(LUHN_ONLY)))
    if which == _UAI:
        return 1 <= value // 100000 <= 988 and text[7] == _MOD23[value // 10 % 23]
    if which == _SIV:
        return _siv(text, value)
    if which == _MIXED:
        return digits & (digits - 1) != 0 and digits != 0x1FF
    if which == _CADASTRE:
        zeros = text[2] == 48 and text[3] == 48 and text[4] == 48
        section = (text[8] >= 65 and text[8] <= 90) or (text[9] >= 65 and text[9] <= 90)
        return department(text[0], text[1]) and not zeros and value % 10000 != 0 and section
    month = (text[2] - 48) * 10 + text[3] - 48
    if not 1 <= month <= 12 or (which == _DOCUMENT and not department(text[4], text[5])):
        return False
    # Other signs may look alike to what counts different characters.
    return sums(text, n, np.int64(VARIED_ONLY)) if digits | letters == 0xFFF else ASK


@njit
def _registered(text: Text, n: int, digits: int, value: int, which: int) -> bool:
    """A NIR or a NIA: first digit, month, department, commune, order and key."""
    sex = text[0] == 49 or text[0] == 50
    waiting = text[0] == 51 or text[0] == 52 or text[0] == 55 or text[0] == 56
    if not ((sex and which != _NIA) or (waiting and (which == _NIA or which == _INS))):
        return False
    body, key = (value, 0) if which == _NIR_SHORT else (value // 100, value % 100)
    month, place = body // 100000000 % 100, body // 1000000 % 100
    if month == 0 or 12 < month < 20 or body % 1000 == 0 or body // 1000 % 1000 == 0:
        return False
    if digits >> 5 & 3 != 3:
        if text[5] != 50 or not 65 <= text[6] <= 66:
            return False
        # The letters are worth 0 so far: 2A and 2B are 20, and are read as 19 and 18.
        body -= (text[6] - 64) * 1000000
    elif place == 0:
        return False
    return which == _NIR_SHORT or key == 97 - body % 97


@njit
def _vat(text: Text, n: int, value: int) -> bool:
    """The key in digits, or in the alphabet of 34 symbols without I and O; 000 is Monaco."""
    number = value % 1000000000
    if text[0] != 70 or text[1] != 82 or (number >= 1000000 and not sums(text, n, np.int64(_VAT))):
        return False
    key = 0
    for at in range(2, 4):
        char = text[at]
        if char == 73 or char == 79:
            return False
        symbol = char - 48 if char < 65 else char - 55 - (char > 73) - (char > 79)
        key = key * (34 if text[2] > 57 else 24) + symbol
    if text[2] < 58 and text[3] < 58:
        return (text[2] - 48) * 10 + text[3] - 48 == (12 + 3 * (number % 97)) % 97
    code = key - (100 if text[2] > 57 else 10)
    return (number + 1 + code // 11) % 11 == code % 11


@njit
def _siv(text: Text, value: int) -> bool:
    for at in range(7):
        if text[at] == 73 or text[at] == 79 or text[at] == 85:
            return False
    if text[0] == text[1] and (text[0] == 83 or text[0] == 87):
        return False
    return value != 0 and not (text[5] == 83 and text[6] == 83)
