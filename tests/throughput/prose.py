"""Invented text that compresses as real text does, about three to one: every file gets its own stretch of it."""

from __future__ import annotations

from itertools import count, product

import numpy as np
import pyarrow as pa

from scanner.bench.corpora import customers, letters
from scanner.bench.corpora.columns import Draw, content, joined, text

SYLLABLES = (
    "ba",
    "cré",
    "don",
    "fi",
    "gra",
    "lou",
    "mer",
    "ni",
    "pro",
    "qué",
    "ran",
    "sui",
    "tel",
    "vau",
    "ches",
    "ment",
)
WORDS = [*map("".join, product(SYLLABLES, repeat=2)), *map("".join, product(SYLLABLES, repeat=3))]
SENTENCES = 12_000
BLANK = b"\n\n"


class Prose:
    """Paragraphs, and rows of a customer table, none of which is given twice."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._numbers, self._tables = count(), count()
        self._text, self._at = b"", 0
        self._rows: list[list[str]] = []
        self.head: list[str] = list(customers.table(seed, 0))

    def paragraphs(self, size: int) -> list[str]:
        """Paragraphs of about so many bytes together."""
        found = b""
        while len(found) < size:
            if self._at >= len(self._text):
                self._text, self._at = self._block(next(self._numbers)), 0
            end = min(self._at + size - len(found), len(self._text))
            end = self._text.find(BLANK, end) + 2 if BLANK in self._text[end:] else len(self._text)
            found += self._text[self._at : end]
            self._at = end
        return [part for part in found.decode().split("\n\n") if part.strip()]

    def rows(self, number: int) -> list[list[str]]:
        """Rows under ``head``."""
        while len(self._rows) < number:
            columns = customers.table(self.seed, next(self._tables)).values()
            self._rows += map(list, zip(*(column.to_pylist() for column in columns), strict=True))
        given, self._rows = self._rows[:number], self._rows[number:]
        return given

    def _block(self, number: int) -> bytes:
        """Sentences of invented words, with what people write in letters here and there."""
        draw = Draw(SENTENCES, self.seed, 61, number)
        words = pa.array(WORDS)

        def word() -> pa.Array:
            return words.take(pa.array((draw.random.random(SENTENCES) ** 3 * len(WORDS)).astype(np.int64)))

        parts = [part for _ in range(11) for part in (" ", word())]
        ends = draw.mixed((0.7, ". "), (0.1, joined(" ", text(draw.number(1, 9_000)), ". ")), (0.2, ".\n\n"))
        invented = content(joined("Le ", word(), *parts, ends)).split(BLANK)
        known = letters.block(self.seed + number, 0).split(BLANK)
        mixed = (part for pair in zip(invented, known, strict=False) for part in pair)
        return BLANK.join(mixed) + BLANK
