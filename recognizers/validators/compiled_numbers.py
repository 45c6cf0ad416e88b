"""The checks of numbers of persons, organisations, cards and accounts (``fr``, ``eu``, ``money``), in machine code.

Each branch says what the Python function of its name says after ``compiled_shapes`` has let a value through; fields
are cut from ``value``, the number that the digits make.
"""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR0912, PLR1714, SIM102, SIM109

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators import eu, fr
from recognizers.validators.compiled_names import COMPILED, NUMBERS
from recognizers.validators.compiled_shapes import (
    CARD_SUMS,
    DIGITS,
    EITHER,
    LENGTH,
    LETTERS,
    LUHN,
    LUHN_ONLY,
    MODULUS,
    TO_THE_END,
    VARIED,
    WEIGHTS,
)  # fmt: skip
from recognizers.validators.compiled_tables import CARDS, COUNTRIES, EHIC, IBANS
from recognizers.validators.compiled_text import ASK, ROOM, SIGNATURE, Bytes, Text, compact, is_date, njit, stamp

(
    _SIREN, _SIRET, _NIR, _NIR_SHORT, _NIA, _INS, _SPI, _VAT, _RPPS, _RPPS_SHAPE, _ADELI, _FINESS, _UAI,
    _SIV, _DOCUMENT, _LICENCE, _MIXED, _CADASTRE, _BSN, _NIF, _PESEL, _NN, _IDNR,
    _AVS, _NHS, _NINO, _DNI, _NIE, _CF, _EHIC, _IBAN, _RIB, _CARD, _CARD_SHAPE,
    _IMEI, _SPREAD, _TRACK, _BIC, _BIC_LIKE, _FNI,
) = (COMPILED[name] for name in NUMBERS)  # fmt: skip

