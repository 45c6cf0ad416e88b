"""Gathers the columns of a file and judges each table once it is whole, from names and values together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from scanner.model import Column, Definition
from scanner.recognition.columnjudgement import TableJudgement
from scanner.recognition.columnkeys import Keys
from scanner.recognition.columnnames import readings
from scanner.recognition.columnruns import ColumnRuns, Held
from scanner.recognition.columnvalues import ColumnFacts, count, gather
from scanner.recognition.discretion import Discretion
from scanner.recognition.openedcolumns import Opener
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
        self.keys = Keys()
        self.opener = Opener()

    def describe(self, definition: Definition) -> None:
        """Take what a dump says of a table."""
        self.keys.add(definition)

    def feed(self, column: Column) -> int:
        """Take one run of values, taken apart where cells can be; returns the number of characters read."""
        opened = self.opener.open(column)
        if opened is None:
            self._facts(column)
            self._gather(self.runs.add(column))
        else:
            count(self._facts(column), opened.taken, column.first_row)
            for part in (opened.rest, *opened.inner):
                self._facts(part)
                self._gather(self.runs.add(part))
        return int(column.values.nbytes)

    def _facts(self, column: Column) -> ColumnFacts:
        columns = self.tables.setdefault(column.table, {})
        if column.index not in columns:
            facts = columns[column.index] = ColumnFacts(column.name, column.index, grid=column.grid)
            facts.readings = readings(column.name) or readings(self.keys.comment(column.table, column.name))
        return columns[column.index]

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
            linked = self.keys.linked()
            for number, (table, columns) in enumerate(self.tables.items(), 1):
                today, known = self.lanes.settings.today, table in linked
                TableJudgement(table, number, columns, self.rates, self.discretion, today, known).judge(tallies)
            self.tables = {}
