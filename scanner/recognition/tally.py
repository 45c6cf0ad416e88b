"""Aggregates spans where they are found: a log with a million addresses gives one row, never a million."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.model import Finding, Level, Span
from scanner.recognition.distinct import Distinct

PLACES = 20
SEPARATORS = str.maketrans("", "", " .-/\t\n\r\u00a0\u202f")

Key = tuple[str, str, str, Level]
"""Table, column, entity type, level."""


class Tally:
    """What is kept of many spans: how many, how many distinct, the first places, no value."""

    __slots__ = ("count", "places", "recognizers", "score", "values")

    def __init__(self) -> None:
        self.count = 0
        self.score = 0.0
        self.recognizers: set[str] = set()
        self.places: list[str] = []
        self.values = Distinct()

    def add(self, value: str, span: Span, place: str, times: int = 1) -> None:
        """Count one value, seen ``times`` times; the value itself is forgotten."""
        self.count += times
        self.score = max(self.score, span.score)
        self.recognizers.add(span.recognizer)
        self.values.add(value.translate(SEPARATORS).casefold())
        if place and len(self.places) < PLACES and place not in self.places:
            self.places.append(place)

    @classmethod
    def of(cls, count: int, values: Distinct, recognizer: str, place: str) -> Tally:
        """A tally of a whole column, whose values were counted elsewhere."""
        tally = cls()
        tally.count, tally.recognizers, tally.places = count, {recognizer}, [place]
        tally.values.merge(values)
        return tally

    def merge(self, other: Tally, score: float) -> None:
        """Take in another tally, at the score of the level that both now have."""
        self.count += other.count
        self.score = max(self.score, score)
        self.recognizers |= other.recognizers
        self.places += [p for p in other.places if p not in self.places][: PLACES - len(self.places)]
        self.values.merge(other.values)

    @property
    def distinct(self) -> int:
        """Estimated number of distinct values, at most ``count``."""
        return min(self.count, len(self.values))


class Tallies:
    """The tallies of one file."""

    def __init__(self) -> None:
        self._by_key: dict[Key, Tally] = {}

    def at(self, table: str, column: str, entity_type: str, level: Level) -> Tally:
        """The tally of one key, made when it is first asked for."""
        key = (table, column, entity_type, level)
        tally = self._by_key.get(key)
        if tally is None:
            tally = self._by_key[key] = Tally()
        return tally

    def put(self, table: str, column: str, entity_type: str, level: Level, tally: Tally) -> None:
        """Take in a tally that was made elsewhere."""
        self.at(table, column, entity_type, level).merge(tally, tally.score)

    def has(self, entity_types: frozenset[str], at_least: Level = Level.PROBABLE) -> bool:
        """Whether one of these types was found with at least this level."""
        return any(key[2] in entity_types and key[3] >= at_least for key in self._by_key)

    def findings(self, path: str, axes: dict[str, tuple[str, str]]) -> Iterator[Finding]:
        """The findings of the file, in a fixed order; ``axes`` gives category and regimes by entity type."""
        for key in sorted(self._by_key, key=lambda k: (k[0], k[1], k[2], -k[3])):
            table, column, entity_type, level = key
            tally = self._by_key[key]
            category, regime = axes.get(entity_type, ("C0", ""))
            yield Finding(
                path,
                table,
                column,
                entity_type,
                category,
                regime,
                level,
                tally.count,
                tally.distinct,
                round(tally.score, 4),
                ",".join(sorted(tally.recognizers)),
                tuple(tally.places),
            )
