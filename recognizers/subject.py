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
    table[[0x2019, 0x02BC]] = ord("'")
    table[[0x00A0, 0x202F, 0x2009]] = ord(" ")
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower-case without accents, with as many characters as ``text``."""
    if text.isascii():
        return text.lower()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = np.where(codes < _LAST, _FOLD[np.minimum(codes, _LAST - 1)], codes)
    return folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class Encoded:
    """A text and its UTF-8 bytes, with the way back from bytes to characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "surrogatepass")
        self._ascii = text.isascii()

    @cached_property
    def _counts(self) -> NDArray[np.int32]:
        heads = (np.frombuffer(self.data, dtype=np.uint8) & 0xC0) != 0x80
        return np.concatenate(([0], np.cumsum(heads, dtype=np.int32)))

    def chars(self, offset: int) -> int:
        """How many characters stand before this byte."""
        return offset if self._ascii else int(self._counts[offset])


class Subject(Encoded):
    """One text for all rules; ``notes`` keeps what a vocabulary saw in it, so that it looks once."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.notes: dict[int, frozenset[int]] = {}

    @property
    def folded(self) -> str:
        """The text in lower case without accents, character for character."""
        return self.plain.text

    @cached_property
    def plain(self) -> Encoded:
        """The folded text with its own bytes."""
        return Encoded(fold(self.text))
