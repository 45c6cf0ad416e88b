"""The checks of ``phone`` over digits in scratch; the same words, in machine code.

Besides yes, no and ``ASK`` they say ``LEARN`` minus a calling code: its plan is not in the tables yet.
"""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR1714, SIM109, SIM110

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators.compiled_names import COMPILED, PHONE
from recognizers.validators.compiled_plans import FICTION, PLANNED
from recognizers.validators.compiled_tables import CALLED, FRENCH, HARD_PLAN, LEARN, NO_PLAN, PLANS, UNREAD
from recognizers.validators.compiled_text import ASK, ROOM, SIGNATURE, Bytes, Text, njit, stamp

(
    _FR, _FR_BARE, _FR_SHAPE, _FR_SPECIAL, _SHAPE, _INTERNATIONAL, _COUNTRY, _US, _UK,
) = (COMPILED[name] for name in PHONE)  # fmt: skip

_MOST = 30
"""Digits that a value may have to be judged here, zeros and prefixes included."""


@njit
def _verdict(data: Bytes, start: int, end: int, which: int, tables: Bytes, text: Text) -> int:
    first = np.int64(which == _FR_BARE or which == _FR_SPECIAL)  # room for a 0
    last, trunks = _gather(data, start, end, text, first, which == _INTERNATIONAL)
    if last > _MOST:
        return ASK
    if which == _INTERNATIONAL:
        return _international(text, first, last, trunks, tables)
    if which == _SHAPE:
        return _shape(data, start, end, last) if not _repetitive(text, first, last) else 0
    if which == _FR_SPECIAL:
        return _french_special(text, first, last)
    code = FRENCH
    if which == _FR_BARE:
        first -= 1
        text[first] = 48
    if which == _FR or which == _FR_BARE:
        first = _french(text, first, last, which == _FR and _plus(data, start, end))
        right = last - first == 9 and not _counted(text, first)
    elif which == _FR_SHAPE:
        first = _national(text, first, last) if last > 10 else 1
        return last - first == 9 and text[first] != 48 and not _repetitive(text, first, last)
    elif which == _COUNTRY:
        return _country(text, last, tables) if 9 <= last <= 15 and not _repetitive(text, first + 3, last) else 0
    elif which == _US:
        code = 1
        first += last == 11 and text[0] == 49
        right = last - first == 10
    else:
        code = 44
        right = last > 0 and text[0] == 48 and not _repetitive(text, first, last)
        first += 1
    if not right or (which != _UK and _repetitive(text, first, last)):
        return 0
    return _planned(text, first, last, code, tables)


@njit
def _gather(data: Bytes, start: int, end: int, text: Text, n: int, trunk: bool) -> tuple[int, int]:
    """Write the digits of a value; ``trunk`` leaves out each ``(0)``. How many there are then, and how many are not."""
    trunks = 0
    at = start
    while at < end and n < ROOM:
        char = np.int64(data[at])
        if 48 <= char <= 57:
            text[n] = char
            n += 1
        elif trunk and char == 40 and at + 2 < end and data[at + 1] == 48 and data[at + 2] == 41:
            if n < 2:
                return ROOM, trunks  # it could be part of a prefix 00
            trunks += 1
            at += 2
        at += 1
    return n, trunks


@njit
def _repetitive(text: Text, first: int, last: int) -> bool:
    """More than seven digits of two kinds at most."""
    seen = 0
    for at in range(first, last):
        seen |= 1 << (text[at] - 48)
    seen &= seen - 1
    return last - first > 7 and seen & (seen - 1) == 0


