"""The checks of ``dates``; the same words, in machine code."""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR1714

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators import dates
from recognizers.validators.compiled_names import COMPILED
from recognizers.validators.compiled_text import ASK, SIGNATURE, Bytes, Text, is_date, joiner, njit, stamp

_FIRST, _LAST = dates.FIRST_YEAR, dates.LAST_YEAR
_WITH_TIME = COMPILED["birth_day_or_midnight"]
_MIDNIGHT = np.frombuffer(b" 00:00:00", np.uint8)

_WORDS = [(name.encode(), at) for at, names in enumerate(dates._MONTHS, 1) for name in names]
_LONG = 4
"""Bytes of the longest beginning that tells a month."""
_KEYS = np.array([int.from_bytes(name.ljust(_LONG, b"\0"), "big") for name, _ in _WORDS], np.int64)
_SHIFTS = np.array([8 * (_LONG - len(name)) for name, _ in _WORDS], np.int64)
_MONTH_OF = np.array([month for _, month in _WORDS], np.int64)
_SUFFIXES = np.array([list(pair) for pair in (b"er", b"th", b"st", b"nd", b"rd")], np.uint8)

_SIGN, _DIGIT, _LETTER, _BEYOND = range(4)
_KINDS = np.array([_BEYOND if code >= 128 else _DIGIT if 48 <= code <= 57 else _LETTER if chr(code).isalpha() else _SIGN
                   for code in range(256)], np.uint8)  # fmt: skip
_BEGIN, _END, _VALUE, _DIGITS, _WIDE = range(5)
"""Of a field, one after the other in scratch: its bytes, the number that its digits make, and how many these are."""
_MOST = 3


@njit
def _day_alone(data: Bytes, start: int, end: int) -> int:
    """Where the day ends in a value: before a T, or before midnight."""
    stop = start
    while stop < end and data[stop] != 84:
        stop += 1
    for at in range(start, stop - _MIDNIGHT.size + 1):
        k = 0
        while k < _MIDNIGHT.size and data[at + k] == _MIDNIGHT[k]:
            k += 1
        if k == _MIDNIGHT.size:
            return at
    return stop


@njit
def _split(data: Bytes, start: int, end: int, fields: Text) -> int:
    """Runs of letters and digits: how many, or ``ASK`` for letters that no month has. Stops after one too many."""
    count = value = digits = np.int64(0)
    begin = np.int64(-1)
    at = start
    while at <= end:
        kind = _KINDS[data[at]] if at < end else _SIGN
        size = 1
        if kind == _BEYOND:
            # É and Û in both cases: their second bytes differ by one bit, as letters do.
            small = data[at + 1] | 32 if data[at] == 0xC3 and at + 1 < end else 0
            size = 2 if small == 0xA9 or small == 0xBB else joiner(data, at, end)
            if size == 0:
                return ASK
            kind = _LETTER if small else _SIGN
        if kind == _SIGN:
            if begin >= 0:
                if count == _MOST:
                    return count + 1
                _keep(fields, count, begin, at, value, digits)
                count += 1
                begin, value, digits = np.int64(-1), np.int64(0), np.int64(0)
        else:
            begin = at if begin < 0 else begin
            if kind == _DIGIT:
                value = min(value * 10 + np.int64(data[at]) - 48, 100000000)
                digits += 1
        at += size
    return count


@njit
def _keep(fields: Text, field: int, begin: int, end: int, value: int, digits: int) -> None:
    at = field * _WIDE
    fields[at + _BEGIN], fields[at + _END], fields[at + _VALUE], fields[at + _DIGITS] = begin, end, value, digits


