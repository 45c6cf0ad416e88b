"""Hashes of many values in one compiled loop, alike for values that differ in separators or in case only.

SipHash-1-3 (Aumasson and Bernstein, 2012), as CPython and Rust use it for their tables.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

KEY = (0x726563656E736520, 0x64697374696E6374)
"""The same in every worker and every run, so that counts merge and come out the same again."""

LONG = 64
"""Bytes beyond which a value is a line or a key: nobody writes one in two ways, and it is hashed as it is."""

_SKIPPED = b" .-/\t\n\r"
_FOLDED = np.array([0 if c in _SKIPPED else ord(chr(c).lower()) if c < 0x80 else c for c in range(256)], np.uint64)
_LENGTH = np.array([c not in _SKIPPED for c in range(256)], np.uint64)
_ONE, _EIGHT = np.uint64(1), np.uint64(8)


def hash_spans(
    data: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    exact: bool = False,
    key: tuple[int, int] = KEY,
) -> NDArray[np.uint64]:
    """One hash for each ``data[start:end]`` of UTF-8: without separators and in lower case, unless ``exact``."""
    fixed = data.view()
    fixed.flags.writeable = False
    hashes: NDArray[np.uint64] = _hash(fixed, starts, ends, np.uint64(key[0]), np.uint64(key[1]), exact)
    return hashes


@numba.njit(cache=True, nogil=True)
def _hash(data: Any, starts: Any, ends: Any, key0: Any, key1: Any, exact: bool) -> Any:
    hashes = np.empty(len(starts), np.uint64)
    for i in range(len(starts)):
        start = max(0, starts[i])
        end = max(start, min(len(data), ends[i]))
        if exact or end - start > LONG:
            hashes[i] = _hash_exactly(data, start, end, key0, key1)
        else:
            hashes[i] = _hash_folded(data, start, end, key0, key1)
    return hashes


@numba.njit(cache=True, nogil=True, inline="always")
def _begin(key0: Any, key1: Any) -> Any:
    return (
        key0 ^ np.uint64(0x736F6D6570736575),
        key1 ^ np.uint64(0x646F72616E646F6D),
        key0 ^ np.uint64(0x6C7967656E657261),
        key1 ^ np.uint64(0x7465646279746573),
    )


@numba.njit(cache=True, nogil=True, inline="always")
def _turn(x: Any, by: int) -> Any:
    return (x << np.uint64(by)) | (x >> np.uint64(64 - by))


@numba.njit(cache=True, nogil=True, inline="always")
def _round(a: Any, b: Any, c: Any, d: Any) -> Any:
    a += b
    c += d
    b = _turn(b, 13) ^ a
    d = _turn(d, 16) ^ c
    a = _turn(a, 32) + d
    c += b
    b = _turn(b, 17) ^ c
    d = _turn(d, 21) ^ a
    return a, b, _turn(c, 32), d


@numba.njit(cache=True, nogil=True, inline="always")
def _take(a: Any, b: Any, c: Any, d: Any, word: Any) -> Any:
    a, b, c, d = _round(a, b, c, d ^ word)
    return a ^ word, b, c, d


@numba.njit(cache=True, nogil=True, inline="always")
def _end(a: Any, b: Any, c: Any, d: Any, word: Any, length: Any) -> Any:
    a, b, c, d = _take(a, b, c, d, word | ((length & np.uint64(0xFF)) << np.uint64(56)))
    c ^= np.uint64(0xFF)
    for _ in range(3):
        a, b, c, d = _round(a, b, c, d)
    return a ^ b ^ c ^ d


@numba.njit(cache=True, nogil=True)
def _hash_exactly(data: Any, start: int, end: int, key0: Any, key1: Any) -> Any:
    a, b, c, d = _begin(key0, key1)
    at = start
    while at + 8 <= end:
        a, b, c, d = _take(a, b, c, d, _word(data, at, 8))
        at += 8
    return _end(a, b, c, d, _word(data, at, end - at), np.uint64(end - start))


@numba.njit(cache=True, nogil=True, inline="always")
def _word(data: Any, at: int, length: int) -> Any:
    word = np.uint64(0)
    for i in range(length):
        word |= np.uint64(data[at + i]) << np.uint64(8 * i)
    return word


@numba.njit(cache=True, nogil=True)
def _hash_folded(data: Any, start: int, end: int, key0: Any, key1: Any) -> Any:
    """Without separators, capitals of ASCII and Latin-1 made small."""
    a, b, c, d = _begin(key0, key1)
    word, shift, length = np.uint64(0), np.uint64(0), np.uint64(0)
    at = start
    while at < end:
        byte = data[at]
        small = _FOLDED[byte]
        if byte >= 0x80:
            wide = _spaces(data, at, end)
            if wide:
                at += wide
                continue
            if byte <= 0x9E and byte != 0x97 and at > start and data[at - 1] == 0xC3:
                small += np.uint64(0x20)
        word |= small << shift
        shift += _LENGTH[byte] << np.uint64(3)
        length += _LENGTH[byte]
        if shift == np.uint64(64):
            a, b, c, d = _take(a, b, c, d, word)
            word, shift = np.uint64(0), np.uint64(0)
        at += 1
    return _end(a, b, c, d, word, length)


@numba.njit(cache=True, nogil=True, inline="always")
def _spaces(data: Any, at: int, end: int) -> Any:
    """How many bytes a space that does not break takes here, wide (U+00A0) or narrow (U+202F): 2, 3 or none."""
    if data[at] == 0xC2 and at + 1 < end and data[at + 1] == 0xA0:
        return 2
    if data[at] == 0xE2 and at + 2 < end and data[at + 1] == 0x80 and data[at + 2] == 0xAF:
        return 3
    return 0