@njit
def _counted(text: Text, first: int) -> bool:
    """The nine digits 1 02 03 04 05."""
    for at in range(9):
        if text[first + at] != 48 + (0 if at & 1 else at // 2 + 1):
            return False
    return True


@njit
def _plus(data: Bytes, start: int, end: int) -> bool:
    while start < end and (data[start] == 40 or data[start] == 32):
        start += 1
    return start < end and data[start] == 43


@njit
def _national(text: Text, first: int, last: int) -> int:
    """Where the national number begins after 00, 33 and 0, each if it is there."""
    for prefix in (48, 51):
        if last - first >= 2 and text[first] == prefix and text[first + 1] == prefix:
            first += 2
    return first + 1 if first < last and text[first] == 48 else first


@njit
def _abroad(text: Text, first: int, last: int) -> bool:
    """Digits that begin with 0033."""
    zeros = last - first >= 4 and text[first] == 48 and text[first + 1] == 48
    return zeros and text[first + 2] == 51 and text[first + 3] == 51


@njit
def _french(text: Text, first: int, last: int, plus: bool) -> int:
    """Where the nine national digits begin; ``last`` if it is no French form."""
    if plus or _abroad(text, first, last):
        return _national(text, first, last)
    return first + 1 if first < last and text[first] == 48 else last


@njit
def _french_special(text: Text, first: int, last: int) -> bool:
    if _abroad(text, first, last):
        first += 4
    if last - first >= 2 and text[first] == 51 and text[first + 1] == 51:
        first += 2
    if first == last or text[first] != 48:
        first -= 1
        text[first] = 48
    return last - first == 10 and text[first + 1] == 56 and not _repetitive(text, first, last)


@njit
def _shape(data: Bytes, start: int, end: int, n: int) -> int:
    """Seven to fifteen digits; eight of them must not stand as a date."""
    if not 7 <= n <= 15 or n != 8:
        return 7 <= n <= 15
    parts = long = 0
    first = last = size = 0
    for at in range(start, end + 1):
        if at == end or data[at] == 32 or 45 <= data[at] <= 47:
            if size != 2 and size != 4:
                return 1
            long += size == 4
            first = size if parts == 0 else first
            last = size
            parts += 1
            size = 0
        elif data[at] >= 0x80:
            return ASK
        else:
            size += 1
    return not (parts == 3 and long == 1 and (first == 4 or last == 4))


@njit
def _international(text: Text, first: int, last: int, trunks: int, tables: Bytes) -> int:
    if last >= 2 and text[0] == 48 and text[1] == 48:
        first += 2
    if not 8 <= last - first + trunks <= 15:
        return 0
    if last - first < 3:
        return ASK
    missing = code = 0
    for at in range(first + 1, first + 4):
        code = code * 10 + text[at - 1] - 48
        if _repetitive(text, at, last):
            continue
        verdict = _planned(text, at, last, code, tables)
        if verdict == 0 and at < last and text[at] == 48:
            verdict = _planned(text, at + 1, last, code, tables)
        if verdict == 1:
            return 1
        missing = min(missing, verdict)
    return missing


@njit
def _country(text: Text, n: int, tables: Bytes) -> int:
    if not tables[CALLED]:
        return LEARN
    code = 0
    for at in range(3):
        code = code * 10 + text[at] - 48
        if code > 0 and tables[CALLED + code]:
            return 1
    return 0


@njit
def _planned(text: Text, first: int, last: int, code: int, tables: Bytes) -> int:
    """Whether the plan of a calling code has this national number, or keeps its beginning for films."""
    slot = PLANS + 4 * code
    base = np.int64(tables[slot]) | np.int64(tables[slot + 1]) << 8 | np.int64(tables[slot + 2]) << 16
    if base == UNREAD:
        return LEARN - code
    if base <= HARD_PLAN:
        return 0 if base == NO_PLAN else ASK
    row = 1
    for at in range(first, last):
        next_row = base + row * 22 + 2 * (text[at] - 48)
        row = np.int64(tables[next_row]) | np.int64(tables[next_row + 1]) << 8
        if row == 0:
            return 0
    ends = tables[base + row * 22 + 20]
    return ends == FICTION or (ends == PLANNED and last - first >= 7)


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        text = np.zeros(ROOM + 1, np.int64)
        for row in range(numbers.size + 0 * made_of):
            if first <= numbers[row] < last:
                out[row] = _verdict(data, spans[row, 0], spans[row, 1], numbers[row], tables, text)

    return judge


judge = _kernel(stamp())
