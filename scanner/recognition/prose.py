"""Decides which text deserves the slow names model: sentences and letters, not logs, code or tables."""

from __future__ import annotations

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
