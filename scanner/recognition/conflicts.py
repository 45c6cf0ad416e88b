"""Chooses between spans that overlap: the surer, then the longer; equal claims on one stretch are all shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.model import Span
from scanner.recognition.found import Found, Kinds

LINES = frozenset({"ACCESS_LOG", "AUTH_LOG", "USER_AGENT", "MRZ"})
"""Whole lines, which hold other types by nature."""
PLACES = frozenset({"LOCATION", "POSTAL_ADDRESS", "POSTCODE"})
SHIELDS = frozenset(
    {"EMAIL_ADDRESS", "POSTAL_ADDRESS", "SECRET_DSN", "SECRET_CLOUD", "SECRET_PRIVATE_KEY", "USER_AGENT"}
)
"""A name inside one of these is part of it: ``rue Victor Hugo``, ``jean.dupont@``."""
BESIDE = (frozenset({"FR_NIR", "FR_NIA"}), frozenset({"FR_INS"}))
"""A type of one side stands beside any of the other, whatever characters they share."""
PAIRS = {frozenset({one, other}) for one in BESIDE[0] for other in BESIDE[1]}


@lru_cache(maxsize=256)
def family(entity_type: str) -> str:
    """Types of one family compete for the same characters."""
    if entity_type == "PERSON":
        return "name"
    if entity_type in PLACES:
        return f"place:{entity_type}"
    return f"line:{entity_type}" if entity_type in LINES else "token"


class _Standing:
    """Spans of one family that stand, by start, so that rivals are found by bisection."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.spans: list[Span] = []

    def rivals(self, span: Span) -> Iterator[Span]:
        """Standing spans that share characters with this one."""
        at = bisect_left(self.starts, span.end)
        while at > 0 and self.spans[at - 1].end > span.start:
            at -= 1
            yield self.spans[at]

    def add(self, span: Span) -> None:
        """Let a span stand."""
        at = bisect_left(self.starts, span.start)
        self.starts.insert(at, span.start)
        self.spans.insert(at, span)


def resolve(spans: Iterable[Span]) -> list[Span]:
    """The spans that stand, in reading order."""
    ranked = sorted(spans, key=lambda s: (-s.level, s.start - s.end, s.start, s.entity_type, s.recognizer))
    standing: dict[str, _Standing] = {}
    shields = _Standing()
    for span in ranked:
        group = standing.setdefault(family(span.entity_type), _Standing())
        if all(_stands(span, rival) for rival in group.rivals(span)):
            group.add(span)
            if span.entity_type in SHIELDS and not any(shields.rivals(span)):
                shields.add(span)
    everything = [
        s for name, group in standing.items() for s in group.spans if name != "name" or not any(shields.rivals(s))
    ]
    return sorted(everything, key=lambda s: (s.start, s.end, s.entity_type, s.recognizer))


def _stands(span: Span, rival: Span) -> bool:
    """An equal claim on the same characters stands beside its rival, unless it is the same claim again."""
    if frozenset({span.entity_type, rival.entity_type}) in PAIRS:
        return True
    same = span.start == rival.start and span.end == rival.end
    return same and span.level == rival.level and span.entity_type != rival.entity_type


def resolve_found(found: Found, kinds: Kinds) -> Found:
    """The spans that stand, in reading order."""
    if not len(found):
        return found
    from scanner.recognition.contest import standing

    traits = _traits(tuple(kinds.entity_types), tuple(kinds.recognizers))
    return found.take(standing(found.starts, found.ends, found.levels, found.kinds, traits))


@lru_cache(maxsize=32)
def _traits(entity_types: tuple[str, ...], recognizers: tuple[str, ...]) -> NDArray[np.int64]:
    """What the contest knows of each kind: five numbers, as ``contest`` names them."""
    pairs = list(zip(entity_types, recognizers, strict=True))
    ranks = {pair: rank for rank, pair in enumerate(sorted(pairs))}
    types = {name: number for number, name in enumerate(sorted(set(entity_types)))}
    families = {name: number for number, name in enumerate(sorted({family(t) for t in entity_types}))}
    rows = [(ranks[t, r], types[t], families[family(t)], _layer(t), _role(t)) for t, r in pairs]
    return np.array(rows, np.int64).reshape(-1, 5)


def _layer(entity_type: str) -> int:
    return next((number for number, side in enumerate(BESIDE) if entity_type in side), len(BESIDE))


def _role(entity_type: str) -> int:
    return 1 if entity_type in SHIELDS else 2 if family(entity_type) == "name" else 0
