"""The contract of the slower lanes: which pieces of text go to which of them and why, in batches, under a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import islice
from typing import Protocol

from scanner.config import Settings
from scanner.model import Span
from scanner.recognition.pieces import GAP, Joined, Kind, Piece, Places, Reason
from scanner.recognition.shares import Budget
from scanner.recognition.stretches import spread, stretches

BATCH = 32
"""Pieces that a lane is given at a time."""
BLOCK = 1 << 18
"""Characters from which a passage is one of several that a long text comes in."""
ASKED = 4_096
"""Cells of one run of a column that a lane is asked about, spread over all of them."""
SAMPLE = 256
"""Cells that show whether a column is prose."""


Stretch = tuple[int, int]
"""Start and end in characters."""


class Cost(IntEnum):
    """Classes of speed: how many characters a lane reads while the slowest reads one."""

    DEEP = 1
    """About 0.05 MB/s on one core: statistical models, classifiers."""
    QUICK = 20
    """About 1 MB/s on one core."""


class SlowLane(Protocol):
    """A recogniser too slow for all text; cheap to make, it loads what it needs when it first reads."""

    name: str
    cost: Cost
    entity_types: frozenset[str]

    def wants(self, piece: Piece) -> Reason:
        """Whether this lane should read a piece, and why; asked of a passage before its stretches."""

    def read(self, pieces: Sequence[Piece]) -> list[list[Span]]:
        """The spans of at most ``BATCH`` pieces, with offsets in the piece."""

    def combine(self, found: Iterable[Span], read: Iterable[Span], where: Sequence[Stretch]) -> list[Span]:
        """What quicker lanes found of ``entity_types``, joined by what this one found in the stretches that it read."""


class SlowLanes:
    """The slow lanes of a run, in the order in which they read: off, on what may hold something, or on everything."""

    def __init__(self, mode: str, lanes: Sequence[SlowLane]) -> None:
        self.always = {"off": Reason.OFF, "all": Reason.ASKED}.get(mode)
        self.lanes = lanes

    def read_text(self, text: str, found: list[Span], budget: Budget) -> list[Span]:
        """What quicker lanes found in a passage, joined by what slower ones add."""
        for lane in self.lanes:
            chosen = self._of_passage(lane, text, budget)
            if chosen:
                found = _joined(lane, found, chosen, [piece.at for piece in chosen])
        return found

    def read_cells(self, texts: Sequence[str], budget: Budget) -> list[list[Span]]:
        """The spans of each distinct cell of a column of free text, by slow lanes alone; offsets are in the cell."""
        spans: list[list[Span]] = [[] for _ in texts]
        for lane in self.lanes:
            chosen = self._of_cells(lane, texts, sum(map(len, texts)), budget)
            for piece, added in _read(lane, chosen):
                spans[piece.at] = lane.combine(spans[piece.at], added, [(0, len(piece.text))])
        return spans

    def read_joined(self, text: str, starts: Places, found: list[Span], budget: Budget) -> list[Span]:
        """As ``read_text``, for distinct cells that start there in one text, with an empty line between them."""
        cells, total = Joined(text, starts), len(text) - len(GAP) * (len(starts) - 1)
        for lane in self.lanes:
            chosen = self._of_cells(lane, cells, total, budget)
            if chosen:
                found = _joined(lane, found, chosen, [int(starts[piece.at]) for piece in chosen])
        return found

    def _of_passage(self, lane: SlowLane, text: str, budget: Budget) -> list[Piece]:
        whole = Piece(text, 0, Kind.PASSAGE)
        reason = self.always or lane.wants(whole)
        if reason is not Reason.MAY_HOLD:
            return _all_or_none(lane, [whole], reason, budget)
        room = budget.room(lane.name, lane.cost)
        if len(text) > BLOCK:
            room = _half(room)
        pieces = (Piece(piece, at, Kind.STRETCH) for at, piece in stretches(text, room))
        return sorted(_chosen(lane, pieces, len(text), room, budget), key=_place)

    def _of_cells(self, lane: SlowLane, texts: Sequence[str], total: int, budget: Budget) -> list[Piece]:
        if self.always is Reason.ASKED:
            return _all_or_none(lane, [Piece(t, at, Kind.CELL) for at, t in enumerate(texts)], self.always, budget)
        some = islice(spread(len(texts)), SAMPLE)
        reason = self.always or lane.wants(Piece(GAP.join(texts[at] for at in some), 0, Kind.PASSAGE))
        if not reason.reads:
            budget.share.of(lane.name).offered += total
            budget.share.of(lane.name).skip(reason.value, total)
            return []
        pieces = (Piece(texts[at], at, Kind.CELL) for at in islice(spread(len(texts)), ASKED))
        return sorted(_chosen(lane, pieces, total, _half(budget.room(lane.name, lane.cost)), budget), key=_place)


def _all_or_none(lane: SlowLane, pieces: list[Piece], reason: Reason, budget: Budget) -> list[Piece]:
    share, total = budget.share.of(lane.name), sum(len(piece.text) for piece in pieces)
    share.offered += total
    if not reason.reads:
        share.skip(reason.value, total)
        return []
    share.read += total
    return pieces


def _chosen(lane: SlowLane, pieces: Iterable[Piece], total: int, room: int, budget: Budget) -> list[Piece]:
    """The pieces that a lane wants, until there is no room; every character of ``total`` is accounted for."""
    share, chosen = budget.share.of(lane.name), []
    share.offered += total
    for piece in pieces:
        if room <= 0:
            break
        reason = lane.wants(piece)
        read = min(room, len(piece.text)) if reason.reads else 0
        if read:
            chosen.append(piece if read == len(piece.text) else replace(piece, text=piece.text[:read]))
            share.read += read
            room, total = room - read, total - read
            budget.spend(lane.name, read)
        else:
            share.skip(reason.value, len(piece.text))
            total -= len(piece.text)
    share.skip(Reason.OVER_BUDGET.value, total)
    return chosen


def _read(lane: SlowLane, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[Span]]]:
    for start in range(0, len(pieces), BATCH):
        batch = pieces[start : start + BATCH]
        yield from zip(batch, lane.read(batch), strict=True)


def _joined(lane: SlowLane, found: list[Span], chosen: Sequence[Piece], places: Sequence[int]) -> list[Span]:
    """What was found before and what a lane finds in chosen pieces, which start at these places of the text."""
    moved = zip(_read(lane, chosen), places, strict=True)
    added = [_moved(span, at) for (_, spans), at in moved for span in spans]
    where = [(at, at + len(piece.text)) for piece, at in zip(chosen, places, strict=True)]
    own = [span for span in found if span.entity_type in lane.entity_types]
    others = [span for span in found if span.entity_type not in lane.entity_types]
    return others + lane.combine(own, added, where)


def _half(room: int) -> int:
    """What a column or a block of a long text may take of it, so that the next ones have their part."""
    return -(-room // 2)


def _place(piece: Piece) -> int:
    return piece.at


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def slow_lanes(settings: Settings) -> SlowLanes:
    """The lanes that there are, quickest first; nothing heavy is loaded yet.

    The deep model found less than the quick one wherever both were measured: it reads only when all is to be read.
    """
    from scanner.recognition.modellane import ModelLane
    from scanner.recognition.nameslane import NamesLane

    return SlowLanes(settings.ner, (NamesLane(), ModelLane()) if settings.ner == "all" else (NamesLane(),))
