"""What each character is, and the letter that stands for it when case and accents do not count; two tables."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from recognizers.folding import fold

Codes = NDArray[np.uint32]

OTHER, UPPER, LOWER, DIGIT, MARK, SPACE, TAB, BREAK = range(8)
"""Classes of characters: a MARK is an accent of its own, after its letter; a BREAK ends a line."""
SIZE = 0x2300
"""Code points from here on are OTHER: signs, and scripts without capitals."""
HYPHENS = "-‐‑"
APOSTROPHES = "'’ʼ"


def codes_of(text: str) -> Codes:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _class(char: str) -> int:
    if char in "\n\r\u2028\u2029\x0b\x0c\x85":
        return BREAK
    if char == "\t":
        return TAB
    if char.isspace() or char in "\u200b\u00ad":
        return SPACE
    if char.isdigit():
        return DIGIT
    if char.isalpha():
        return UPPER if char.isupper() or char.istitle() else LOWER
    return MARK if unicodedata.combining(char) else OTHER


def _folded(char: str) -> int:
    """A byte: the letter in lower case, 0 for what is left out, beyond ASCII for letters of other scripts."""
    if unicodedata.combining(char) or char == ".":  # ``M.`` is ``M``, ``S.A.`` is ``SA``
        return 0
    if char in HYPHENS:
        return ord("-")
    if char in APOSTROPHES:
        return ord("'")
    if char.isdigit():
        return ord("0")
    base = fold(char).data.lower()
    if base != b"?":
        return base[0]
    return 128 | (ord(char.lower()[0]) & 127)


CLASSES = np.array([_class(chr(code)) for code in range(SIZE)], np.uint8)
FOLDED = np.array([_folded(chr(code)) for code in range(SIZE)], np.uint8)
