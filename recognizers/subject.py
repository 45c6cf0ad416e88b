"""One text as every rule sees it: characters, bytes and folded letters, each made once."""

from __future__ import annotations

import unicodedata
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_LAST = 0x2030


def _fold_table() -> NDArray[np.uint32]:
    """Code points to their lower-case unaccented form, only where that is one character for one."""
    table = np.arange(_LAST, dtype=np.uint32)
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1:
            table[code] = ord(base)
    # Typographic apostrophes and spaces stand for the plain ones in words such as « carte d’identité ».
    table[0x2019] = ord("'")
    table[[0x00A0, 0x202F, 0x2009]] = ord(" ")
    return table


FOLDED = _fold_table()
"""The folded code point of each code point up to U+202F."""


def fold(text: str) -> str:
    """Lower-case without accents, with as many characters as ``text``."""
    if text.isascii():
        return text.lower()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = np.where(codes < _LAST, FOLDED[np.minimum(codes, _LAST - 1)], codes)
    return folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def screened(text: str) -> bytes:
    """The text folded, one byte for each character: ``x`` for letters beyond ASCII that stay, ``~`` for other signs."""
    codes = np.frombuffer(fold(text).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = (codes >= 0xC0) & ~((codes >= 0x2000) & (codes < 0x3000))
    return np.where(codes < 0x80, codes, np.where(letters, ord("x"), ord("~"))).astype(np.uint8).tobytes()


class Subject:
    """One text for all rules: characters, UTF-8 bytes and folded letters, each made once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "surrogatepass")
        self.array = np.frombuffer(self.data, np.uint8)
        self.notes: dict[int, frozenset[int]] = {}
        """What a vocabulary saw in the text, so that it looks once."""
        self._ascii = len(self.data) == len(text)

    @cached_property
    def _counts(self) -> NDArray[np.int32]:
        heads = (np.frombuffer(self.data, dtype=np.uint8) & 0xC0) != 0x80
        return np.concatenate(([0], np.cumsum(heads, dtype=np.int32)))

    def chars(self, offset: int) -> int:
        """How many characters stand before this byte."""
        return offset if self._ascii else int(self._counts[offset])

    @cached_property
    def _heads(self) -> NDArray[np.int64]:
        return np.append(np.flatnonzero((self.array & 0xC0) != 0x80), len(self.data))

    def bytes_of(self, chars: int) -> int:
        """The byte at which this character begins."""
        return chars if self._ascii else int(self._heads[chars])

    @cached_property
    def folded(self) -> str:
        """The text in lower case without accents, character for character."""
        return fold(self.text)

    @cached_property
    def plain(self) -> bytes:
        """The folded text as bytes, character for character."""
        return self.data.lower() if self._ascii else screened(self.text)
