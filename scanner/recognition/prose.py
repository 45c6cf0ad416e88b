"""Decides which text deserves the slow names model: sentences and letters, not logs, code or tables."""

from __future__ import annotations

from collections.abc import Iterator

import re2

SAMPLE = 20_000
WORD = re2.compile(r"(?:^|[\s'’(«\"])[\p{L}]{2,}")
CODE = re2.compile(r"[{};<>=\[\]\\|_#]|://|->|::")
DIGIT = re2.compile(r"\d")


def is_prose(text: str) -> bool:
    """Whether the text reads like sentences: mostly words, few digits, few marks of code (first 20,000 characters)."""
    sample = text[:SAMPLE]
    if len(sample) < 20:
        return False
    words = sum(1 for _ in WORD.finditer(sample))
    code = sum(1 for _ in CODE.finditer(sample))
    digits = sum(1 for _ in DIGIT.finditer(sample))
    return words * 14 > len(sample) and code * 40 < len(sample) and digits * 8 < len(sample)


PARAGRAPH = 1_000
CAPITAL = re2.compile(
    # A capital after a word; two capitalised words at the start of a line or sentence; a capitalised word and a comma.
    r"[\p{L}\d,;:»)] +[«\"(]?\p{Lu}\p{L}"
    r"|(?m:^|[.!?] )[^\p{L}\n]{0,4}\p{Lu}[\p{L}.'’-]* +\p{Lu}"
    r"|(?m:^)[^\p{L}\n]{0,4}\p{Lu}\p{L}+ *,"
)


def stretches(text: str, budget: int) -> Iterator[tuple[int, str]]:
    """Paragraphs that may hold a name, with their place, for at most ``budget`` characters in all."""
    at = 0
    while at < len(text) and budget > 0:
        end = text.find("\n\n", at, at + PARAGRAPH)
        if end < 0 and len(text) - at > PARAGRAPH:
            end = max(text.rfind("\n", at + 1, at + PARAGRAPH), text.rfind(". ", at + 1, at + PARAGRAPH))
            end = end if end > at else text.find(" ", at + PARAGRAPH)
        end = len(text) if end < 0 else end + 1
        piece = text[at:end]
        if CAPITAL.search(piece):
            yield at, piece[:budget]
            budget -= len(piece)
        at = end
