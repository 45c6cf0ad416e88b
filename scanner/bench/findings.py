"""Whether the fast lane finds what the recognisers find alone: the same spans at the same levels, counted by type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from recognizers.rule import load_rules
from scanner.bench.lanes import identify
from scanner.model import Span

DELIBERATE: dict[str, str] = {}
"""Entity types on which the two differ on purpose, with the reason; they are listed, not counted as differences."""
PIECES = 10
PIECE = 100_000

Key = tuple[str, int, int, float, str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one type: spans that the recognisers alone have, and spans that only the fast lane has."""

    corpus: str
    entity_type: str
    missing: int
    extra: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared on one corpus: bytes, spans of the recognisers, and the differences by type."""

    corpus: str
    size: int
    spans: int
    differences: tuple[Difference, ...]

    @property
    def missing(self) -> int:
        """Spans that the fast lane did not find, outside the deliberate differences."""
        return sum(d.missing for d in self.differences if d.entity_type not in DELIBERATE)

    @property
    def extra(self) -> int:
        """Spans that only the fast lane found, outside the deliberate differences."""
        return sum(d.extra for d in self.differences if d.entity_type not in DELIBERATE)


def compare(corpus: str, path: Path) -> Comparison:
    """Both on pieces from the beginning to the end of a file; nothing of the text is kept."""
    alone: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    size = 0
    for text in _pieces(path):
        size += len(text.encode())
        expected = Counter(_key(span) for rule in load_rules() for span in rule.find(text))
        found = Counter(_key(span) for span in identify(text))
        alone.update(_by_type(expected))
        missing.update(_by_type(expected - found))
        extra.update(_by_type(found - expected))
    types = sorted({*missing, *extra})
    differences = tuple(Difference(corpus, name, missing[name], extra[name]) for name in types)
    return Comparison(corpus, size, sum(alone.values()), differences)


def _key(span: Span) -> Key:
    return span.entity_type, span.start, span.end, round(span.score, 4), span.recognizer, int(span.level)


def _by_type(spans: Counter[Key]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for key, count in spans.items():
        counts[key[0]] += count
    return counts


def _pieces(path: Path) -> list[str]:
    size = path.stat().st_size
    with path.open("rb") as file:
        pieces = []
        for rank in range(PIECES):
            file.seek(size * rank // PIECES)
            pieces.append(file.read(min(PIECE, size // PIECES)).decode("utf-8", "replace"))
    return pieces
