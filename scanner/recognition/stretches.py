"""Cuts passages into stretches that a slow lane reads one by one, and chooses which of them come first."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

STRETCH = 1_000
GOLDEN = 0.618
_BREAKS = ("\n\n", "\n", ". ", " ")


def stretches(text: str, room: int) -> Iterator[tuple[int, str]]:
    """Paragraphs together, with their place: in reading order if all fit into ``room`` characters, else spread out."""
    ends = list(_ends(text))
    starts = [0, *ends[:-1]]
    order = range(len(ends)) if len(text) <= room else spread(len(ends))
    for number in order:
        yield starts[number], text[starts[number] : ends[number]]


def spread(count: int) -> Iterator[int]:
    """All numbers below ``count``: the first, the last, then by golden steps, so that any first few lie evenly."""
    yield from range(min(count, 1))
    yield from range(max(count - 1, 1), count)
    inner = count - 2
    step = round(inner * GOLDEN)
    while gcd(step, inner) > 1:
        step += 1
    yield from (1 + (inner // 2 + at * step) % inner for at in range(inner))


def _ends(text: str) -> Iterator[int]:
    at = 0
    while at < len(text):
        at = _end(text, at)
        yield at


def _end(text: str, at: int) -> int:
    """Where the stretch that starts here ends: at the best break of its second half."""
    if len(text) - at <= STRETCH:
        return len(text)
    for mark in _BREAKS:
        end = text.rfind(mark, at + STRETCH // 2, at + STRETCH)
        if end >= 0:
            return end + len(mark)
    return at + STRETCH
