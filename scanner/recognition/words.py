"""Counts what a text is made of, in arrays: words, numbers, and tokens that only machines write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

OTHER, SPACE, LOWER, UPPER, DIGIT, JOINER, EDGE, LEADER, RULER, MARK = range(10)
"""Classes of characters: a JOINER may stand inside a word, an EDGE beside one; a LEADER starts hashtags and a RULER
draws lines, all else that a MARK is comes from code."""
_SIGNS = {
    JOINER: "'’.-‐‑·",
    EDGE: ',;:!?()"«»“”‘„…–—/•€%°&+<>[]',
    LEADER: "#@",
    RULER: "_*~",
    MARK: "{}=\\|$`^",
}
_SIZE = 0x2300
_LETTERS = {"Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE, "Zl": SPACE, "Zp": SPACE, "Cc": SPACE}
_UNIT = 3
"""Letters that may follow a number: ``10h30``, ``5 mg``, ``2ème``."""


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
    inside = codes != SPACE
    first = inside & ~np.concatenate(([False], inside[:-1]))
    starts = np.flatnonzero(first)
    return _Reader(codes, starts, np.cumsum(first) - 1).read()


def classes(text: str) -> Codes:
    """The class of each character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table()[np.minimum(points, _SIZE - 1)]


class _Reader:
    """Sums over the characters of each token."""

    def __init__(self, codes: Codes, starts: Places, of: Places) -> None:
        self.codes, self.starts, self.of = codes, starts, of
        self.total = len(starts)

    def read(self) -> Tokens:
        codes, count = self.codes, self.count
        letter = (codes == LOWER) | (codes == UPPER)
        letters, digits = count(letter), count(codes == DIGIT)
        inner = self._inner(letter | (codes == DIGIT))
        link = self._links(inner)
        signs = count(codes == MARK) + count((codes >= EDGE) & (codes <= RULER) & inner)
        humps = count((codes[1:] == UPPER) & (codes[:-1] == LOWER))
        humps += (humps > 0) & (codes[self.starts] == LOWER) if self.total else 0
        lone = letters + digits == 0
        ruled = lone & (count(codes != SPACE) > 3)
        unit = (digits > 0) & (letters <= _UNIT) & (codes[self.starts] == DIGIT) & (signs == 0) if self.total else lone
        figures = (digits > 0) & ((letters == 0) | unit) & (count(codes == MARK) == 0) & ~link
        number = figures & ~np.concatenate(([False], figures[:-1]))  # a telephone number in five pieces is one
        word = (letters > 0) & (digits == 0) & (signs == 0) & (humps < 2) & ~link
        code = ~word & ~figures & ~link & ~ruled & (~lone | (signs > 0))
        return Tokens(self.starts, word, number, code)

    def count(self, flags: Flags) -> NDArray[np.int64]:
        """How many characters of each token are so; ``flags`` may lack the first character of the text."""
        of = self.of[len(self.of) - len(flags) :]
        return np.bincount(of[flags], minlength=self.total).astype(np.int64)

    def _inner(self, solid: Flags) -> Flags:
        """Characters with letters or digits of their own token on both sides."""
        places = np.flatnonzero(solid)
        seen = np.full(self.total, -1)
        last = seen.copy()
        last[self.of[places]] = places
        seen[self.of[places[::-1]]] = places[::-1]
        here = np.arange(len(self.codes))
        own = np.maximum(self.of, 0)
        return (here > seen[own]) & (here < last[own]) & (self.codes != SPACE) if self.total else solid

    def _links(self, inner: Flags) -> Flags:
        """Addresses of mail and of pages, which say nothing of the text that they stand in."""
        codes = self.codes
        at = self.count((codes == LEADER) & inner) > 0
        slashes = np.zeros(len(codes), dtype=bool)
        slashes[2:] = (codes[2:] == EDGE) & (codes[1:-1] == EDGE) & (codes[:-2] == EDGE)
        return at | (self.count(slashes & inner) > 0)


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
