"""From bytes of UTF-8 to characters and lines and back, for many offsets in one pass over the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

_BLOCK = 256


def chars_before(data: Bytes, offsets: Ints) -> Ints:
    """How many characters begin before each of these bytes."""
    return _in_order(_chars_before, data, offsets)


def bytes_before(data: Bytes, chars: Ints) -> Ints:
    """At which byte each of these characters begins; the length of the text for those beyond it."""
    return _in_order(_bytes_before, data, chars)


def newlines_before(data: Bytes, offsets: Ints) -> Ints:
    """How many lines end before each of these bytes."""
    return _in_order(_newlines_before, data, offsets)


def _in_order(kernel: Callable[[Bytes, Ints], Ints], data: Bytes, asked: Ints) -> Ints:
    fixed = data.view()
    fixed.flags.writeable = False
    if (asked[1:] >= asked[:-1]).all():
        return kernel(fixed, asked)
    order = np.argsort(asked, kind="stable")
    answers = np.empty_like(asked)
    answers[order] = kernel(fixed, asked[order])
    return answers


@numba.njit(cache=True, nogil=True)
def _chars_before(data: Any, offsets: Any) -> Any:
    counts = np.empty(len(offsets), np.int64)
    at = count = 0
    for i in range(len(offsets)):
        stop = min(offsets[i], len(data))
        count += _heads(data, at, stop)
        counts[i], at = count, max(at, stop)
    return counts


@numba.njit(cache=True, nogil=True)
def _newlines_before(data: Any, offsets: Any) -> Any:
    counts = np.empty(len(offsets), np.int64)
    at = count = 0
    for i in range(len(offsets)):
        stop = min(offsets[i], len(data))
        for byte in data[at : max(at, stop)]:
            count += byte == 0x0A
        counts[i], at = count, max(at, stop)
    return counts


@numba.njit(cache=True, nogil=True)
def _bytes_before(data: Any, chars: Any) -> Any:
    starts = np.empty(len(chars), np.int64)
    at = seen = 0
    for i in range(len(chars)):
        while at + _BLOCK <= len(data):
            heads = _heads(data, at, at + _BLOCK)
            if seen + heads > chars[i]:
                break
            seen += heads
            at += _BLOCK
        while at < len(data):
            is_head = data[at] & 0xC0 != 0x80
            if is_head and seen >= chars[i]:
                break
            seen += is_head
            at += 1
        starts[i] = at
    return starts


@numba.njit(cache=True, nogil=True)
def _heads(data: Any, start: int, end: int) -> int:
    count = 0
    for at in range(start, end):
        count += data[at] & 0xC0 != 0x80
    return count
