"""Columns: the type that recense gives to each, beside its label, through the lane that judges the columns of a file.

A column is of a class when most of its values are: of the findings that hold at least half of the filled cells, the one
of the highest level, then of the most cells, then of the best score. What is found in fewer cells says something of the
cells, not of the column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.config import Settings
from scanner.evaluate.mapping import NEUTRAL, OTHER, Labels
from scanner.evaluate.places import Place
from scanner.evaluate.records import Table
from scanner.evaluate.score import Counts
from scanner.evaluate.spans import NOTHING
from scanner.model import Column, Finding, Level

MOST = 0.5
LEVELS = (Level.CERTAIN, Level.PROBABLE, Level.POSSIBLE)


@dataclass(slots=True)
class Typed:
    """One set of tables at all levels; ``others`` are the columns that hold no personal data."""

    name: str
    tables: int
    classes: dict[tuple[str, Level], Counts] = field(default_factory=dict)
    others: int = 0
    typed: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    touched: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    """Columns without personal data that have a finding in some cell."""
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)

    def macro(self, level: Level) -> float | None:
        """Mean of the F1 of the classes that have columns."""
        scores = [c.f1 or 0.0 for (_, at), c in self.classes.items() if at is level and c.labelled]
        return sum(scores) / len(scores) if scores else None

    def as_dict(self) -> dict[str, Any]:
        """Everything that was counted."""
        levels: dict[str, Any] = {}
        for (name, level), counts in self.classes.items():
            levels.setdefault(name, {})[level.name] = counts.as_dict()
        return {
            "set": self.name,
            "tables": self.tables,
            "classes": levels,
            "macro_f1": {level.name: self.macro(level) for level in LEVELS},
            "not_personal": {
                "columns": self.others,
                "typed": {level.name: self.typed[level] for level in LEVELS},
                "touched": {level.name: self.touched[level] for level in LEVELS},
            },
            "confusions": [
                {"labelled": label, "found": kind, "count": count}
                for (label, kind), count in sorted(self.confusions.items(), key=lambda item: (-item[1], item[0]))
            ],
        }


def measure_tables(
    name: str, tables: list[Table], labels: Labels, class_of: Mapping[str, str], settings: Settings, at: Level
) -> Typed:
    """The type of every column; confusions and places are those at level ``at``."""
    result = Typed(name, len(tables))
    for table in tables:
        findings = _findings(table, settings)
        for index, column in enumerate(table.columns):
            expected = labels.columns.get(column.label, OTHER)
            filled = sum(bool(value and value.strip()) for value in column.values)
            if expected == NEUTRAL or not filled:
                continue
            result.others += expected == OTHER
            for level in LEVELS:
                own = [one for one in findings[index] if one.level >= level]
                given = _type_of(own, filled)
                answer = class_of.get(given, given) if given else OTHER
                _count(result, expected, answer, level, touched=bool(own))
                if level is at and answer != expected:
                    result.confusions[column.label, given or NOTHING] += 1
                    kind = "missed" if not given else "wrong"
                    result.places.append(Place(name, table.id, index, index + 1, answer, column.label, kind))
    return result


def _findings(table: Table, settings: Settings) -> list[list[Finding]]:
    """The findings of each column of a table that is alone in its file."""
    import pyarrow as pa

    from scanner.examine import axes
    from scanner.recognition.columns import ColumnLane
    from scanner.recognition.discretion import discretion_of
    from scanner.recognition.tally import Tallies
    from scanner.recognition.text import text_lanes

    lanes = text_lanes(settings)
    discretion, tallies = discretion_of(lanes), Tallies()
    lane = ColumnLane(lanes, discretion)
    names = []
    for index, column in enumerate(table.columns):
        lane.feed(Column("", column.name, index, pa.array(column.values, pa.string()), 2))
        numbered = f"col_{index + 1}"
        names.append(discretion.name(column.name, numbered) if column.name else numbered)
    lane.close(tallies)
    findings = list(tallies.findings("", axes()))
    return [[one for one in findings if one.column == name] for name in names]


def _type_of(findings: Iterable[Finding], filled: int) -> str:
    most = [one for one in findings if one.count >= MOST * filled]
    best = max(most, key=lambda one: (one.level, one.count, one.score, one.entity_type), default=None)
    return best.entity_type if best else ""


def _count(result: Typed, expected: str, answer: str, level: Level, *, touched: bool) -> None:
    right = expected == answer
    if expected == OTHER:
        result.typed[level] += not right
        result.touched[level] += touched
    else:
        counts = result.classes.setdefault((expected, level), Counts())
        counts.labelled += 1
        counts.found += right
    if answer != OTHER:
        counts = result.classes.setdefault((answer, level), Counts())
        counts.given += 1
        counts.right += right
        counts.exact += right
