"""Counts what a text is made of, in arrays: words, numbers, and tokens that only machines write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.recognition.wordkernels import (
    DIGIT,
    EDGE,
    JOINER,
    LEADER,
    LOWER,
    MARK,
    OTHER,
    RULER,
    SPACE,
    UPPER,
    Codes,
    Flags,
    Places,
    read_tokens,
    starts_of,
)

_SIGNS = {
    JOINER: "'’.-‐‑·",
    EDGE: ',;:!?()"«»“”‘„…–—/•€%°&+<>[]',
    LEADER: "#@",
    RULER: "_*~",
    MARK: "{}=\\|$`^",
}
_SIZE = 0x2300
_LETTERS = {"Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE, "Zl": SPACE, "Zp": SPACE, "Cc": SPACE}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Runs of characters between spaces; what is none of the three kinds (links, rulers) counts for nothing."""

    starts: Places
    word: Flags
    number: Flags
    code: Flags

    def counts(self, bounds: Places) -> NDArray[np.int64]:
        """Words, numbers and tokens of code (rows) in the stretches of text that start at ``bounds`` (columns)."""
        first = np.searchsorted(self.starts, bounds)
        sums = [np.concatenate(([0], np.cumsum(kind)))[[*first, len(self.starts)]] for kind in self._kinds()]
        edges: NDArray[np.int64] = np.array(sums, dtype=np.int64)
        return edges[:, 1:] - edges[:, :-1]

    def _kinds(self) -> tuple[Flags, Flags, Flags]:
        return self.word, self.number, self.code


def tokens(text: str) -> Tokens:
    """The tokens of a text of any length, in time linear in it; offsets in characters."""
    codes = classes(text)
    starts = starts_of(codes)
    word, number, code = np.zeros((3, len(starts)), np.bool_)
    read_tokens(codes, starts, word, number, code)
    return Tokens(starts, word, number, code)


def classes(text: str) -> Codes:
    """The class of each character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table()[np.minimum(points, _SIZE - 1)]


@lru_cache(maxsize=1)
def _table() -> Codes:
    table = np.full(_SIZE, OTHER, dtype=np.uint8)
    for point in range(_SIZE - 1):
        kind = unicodedata.category(chr(point))
        table[point] = _LETTERS.get(kind, LOWER if kind[0] in "LM" else OTHER)
    for kind_of, signs in _SIGNS.items():
        table[[ord(sign) for sign in signs]] = kind_of
    table[0xAD] = JOINER
    return table
