"""Joins what sections of one file gave, in their order, into what the whole file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner.model import Level, Passed
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.tally import Tallies, Tally

Tables = dict[str, dict[int, ColumnFacts]]
Claims = dict[tuple[str, Level], Tally]


@dataclass(slots=True)
class Numbering:
    """What must be added to the numbers of lines and rows of the next section, to count from the beginning."""

    next_line: int = 0
    next_row: dict[str, int] = field(default_factory=dict)

    def lines(self, passed: Passed) -> int:
        """What to add to line numbers."""
        return self.next_line - passed.lines[0] if self.next_line else 0

    def rows(self, passed: Passed, table: str) -> int:
        """What to add to row numbers of a table."""
        first = passed.rows.get(table, (1, 1))[0]
        return self.next_row.get(table, first) - first

    def go_on(self, passed: Passed) -> None:
        """Count on behind a section."""
        self.next_line = passed.lines[1] + self.lines(passed)
        self.next_row |= {table: after + self.rows(passed, table) for table, (_, after) in passed.rows.items()}


def join_tallies(whole: Tallies, part: Tallies, by: int | None) -> None:
    """Take in the tallies of running text of the next section, whose lines have numbers lower ``by`` so many.

    ``by`` is None where that is not known: then no place is said.
    """
    for (table, column, entity_type, level), tally in part.items():
        whole.put(table, column, entity_type, level, moved(tally, by))


def join_tables(whole: Tables, part: Tables, by: Mapping[str, int | None]) -> None:
    """Take in the tables of the next section, whose rows have numbers lower ``by`` so many."""
    for table, columns in part.items():
        own = whole.setdefault(table, {})
        for index, facts in columns.items():
            join_facts(own.setdefault(index, ColumnFacts(facts.name, index)), facts, by.get(table, 0))


def join_facts(whole: ColumnFacts, part: ColumnFacts, by: int | None) -> None:
    """Take in what the next section shows of a column."""
    if part.first_row and not whole.first_row:
        whole.first_row = part.first_row + (by or 0)
    if part.last_row:
        whole.last_row = part.last_row + (by or 0)
    whole.grid |= part.grid
    whole.values += part.values
    whole.readings = whole.readings or part.readings
    whole.seen.merge(part.seen)
    _join_claims(whole.claims, part.claims, by)
    _join_claims(whole.parts, part.parts, by)
    _join_claims(whole.linked, part.linked, by)
    for entity_type, tally in part.shapes.items():
        joined = whole.shapes.setdefault(entity_type, Tally())
        joined.merge(moved(tally, by), tally.score)
    whole.sample.join(part.sample, by or 0)


def _join_claims(whole: Claims, part: Claims, by: int | None) -> None:
    for key, tally in part.items():
        whole.setdefault(key, Tally()).merge(moved(tally, by), tally.score)


def moved(tally: Tally, by: int | None) -> Tally:
    """The tally with the numbers at the end of its places (``line 3``, ``row 7``) so much higher."""
    if by is None:
        tally.places = []
    elif by:
        pieces = [place.rpartition(" ") for place in tally.places]
        tally.places = [f"{words} {int(n) + by}" if n.isdecimal() else words + sep + n for words, sep, n in pieces]
    return tally
