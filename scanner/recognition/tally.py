"""Aggregates spans where they are found: a log with a million addresses gives one row, never a million."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scanner.model import PLACES, Evidence, Finding, Level
from scanner.recognition.distinct import Distinct
from scanner.recognition.evidence import parted
from scanner.recognition.found import Found, Kinds

Key = tuple[str, str, str, Level]
"""Table, column, entity type, level."""


class Places(Protocol):
    """Where spans stand, as far as a report says it: numbers (of lines, of rows) first, words only for a few."""

    def numbers(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the place of each span, by the byte where it starts."""

    def name(self, number: int) -> str:
        """The place in words; empty when there is nothing to say."""


class Tally:
    """What is kept of many spans: how many, how many distinct, the first places, no value."""

    __slots__ = ("count", "evidence", "places", "recognizers", "score", "values")

    def __init__(self) -> None:
        self.count = 0
        self.score = 0.0
        self.recognizers: set[str] = set()
        self.evidence: set[Evidence] = set()
        self.places: list[str] = []
        self.values = Distinct()

    def take(self, count: int, score: float, sources: Iterable[str], hashes: NDArray[np.uint64]) -> None:
        """Count many spans at once, by the hashes of their values."""
        self.count += count
        self.score = max(self.score, score)
        self.note(sources)
        self.values.add_hashes(hashes)

    def note(self, sources: Iterable[str]) -> None:
        """Keep who found it apart from the evidence that their names carry."""
        for name, codes in map(parted, sources):
            self.recognizers.add(name)
            self.evidence |= codes

    def credit(self, other: Tally) -> None:
        """Keep who else found it, and on what evidence."""
        self.recognizers |= other.recognizers
        self.evidence |= other.evidence

    def place(self, starts: NDArray[np.int64], places: Places) -> None:
        """Note the first places, in reading order; no more are worked out than it takes to have enough."""
        at, step = 0, PLACES
        while at < len(starts) and len(self.places) < PLACES:
            numbers = places.numbers(starts[at : at + step])
            changed = numbers[np.diff(numbers, prepend=~numbers[:1]) != 0]
            names = filter(None, map(places.name, changed.tolist()))
            for name in islice((name for name in names if name not in self.places), PLACES - len(self.places)):
                self.places.append(name)
            at, step = at + step, step * 8

    @classmethod
    def of(cls, count: int, values: Distinct, source: str, place: str) -> Tally:
        """A tally of a whole column, whose values were counted elsewhere."""
        tally = cls()
        tally.count, tally.places = count, [place]
        tally.note([source])
        tally.values.merge(values)
        return tally

    def merge(self, other: Tally, score: float) -> None:
        """Take in another tally, at the score of the level that both now have."""
        self.count += other.count
        self.score = max(self.score, score)
        self.credit(other)
        self.places += [p for p in other.places if p not in self.places][: PLACES - len(self.places)]
        self.values.merge(other.values)

    @property
    def distinct(self) -> int:
        """Estimated number of distinct values, at most ``count``."""
        return min(self.count, len(self.values))


def tally_up(
    found: Found,
    kinds: Kinds,
    data: NDArray[np.uint8],
    places: Places,
    tally_of: Callable[[str, Level], Tally],
    times: NDArray[np.int64] | None = None,
) -> None:
    """Give the spans of one text, in reading order, to the tallies of their type and level.

    ``times`` says how often each span occurs, where one stands for many.
    """
    if not len(found):
        return
    from scanner.recognition.hashing import hash_spans

    codes = _types(tuple(kinds.entity_types))[found.kinds] * _LEVELS + found.levels.astype(np.uint16)
    order = np.argsort(codes, kind="stable")
    cuts = _cuts(codes[order])
    past = np.append(cuts[1:], len(found))
    hashes = hash_spans(data, found.starts, found.ends)[order]
    counts = past - cuts if times is None else np.add.reduceat(times[order], cuts)
    scores = np.maximum.reduceat(found.scores[order], cuts)
    for number, (first, last) in enumerate(zip(cuts.tolist(), past.tolist(), strict=True)):
        chosen = order[first:last]
        own = np.flatnonzero(np.bincount(found.kinds[chosen])).tolist()
        tally = tally_of(kinds.entity_types[own[0]], Level(int(found.levels[chosen[0]])))
        score = round(float(scores[number]), 4)
        tally.take(int(counts[number]), score, {kinds.recognizers[kind] for kind in own}, hashes[first:last])
        if len(tally.places) < PLACES:
            tally.place(found.starts[chosen], places)


_LEVELS = np.uint16(max(Level) + 1)


def _cuts(codes: NDArray[np.uint16]) -> NDArray[np.intp]:
    """Where each run of one code begins."""
    return np.concatenate(([0], np.flatnonzero(codes[1:] != codes[:-1]) + 1))


@lru_cache(maxsize=32)
def _types(entity_types: tuple[str, ...]) -> NDArray[np.uint16]:
    """A number for the entity type of each kind."""
    first = {name: number for number, name in enumerate(dict.fromkeys(entity_types))}
    return np.array([first[name] for name in entity_types], np.uint16)


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

    def take(self, found: Found, kinds: Kinds, data: NDArray[np.uint8], places: Places) -> None:
        """Count the spans of one text that belongs to no table, in reading order."""
        tally_up(found, kinds, data, places, partial(self.at, "", ""))

    def put(self, table: str, column: str, entity_type: str, level: Level, tally: Tally) -> None:
        """Take in a tally that was made elsewhere."""
        self.at(table, column, entity_type, level).merge(tally, tally.score)

    def items(self) -> Iterator[tuple[Key, Tally]]:
        """The tallies by table, column, type and level, in the order in which they began."""
        yield from self._by_key.items()

    def has(self, entity_types: frozenset[str], at_least: Level = Level.PROBABLE) -> bool:
        """Whether one of these types was found with at least this level."""
        return any(key[2] in entity_types and key[3] >= at_least for key in self._by_key)

    def most_distinct(self, entity_types: frozenset[str], at_least: Level = Level.PROBABLE) -> dict[str, int]:
        """By table, the largest number of distinct values that one column holds of one of these types."""
        most: dict[str, int] = {}
        for (table, column, entity_type, level), tally in self._by_key.items():
            if column and entity_type in entity_types and level >= at_least:
                most[table] = max(most.get(table, 0), tally.distinct)
        return most

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
                Evidence.ordered(tally.evidence),
            )
