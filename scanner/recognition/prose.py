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


def may_name(text: str) -> bool:
    """Whether a capital stands where none must, as names have them."""
    return CAPITAL.search(text) is not None


def stretches(text: str, room: int) -> Iterator[tuple[int, str]]:
    """Paragraphs with their place, in reading order if all fit into ``room`` characters, else spread over the text."""
    ends = list(_ends(text))
    starts = [0, *ends[:-1]]
    order = range(len(ends)) if len(text) <= room else spread(len(ends))
    for number in order:
        yield starts[number], text[starts[number] : ends[number]]


def spread(count: int) -> Iterator[int]:
    """All numbers below ``count``, so that any first few of them lie evenly: first, last, middle, quarters."""
    if count:
        yield 0
    if count > 1:
        yield count - 1
    gap = 1 << (max(count - 2, 0)).bit_length()
    while gap > 1:
        yield from range(gap // 2, count - 1, gap)
        gap //= 2


def _ends(text: str) -> Iterator[int]:
    at = 0
    while at < len(text):
        end = text.find("\n\n", at, at + PARAGRAPH)
        if end < 0 and len(text) - at > PARAGRAPH:
            end = max(text.rfind("\n", at + 1, at + PARAGRAPH), text.rfind(". ", at + 1, at + PARAGRAPH))
            end = end if end > at else text.find(" ", at + PARAGRAPH)
        at = len(text) if end < 0 else end + 1
        yield at
