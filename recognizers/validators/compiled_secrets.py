"""The checks of ``secrets`` that count characters; the same words, in machine code."""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR0912

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators.compiled_names import COMPILED, SECRETS
from recognizers.validators.compiled_text import ASK, SIGNATURE, Bytes, kinds_of, njit, stamp

_HEX, _SESSION, _RANDOM, _AWS, _API = (COMPILED[name] for name in SECRETS)

_UNDERSCORE = 95
_PREFIX = 4
"""Of an AWS key."""
_WORDS = tuple(np.frombuffer(word, np.uint8) for word in (b"example", b"xxxx", b"1234567890", b"abcdefgh"))
_EXAMPLE, _CROSSES, _COUNTED, _SPELT = range(4)
_SAID = np.concatenate([np.pad(word, (0, 10 - len(word))) for word in _WORDS]).reshape(4, 10)
_SIZES = np.array([len(word) for word in _WORDS], np.int64)


@njit
def _counts(data: Bytes, start: int, end: int, folded: bool) -> tuple[int, int, int]:
    """Different characters (``ASK`` beyond ASCII), digits and letters; ``folded`` takes capitals for small letters."""
    low = high = digits = letters = np.int64(0)
    for at in range(start, end):
        char = np.int64(data[at])
        if char >= 0x80:
            return ASK, digits, letters
        letter = 97 <= (char | 32) <= 122
        letters += letter
        if char < 64:
            low |= 1 << char
            digits += 48 <= char <= 57
        else:
            high |= 1 << ((char | 32 if letter and folded else char) - 64)
    return kinds_of(low, high), digits, letters


@njit
def _says(data: Bytes, start: int, end: int, word: int, folded: bool) -> bool:
    """Whether the word stands anywhere; without ``folded``, in capitals."""
    for at in range(start, end - _SIZES[word] + 1):
        k = 0
        while k < _SIZES[word]:
            char = np.int64(data[at + k])
            small = char | 32 if 65 <= char <= 90 else char
            if small != _SAID[word, k] or not (folded or small != char):
                break
            k += 1
        if k == _SIZES[word]:
            return True
    return False


@njit
def _verdict(data: Bytes, start: int, end: int, which: int) -> int:
    kinds, digits, letters = _counts(data, start, end, which == _HEX)
    if kinds < 0:
        return ASK
    if which == _HEX:
        return kinds >= 8 and digits < end - start
    if which == _SESSION:
        return kinds >= 8 and digits >= 3
    body = start
    if which == _AWS:
        body = min(end, start + _PREFIX)
    else:
        signs = 0
        for at in range(start, end):
            if data[at] == _UNDERSCORE:
                signs += 1
                body = at + 1
        if signs >= 4:
            body = start
        if letters == 0 or digits == 0 or (which == _API and digits < 3):
            return 0
    kinds, digits, letters = _counts(data, body, end, which == _HEX)
    if which == _AWS:
        return kinds >= 8 and not _says(data, start, end, which - which, which != _AWS)
    if kinds < min(10, (end - body) // 2):
        return 0
    for word in range(_SIZES.size):
        if _says(data, start, end, word, which != _AWS):
            return 0
    # Whether an application's token is a placeholder is for Python to say.
    return ASK if which == _API else 1


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        for row in range(numbers.size + 0 * made_of):
            if first <= numbers[row] < last:
                out[row] = _verdict(data, spans[row, 0], spans[row, 1], numbers[row])

    return judge


judge = _kernel(stamp())