_MOD23 = np.frombuffer(fr._MOD23.encode(), np.uint8)
_DNI_LETTERS = np.frombuffer(eu._DNI.encode(), np.uint8)
_ODD = np.array([eu._CF_ODD[char] for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"], np.int64)
_MONTHS = np.array([chr(code) in eu._CF_MONTHS for code in range(128)])
_OMOCODIA = np.array([int(chr(eu._OMOCODIA.get(code, code))) if 48 <= eu._OMOCODIA.get(code, code) <= 57 else -1
                      for code in range(128)], np.int64)  # fmt: skip
_NOT_FIRST = np.array([chr(code) in "DFIQUV" for code in range(128)])
_NOT_SECOND = np.array([chr(code) in "DFIOQUV" for code in range(128)])
_REPORTING = np.isin(np.arange(100), (1, 10, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99))
_DOUBLE = np.array([chr(code) in "PXMLFS" for code in range(256)])
_LATER = np.array([6, 7, 9, 10, 12, 13, 14], np.int64)
"""Where a codice fiscale has digits, or letters for them."""
_CHARACTERS = np.arange(256, dtype=np.uint8)
"""0 for what people group with, capitals for letters, more than 127 beyond ASCII; NUL is no such sign."""
_CHARACTERS[0] = 1
_CHARACTERS[[ord(sign) for sign in " .-/\t\n\r"]] = 0
_CHARACTERS[97:123] -= 32
_LA_POSTE, _ITS_SEAT = 356000000, 35600000000048


@njit
def _sums(text: Text, n: int, which: int) -> bool:
    """Weighted sum, Luhn (ISO/IEC 7812-1 annex B) and three different characters, as far as the row asks for them."""
    if MODULUS[which]:
        total = np.int64(0)
        for at in range(n):
            total += (text[at] - 48) * WEIGHTS[which, at]
        if total % MODULUS[which]:
            return False
    last = n if LUHN[which, 1] == TO_THE_END else LUHN[which, 1]
    total = doubled = np.int64(0)
    for back in range(last - LUHN[which, 0]):
        digit = text[last - 1 - back] - 48
        total += digit + (digit - 9 * (digit > 4)) * doubled
        doubled ^= 1
    if total % 10:
        return False
    seen = np.int64(0)
    last = n if VARIED[which, 1] == TO_THE_END else VARIED[which, 1]
    for at in range(VARIED[which, 0], last):
        seen |= 1 << (text[at] & 63)  # tells digits and letters apart
    seen &= seen - 1
    return last == 0 or seen & (seen - 1) != 0


@njit
def _department(tens: int, ones: int) -> bool:
    """Two characters, ``01`` to ``95``, ``97``, ``98``, ``2A`` and ``2B``."""
    if 48 <= tens <= 57 and 48 <= ones <= 57:
        code = tens * 10 + ones - 528
        return 1 <= code <= 95 or code == 97 or code == 98
    return tens == 50 and 65 <= ones <= 66


@njit
def _french(text: Text, n: int, digits: int, letters: int, value: int, which: int) -> int:
    if which == _SIRET:
        if value // 100000 == _LA_POSTE and value != _ITS_SEAT:
            total = 0
            for at in range(n):
                total += text[at] - 48
            return total % 5 == 0
        return value % 100000 != 0 and _sums(text, n, np.int64(LUHN_ONLY))
    if which <= _INS:
        return which == _SIREN or _registered(text, n, digits, value, which)
    if which == _SPI:
        return text[0] <= 51 and value // 1000 % 511 == value % 1000
    if which == _VAT:
        return _vat(text, n, value)
    if which <= _RPPS_SHAPE:
        return text[0] == 49 and (which == _RPPS or text[1] == 48)
    if which <= _FINESS:
        return _department(text[0], text[1]) and (not 48 <= text[1] <= 57 or _sums(text, n, np.int64(LUHN_ONLY)))
    if which == _UAI:
        return 1 <= value // 100000 <= 988 and text[7] == _MOD23[value // 10 % 23]
    if which == _SIV:
        return _siv(text, value)
    if which == _MIXED:
        return digits & (digits - 1) != 0 and digits != 0x1FF
    if which == _CADASTRE:
        zeros = text[2] == 48 and text[3] == 48 and text[4] == 48
        section = (text[8] >= 65 and text[8] <= 90) or (text[9] >= 65 and text[9] <= 90)
        return _department(text[0], text[1]) and not zeros and value % 10000 != 0 and section
    if digits | letters != 0xFFF:
        return ASK  # other signs may look alike to the count of different characters
    month = (text[2] - 48) * 10 + text[3] - 48
    return 1 <= month <= 12 and (which == _LICENCE or _department(text[4], text[5]))


@njit
def _registered(text: Text, n: int, digits: int, value: int, which: int) -> bool:
    """A NIR or a NIA: first digit, month, department, commune, order and key."""
    sex = text[0] == 49 or text[0] == 50
    waiting = text[0] == 51 or text[0] == 52 or text[0] == 55 or text[0] == 56
    if not ((sex and which != _NIA) or (waiting and (which == _NIA or which == _INS))):
        return False
    body, key = (value, 0) if which == _NIR_SHORT else (value // 100, value % 100)
    month, department = body // 100000000 % 100, body // 1000000 % 100
    if month == 0 or 12 < month < 20 or body % 1000 == 0 or body // 1000 % 1000 == 0:
        return False
    if digits >> 5 & 3 != 3:
        if text[5] != 50 or not 65 <= text[6] <= 66:
            return False
        # The letters are worth 0 so far: 2A and 2B are 20, and are read as 19 and 18.
        body -= (text[6] - 64) * 1000000
    elif department == 0:
        return False
    return which == _NIR_SHORT or key == 97 - body % 97


@njit
def _vat(text: Text, n: int, value: int) -> bool:
    """The key in digits, or in the alphabet of 34 symbols without I and O; 000 is Monaco."""
    number = value % 1000000000
    if text[0] != 70 or text[1] != 82 or (number >= 1000000 and not _sums(text, n, np.int64(_VAT))):
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


@njit
def _european(text: Text, value: int, which: int, tables: Bytes) -> bool:
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


@njit
def _money(text: Text, n: int, digits: int, letters: int, which: int, tables: Bytes) -> bool:
    if which == _IBAN:
        return _iban(text, n, digits, letters, tables)
    if which == _CARD or which == _TRACK:
        # All prefixes end on the fourth digit; lengths are bits from 12 on.
        if not 12 <= n <= 19 or digits != (1 << n) - 1:
            return False
        prefix = ((text[0] * 10 + text[1]) * 10 + text[2]) * 10 + text[3] - 53328
        return (tables[CARDS + prefix] >> (n - 12)) & 1 == 1 and _sums(text, n, np.int64(CARD_SUMS))
    if which == _RIB or which == _SPREAD:
        return _rib(text)
    if which == _BIC or which == _BIC_LIKE:
        if (n != 8 and n != 11) or letters & 0x3F != 0x3F or digits | letters != (1 << n) - 1:
            return False
        return tables[COUNTRIES + (text[4] - 65) * 26 + text[5] - 65] != 0
    return which == _CARD_SHAPE or _REPORTING[(text[0] - 48) * 10 + text[1] - 48]


@njit
def _iban(text: Text, n: int, digits: int, letters: int, tables: Bytes) -> bool:
    if n < 5 or letters & 3 != 3 or digits & 12 != 12 or digits | letters != (1 << n) - 1:
        return False
    if tables[IBANS + (text[0] - 65) * 26 + text[1] - 65] != n:
        return False
    rest = 0
    same = True
    for at in range(4, n + 4):
        char = text[at if at < n else at - n]
        rest = (rest * 10 + char - 48 if char < 65 else rest * 100 + char - 55) % 97
        same &= at >= n or char == text[4]
    return rest == 1 and not same


@njit
def _rib(text: Text) -> bool:
    """Bank, branch, account and key; A to I, J to R and S to Z are 1 to 9, 1 to 9 and 2 to 9."""
    whole = 0
    for at in range(21):
        char = text[at]
        digit = char - 48 if char < 65 else (char - 65) % 9 + 1 if char < 83 else char - 81
        whole = (whole * 10 + digit) % 97
    key = (text[21] - 48) * 10 + text[22] - 48
    # The weights 89, 15 and 3 are 10**18, 10**13 and 100 modulo 97: the parts may be read as one number.
    return 1 <= key <= 97 and (whole * 100 + key) % 97 == 0


@njit
def _fni(data: Bytes, start: int, end: int) -> int:
    """The department at the end of a plate as it stands, spaces and dashes left out."""
    last = 0  # three characters, a byte each
    kept = 0
    for at in range(start, end):
        char = np.int64(data[at])
        if char >= 0x80:
            return ASK
        if char != 32 and char != 45:
            last = (last << 8 | char) & 0xFFFFFF
            kept += 1
    if kept >= 3 and last >> 8 == 0x3937:
        return 1
    known = _department(last >> 8 & 255, last & 255)
    return kept >= 2 and known and last & 0xFFFF != 0x3937 and last & 0xFFFF != 0x3938


@njit
def _bounds(data: Bytes, start: int, end: int, which: int) -> tuple[int, int]:
    """A value without what its check strips: white space, or all of a track but the card number."""
    if which == _TRACK:
        while start < end and (data[start] == 37 or data[start] == 59 or data[start] == 66 or data[start] == 98):
            start += 1
        stop = start
        while stop < end and (48 <= data[stop] <= 57 or data[stop] == 32):
            stop += 1
        return start, ASK if stop < end and data[stop] >= 0x80 else stop
    while start < end and (data[start] == 32 or 9 <= data[start] <= 13 or 28 <= data[start] <= 31):
        start += 1
    while start < end and (data[end - 1] == 32 or 9 <= data[end - 1] <= 13 or 28 <= data[end - 1] <= 31):
        end -= 1
    return start, end


@njit
def _rare(data: Bytes, start: int, end: int, which: int, text: Text) -> tuple[int, int, int, int]:
    """As ``compact``, for the checks that read a value in their own way and for no-break spaces."""
    if which >= _TRACK:
        start, end = _bounds(data, start, end, which)
        if end < 0:
            return ASK, start, end, end
    n, digits, letters, value = compact(data, start, end, text, which != _SPREAD)
    if which >= _BIC and n != end - start:
        return ASK, digits, letters, value
    if which == _BIC_LIKE and digits == 0 and n >= 8:
        # Only the double letters of head offices, in capitals, will do.
        if data[start + 6] != data[start + 7] or not _DOUBLE[data[start + 6]]:
            return 0, digits, letters, value
    return n, digits, letters, value


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        # Flat, and without branches on characters: calls and wrong guesses are what a check costs.
        text = np.zeros(ROOM + 1, np.int64)
        for row in range(numbers.size + 0 * made_of):
            which = numbers[row]
            if not first <= which < last:
                continue
            start, end = spans[row, 0], spans[row, 1]
            if which == _FNI:
                out[row] = _fni(data, start, end)
                continue
            n = digits = letters = value = beyond = np.int64(0)
            plain = which < _SPREAD and end - start <= ROOM
            if plain:
                for at in range(start, end):
                    char = np.int64(_CHARACTERS[data[at]])
                    text[n] = char
                    n += char != 0
                    beyond |= char
                plain = beyond < 128
            if plain:
                for at in range(n):
                    digit = np.int64(text[at] >= 48) & np.int64(text[at] <= 57)
                    digits |= digit << at
                    letters |= (np.int64(text[at] >= 65) & np.int64(text[at] <= 90)) << at
                    if at < 18:
                        value = value * 10 + (text[at] - 48) * digit
            else:
                n, digits, letters, value = _rare(data, start, end, which, text)
            if n < 0:
                out[row] = ASK
                continue
            # Most are refused by this.
            shaped = LENGTH[which] == 0 or n == LENGTH[which]
            shaped &= digits & DIGITS[which] == DIGITS[which] and letters & LETTERS[which] == LETTERS[which]
            shaped &= EITHER[which] & (digits | letters) == EITHER[which]
            if not shaped or (which != _VAT and not _sums(text, n, which)):
                out[row] = 0
            elif which <= _CADASTRE:
                out[row] = _french(text, n, digits, letters, value, which)
            elif which <= _EHIC:
                out[row] = _european(text, value, which, tables)
            else:
                out[row] = _money(text, n, digits, letters, which, tables)

    return judge


judge = _kernel(stamp())
