"""Decides which text deserves the slow lanes: sentences, letters, forms and talk; not logs, code or tables."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import re2

from scanner.recognition.words import tokens

WINDOW = 1_000
WINDOWS = 20
"""A passage is judged by its first and last thousand characters and by eighteen thousand between them."""
LEAST = 0.35
"""Part of the tokens that words have: half in cards and signatures, which are full of numbers."""
MOST = 0.15
"""Part of the tokens that only machines write: up to a tenth in letters, from a sixth on in code and logs."""
PART = 0.25
"""Part of the windows of a passage that must be prose."""

_STAMPED = re2.compile(
    r"(?m)^[\[(<\"' ]{0,2}(?:[A-Za-z.]{3,5} )?"
    r"(?:(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d?[-/.]\d\d[-/.]\d{2,4}|[A-Z][a-z]{2} +\d\d?|\d{8})[ T_,-]{1,3})?"
    r"(?:\d\d:\d\d:\d\d|\d{9,13}\b|\d+\.\d{4,}\b)"
    r"|(?m)^(?:\d{1,3}\.){3}\d{1,3}\b|(?m)^\d{4}-\d\d-\d\d[ T]\d\d:\d\d"
)
_LEVEL = re2.compile(r"\b(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE|TRACE)\b|\w\[\d+\]:")
_REMARK = re2.compile(r"(?m)^[ \t]*(?:#+!?(?:[ \t]|$)|//|/\*|[ \t]\*(?:[ \t]|$))")
_FEW = 0.04
"""Tokens of machines in the lines of a talk, each of which begins with its time as those of a log do."""


def is_prose(text: str) -> bool:
    """Whether a passage holds prose to read; looks at twenty thousand characters of it at most."""
    parts = _windows(text)
    prose, other = _judged(parts)
    return prose > 0 and prose >= PART * len(parts) and prose >= other and not is_log("\n".join(parts))


def is_sentences(text: str) -> bool:
    """Whether a stretch of a thousand characters or so is prose."""
    return _judged([text])[0] > 0 and not is_log(text)


def is_log(text: str) -> bool:
    """Whether most lines begin with their time, and go on as only machines do."""
    stamped = sum(1 for _ in _STAMPED.finditer(text))
    if not stamped or stamped * 2 <= _lines(text):
        return False
    if sum(1 for _ in _LEVEL.finditer(text)) * 5 > stamped:
        return True
    words, _, code = tokens(text).counts(np.zeros(1, np.int64))[:, 0]
    return bool(code > _FEW * (words + code))


def _lines(text: str) -> int:
    return text.count("\n") - text.count("\n\n") + (not text.endswith("\n"))


def _windows(text: str) -> list[str]:
    if len(text) <= WINDOW * WINDOWS:
        return [text[at : at + WINDOW] for at in range(0, len(text), WINDOW)]
    last = len(text) - WINDOW
    return [text[(at := last * n // (WINDOWS - 1)) : at + WINDOW] for n in range(WINDOWS)]


def _judged(parts: list[str]) -> tuple[int, int]:
    """How many of these texts are prose, and how many are plainly code."""
    bounds = np.cumsum([0, *(len(part) + 1 for part in parts)])[:-1].astype(np.int64)
    words, numbers, code = tokens("\n".join(parts)).counts(bounds)
    total = words + numbers + code
    remarks = np.array([_is_remark(part) for part in parts], dtype=bool)
    prose = (words > 1) & (words >= LEAST * total) & (code <= 1 + MOST * total) & ~remarks
    return int(prose.sum()), int((remarks | (code > 2 * MOST * total)).sum())


def _is_remark(text: str) -> bool:
    """Whether most lines are comments in code or settings."""
    remarks = sum(1 for _ in _REMARK.finditer(text))
    return remarks > 2 and remarks * 2 > _lines(text)


PARAGRAPH = 1_000


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
