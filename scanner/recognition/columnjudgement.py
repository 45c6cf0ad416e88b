"""The judgement of one table: what its values are, who is named, and what follows for columns beside names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from scanner.model import Level
from scanner.recognition.columngroups import Group, groups_of
from scanner.recognition.columnlevels import MENTIONED, SCORES, SHARE, SOME, judged, shape_level
from scanner.recognition.columnnames import ColumnType, Reading, is_first_name, is_remark
from scanner.recognition.columnpersons import persons_of
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.columnvocabulary import said_by_values
from scanner.recognition.discretion import Discretion
from scanner.recognition.sensitive_columns import column_regime
from scanner.recognition.tally import Tallies, Tally
from scanner.taxonomy import taxonomy


class TableJudgement:
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
        self._keyed: dict[int, ColumnFacts] = {}
        """Columns for which a type that identifies a person was called; few, where a table has thousands."""
        self.mentions: dict[int, dict[tuple[str, Level], Tally]] = {c.index: {} for c in self.columns}
        """What cells name in passing, until it is known whether the table is about persons."""

    def judge(self, tallies: Tallies) -> None:
        """Write the findings of this table."""
        for facts in self.columns:
            self._claims(facts)
            self._named_persons(facts, weak=False)
        for facts in self.columns:
            self._named_persons(facts, weak=True)
        for group in groups_of(self.columns, self._has_person()):
            self._join(group)
        persons = self._passing(self._has_person())
        for facts in self.columns:
            self._shapes(facts, persons)
            self._values(facts, persons)
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
        if entity_type in taxonomy().person_keys:
            self._keyed[facts.index] = facts

    def _claims(self, facts: ColumnFacts) -> None:
        named = {r.entity_type for r in facts.readings}
        totals: dict[str, int] = {}
        for (entity_type, _), tally in facts.claims.items():
            totals[entity_type] = totals.get(entity_type, 0) + tally.distinct
        for (entity_type, level), tally in facts.claims.items():
            rate = max((self.rates.get(r, 0.01) for r in tally.recognizers), default=0.01)
            final = judged(level, rate, totals[entity_type], facts.distinct, entity_type in named)
            if final is not None:
                self._put(facts, entity_type, final, tally, totals[entity_type] >= SHARE * facts.distinct)
        for (entity_type, level), tally in facts.parts.items():
            self._put(facts, entity_type, level, tally, False)

    def _put(self, facts: ColumnFacts, entity_type: str, level: Level, tally: Tally, whole: bool) -> None:
        """Call a type, or keep it aside where sentences name it: authors, brands, whoever else is no one's row."""
        passing = entity_type in MENTIONED and level == Level.PROBABLE and not whole and not is_remark(facts.name)
        if not passing:
            self._call(facts, entity_type, level, tally)
            return
        self.mentions[facts.index].setdefault((entity_type, level), Tally()).merge(tally, SCORES[level])

    def _passing(self, persons: bool) -> bool:
        """Call what was kept aside, less sure in a table about nobody; whether rows are tied to persons after all."""
        told = persons
        named = any(t == "PERSON" and level >= Level.PROBABLE for called in self.called.values() for t, level in called)
        for facts in self.columns:
            for (entity_type, level), tally in self.mentions[facts.index].items():
                told = told or (entity_type == "PERSON" and tally.count >= SOME * facts.values)
                self._call(facts, entity_type, level if named else min(level, Level.POSSIBLE), tally)
        return told

    def _join(self, group: Group) -> None:
        """Columns that mean one thing together; what one of them was taken for alone goes."""
        for facts in group.columns:
            self.called[facts.index].clear()
            self._call(facts, group.entity_type, group.level, self._all_values(facts))

    def _named_persons(self, facts: ColumnFacts, *, weak: bool) -> None:
        """Columns of names: those whose header says so by itself first, since the others may hang on them."""
        if not len(facts.sample) or any(t == "PERSON" for t, _ in self.called[facts.index]):
            return
        mentioned = [key for key in self.mentions[facts.index] if key[0] == "PERSON"]
        reading = next((r for r in facts.readings if r.entity_type == "PERSON"), None)
        if (reading is None or reading.weak) != weak or (reading is None and facts.readings):
            return
        found = persons_of(facts, self._has_person(), self._has_first_names)
        if found is None or (mentioned and found[0] < Level.POSSIBLE):
            return
        for key in mentioned:
            del self.mentions[facts.index][key]
        self._call(facts, "PERSON", *found)

    @cached_property
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
            for facts in self._keyed.values()
            for (entity_type, level), tally in self.called[facts.index].items()
        )

    def _shapes(self, facts: ColumnFacts, persons: bool) -> None:
        for reading in facts.readings:
            if reading.type is not None and reading.type.check != "names":
                self._shape(facts, reading, reading.type, persons)

    def _shape(self, facts: ColumnFacts, reading: Reading, kind: ColumnType, persons: bool) -> None:
        tally = facts.shapes.get(reading.entity_type)
        if tally is None or tally.distinct < SHARE * facts.distinct:
            return
        level = shape_level(reading.entity_type, reading.weak, kind.telling, kind.persons_only, persons)
        if level is not None and not self._settled(facts, reading.entity_type, level):
            called = self.called[facts.index]
            for key in [key for key in called if key[0] == reading.entity_type and key[1] <= level]:
                tally.recognizers |= called.pop(key).recognizers
            self._call(facts, reading.entity_type, level, tally)

    def _settled(self, facts: ColumnFacts, entity_type: str, level: Level) -> bool:
        """Whether recognisers already called most of the column as surely, or it holds hashes of passwords."""
        called = self.called[facts.index]
        if entity_type == "PASSWORD_CLEAR" and any(
            t == "PASSWORD_HASH" and known >= Level.PROBABLE for t, known in called
        ):
            return True
        counted = sum(tally.count for (t, known), tally in called.items() if t == entity_type and known >= level)
        return counted >= SHARE * facts.values

    def _values(self, facts: ColumnFacts, persons: bool) -> None:
        """What values say by themselves in a table of persons, under a header that says nothing."""
        if persons and not facts.readings and not self.called[facts.index] and len(facts.sample):
            found = said_by_values(facts)
            if found is not None:
                self._call(facts, found[0], found[1], self._all_values(facts))

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
