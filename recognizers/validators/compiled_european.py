"""The checks of ``eu``, in machine code: what each says of a value that its row of ``compiled_shapes`` has let through.

Fields are cut from ``value``, the number that the digits make.
"""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR1714

from __future__ import annotations

import numpy as np

from recognizers.validators import eu
from recognizers.validators.compiled_names import COMPILED, NUMBERS
from recognizers.validators.compiled_tables import EHIC
from recognizers.validators.compiled_text import Bytes, Text, is_date, njit

_BSN, _NIF, _PESEL, _NN, _IDNR, _AVS, _NHS, _NINO, _DNI, _NIE, _CF, _EHIC = (COMPILED[name] for name in NUMBERS[18:30])

_DNI_LETTERS = np.frombuffer(eu._DNI.encode(), np.uint8)
_ODD = np.array([eu._CF_ODD[char] for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"], np.int64)
_MONTHS = np.array([chr(code) in eu._CF_MONTHS for code in range(128)])
_OMOCODIA = np.array([int(chr(eu._OMOCODIA.get(code, code))) if 48 <= eu._OMOCODIA.get(code, code) <= 57 else -1
                      for code in range(128)], np.int64)  # fmt: skip
_NOT_FIRST = np.array([chr(code) in "DFIQUV" for code in range(128)])
_NOT_SECOND = np.array([chr(code) in "DFIOQUV" for code in range(128)])
_LATER = np.array([6, 7, 9, 10, 12, 13, 14], np.int64)
"""Where a codice fiscale has digits, or letters for them."""


@njit
def european(text: Text, value: int, which: int, tables: Bytes) -> bool:
    """What a European check asks beyond shape and sums."""
    if which == _NIF:
        total = 0
        for at in range(8):
            total += (text[at] - 48) * (9 - at)
        return text[0] != 48 and text[0] != 52 and (11 - total % 11) % 11 % 10 == text[8] - 48
    if which == _PESEL:
        coded = value // 10000000 % 100
        century = 1800 if coded >= 80 else 1900 + coded // 20 * 100
        return is_date(century + value // 1000000000, coded % 20, value // 100000 % 100)
    if which == _NN:
        return _nn(value)
    if which == _IDNR:
        return _idnr(text)
    if which == _AVS:
        return value // 10000000000 == 756
    if which == _NINO:
        pair = text[0] << 8 | text[1]
        wrong = pair == 0x4247 or pair == 0x4742 or pair == 0x4B4E or pair == 0x4E4B  # BG GB KN NK
        wrong |= pair == 0x4E54 or pair == 0x544E or pair == 0x5A5A  # NT TN ZZ
        return not wrong and text[8] <= 68 and not _NOT_FIRST[text[0]] and not _NOT_SECOND[text[1]]
    if which == _DNI:
        return text[8] == _DNI_LETTERS[value // 10 % 23]
    if which == _NIE:
        first = text[0] - 88
        return 0 <= first <= 2 and text[8] == _DNI_LETTERS[(first * 10000000 + value // 10) % 23]
    if which == _CF:
        return _cf(text)
    if which == _EHIC:
        return text[0] == 56 and text[1] == 48 and tables[EHIC + value // 10000000000000 % 1000] != 0
    return True


@njit
def _nn(value: int) -> bool:
    """Belgian: the key of the nine digits, or of these with a 2 before for those born since 2000."""
    key, body = value % 100, value // 100
    coded, day, year = body // 100000 % 100, body // 1000 % 100, body // 10000000
    month = coded % 20
    if coded >= 60 or month > 12:
        return False
    for century in (0, 100):
        right = key == 97 - (body + century * 20000000) % 97
        if right and (day == 0 or is_date(1900 + century + year, max(month, 1), day)):
            return True
    return False


@njit
def _idnr(text: Text) -> bool:
    """German: one digit twice or three times among ten, and the check digit."""
    counts = 0  # four bits for each digit
    product = 10
    run = False
    for at in range(10):
        digit = text[at] - 48
        counts += 1 << (4 * digit)
        total = (digit + product) % 10
        product = 2 * (total if total else 10) % 11
        run |= at >= 2 and text[at] == text[0] and text[at - 1] == text[0] and text[at - 2] == text[0]
    repeated = most = 0
    for digit in range(10):
        count = counts >> (4 * digit) & 15
        repeated += count > 1
        most = max(most, count)
    return text[0] != 48 and not run and repeated == 1 and most <= 3 and (11 - product) % 10 == text[10] - 48


@njit
def _cf(text: Text) -> bool:
    for k in range(_LATER.size):
        if _OMOCODIA[text[_LATER[k]]] < 0:
            return False
    day = _OMOCODIA[text[9]] * 10 + _OMOCODIA[text[10]]
    total = 0
    for at in range(15):
        value = text[at] - 48 if text[at] < 65 else text[at] - 55
        total += _ODD[value] if at & 1 == 0 else value - 10 if value > 9 else value
    return _MONTHS[text[8]] and 1 <= day % 40 <= 31 and text[15] == 65 + total % 26
