"""How columns of invented tables are typed: ``python tests/columns/column_figures.py [test|-v]``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))
from column_material import STYLES, Sample, alone, together

from scanner.config import Settings
from scanner.model import Column, Level
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.tally import Tallies
from scanner.recognition.text import TextLanes, text_lanes

MOST = 0.5
OTHER = ""
_RIGHT, _MISSED, _FALSE = range(3)


@dataclass(slots=True)
class Counts:
    """Columns rightly typed, missed, and wrongly taken for this."""

    n: list[int] = field(default_factory=lambda: [0, 0, 0])

    @property
    def f1(self) -> float:
        right, missed, false = self.n
        return 2 * right / max(1, 2 * right + missed + false)


@dataclass(slots=True)
class Figures:
    """What was counted at one level."""

    kinds: dict[tuple[str, str], Counts] = field(default_factory=dict)
    """By class and style."""
    others: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    errors: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def take(self, sample: Sample, answers: set[str], touched: bool) -> None:
        """Count one column."""
        answer = min(answers & sample.types, default=None) or min(answers, default=OTHER)
        right = bool(answers & sample.types) if sample.types else not answers
        if sample.types:
            own = self.kinds.setdefault((min(sample.types), sample.style), Counts())
            own.n[_RIGHT if right else _MISSED] += 1
        else:
            self.others[sample.style] += 1
            self.typed[sample.style] += not right
            self.touched[sample.style] += touched
        if not right:
            self.errors[sample.kind, sample.style, sample.header, answer] += 1
            if answer:
                self.kinds.setdefault((answer, sample.style), Counts()).n[_FALSE] += 1

    def macro(self, style: str = "") -> float:
        """Mean of the F1 of the classes that have columns."""
        sums: dict[str, Counts] = {}
        for (name, own), counts in self.kinds.items():
            if style in {"", own}:
                total = sums.setdefault(name, Counts())
                total.n = [a + b for a, b in zip(total.n, counts.n, strict=True)]
        labelled = [counts.f1 for counts in sums.values() if counts.n[_RIGHT] + counts.n[_MISSED]]
        return sum(labelled) / max(1, len(labelled))


def typed(table: list[Sample], lanes: TextLanes, least: Level) -> Iterator[tuple[Sample, set[str], bool]]:
    """For each column its surest types that most of its cells have, and whether anything was found in it."""
    lane, tallies = ColumnLane(lanes, Discretion(lanes)), Tallies()
    for number, sample in enumerate(table):
        lane.feed(Column("t", f"{sample.header}" or "", number, pa.array(sample.values, pa.string()), 2))
    names = [lane.discretion.name(s.header, f"col_{n}") if s.header else f"col_{n}" for n, s in enumerate(table, 1)]
    lane.close(tallies)
    found = [f for f in tallies.findings("t.csv", {}) if f.level >= least]
    for sample, name in zip(table, names, strict=True):
        own = [f for f in found if f.column == name]
        most = [(f.level, f.count, f.entity_type) for f in own if f.count >= MOST * len(sample.values)]
        best = max((row[:2] for row in most), default=None)
        yield sample, {row[2] for row in most if row[:2] == best}, bool(own)


def measure(tables: Iterable[list[Sample]], lanes: TextLanes, least: Level = Level.PROBABLE) -> Figures:
    """All tables; two columns of one table that are called alike are measured where they are alone in it."""
    figures = Figures()
    for table in tables:
        unlike = list({sample.header or number: sample for number, sample in enumerate(table)}.values())
        for sample, answers, touched in typed(unlike, lanes, least):
            figures.take(sample, answers, touched)
    return figures


def invented_lanes() -> TextLanes:
    """The lanes, without models of language."""
    return text_lanes(Settings(today=date(2026, 11, 23), ner="off"))


def lines(*, test: bool, verbose: bool) -> Iterator[str]:
    """The figures as a table."""
    lanes = invented_lanes()
    for title, tables in (("alone", list(alone(test=test))), ("together", list(together(test=test)))):
        for least in (Level.PROBABLE, Level.POSSIBLE):
            own = measure(tables, lanes, least)
            yield f"{title}, {least.name}: macro F1 {own.macro():.3f}; {_rates(own, '')}"
            for style in STYLES:
                yield f"    {style:8} {own.macro(style):.3f}; {_rates(own, style)}"
            if verbose and least is Level.PROBABLE:
                yield from (f"      {count} {error}" for error, count in sorted(own.errors.items()))


def _rates(own: Figures, style: str) -> str:
    others, wrong, touched = (c[style] if style else c.total() for c in (own.others, own.typed, own.touched))
    return (
        f"others {others}, typed {100 * wrong / max(1, others):.1f} %, some cell {100 * touched / max(1, others):.1f} %"
    )


if __name__ == "__main__":
    print(*lines(test="test" in sys.argv, verbose="-v" in sys.argv and "test" not in sys.argv), sep="\n")
