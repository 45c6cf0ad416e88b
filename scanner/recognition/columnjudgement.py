"""The judgement of one table: what its values are, who is named, and what follows for columns beside names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from scanner.model import Evidence, Level
from scanner.recognition.applications import application_table
from scanner.recognition.cellvalues import listed_in
from scanner.recognition.columnagreement import births, names
from scanner.recognition.columnchildren import of_children
from scanner.recognition.columnclaims import claims_of
from scanner.recognition.columngrid import in_grid
from scanner.recognition.columngroups import Group, groups_of
from scanner.recognition.columnlevels import MENTIONED, PLACED, SCORES, SHARE, SOME, shape_level
from scanner.recognition.columnmatters import are_in_charge, is_about_things
from scanner.recognition.columnnames import ColumnType, Reading, is_first_name, is_remark, names_things
from scanner.recognition.columnowners import have_owners, names_children
from scanner.recognition.columnpersons import persons_of
from scanner.recognition.columnsensitive import is_neutral, said_by_cells
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.columnvocabulary import confirms, said_by_values
from scanner.recognition.discretion import Discretion
from scanner.recognition.evidence import with_evidence
from scanner.recognition.forms import forms_of
from scanner.recognition.lexicons import special_types
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
        today: date | None = None,
        linked: bool = False,
    ) -> None:
        self.linked = linked
        self.name = name
        self.number = number
        self.discretion = discretion
        self.today = today
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
        for facts, entity_type, level in [*births(self.columns, self.called), *names(self.columns, self.called)]:
            self._raise(facts, entity_type, level)
        persons = self._passing(self._has_person())
        owned = persons or self.linked or have_owners(self.columns, self.called)
        for facts in self.columns:
            self._shapes(facts, persons)
            self._values(facts, persons)
            self._special(facts, owned, persons)
            self._cells(facts, owned, persons)
            self._births(facts)
            self._silent_name(facts, persons)
        self._forms(persons)
        self._application()
        matters, special = self._is_about_matters(), special_types()
        for facts in self.columns:
            for (entity_type, called), tally in self.called[facts.index].items():
                level = called if persons or entity_type not in PLACED else min(called, Level.POSSIBLE)
                if entity_type in special and matters:
                    level = min(level, Level.POSSIBLE)
                if facts.grid:
                    tally.places = in_grid(facts, tally)
                name = self.discretion.name(self.name, f"table_{self.number}")
                tallies.put(name, self._label(facts), entity_type, level, tally)

    def _is_about_matters(self) -> bool:
        """Whether the rows are about things, or the persons in them only deal with what they are about."""
        names = [facts.name for facts in self.columns]
        persons = [
            facts.name
            for facts in self.columns
            if any(t == "PERSON" and level >= Level.PROBABLE for t, level in self.called[facts.index])
        ]
        return is_about_things(names) or are_in_charge(persons)

    def _label(self, facts: ColumnFacts) -> str:
        numbered = f"col_{facts.index + 1}"
        return self.discretion.name(facts.name, numbered) if facts.name else numbered

    def _call(self, facts: ColumnFacts, entity_type: str, level: Level, tally: Tally) -> None:
        kept = self.called[facts.index].setdefault((entity_type, level), Tally())
        kept.merge(tally, SCORES[level])
        if entity_type in taxonomy().person_keys:
            self._keyed[facts.index] = facts

    def _claims(self, facts: ColumnFacts) -> None:
        for entity_type, level, tally, whole in claims_of(facts, self.rates):
            self._put(facts, entity_type, level, tally, whole)

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

    def _raise(self, facts: ColumnFacts, entity_type: str, level: Level) -> None:
        """What rows prove, whatever less was known of the column."""
        called = self.called[facts.index]
        tally = self._all_values(facts)
        for key in [key for key in called if key[0] == entity_type and key[1] <= level]:
            tally.credit(called.pop(key))
        for key in [key for key in self.mentions[facts.index] if key[0] == entity_type]:
            del self.mentions[facts.index][key]
        self._call(facts, entity_type, level, tally)

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

    def _all_values(self, facts: ColumnFacts, *evidence: Evidence) -> Tally:
        return Tally.of(facts.values, facts.seen, with_evidence("columns", *evidence), f"row {facts.first_row}")

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
        if self._is_told_apart(facts, kind):
            return
        weak = reading.weak and not (kind.says and confirms(kind, facts.sample) >= SHARE)
        level = shape_level(reading.entity_type, weak, kind.telling, kind.persons_only, persons)
        if level is not None and not self._settled(facts, reading.entity_type, level):
            called = self.called[facts.index]
            for key in [key for key in called if key[0] == reading.entity_type and key[1] <= level]:
                tally.credit(called.pop(key))
            self._call(facts, reading.entity_type, level, tally)

    def _is_told_apart(self, facts: ColumnFacts, kind: ColumnType) -> bool:
        """Whether one of the types that a name may mean as well was called for most values."""
        return any(
            t in kind.announces and level >= Level.PROBABLE and tally.count >= SHARE * facts.values
            for (t, level), tally in self.called[facts.index].items()
        )

    def _settled(self, facts: ColumnFacts, entity_type: str, level: Level) -> bool:
        """Whether recognisers already called most of the column as surely."""
        called = self.called[facts.index]
        counted = sum(tally.count for (t, known), tally in called.items() if t == entity_type and known >= level)
        return counted >= SHARE * facts.values

    def _values(self, facts: ColumnFacts, persons: bool) -> None:
        """What values say by themselves in a table of persons, under a header that says nothing for sure."""
        silent = all(reading.weak for reading in facts.readings)
        if persons and silent and not self.called[facts.index] and len(facts.sample):
            found = said_by_values(facts)
            if found is not None:
                self._call(facts, found[0], found[1], self._all_values(facts))

    def _special(self, facts: ColumnFacts, persons: bool, own: bool) -> None:
        named = column_regime(facts.name) if facts.name else None
        if named is not None and facts.values:
            level = Level.PROBABLE if persons and not is_neutral(facts.sample) else Level.INDICE
            said = self._all_values(facts, Evidence.COLUMN_NAME, *_by_row(persons, own))
            self._call(facts, named[0], level, said)
        elif names_children(facts, self.called[facts.index]):
            self._call(facts, "MINOR", Level.PROBABLE, self._all_values(facts, Evidence.COLUMN_NAME))
        if persons:
            for (entity_type, level), tally in facts.linked.items():
                known = max((lv for t, lv in self.called[facts.index] if t == entity_type), default=None)
                if known is None or known < level:
                    tally.evidence = (tally.evidence - {Evidence.BY_NAME}) | {*_by_row(persons, own)}
                    self._call(facts, entity_type, level, tally)

    def _births(self, facts: ColumnFacts) -> None:
        """Birth dates of children are data of minors, whatever else the table says of them."""
        called = self.called[facts.index]
        dated = any(t == "DATE_OF_BIRTH" and level >= Level.PROBABLE for t, level in called)
        if dated and self.today is not None and not any(t == "MINOR" for t, _ in called):
            level = of_children(facts, self.columns, self.today)
            if level is not None:
                self._call(facts, "MINOR", level, self._all_values(facts, Evidence.CELLS, Evidence.BY_ROW))

    def _cells(self, facts: ColumnFacts, persons: bool, own: bool) -> None:
        """What cells say of a special category, where neither a name nor anything else has said what they are."""
        silent = all(reading.weak for reading in facts.readings) and not names_things(facts.name)
        called = self.called[facts.index]
        found = listed_in(facts.sample, persons=persons)
        if silent and len(facts.sample) and not any(level >= Level.POSSIBLE for _, level in called):
            said = said_by_cells(facts.sample, persons=persons)
            found = max(filter(None, (said, found)), key=lambda one: one[1], default=None)
        if found in called:  # its values are counted already
            called[found].evidence |= {Evidence.CELLS}
        elif found is not None and not any(t == found[0] and level > found[1] for t, level in called):
            self._call(facts, *found, self._all_values(facts, Evidence.CELLS, *_by_row(persons, own)))

    def _forms(self, persons: bool) -> None:
        """What the table is by its form, said of the column that shows it."""
        for form, facts, level in forms_of(self.columns, persons):
            own = max((lv for t, lv in self.called[facts.index] if t == form.entity_type), default=None)
            if own is None or own < level:
                self._call(facts, form.entity_type, level, self._all_values(facts, Evidence.FORM, *_by_row(persons)))

    def _application(self) -> None:
        """What the schema of a known application says: it names what was found, and calls what no value shows."""
        known = application_table(self.name, (facts.name for facts in self.columns))
        if known is None:
            return
        for facts in self.columns:
            entity_type, meaning = known.columns.get(facts.name.lower(), ("", ""))
            if not entity_type or not facts.values:
                continue
            source = with_evidence(f"{known.application} {facts.name}: {meaning}", Evidence.APPLICATION)
            called = self.called[facts.index]
            own = [key for key in called if key[0] == entity_type]
            for key in own:
                called[key].note([source])
            if max((level for _, level in own), default=Level.INDICE) < Level.PROBABLE:
                for key in own:
                    del called[key]
                self._call(facts, entity_type, Level.PROBABLE, self._named(facts, source))

    def _named(self, facts: ColumnFacts, source: str) -> Tally:
        return Tally.of(facts.values, facts.seen, source, f"row {facts.first_row}")

    def _silent_name(self, facts: ColumnFacts, persons: bool) -> None:
        """A name that promises a type which no value confirms is an indication, no more."""
        if not facts.values or self.called[facts.index]:
            return
        for reading in facts.readings:
            if not reading.weak and (reading.type is None or persons):
                self._call(facts, reading.entity_type, Level.INDICE, self._all_values(facts, Evidence.COLUMN_NAME))
                return


def _by_row(persons: bool, own: bool = True) -> tuple[Evidence, ...]:
    """Whether the row is a person's, by what is in it or by a key that leads to one."""
    return (Evidence.BY_ROW if own else Evidence.BY_KEY,) if persons else ()
