"""Spans in blocks of cells: found by the lanes, placed in rows, given to tallies; in arrays all along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizers.rule import Rule
from recognizers.subject import Subject
from scanner.model import Level, Span
from scanner.recognition.cells import Block, Run
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.found import Found, Kinds
from scanner.recognition.offsets import bytes_before, chars_before
from scanner.recognition.tally import Tally, tally_up
from scanner.recognition.text import TextLanes
from scanner.taxonomy import taxonomy

Claims = dict[tuple[str, Level], Tally]

KINDS = Kinds()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the table, as a person counts them, for what starts at these bytes of a block."""

    run: Run
    block: Block

    def numbers(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of the first occurrence of the value in which each span starts."""
        return self.run.numbers(self.block.first + self.block.cells(starts))

    def name(self, number: int) -> str:
        """A row in words."""
        return self.run.name(number)


def spans_of(block: Block, lanes: TextLanes, named: frozenset[str]) -> Found:
    """The spans that stand, in reading order; ``named`` are the types that the column's name announces."""
    found = _identifiers(block, lanes, named)
    if block.free:
        found = Found.join([found, _found(lanes.names.find(block.text), block)])
    return resolve_found(found, KINDS)


def _identifiers(block: Block, lanes: TextLanes, named: frozenset[str]) -> Found:
    def in_name(rule: Rule) -> bool:
        return rule.entity_type in named

    return _found(lanes.identifiers(Subject(block.text), in_name), block)


def sensitive(block: Block, found: Found, lanes: TextLanes) -> tuple[Found, Found]:
    """Special categories in sentences: as they stand by themselves, and as they do if each row is about a person."""
    keys = [number for number, name in enumerate(KINDS.entity_types) if name in taxonomy().person_keys]
    near = found.take(np.isin(found.kinds, keys) & (found.levels >= Level.POSSIBLE))
    own = lanes.sensitive(block.text, near.spans(KINDS, lambda at: chars_before(block.data, at)))
    starts = chars_before(block.data, block.starts).tolist()
    rows = [Span("PERSON", start, start + 1, 0.75, "row", Level.PROBABLE) for start in starts]
    linked = lanes.special.find(block.text, rows, lanes.settings.today)
    return _found(own, block), _found(linked, block)


def _found(spans: list[Span], block: Block) -> Found:
    return Found.of(spans, KINDS, lambda at: bytes_before(block.data, at))


def counted(target: Claims, run: Run, block: Block, found: Found) -> None:
    """Give spans to the tallies of their type and level, each as often as the value that it stands in."""
    if not len(found):
        return
    times = run.times[block.first + block.cells(found.starts)]
    for kind, level in _combinations(found):
        target.setdefault((KINDS.entity_types[kind], level), Tally())
    tally_up(found, KINDS, block.data, Rows(run, block), lambda *key: target[key], times)


def _combinations(found: Found) -> list[tuple[int, Level]]:
    """Kinds and levels in the order of their first span."""
    width = max(Level) + 1
    codes = found.kinds.astype(np.uint16) * np.uint16(width) + found.levels.astype(np.uint16)
    known, firsts = np.unique(codes, return_index=True)
    return [(code // width, Level(code % width)) for code in known[np.argsort(firsts)].tolist()]