@njit
def _birth_date(data: Bytes, start: int, end: int, fields: Text) -> int:
    count = _split(data, start, end, fields)
    if count == 1 and fields[_DIGITS] == 8 and fields[_END] - fields[_BEGIN] == 8:
        begin, whole = fields[_BEGIN], fields[_VALUE]
        for field in range(_MOST):
            size = 2 if field else 4
            _keep(fields, field, begin, begin + size, whole // 10000 if field == 0 else whole // 100 % 100, size)
            begin += size
            whole = whole if field == 0 else whole * 100
        count = np.int64(_MOST)
    elif count == 1:
        count = _part(data, fields)
    if count != _MOST:
        return ASK if count < 0 else 0
    return np.int64(_in_any_order(data, fields))


@njit
def _part(data: Bytes, fields: Text) -> int:
    """A field of digits, letters, digits becomes three; 1 for any other."""
    begin, end = fields[_BEGIN], fields[_END]
    day, word, digits = np.int64(0), begin, np.int64(0)
    while word < end and _KINDS[data[word]] == _DIGIT:
        day = min(day * 10 + np.int64(data[word]) - 48, 100000000)
        word += 1
    year = word
    while year < end and _KINDS[data[year]] == _LETTER:
        year += 1
    after = year
    while after < end and _KINDS[data[after]] == _DIGIT:
        digits = min(digits * 10 + np.int64(data[after]) - 48, 100000000)
        after += 1
    if after < end:
        return ASK if _KINDS[data[after]] == _BEYOND else 1
    if not begin < word < year < end:
        return 1
    _keep(fields, 0, begin, word, day, word - begin)
    _keep(fields, 1, word, year, 0, 0)
    _keep(fields, 2, year, end, digits, end - year)
    return _MOST


@njit
def _in_any_order(data: Bytes, fields: Text) -> bool:
    """Day, month, year; month, day, year; year, month, day."""
    for order in range(3):
        day, month, year = 0, _WIDE, 2 * _WIDE
        if order == 1:
            day, month = _WIDE, 0
        elif order == 2:
            day, year = 2 * _WIDE, 0
        size = fields[year + _END] - fields[year + _BEGIN]
        if (size != 2 and size != 4) or fields[year + _DIGITS] != size or not 1 <= fields[day + _DIGITS] <= 2:
            continue
        full = fields[year + _VALUE]
        if size == 2:
            full += 1900 if full > 30 else 2000
        begin, end = fields[day + _BEGIN], fields[day + _END]
        if end - begin > 2:
            end = _without_suffix(data, begin, end)
        if end - begin != fields[day + _DIGITS] or not _FIRST <= full <= _LAST:
            continue
        number = fields[month + _VALUE]
        if fields[month + _DIGITS] != fields[month + _END] - fields[month + _BEGIN]:
            number = _month(data, fields[month + _BEGIN], fields[month + _END])
        if is_date(full, number, fields[day + _VALUE]):
            return True
    return False


@njit
def _without_suffix(data: Bytes, start: int, end: int) -> int:
    """Where a day ends without its ordinal letters."""
    for k in range(len(_SUFFIXES)):
        # Fields have letters and digits only, so that the bit of case tells nothing else apart.
        if end - start >= 2 and data[end - 2] | 32 == _SUFFIXES[k, 0] and data[end - 1] | 32 == _SUFFIXES[k, 1]:
            end -= 2
    return end


@njit
def _month(data: Bytes, start: int, end: int) -> int:
    """The month whose name begins so, 0 if none."""
    key = np.int64(0)
    for at in range(start, start + _LONG):
        char = np.int64(data[at]) if at < end else 0
        key = key << 8 | (char if char == 0xC3 or char == 0 else char | 32)
    for k in range(_KEYS.size):
        if (key ^ _KEYS[k]) >> _SHIFTS[k] == 0:
            return _MONTH_OF[k]
    return 0


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        fields = np.zeros((_MOST + 1) * _WIDE, np.int64)
        for row in range(numbers.size + 0 * made_of):
            if first <= numbers[row] < last:
                start, end = spans[row, 0], spans[row, 1]
                stop = _day_alone(data, start, end) if numbers[row] == _WITH_TIME else end
                out[row] = _birth_date(data, start, stop, fields)

    return judge


judge = _kernel(stamp())
