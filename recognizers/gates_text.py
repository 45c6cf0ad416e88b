"""Compiled passes over whole texts: folding, signs of code, addresses; each stands alone."""

# mypy: disable-error-code="no-any-return, assignment, call-overload, return-value"

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
_DASH, _DOT = 45, 46


@numba.njit(cache=True, nogil=True)
def fold_utf8(data: Bytes, table: Bytes, out: Bytes) -> tuple[int, bool]:
    """Write one byte for each character of UTF-8 ``data``; says how many, and whether combining marks were met."""
    size, last, marks = len(data), len(table), False
    i = written = 0
    while i < size:
        byte = np.int64(data[i])
        if byte < 0x80:
            out[written] = byte
            i += 1
        elif byte < 0xE0 and i + 1 < size:
            code = ((byte & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F)
            marks |= 0x300 <= code < 0x370
            out[written] = table[code]
            i += 2
        elif byte < 0xF0 and i + 2 < size:
            code = ((byte & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F)
            out[written] = table[min(code, last - 1)]
            i += 3
        else:
            out[written] = table[last - 1]
            i += 4
        written += 1
    return written, marks


@numba.njit(cache=True, nogil=True)
def count_code(data: Bytes) -> int:
    """How many bytes are brackets, semicolons or equal signs."""
    n = 0
    for i in range(len(data)):
        byte = data[i]
        signs = (byte == 40) | (byte == 41) | (byte == 59) | (byte == 60) | (byte == 61) | (byte == 62)
        n += np.int64(signs | (byte == 91) | (byte == 93) | (byte == 123) | (byte == 125))
    return n


@numba.njit(cache=True, nogil=True, inline="always")
def _is_local(byte: int) -> bool:
    return _is_alnum(byte) or byte in (46, 95, 37, 43, 45)


@numba.njit(cache=True, nogil=True, inline="always")
def _is_alnum(byte: int) -> bool:
    return (97 <= (byte | 32) <= 122) or (48 <= byte <= 57)


@numba.njit(cache=True, nogil=True)
def _address_start(data: Bytes, at: int, low: int) -> int:
    """Where the e-mail address begins whose ``@`` is at ``at``; the data's length where there is none."""
    start, first = at, len(data)
    while start > low and at - start < 64 and _is_local(data[start - 1]):
        start -= 1
        if _is_alnum(data[start]) and at - start >= 2:
            first = start
    return first


@numba.njit(cache=True, nogil=True)
def _is_in_address(data: Bytes, at: int) -> bool:
    """Whether only signs of an address stand between here and an ``@`` near by."""
    end = at
    while end < len(data) and end - at <= 64 and _is_local(data[end]):
        end += 1
    if end + 1 >= len(data) or end - at > 64 or data[end] != 64:
        return False
    return _is_alnum(data[end + 1]) or data[end + 1] == _DASH


@numba.njit(cache=True, nogil=True)
def _is_site(data: Bytes, at: int) -> bool:
    """Whether ``www.`` stands here by itself."""
    if at + 4 >= len(data) or data[at + 1] != 119 or data[at + 2] != 119 or data[at + 3] != _DOT:
        return False
    return (at == 0 or not (_is_alnum(data[at - 1]) or data[at - 1] == 95)) and not _is_in_address(data, at)


@numba.njit(cache=True, nogil=True)
def _copied(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """Write a stretch in capitals, and the end of a line; says where the next one goes."""
    for i in range(start, end):
        byte = data[i]
        out[at] = byte - 32 if 97 <= byte <= 122 else byte
        at += 1
    out[at] = 10
    return at + 1


@numba.njit(cache=True, nogil=True)
def collect_addresses(data: Bytes, most: int, people: Bytes, domains: Bytes) -> tuple[int, int]:
    """Write what stands before and after the ``@`` of addresses, and after ``www.``, one a line, in capitals.

    Each of both has room for the whole data; says how much of it was taken.
    """
    size, low, found, n, m = len(data), 0, 0, 0, 0
    at = 0
    while at < size and found < most:
        byte = data[at]
        if byte not in (64, 119):
            at += 1
            continue
        mail = byte == 64
        if mail:
            start, end = _address_start(data, at, low), at + 1
        else:
            start, end = at if _is_site(data, at) else size, at + 4
        stop = end
        while start < size and stop < size and (_is_alnum(data[stop]) or data[stop] == 45):
            stop += 1
        if start < size and stop > end:
            n = _copied(data, start, at, people, n) if mail else n
            m = _copied(data, end, stop, domains, m)
            found += 1
            low = stop
        at = max(at + 1, low)
    return n, m
