"""Finds the values of rows of INSERT and of lines of COPY, compiled, and never beyond the arrays."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from scanner.formats.escapes import Bytes, meant
from scanner.formats.wide import find

ENDED, MORE, OTHER, FULL = 0, 1, 2, 3

_SPACE = np.zeros(256, np.bool_)
_SPACE[[9, 10, 13, 32]] = True
_WORD = np.zeros(256, np.bool_)
_WORD[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True
_TELLING = np.ones(256, np.bool_)
_TELLING[[9, 10, 13, 32, *b"-/#"]] = False
_BARE = np.ones(256, np.bool_)
_BARE[[*range(33), *b"(),;'\"#-/", 127]] = False
_BINARY = np.frombuffer(b"_binary", np.uint8)
_QUOTE, _DOUBLE, _BACKSLASH, _COMMA, _OPEN, _CLOSE, _SEMICOLON, _COLON = 39, 34, 92, 44, 40, 41, 59, 58
_SLASH, _DASH, _STAR, _HASH = 47, 45, 42, 35


@numba.njit(cache=True, nogil=True)
def _past_comment(data: Bytes, at: int, hashes: bool) -> int:
    """Behind the comment at ``at``, ``at`` itself where none is, and the end of the data where it does not end."""
    n, k = len(data), at
    if data[k] == _SLASH and k + 1 < n and data[k + 1] == _STAR:
        k += 2
        while k + 1 < n and (data[k] != _STAR or data[k + 1] != _SLASH):
            k += 1
        return min(k + 2, n)
    if (data[k] == _DASH and k + 1 < n and data[k + 1] == _DASH) or (hashes and data[k] == _HASH):
        while k < n and data[k] != 10:
            k += 1
    return k


@numba.njit(cache=True, nogil=True, inline="always")
def _past_space(data: Bytes, at: int, hashes: bool) -> int:
    """Behind spaces and comments, of which MySQL has one more kind."""
    while at < len(data) and not _TELLING[data[at]]:
        if _SPACE[data[at]]:
            at += 1
        else:
            after = _past_comment(data, at, hashes)
            if after == at:
                break
            at = after
    return at


@numba.njit(cache=True, nogil=True)
def _string(data: Bytes, at: int, quote: int, backslashes: bool) -> tuple[int, int]:
    """Where the string ends that begins at ``at``, or -1 at the end of the data, and how many bytes escapes take."""
    n, k, drop = len(data), at, 0
    while True:
        k = find(data, k, quote, _BACKSLASH, quote)
        if k + 1 >= n:
            return -1, 0
        after = data[k + 1]
        if data[k] == quote:
            if after != quote:
                return k, drop
            drop += 1
            k += 2
        elif backslashes:
            plain = meant(after)
            drop += 2 if plain == -1 else 1 if plain >= 0 else 0
            k += 2
        else:
            k += 1


@numba.njit(cache=True, nogil=True)
def _expression(data: Bytes, at: int, backslashes: bool) -> tuple[int, int]:
    """Where the value at ``at`` ends, with its calls and strings, and where the comma or bracket is that follows it.

    The latter is -1 at the end of the data, and -2 where no value is.
    """
    n, k, end, depth = len(data), at, at, 0
    while k < n:
        byte = data[k]
        if byte in (_QUOTE, _DOUBLE):
            k, _ = _string(data, k + 1, byte, backslashes)
            if k < 0:
                return end, -1
        elif byte == _OPEN:
            depth += 1
        elif depth == 0 and byte in (_COMMA, _CLOSE):
            return end, k
        elif byte == _CLOSE:
            depth -= 1
        elif byte == _SEMICOLON:
            return end, -2
        elif byte in (_DASH, _SLASH, _HASH):
            after = _past_comment(data, k, backslashes)
            if after > k:
                k = after
                continue
        k += 1
        if not _SPACE[byte]:
            end = k
    return end, -1


@numba.njit(cache=True, nogil=True)
def _prefix(data: Bytes, at: int) -> int:
    """Where a string opens at ``at``, past what may introduce it (``N'…'``, ``_binary '…'``); -1 where none does."""
    n, k = len(data), at
    if data[k] == _DOUBLE:
        return k
    while k < n and _WORD[data[k]]:
        k += 1
    if k < n and data[k] == _QUOTE:
        return k
    if k + 1 < n and k - at == len(_BINARY) and data[k] == 32 and data[k + 1] == _QUOTE:
        lower = upper = True
        for i in range(len(_BINARY)):
            lower = lower and data[at + i] == _BINARY[i]
            upper = upper and data[at + i] == (_BINARY[i] & 0xDF if i else _BINARY[i])
        return k + 1 if lower or upper else -1
    return -1


@numba.njit(cache=True, nogil=True)
def _value(data: Bytes, at: int, backslashes: bool) -> tuple[int, int, int, int]:
    """Start, end and size of the value at ``at``, and where it is followed by a comma or a bracket.

    A string is what is between its quotes, whatever type it is cast to; an expression is given as it is written. The
    last number is -1 at the end of the data, and -2 where no value is.
    """
    n, k = len(data), at
    opens = at if data[at] == _QUOTE else _prefix(data, at)
    if opens >= 0:
        end, drop = _string(data, opens + 1, data[opens], backslashes)
        if end < 0:
            return 0, 0, 0, -1
        k = end + 1
        if data[k] != _COMMA:
            k = _past_space(data, k, backslashes)
        if k + 1 >= n:
            return 0, 0, 0, -1
        cast = data[k] == _COLON and data[k + 1] == _COLON
        if cast:
            _, k = _expression(data, k, backslashes)
        if cast or data[k] == _COMMA or data[k] == _CLOSE:
            return opens + 1, end, end - opens - 1 - drop, k
    else:
        k += data[k] == _DASH
        while k < n and _BARE[data[k]]:
            k += 1
        if k >= n:
            return 0, 0, 0, -1
    end = k
    if opens >= 0 or data[k] not in (_COMMA, _CLOSE):
        end, k = _expression(data, at, backslashes)
    null = end - at == 4 and data[at] == 78 and data[at + 1] == 85 and data[at + 2] == 76 and data[at + 3] == 76
    return at, end, -1 if null else end - at, k


@numba.njit(cache=True, nogil=True)
def _like(data: Bytes, at: int, again: Bytes) -> tuple[int, bool]:
    """Where the rows begin of a statement at ``at`` that begins like the last; -1, and whether more data may tell."""
    n, k, apart = len(data), at, False
    while k < n and (_SPACE[data[k]] or data[k] == _SEMICOLON):
        apart = apart or data[k] in (10, _SEMICOLON)
        k += 1
    if apart and k < n and data[k] == 71:
        if k + 2 >= n:
            return -1, True
        if data[k + 1] == 79 and data[k + 2] in (10, 13):
            k = _past_space(data, k + 2, False)
    for i in range(len(again)):
        if k + i >= n:
            return -1, True
        if data[k + i] != again[i]:
            return -1, False
    k += len(again)
    if k >= n:
        return -1, True
    return (k, False) if apart and data[k] == _OPEN else (-1, False)


@numba.njit(cache=True, nogil=True)
def _next_row(data: Bytes, at: int, again: Bytes, first: bool, hashes: bool) -> tuple[int, int]:
    """Where the row after ``at`` opens, or -1 and why there is none."""
    n, k = len(data), _past_space(data, at, hashes)
    comma = k < n and data[k] == _COMMA
    if comma:
        k = _past_space(data, k + 1, hashes)
    if k + 3 >= n:
        return (k, 0) if k < n and data[k] == _OPEN and (comma or first) else (-1, MORE)
    if comma or first:
        if data[k] & 0xDF == 82 and data[k + 1] & 0xDF == 79 and data[k + 2] & 0xDF == 87:
            k = _past_space(data, k + 3, hashes)
        if k >= n:
            return -1, MORE
        if data[k] == _OPEN:
            return k, 0
        if comma:
            return -1, ENDED
    k, more = _like(data, k if data[k] == _SEMICOLON else at, again)
    if k >= 0:
        return k, 0
    return -1, MORE if more else ENDED


@numba.njit(cache=True, nogil=True)
def cut_values(
    data: Bytes,
    at: int,
    first: bool,
    again: Bytes,
    backslashes: bool,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    sizes: NDArray[np.int32],
) -> tuple[int, int, int, int]:
    """Rows of one width from ``at`` on: how many, their width, how far they reach, and why no more of them.

    ``first`` says that the list begins there; statements that begin with ``again`` go on with it. ``ENDED``: the list
    did, or what follows is no row; ``MORE``: the data did; ``OTHER``: the next row has another width; ``FULL``: no
    room for more.
    """
    n = len(data)
    rows = cells = width = 0
    done = at
    while True:
        k, why = _next_row(data, done, again, first and rows == 0, backslashes)
        if k < 0:
            return rows, width, done, why
        count = 0
        while True:
            k = _past_space(data, k + 1, backslashes)
            if k >= n:
                return rows, width, done, MORE
            if cells + count >= len(starts):
                return rows, width, done, FULL
            start, end, size, k = _value(data, k, backslashes)
            if k < 0:
                return rows, width, done, MORE if k == -1 else ENDED
            starts[cells + count] = start
            ends[cells + count] = end
            sizes[cells + count] = size
            count += 1
            if data[k] == _CLOSE:
                break
        if width and count != width:
            return rows, width, done, OTHER
        width = count
        cells += count
        rows += 1
        done = k + 1


@numba.njit(cache=True, nogil=True)
def undo_copy(data: Bytes, starts: NDArray[np.int32], ends: NDArray[np.int32], sizes: NDArray[np.int32]) -> None:
    r"""Sizes of values of COPY without their escapes; ``\N`` is no value."""
    for cell in range(len(starts)):
        k, end, drop = starts[cell], ends[cell], 0
        if end - k == 2 and data[k] == _BACKSLASH and data[k + 1] == 78:
            sizes[cell] = -1
            continue
        while k < end:
            if data[k] == _BACKSLASH and k + 1 < end:
                plain = meant(data[k + 1])
                if plain >= 0 and plain not in (_QUOTE, 34):
                    drop += 1
                    k += 1
            k += 1
        sizes[cell] = end - starts[cell] - drop


@numba.njit(cache=True, nogil=True)
def created(data: Bytes, at: int) -> int:
    """Where the first line from ``at`` on begins that may be a CREATE; -1 where none does."""
    n = len(data)
    while at < n:
        k = at
        while k < n and (data[k] == 32 or data[k] == 9):
            k += 1
        if k + 2 < n and data[k] | 32 == 99 and data[k + 1] | 32 == 114 and data[k + 2] | 32 == 101:
            return at
        at = find(data, k, 10, 10, 10) + 1
    return -1
