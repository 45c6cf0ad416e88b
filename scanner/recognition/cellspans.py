"""Spans in blocks of cells: found by the lanes, placed in rows, given to tallies; in arrays all along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.model import Level, Span
from scanner.recognition.cells import Block, Run
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.found import Found, Kinds
from scanner.recognition.hashing import hash_spans
from scanner.recognition.shares import Budget
from scanner.recognition.tally import Tally
from scanner.recognition.text import TextLanes

Ints = NDArray[np.int64]
Claims = dict[tuple[str, Level], Tally]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the table, as a person counts them, for what starts at these bytes of a block."""

    run: Run
    block: Block

    def numbers(self, starts: Ints) -> Ints:
        """The row of the first occurrence of the value in which each span starts."""
        return self.run.numbers(self.block.first + self.block.cells(starts))

    def name(self, number: int) -> str:
        """A row in words."""
        return self.run.name(number)


def spans_of(block: Block, lanes: TextLanes, named: frozenset[str], budget: Budget) -> Found:
    """The spans that stand, in reading order; ``named`` are the types that the column's name announces."""
    text = block.utf8
    found = lanes.identified(text, named)
    if block.free:
        names = lanes.names.find(text.text)
        listed = lanes.slow.read_joined(text.text, text.to_chars(block.starts), names, budget)
        found = Found.join([found, Found.of(listed, lanes.kinds, text.to_bytes)])
    return resolve_found(found, lanes.kinds)


def sensitive(block: Block, found: Found, lanes: TextLanes, budget: Budget) -> tuple[Found, Found]:
    """Special categories in sentences: as they stand by themselves, and as they do if each row is about a person."""
    text = block.utf8

    def persons(stretches: list[tuple[int, int]]) -> list[Span]:
        edges = np.searchsorted(block.starts, text.to_bytes(np.array(stretches, np.int64).ravel()))
        starts = np.concatenate([block.starts[low:high] for low, high in edges.reshape(-1, 2).tolist()])
        return [Span("PERSON", at, at + 1, 0.75, "row", Level.PROBABLE) for at in text.to_chars(starts).tolist()]

    own = lanes.sensitive_in(text, found, budget)
    linked = lanes.special.find(text.text, persons, lanes.settings.today, lanes.reader(budget))
    return own, Found.of(linked, lanes.kinds, text.to_bytes)


def counted(target: Claims, run: Run, block: Block, found: Found, cells: Ints, kinds: Kinds) -> None:
    """Give spans to the tallies of their type and level, each as often as the value that it stands in."""
    if not len(found):
        return
    hashes = hash_spans(block.data, found.starts, found.ends)
    times = run.times[block.first + cells]
    codes = _types(tuple(kinds.entity_types))[found.kinds] + found.levels
    present = np.flatnonzero(np.bincount(codes)).tolist()
    if len(present) == 1:  # as in most columns
        _tally(target, found, times, hashes, Rows(run, block), kinds)
        return
    for chosen in sorted((np.flatnonzero(codes == code) for code in present), key=lambda chosen: int(chosen[0])):
        _tally(target, found.take(chosen), times[chosen], hashes[chosen], Rows(run, block), kinds)


def _tally(target: Claims, alike: Found, times: Ints, hashes: NDArray[np.uint64], rows: Rows, kinds: Kinds) -> None:
    """Give spans of one type and level to their tally."""
    own = np.flatnonzero(np.bincount(alike.kinds)).tolist()
    tally = target.setdefault((kinds.entity_types[own[0]], Level(int(alike.levels[0]))), Tally())
    score = round(float(alike.scores.max()), 4)
    tally.take(int(times.sum()), score, {kinds.recognizers[kind] for kind in own}, hashes)
    tally.place(alike.starts, rows)


@lru_cache(maxsize=32)
def _types(entity_types: tuple[str, ...]) -> NDArray[np.int64]:
    """For each kind a number of its entity type, with room for a level beside it."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(entity_types))}
    return np.array([numbers[name] * (max(Level) + 1) for name in entity_types], np.int64)
