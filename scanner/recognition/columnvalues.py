"""What the values of one column show, gathered run by run; nothing of the values is kept but a bounded sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from scanner.model import Level
from scanner.recognition.columnnames import Reading, announced, readings
from scanner.recognition.columnrows import HOLDS_BIRTH
from scanner.recognition.columnsample import Sample
from scanner.recognition.distinct import Distinct
from scanner.recognition.shares import Budget
from scanner.recognition.tally import Tally
from scanner.recognition.text import TextLanes

if TYPE_CHECKING:
    from scanner.recognition.cells import Run

_SHAPE_SCORE = 0.75
_LOOKED_AT = frozenset({"PERSON", "EMAIL_ADDRESS", "DATE_OF_BIRTH", "NATIONAL_ID", *HOLDS_BIRTH})
"""Types of which single values count: names, and what agrees with those or with a birth in the same row."""


@dataclass(slots=True)
class ColumnFacts:
    """Evidence on one column of one table."""

    name: str
    index: int
    readings: tuple[Reading, ...] = ()
    values: int = 0
    """Values that say something: not empty, not a plain no."""
    seen: Distinct = field(default_factory=Distinct)
    claims: dict[tuple[str, Level], Tally] = field(default_factory=dict)
    """Cells that are of a type as a whole."""
    parts: dict[tuple[str, Level], Tally] = field(default_factory=dict)
    """Spans inside longer cells."""
    linked: dict[tuple[str, Level], Tally] = field(default_factory=dict)
    """Special categories in free text, as they stand if the row is about a person."""
    shapes: dict[str, Tally] = field(default_factory=dict)
    sample: Sample = field(default_factory=Sample)
    """Distinct values for who looks at single ones; empty where the column's name says that this would tell nothing."""
    first_row: int = 0
    last_row: int = 0
    grid: bool = False
    """Whether its rows are those of a sheet, where a person finds a cell by column and row."""

    @property
    def distinct(self) -> int:
        """Estimated number of distinct values."""
        return len(self.seen)


def gather(facts: ColumnFacts, name: str, run: Run, lanes: TextLanes, budget: Budget) -> None:
    """Add one run of values, found under this name, to what is known of a column."""
    from scanner.recognition.cellspans import counted, sensitive, spans_of

    facts.first_row = facts.first_row or int(run.rows[0])
    if not len(run):
        return
    facts.last_row = run.last_row
    facts.values += int(run.times.sum())
    facts.readings = facts.readings or readings(name)
    facts.seen.add_hashes(run.hashes(exact=True))
    _shapes(facts, run)
    if any(r.entity_type in _LOOKED_AT for r in facts.readings) or all(r.weak for r in facts.readings):
        facts.sample.take(run)
    named = announced(facts.readings)
    for block in run.blocks():
        found = spans_of(block, lanes, named, budget)
        cells, whole = block.place(found.starts, found.ends)
        if whole.all():  # as in most columns
            counted(facts.claims, run, block, found, cells, lanes.kinds)
        else:
            counted(facts.claims, run, block, found.take(whole), cells[whole], lanes.kinds)
            counted(facts.parts, run, block, found.take(~whole), cells[~whole], lanes.kinds)
        if block.free:
            own, linked = sensitive(block, found, lanes, budget)
            counted(facts.parts, run, block, own, block.cells(own.starts), lanes.kinds)
            counted(facts.linked, run, block, linked, block.cells(linked.starts), lanes.kinds)


def count(facts: ColumnFacts, values: pa.Array, first_row: int) -> None:
    """Count values of a column in which others look for what they hold."""
    from scanner.recognition.cells import Run

    run = Run.of([values], [first_row])
    facts.first_row = facts.first_row or first_row
    facts.values += int(run.times.sum())
    facts.seen.add_hashes(run.hashes(exact=True))


def _shapes(facts: ColumnFacts, run: Run) -> None:
    from scanner.recognition.columnshapes import shaped

    for reading in facts.readings:
        kind = reading.type
        if kind is None or not kind.shape:
            continue
        numbers = shaped(run, kind.shape)
        if len(numbers):
            tally = facts.shapes.setdefault(kind.entity_type, Tally())
            hashes = run.hashes(numbers, exact=False)
            tally.take(int(run.times[numbers].sum()), _SHAPE_SCORE, {"columns"}, hashes)
            tally.place(numbers, run)
