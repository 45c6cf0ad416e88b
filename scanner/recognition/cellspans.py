"""Spans in blocks of cells: found by the lanes, placed in rows, given to tallies; in arrays all along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from scanner.model import Level, Span
from scanner.recognition.cells import Block, Run
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.found import Found, Kinds
from scanner.recognition.tally import Tally, tally_up
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


def spans_of(block: Block, lanes: TextLanes, named: frozenset[str]) -> Found:
    """The spans that stand, in reading order; ``named`` are the types that the column's name announces."""
    text = block.utf8
    found = lanes.identified(text, named)
    if block.free:
        found = Found.join([found, Found.of(lanes.names.find(text.text), lanes.kinds, text.to_bytes)])
    return resolve_found(found, lanes.kinds)


def sensitive(block: Block, found: Found, lanes: TextLanes) -> tuple[Found, Found]:
    """Special categories in sentences: as they stand by themselves, and as they do if each row is about a person."""
    text = block.utf8
    linked = lanes.special.find(text.text, _Persons(block), lanes.settings.today)
    return lanes.sensitive_in(text, found), Found.of(linked, lanes.kinds, text.to_bytes)


class _Persons(Sequence[Span]):
    """A person at the start of each value, made when somebody first looks: few texts hold what asks for them."""

    def __init__(self, block: Block) -> None:
        self._block = block

    @cached_property
    def _spans(self) -> list[Span]:
        starts = self._block.utf8.to_chars(self._block.starts).tolist()
        return [Span("PERSON", start, start + 1, 0.75, "row", Level.PROBABLE) for start in starts]

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        return self._spans[index]


def counted(target: Claims, run: Run, block: Block, found: Found, cells: Ints, kinds: Kinds) -> None:
    """Give spans to the tallies of their type and level, each as often as the value that it stands in."""
    if not len(found):
        return
    times = run.times[block.first + cells]
    for kind, level in _combinations(found):
        target.setdefault((kinds.entity_types[kind], level), Tally())
    tally_up(found, kinds, block.data, Rows(run, block), lambda *key: target[key], times)


def _combinations(found: Found) -> list[tuple[int, Level]]:
    """Kinds and levels in the order of their first span."""
    width = max(Level) + 1
    codes = found.kinds.astype(np.uint16) * np.uint16(width) + found.levels.astype(np.uint16)
    known, firsts = np.unique(codes, return_index=True)
    return [(code // width, Level(code % width)) for code in known[np.argsort(firsts)].tolist()]
