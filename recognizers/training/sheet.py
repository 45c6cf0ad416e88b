"""A text under way, with its labels; and ways to write it that keep every offset."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from recognizers.training.grammar import LABELS

Label = tuple[int, int, str]


class Sheet:
    """Collects pieces of text; a label inside a wider one is dropped."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._inside = False
        self.labels: list[Label] = []

    def write(self, piece: str, label: str = "") -> None:
        """Adds a piece, labelled or not; blanks at its edges stay outside of the label."""
        if label and not self._inside and piece.strip():
            start = self._length + len(piece) - len(piece.lstrip())
            self.labels.append((start, self._length + len(piece.rstrip()), label))
        self._pieces.append(piece)
        self._length += len(piece)

    def mark(self, label: str, write: Callable[[], None]) -> None:
        """Whatever ``write`` adds becomes one piece with this label, or with none where it is not of ``LABELS``."""
        outer, self._inside, start = self._inside, True, self._length
        write()
        self._inside = outer
        if not outer and self._length > start and label in LABELS:
            self.labels.append((start, self._length, label))

    def reword(self, start: int, change: Callable[[str], str]) -> None:
        """Applies a change that keeps the length to the pieces from number ``start`` on."""
        self._pieces[start:] = map(change, self._pieces[start:])

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return len(self._pieces)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)


def capitals(text: str) -> str:
    """In capitals, letter for letter: ``ß`` stays as it is."""
    upper = text.upper()
    return upper if len(upper) == len(text) else "".join(_one(c, c.upper()) for c in text)


def small(text: str) -> str:
    """In small letters, letter for letter."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(_one(c, c.lower()) for c in text)


def titled(text: str) -> str:
    """Each word with a capital, letter for letter: ``MARTIN-L'HOTE`` as ``Martin-L'Hote``."""
    letters, before = [], " "
    for letter in text:
        new = letter.lower() if before.isalpha() else letter.upper()
        letters.append(_one(letter, new))
        before = letter
    return "".join(letters)


def plain(text: str) -> str:
    """Without accents, letter for letter."""
    return text if text.isascii() else "".join(map(_bare, text))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "’": "'"}.get(
        letter, _one(letter, base)
    )


def _one(letter: str, changed: str) -> str:
    return changed if len(changed) == 1 else letter


CASES: dict[str, Callable[[str], str]] = {"upper": capitals, "lower": small, "plain": plain, "title": titled}
