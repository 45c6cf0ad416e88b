"""Values as formats write them, copied as they are meant: compiled, and never beyond the arrays.

Each ``copy_…`` writes the value of ``data[start:end]`` to ``out`` from ``at`` on and gives where it ends; the caller
has made room for as many bytes as the value was found to have.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.formats.cells import BACKSLASHED, COPIED, DOUBLED, QUOTED
from scanner.formats.wide import WIDE, move

Bytes = NDArray[np.uint8]


@numba.njit(cache=True, nogil=True, inline="always")
def copy_plain(data: Bytes, start: int, size: int, out: Bytes, at: int) -> int:
    """A value that means what it says; what is moved beyond its end, within the arrays, the next value overwrites."""
    k = 0
    while k < size and start + k + WIDE <= len(data) and at + k + WIDE <= len(out):
        move(out, at + k, data, start + k)
        k += WIDE
    while k < size:
        out[at + k] = data[start + k]
        k += 1
    return at + size


@numba.njit(cache=True, nogil=True)
def copy_quoted(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """A CSV value from its opening quote: doubled quotes are one; what follows the closing one belongs to it."""
    quote = data[start]
    k, inside = start + 1, True
    while k < end:
        if inside and data[k] == quote:
            if k + 1 < end and data[k + 1] == quote:
                out[at] = quote
                at += 1
                k += 1
            else:
                inside = False
        else:
            out[at] = data[k]
            at += 1
        k += 1
    return at


@numba.njit(cache=True, nogil=True)
def copy_doubled(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """The inside of a SQL string, which opens before ``start``: doubled quotes are one."""
    quote = data[start - 1]
    k = start
    while k < end:
        out[at] = data[k]
        at += 1
        k += 2 if data[k] == quote and k + 1 < end and data[k + 1] == quote else 1
    return at


@numba.njit(cache=True, nogil=True, inline="always")
def meant(byte: int) -> int:
    """What a letter after a backslash stands for: a byte, -1 for none, -2 when the backslash is only a backslash."""
    if byte in (39, 34, 92):
        return byte
    if byte == 110:
        return 10
    if byte == 114:
        return 13
    if byte == 116:
        return 9
    return -1 if byte == 48 else -2


@numba.njit(cache=True, nogil=True)
def copy_backslashed(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """The inside of a MySQL string, which opens before ``start``: backslashes escape too."""
    quote = data[start - 1]
    k = start
    while k < end:
        byte = data[k]
        step = 1
        if byte == quote and k + 1 < end and data[k + 1] == quote:
            step = 2
        elif byte == 92 and k + 1 < end:
            plain = meant(data[k + 1])
            step = 1 if plain == -2 else 2
            if plain == -1:
                k += 2
                continue
            if plain >= 0:
                byte = np.uint8(plain)
        out[at] = byte
        at += 1
        k += step
    return at


@numba.njit(cache=True, nogil=True)
def copy_copied(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """A value of COPY, in which backslashes escape; quotes are plain."""
    k = start
    while k < end:
        byte = data[k]
        step = 1
        if byte == 92 and k + 1 < end:
            plain = meant(data[k + 1])
            if plain >= 0 and plain not in (39, 34):
                byte = np.uint8(plain)
                step = 2
        out[at] = byte
        at += 1
        k += step
    return at


@numba.njit(cache=True, nogil=True, inline="always")
def hexadecimal(data: Bytes, start: int, end: int) -> int:
    """The number that four hexadecimal digits spell; -1 where they do not stand."""
    if start + 4 > end:
        return -1
    number = 0
    for k in range(start, start + 4):
        byte = data[k]
        if 48 <= byte <= 57:
            digit = byte - 48
        elif 65 <= byte <= 70:
            digit = byte - 55
        elif 97 <= byte <= 102:
            digit = byte - 87
        else:
            return -1
        number = number * 16 + digit
    return number


@numba.njit(cache=True, nogil=True, inline="always")
def codepoint(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """The character of a JSON escape at its ``u``, and where it ends; half a pair alone is a question mark."""
    high = hexadecimal(data, start + 1, end)
    if high < 0:
        return -1, start
    k = start + 5
    if 0xD800 <= high < 0xDC00 and k + 1 < end and data[k] == 92 and data[k + 1] == 117:
        low = hexadecimal(data, k + 2, end)
        if 0xDC00 <= low < 0xE000:
            return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), k + 6
    return (63 if 0xD800 <= high < 0xE000 else high), k


@numba.njit(cache=True, nogil=True)
def put(point: int, out: Bytes, at: int) -> int:
    """One character as UTF-8."""
    if point < 0x80:
        out[at] = point
        return at + 1
    if point < 0x800:
        out[at] = 0xC0 | (point >> 6)
        out[at + 1] = 0x80 | (point & 63)
        return at + 2
    if point < 0x10000:
        out[at] = 0xE0 | (point >> 12)
        out[at + 1] = 0x80 | ((point >> 6) & 63)
        out[at + 2] = 0x80 | (point & 63)
        return at + 3
    out[at] = 0xF0 | (point >> 18)
    out[at + 1] = 0x80 | ((point >> 12) & 63)
    out[at + 2] = 0x80 | ((point >> 6) & 63)
    out[at + 3] = 0x80 | (point & 63)
    return at + 4


@numba.njit(cache=True, nogil=True)
def copy_json(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """The inside of a JSON string that was found to be well written."""
    k = start
    while k < end:
        byte = data[k]
        if byte != 92 or k + 1 >= end:
            out[at] = byte
            at += 1
            k += 1
            continue
        letter = data[k + 1]
        if letter == 117:
            point, k = codepoint(data, k + 1, end)
            at = put(point, out, at)
            continue
        if letter == 98:
            letter = np.uint8(8)
        elif letter == 102:
            letter = np.uint8(12)
        elif letter in (110, 114, 116):
            letter = np.uint8(meant(letter))
        out[at] = letter
        at += 1
        k += 2
    return at


@numba.njit(cache=True, nogil=True)
def copy_escaped(data: Bytes, start: int, end: int, style: int, out: Bytes, at: int) -> int:
    """A value of any style that is shorter than it is written."""
    if style == QUOTED:
        at = copy_quoted(data, start, end, out, at)
    elif style == DOUBLED:
        at = copy_doubled(data, start, end, out, at)
    elif style == BACKSLASHED:
        at = copy_backslashed(data, start, end, out, at)
    elif style == COPIED:
        at = copy_copied(data, start, end, out, at)
    else:
        at = copy_json(data, start, end, out, at)
    return at
