"""Gathers the columns of a file and judges each table once it is whole, from names and values together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from scanner.model import Column
from scanner.recognition.columnjudgement import TableJudgement
from scanner.recognition.columnruns import ColumnRuns, Held
from scanner.recognition.columnvalues import ColumnFacts, gather
from scanner.recognition.discretion import Discretion
from scanner.recognition.shares import Allowance, Budget
from scanner.recognition.tally import Tallies
from scanner.recognition.text import TextLanes


@lru_cache(maxsize=2)
def _rates(lanes: TextLanes) -> Mapping[str, float]:
    """Per rule; worked out once, since each file has a lane."""
    return {rule.name: rule.random_pass_rate for rule in lanes.rules}


class ColumnLane:
    """Gathers the columns of one file and judges each table once it is whole."""

    def __init__(self, lanes: TextLanes, discretion: Discretion, budget: Budget | None = None) -> None:
        self.lanes = lanes
        self.discretion = discretion
        self.budget = budget or Allowance(lanes.settings.ner_chars).file()
        self.rates = _rates(lanes)
        self.tables: dict[str, dict[int, ColumnFacts]] = {}
        self.runs = ColumnRuns()

    def feed(self, column: Column) -> int:
        """Take one run of values; returns the number of characters read."""
        columns = self.tables.setdefault(column.table, {})
        if column.index not in columns:
            columns[column.index] = ColumnFacts(column.name, column.index)
        self._gather(self.runs.add(column))
        return int(column.values.nbytes)

    def _gather(self, runs: Iterable[Held]) -> None:
        """Read runs; one that fails, which is raised in the end, costs the others nothing."""
        from scanner.recognition.cells import Run

        failures = []
        for held in runs:
            table, index, name = held.key
            try:
                gather(self.tables[table][index], name, Run.of(held.pieces, held.rows), self.lanes, self.budget)
            except Exception as error:  # noqa: BLE001 - raised below
                failures.append(error)
        if failures:
            raise failures[0]

    def settle(self) -> None:
        """Read what is still held of a section of the file."""
        self._gather(self.runs.rest())

    def close(self, tallies: Tallies) -> None:
        """Judge every table into the tallies of the file."""
        try:
            self._gather(self.runs.rest())
        finally:
            for number, (table, columns) in enumerate(self.tables.items(), 1):
                TableJudgement(table, number, columns, self.rates, self.discretion).judge(tallies)
            self.tables = {}
