"""The kernel for numbers of persons, companies, cards and accounts, and the checks of ``money``, in machine code."""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR0912, PLR1714, SIM102, SIM109

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators.compiled_european import european
from recognizers.validators.compiled_french import department, french
from recognizers.validators.compiled_names import COMPILED, NUMBERS
from recognizers.validators.compiled_shapes import CARD_SUMS, DIGITS, EITHER, LENGTH, LETTERS, sums
from recognizers.validators.compiled_tables import CARDS, COUNTRIES, IBANS
from recognizers.validators.compiled_text import ASK, ROOM, SIGNATURE, Bytes, Text, compact, njit, stamp

_VAT, _CADASTRE, _EHIC = COMPILED["vat_fr"], COMPILED["cadastre"], COMPILED["ehic"]
(
    _IBAN, _RIB, _CARD, _CARD_SHAPE, _IMEI, _SPREAD, _TRACK, _BIC, _BIC_LIKE, _FNI,
) = (COMPILED[name] for name in NUMBERS[30:])  # fmt: skip

_REPORTING = np.isin(np.arange(100), (1, 10, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99))
_DOUBLE = np.array([chr(code) in "PXMLFSB" for code in range(256)])
_LARGE = 10**15
"""From here on a number is worth a division to keep it small."""
_CHARACTERS = np.arange(256, dtype=np.uint8)
"""0 for what people group with, capitals for letters, more than 127 beyond ASCII; NUL is no such sign."""
_CHARACTERS[0] = 1
_CHARACTERS[[ord(sign) for sign in " .-/\t\n\r"]] = 0
_CHARACTERS[97:123] -= 32


@njit
def _money(text: Text, n: int, digits: int, letters: int, which: int, tables: Bytes) -> bool:
    if which == _IBAN:
        return _iban(text, n, digits, letters, tables)
    if which == _CARD or which == _TRACK:
        # All prefixes end on the fourth digit; lengths are bits from 12 on.
        if not 12 <= n <= 19 or digits != (1 << n) - 1:
            return False
        prefix = ((text[0] * 10 + text[1]) * 10 + text[2]) * 10 + text[3] - 53328
        return (tables[CARDS + prefix] >> (n - 12)) & 1 == 1 and sums(text, n, np.int64(CARD_SUMS))
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
        rest = rest * 10 + char - 48 if char < 65 else rest * 100 + char - 55
        rest = rest % 97 if rest > _LARGE else rest
        same &= at >= n or char == text[4]
    return rest % 97 == 1 and not same


@njit
def _rib(text: Text) -> bool:
    """Bank, branch, account and key; A to I, J to R and S to Z are 1 to 9, 1 to 9 and 2 to 9."""
    whole = 0
    for at in range(21):
        char = text[at]
        digit = char - 48 if char < 65 else (char - 65) % 9 + 1 if char < 83 else char - 81
        whole = whole * 10 + digit
        whole = whole % 97 if whole > _LARGE else whole
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
    known = department(last >> 8 & 255, last & 255)
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
            if not shaped or (which != _VAT and not sums(text, n, which)):
                out[row] = 0
            elif which <= _CADASTRE:
                out[row] = french(text, n, digits, letters, value, which)
            elif which <= _EHIC:
                out[row] = european(text, value, which, tables)
            else:
                out[row] = _money(text, n, digits, letters, which, tables)

    return judge


judge = _kernel(stamp())
