"""What dumps say of their tables: comments on columns, and which rows belong to somebody by a foreign key."""

from __future__ import annotations

from scanner.model import Definition
from scanner.recognition.columnnames import readings
from scanner.taxonomy import taxonomy

_FAR = 3
"""Keys that are followed one after another: a visit, its file, its patient."""
_LONGEST_COMMENT = 60


class Keys:
    """Definitions of the tables of one file."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[str, ...]] = {}
        self._comments: dict[str, dict[str, str]] = {}
        self._refers: dict[str, dict[str, None]] = {}

    def add(self, definition: Definition) -> None:
        """Take one definition, or a part of it."""
        table = definition.table
        if definition.columns:
            self._columns[table] = definition.columns
        self._comments.setdefault(table, {}).update(definition.comments)
        self._refers.setdefault(table, {}).update(dict.fromkeys(definition.refers))

    def join(self, other: Keys) -> None:
        """Take in what the next section says."""
        for table in other._refers:
            comments, refers = tuple(other._comments[table].items()), tuple(other._refers[table])
            self.add(Definition(table, other._columns.get(table, ()), comments, refers))

    def comment(self, table: str, column: str) -> str:
        """What a short comment calls a column; a sentence is no name."""
        said = self._comments.get(table, {}).get(column, "")
        return said if len(said) <= _LONGEST_COMMENT else ""

    def linked(self) -> frozenset[str]:
        """Tables whose keys lead to a table that its columns' names show to be one of persons."""
        known = {table for table, columns in self._columns.items() if _of_persons(columns)}
        found: set[str] = set()
        for _ in range(_FAR):
            found |= {table for table, others in self._refers.items() if any(o in known or o in found for o in others)}
        return frozenset(found)


def _of_persons(columns: tuple[str, ...]) -> bool:
    """Whether two columns are called what only persons have, so that a shop with an address is none."""
    keys = taxonomy().person_keys
    said = [r.entity_type for name in columns for r in readings(name) if not r.weak]
    return sum(entity_type in keys for entity_type in said) >= 1 and len(said) >= 2
