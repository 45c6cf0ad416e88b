"""Decides which text deserves the slow lanes: sentences, letters, forms and talk; not logs, code or tables."""

from __future__ import annotations

import numpy as np

from scanner.recognition.machinelines import is_code, is_log
from scanner.recognition.words import tokens

WINDOW = 500
WINDOWS = 40
"""A passage is judged by at most so many windows, from its first characters to its last."""
SEVERAL, TECHNICAL = 4, 0.05
"""Tokens of machines in a stretch of a manual: in number, and as part of all; letters have one in a hundred."""
FEW = 10
"""Windows whose lines show whether they are a log's."""
LEAST = 0.35
"""Part of the tokens that words have: half in cards and signatures, which are full of numbers."""
MOST = 0.15
"""Part of the tokens that only machines write: up to a tenth in letters, from a sixth on in code and logs."""
PART = 0.25
"""Part of the windows of a passage that must be prose."""


def is_prose(text: str) -> bool:
    """Whether a passage holds prose to read; looks at twenty thousand characters of it at most."""
    parts = _windows(text)
    prose, other = _judged(parts)
    return prose > 0 and prose >= PART * len(parts) and prose > other and not is_log(_few(parts))


def is_sentences(text: str) -> bool:
    """Whether half a stretch of a thousand characters or so is prose."""
    return _judged(_windows(text))[0] > 0 and not is_log(text)


def is_technical(text: str) -> bool:
    """Whether a stretch is of a manual, of settings or of talk about them: machines wrote several of its tokens."""
    words, _, code = tokens(text).counts(np.zeros(1, np.int64))[:, 0]
    return bool(code >= SEVERAL and code >= TECHNICAL * (words + code))


def has_capital(text: str) -> bool:
    """Whether any letter is a capital, without which nothing is taken for a name."""
    return text != text.lower()


def _windows(text: str) -> list[str]:
    if len(text) <= WINDOW * WINDOWS:
        ends = [*range(WINDOW, len(text) - WINDOW // 2, WINDOW), len(text)]
        return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    last = len(text) - WINDOW
    return [text[(at := last * n // (WINDOWS - 1)) : at + WINDOW] for n in range(WINDOWS)]


def _few(parts: list[str]) -> str:
    return "\n".join(parts[:: max(1, len(parts) // FEW)])


def _judged(parts: list[str]) -> tuple[int, int]:
    """How many of these texts are prose, and how many are code or remarks in code."""
    bounds = np.cumsum([0, *(len(part) + 1 for part in parts)])[:-1].astype(np.int64)
    words, numbers, code = tokens("\n".join(parts)).counts(bounds)
    total = words + numbers + code
    source = np.array([is_code(part) for part in parts], dtype=bool)
    prose = (words > 0) & (words >= LEAST * total) & (code <= 1 + MOST * total) & ~source
    return int(prose.sum()), int(source.sum())
