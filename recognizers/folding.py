"""Text without accents, as one byte per character, so that byte offsets are character offsets."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_ODDITIES = {
    "œ": "o",  # one letter for one: lexicons are folded the same way, so that both sides agree
    "Œ": "O",
    "æ": "a",
    "Æ": "A",
    "ß": "s",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\u00ad": "-",
    "º": "o",
    "°": "o",
}
_COMBINING = range(0x300, 0x370)
_TABLE_SIZE = 0x2300
_LONG = 500
_CODEC = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


@dataclass(frozen=True, slots=True)
class Folded:
    """``data[i]`` stands for the character ``origin(i)`` of the text it was made from."""

    data: bytes
    kept: npt.NDArray[np.int64] | None = None

    def origin(self, position: int) -> int:
        """The character offset in the text for an offset in ``data``."""
        if self.kept is None:
            return position
        return int(self.kept[position])

    def position(self, origin: int) -> int:
        """The offset in ``data`` for a character offset in the text."""
        if self.kept is None:
            return origin
        return int(np.searchsorted(self.kept, origin))


@lru_cache(maxsize=1)
def _table() -> npt.NDArray[np.uint8]:
    table = np.full(_TABLE_SIZE, ord("?"), dtype=np.uint8)
    table[:0x80] = np.arange(0x80)
    for code in range(0x80, 0x2000):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = ord(base)
    for key, value in _ODDITIES.items():
        table[ord(key)] = ord(value)
    return table


def fold(text: str, encoded: npt.NDArray[np.uint8] | None = None) -> Folded:
    """Accents and typographic signs go, case stays; a letter outside the Latin scripts becomes ``?``.

    ``encoded`` is the text in UTF-8, where it is at hand.
    """
    if text.isascii():
        return Folded(text.encode("ascii"))
    if len(text) >= _LONG:
        folded = _fold_long(text, encoded)
        if folded is not None:
            return folded
    kept = None
    if not unicodedata.is_normalized("NFC", text):
        text, kept = _without_marks(text)
    return Folded(_table()[np.minimum(_codes(text), _TABLE_SIZE - 1)].tobytes(), kept)


def _fold_long(text: str, encoded: npt.NDArray[np.uint8] | None) -> Folded | None:
    """The same by a compiled loop, several times faster; None for text with combining marks: it needs a closer look."""
    from recognizers.gates_text import fold_utf8  # noqa: PLC0415 - compiled code is dear to load for short words

    if encoded is None:
        encoded = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    folded = np.empty(len(encoded), np.uint8)
    size, marks = fold_utf8(encoded, _table(), folded)
    return None if marks else Folded(folded[:size].tobytes())


def fold_each(texts: Sequence[str]) -> list[str]:
    """Each text folded: together, as long as none holds a line end or marks that would reach its neighbours."""
    joined = "\n".join(texts)
    if joined.count("\n") == len(texts) - 1 and (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        return fold(joined).data.decode("ascii").split("\n")
    return [fold(text).data.decode("ascii") for text in texts]


def listed(words: str) -> frozenset[str]:
    """A short list of words, written as one string to stay readable."""
    return frozenset(words.split())


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode(_CODEC, "surrogatepass"), dtype=np.uint32)


def fold_word(word: str) -> str:
    """A word as the gazetteers hold it: capitals, no accent, hyphens kept."""
    return fold(word).data.decode("ascii").upper()


def _without_marks(text: str) -> tuple[str, npt.NDArray[np.int64]]:
    """Decomposed text (a Mac writes file names so) holds accents as characters of their own: drop them."""
    codes = _codes(text)
    keep = (codes < _COMBINING.start) | (codes >= _COMBINING.stop)
    kept = np.append(np.flatnonzero(keep), len(codes)).astype(np.int64)
    return codes[keep].tobytes().decode(_CODEC, "surrogatepass"), kept
