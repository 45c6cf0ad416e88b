"""What cells hold when they say nothing, told in compiled loops over their bytes; and the white space around them."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_FRENCH = ("non", "faux", "ras", "neant", "néant", "aucun", "aucune")
NOTHING = ("", "0", "\\n", "n", "no", "none", "null", "nan", "n/a", "na", "false", *_FRENCH)
"""What cells hold when they say nothing, in lower case; besides dashes alone."""
_WORDS = np.array([len(word.encode()) << 56 | int.from_bytes(word.encode(), "little") for word in NOTHING], np.uint64)
_LONGEST = max(len(word.encode()) for word in NOTHING)
_BEGINS = np.array([chr(byte).lower() in {word[:1] for word in (*NOTHING, "-")} for byte in range(256)])
"""Which bytes begin a word for nothing."""
_kernel = njit(cache=True, nogil=True)


@_kernel
def _space(data: Bytes, at: int, end: int) -> int:
    """How many bytes the white space at this place takes; 0 when there is none."""
    first = data[at]
    if first < 0x80:
        return 1 if first == 32 or 9 <= first <= 13 or 28 <= first <= 31 else 0
    if first == 0xC2:
        return 2 if at + 1 < end and (data[at + 1] == 0x85 or data[at + 1] == 0xA0) else 0
    if first < 0xE1 or first > 0xE3 or at + 2 >= end:
        return 0
    second, third = data[at + 1], data[at + 2]
    if first == 0xE2 and second == 0x80:
        return 3 if third <= 0x8A or third in (0xA8, 0xA9, 0xAF) else 0
    ogham = first == 0xE1 and second == 0x9A and third == 0x80
    medium = first == 0xE2 and second == 0x81 and third == 0x9F
    wide = first == 0xE3 and second == 0x80 and third == 0x80
    return 3 if ogham or medium or wide else 0


@_kernel
def trim(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space around it, as ``str.strip`` takes it off."""
    if start < end and 32 < data[start] < 0x80 and 32 < data[end - 1] < 0x80:
        return start, end
    while start < end:
        size = _space(data, start, end)
        if size == 0:
            break
        start += size
    while start < end:
        size = 1
        while size < 3 and end - size > start and data[end - size] & 0xC0 == 0x80:
            size += 1
        if _space(data, end - size, end) != size:
            break
        end -= size
    return start, end


@_kernel
def says_something(data: Bytes, start: int, end: int) -> bool:
    """Whether a value is more than a blank, a dash or one of the words for nothing, whatever their case."""
    start, end = trim(data, start, end)
    if start == end:
        return False
    if not _BEGINS[data[start]]:
        return True
    at = start
    while at < end and data[at] == 0x2D:
        at += 1
    return at < end and (end - start > _LONGEST or not _is_word_for_nothing(data, start, end))


@_kernel
def _is_word_for_nothing(data: Bytes, start: int, end: int) -> bool:
    word = np.uint64(0)
    shift = np.uint64(0)
    at = start
    while at < end:
        byte = data[at]
        if 0x41 <= byte <= 0x5A:
            byte += 32
        elif byte == 0xC5 and at + 1 < end and data[at + 1] == 0xBF:  # the long s, which folds to s
            byte, at = 0x73, at + 1
        elif byte == 0x89 and at > start and data[at - 1] == 0xC3:  # É to é
            byte = 0xA9
        word |= np.uint64(byte) << shift
        shift += np.uint64(8)
        at += 1
    word |= (shift >> np.uint64(3)) << np.uint64(56)  # a length too, since zeros are characters
    for known in _WORDS:  # noqa: SIM110 - a generator cannot be compiled
        if word == known:
            return True
    return False
