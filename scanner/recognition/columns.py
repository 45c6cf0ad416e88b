"""Judges columns from name and values together: the share of valid values against what chance alone would give."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from scanner.model import Column, Level
from scanner.recognition.columnnames import Reading, is_first_name
from scanner.recognition.columnpersons import persons_of
from scanner.recognition.columnruns import ColumnRuns, Held
from scanner.recognition.columnvalues import ColumnFacts, gather
from scanner.recognition.discretion import Discretion
from scanner.recognition.sensitive_columns import column_regime
from scanner.recognition.shares import Allowance, Budget
from scanner.recognition.tally import Tallies, Tally
from scanner.recognition.text import TextLanes
from scanner.taxonomy import taxonomy

SHARE = 0.6
SOME = 0.3
UNLIKELY = math.log(1e6)
"""A type is called when chance alone would give so many valid values less than once in a million columns."""
FEW = 8
SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}
ORDINARY = frozenset({"LOCATION", "POSTCODE", "SEX", "TITLE", "NATIONALITY", "GPS_COORD", "JOB_TITLE", "EMPLOYER"})
"""Types that say nothing of a person unless the table has one."""


def surprise(valid: int, total: int, rate: float) -> float:
    """-log of the chance that so many random values pass a check of this pass rate (Chernoff's bound)."""
    if total == 0 or rate >= 1 or valid <= rate * total:
        return 0.0
    share = min(1.0, valid / total)
    rest = (1 - share) * math.log((1 - share) / (1 - rate)) if share < 1 else 0.0
    return total * (share * math.log(share / rate) + rest)


def judged(level: Level, rate: float, valid: int, total: int, named: bool) -> Level | None:
    """Level of cells that pass a check, given how many of the column's do; None when chance explains them."""
    share = valid / max(1, total)
    if named:
        return level if share >= SHARE or rate <= 0.01 else min(level, Level.POSSIBLE)
    clear = share >= SHARE and surprise(valid, total, rate) > UNLIKELY
    if rate <= 0.01:
        if clear and level is Level.PROBABLE:
            return Level.CERTAIN
        return level if total < FEW or clear or surprise(valid, total, rate) > 2 else min(level, Level.POSSIBLE)
    if clear:
        return Level.PROBABLE if rate <= 0.11 and level is Level.POSSIBLE else level
    if total < FEW or (share >= SOME and surprise(valid, total, rate) > UNLIKELY):
        return min(level, Level.POSSIBLE)
    return None


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
                _Table(table, number, columns, self.rates, self.discretion).judge(tallies)
            self.tables = {}


class _Table:
    """The judgement of one table: values first, then names, then what depends on a person being there."""

    def __init__(
        self,
        name: str,
        number: int,
        columns: dict[int, ColumnFacts],
        rates: Mapping[str, float],
        discretion: Discretion,
    ) -> None:
        self.name = name
        self.number = number
        self.discretion = discretion
        self.columns = [columns[i] for i in sorted(columns)]
        self.rates = rates
        self.called: dict[int, dict[tuple[str, Level], Tally]] = {c.index: {} for c in self.columns}

    def judge(self, tallies: Tallies) -> None:
        """Write the findings of this table."""
        for facts in self.columns:
            self._claims(facts)
            self._named_persons(facts, weak=False)
        for facts in self.columns:
            self._named_persons(facts, weak=True)
        persons = self._has_person()
        for facts in self.columns:
            self._shapes(facts, persons)
            self._special(facts, persons)
            self._silent_name(facts, persons)
            for (entity_type, level), tally in self.called[facts.index].items():
                name = self.discretion.name(self.name, f"table_{self.number}")
                tallies.put(name, self._label(facts), entity_type, level, tally)

    def _label(self, facts: ColumnFacts) -> str:
        numbered = f"col_{facts.index + 1}"
        return self.discretion.name(facts.name, numbered) if facts.name else numbered

    def _call(self, facts: ColumnFacts, entity_type: str, level: Level, tally: Tally) -> None:
        kept = self.called[facts.index].setdefault((entity_type, level), Tally())
        kept.merge(tally, SCORES[level])

    def _claims(self, facts: ColumnFacts) -> None:
        named = {r.entity_type for r in facts.readings}
        totals: dict[str, int] = {}
        for (entity_type, _), tally in facts.claims.items():
            totals[entity_type] = totals.get(entity_type, 0) + tally.distinct
        for (entity_type, level), tally in facts.claims.items():
            rate = max((self.rates.get(r, 0.01) for r in tally.recognizers), default=0.01)
            final = judged(level, rate, totals[entity_type], facts.distinct, entity_type in named)
            if final is not None:
                self._call(facts, entity_type, final, tally)
        for (entity_type, level), tally in facts.parts.items():
            self._call(facts, entity_type, level, tally)

    def _named_persons(self, facts: ColumnFacts, *, weak: bool) -> None:
        """Columns of names: those whose header says so by itself first, since the others may hang on them."""
        if not len(facts.sample) or any(t == "PERSON" for t, _ in self.called[facts.index]):
            return
        reading = next((r for r in facts.readings if r.entity_type == "PERSON"), None)
        if (reading is None or reading.weak) != weak or (reading is None and facts.readings):
            return
        found = persons_of(facts, self._has_person(), self._has_first_names())
        if found is not None:
            self._call(facts, "PERSON", *found)

    def _has_first_names(self) -> bool:
        """Whether a column's name says that it holds first names: what another one calls a name is then the rest."""
        return any(is_first_name(facts.name) for facts in self.columns)

    def _all_values(self, facts: ColumnFacts) -> Tally:
        return Tally.of(facts.values, facts.seen, "columns", f"row {facts.first_row}")

    def _has_person(self) -> bool:
        """A column of names or identifiers makes the rows persons'; a name here and there in sentences does not."""
        keys = taxonomy().person_keys
        return any(
            entity_type in keys and level >= Level.PROBABLE and tally.count >= SOME * facts.values
            for facts in self.columns
            for (entity_type, level), tally in self.called[facts.index].items()
        )

    def _shapes(self, facts: ColumnFacts, persons: bool) -> None:
        for reading in facts.readings:
            kind = reading.type
            if kind is not None and kind.check != "names" and not self._settled(facts, reading.entity_type):
                self._shape(facts, reading, kind.persons_only, persons)

    def _settled(self, facts: ColumnFacts, entity_type: str) -> bool:
        """Whether recognisers already called most of the column, or it holds hashes of passwords."""
        called = self.called[facts.index]
        if entity_type == "PASSWORD_CLEAR" and any(
            t == "PASSWORD_HASH" and level >= Level.PROBABLE for t, level in called
        ):
            return True
        counted = sum(
            tally.count for (t, level), tally in called.items() if t == entity_type and level >= Level.POSSIBLE
        )
        return counted >= SHARE * facts.values

    def _shape(self, facts: ColumnFacts, reading: Reading, persons_only: bool, persons: bool) -> None:
        tally = facts.shapes.get(reading.entity_type)
        if tally is None or tally.distinct < SHARE * facts.distinct:
            return
        level = self._shape_level(reading.entity_type, reading.weak, persons_only, persons)
        if level is not None:
            called = self.called[facts.index]
            for key in [key for key in called if key[0] == reading.entity_type and key[1] <= level]:
                tally.recognizers |= called.pop(key).recognizers
            self._call(facts, reading.entity_type, level, tally)

    @staticmethod
    def _shape_level(entity_type: str, weak: bool, persons_only: bool, persons: bool) -> Level | None:
        if persons or not persons_only:
            return Level.POSSIBLE if weak else Level.PROBABLE
        if weak or entity_type in ORDINARY:
            return None
        return Level.POSSIBLE

    def _special(self, facts: ColumnFacts, persons: bool) -> None:
        named = column_regime(facts.name) if facts.name else None
        if named is not None and facts.values:
            self._call(facts, named[0], Level.PROBABLE if persons else Level.INDICE, self._all_values(facts))
        if persons:
            for (entity_type, level), tally in facts.linked.items():
                own = max((lv for t, lv in self.called[facts.index] if t == entity_type), default=None)
                if own is None or own < level:
                    self._call(facts, entity_type, level, tally)

    def _silent_name(self, facts: ColumnFacts, persons: bool) -> None:
        """A name that promises a type which no value confirms is an indication, no more."""
        if not facts.values or self.called[facts.index]:
            return
        for reading in facts.readings:
            if not reading.weak and (reading.type is None or persons):
                self._call(facts, reading.entity_type, Level.INDICE, self._all_values(facts))
                return
