"""What the values of one column show, gathered run by run; nothing of the values is kept but a bounded sample."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recognizers.rule import Rule
from recognizers.subject import Subject
from scanner.model import Column, Level, Span
from scanner.recognition.columnnames import Reading, readings
from scanner.recognition.conflicts import resolve
from scanner.recognition.distinct import Distinct
from scanner.recognition.tally import Tally
from scanner.recognition.text import TextLanes

SAMPLE = 2_000
BLOCK = 1 << 20
WHOLE = 0.8
"""Part of a cell that a span must cover to be the cell's own type."""
FREE_TEXT = 30
"""Mean length, in characters, from which cells are read as sentences."""
NOTHING = "(?i)^(?:|0|n|no|non|none|null|nan|false|faux|ras|neant|néant|n/a|na|aucun|aucune|-+|\\\\n)$"


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
    sample: dict[str, None] = field(default_factory=dict)
    first_row: int = 0

    @property
    def distinct(self) -> int:
        """Estimated number of distinct values."""
        return len(self.seen)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a column, distinct values apart."""

    values: pa.Array
    distinct: pa.Array
    counts: np.ndarray
    first_row: int

    def place(self, value: str) -> str:
        """Where a value stands first in this run."""
        return f"row {self.first_row + pc.index(self.values, value).as_py()}"


def _run(column: Column) -> _Run:
    values = column.values
    pairs = values.value_counts()
    distinct, counts = pairs.field("values"), pairs.field("counts")
    says = pc.and_(
        pc.is_valid(distinct), pc.invert(pc.match_substring_regex(pc.utf8_trim_whitespace(distinct), NOTHING))
    )
    says = pc.fill_null(says, False)
    return _Run(values, distinct.filter(says), counts.filter(says).to_numpy(), column.first_row)


def gather(facts: ColumnFacts, column: Column, lanes: TextLanes) -> None:
    """Add one run of values to what is known of a column."""
    run = _run(column)
    facts.first_row = facts.first_row or column.first_row
    if len(run.distinct) == 0:
        return
    facts.values += int(run.counts.sum())
    facts.readings = facts.readings or readings(column.name)
    _shapes(facts, run)
    texts = run.distinct.to_pylist()
    for text in texts:
        facts.seen.add(text)
    for text in texts[: SAMPLE - len(facts.sample)] if len(facts.sample) < SAMPLE else []:
        facts.sample[text] = None
    named = frozenset(r.entity_type for r in facts.readings)
    start = 0
    while start < len(texts):
        size, stop = 0, start
        while stop < len(texts) and (stop == start or size < BLOCK):
            size += len(texts[stop]) + 2
            stop += 1
        _spans(facts, run, texts[start:stop], run.counts[start:stop], lanes, named)
        start = stop


def _shapes(facts: ColumnFacts, run: _Run) -> None:
    for reading in facts.readings:
        kind = reading.type
        if kind is None or not kind.shape:
            continue
        hits = pc.match_substring_regex(pc.utf8_trim_whitespace(run.distinct), f"^(?s:{kind.shape})$")
        span = Span(kind.entity_type, 0, 0, 0.75, "columns", Level.PROBABLE)
        if not pc.any(hits).as_py():
            continue
        tally = facts.shapes.setdefault(kind.entity_type, Tally())
        for value, times in zip(
            run.distinct.filter(hits).to_pylist(), run.counts[hits.to_numpy(zero_copy_only=False)], strict=True
        ):
            tally.add(value, span, run.place(value) if len(tally.places) < 20 else "", int(times))


def _spans(
    facts: ColumnFacts, run: _Run, texts: list[str], counts: np.ndarray, lanes: TextLanes, named: frozenset[str]
) -> None:
    free = sum(map(len, texts)) > FREE_TEXT * len(texts)
    joint = "\n\n" if free else "\n"
    cells = [t.replace("\n", " ") for t in texts]
    text = joint.join(cells)
    starts = np.concatenate(([0], np.cumsum([len(c) + len(joint) for c in cells])))[:-1]
    subject = Subject(text)

    def in_name(rule: Rule) -> bool:
        return rule.entity_type in named

    found = lanes.identifiers(subject, in_name)
    if free:
        found += lanes.names.find(text)
    found = resolve(found)
    places = [int(i) for i in np.searchsorted(starts, [s.start for s in found], "right") - 1]
    for span, at in zip(found, places, strict=True):
        cell = cells[at].strip()
        whole = (span.end - span.start) >= WHOLE * len(cell)
        target = facts.claims if whole else facts.parts
        _count(target, span, text[span.start : span.end], run, texts[at], int(counts[at]))
    if free:
        own = lanes.sensitive(text, found)
        keys = [Span("PERSON", int(s), int(s) + 1, 0.75, "row", Level.PROBABLE) for s in starts]
        for target, spans in ((facts.parts, own), (facts.linked, lanes.special.find(text, keys, lanes.settings.today))):
            for span, at in zip(spans, np.searchsorted(starts, [s.start for s in spans], "right") - 1, strict=True):
                _count(target, span, text[span.start : span.end], run, texts[int(at)], int(counts[int(at)]))


def _count(target: dict[tuple[str, Level], Tally], span: Span, value: str, run: _Run, cell: str, times: int) -> None:
    tally = target.setdefault((span.entity_type, span.level), Tally())
    tally.add(value, span, run.place(cell) if len(tally.places) < 20 else "", times)
