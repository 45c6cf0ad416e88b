"""Columns beyond what any table has are read as text, so that a row of a million cells costs what its characters do."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.model import Column, Passage

PER_TABLE = 4096
"""The widest tables of databases; the few spreadsheets beyond are no records."""
PER_FILE = 20_000
"""Columns judged by themselves, over all tables of one file."""
BLOCK = 1 << 18


class Breadth:
    """Counts the columns of one file."""

    def __init__(self) -> None:
        self._known: dict[str, set[int]] = {}
        self._count = 0
        self._held: list[str] = []
        self._size = 0
        self.exceeded = False
        """Whether any column was one too many."""

    def narrow(self, content: Passage | Column) -> Iterator[Passage | Column]:
        """The content itself, or what has come together of columns that are too many."""
        if not isinstance(content, Column) or self._admits(content):
            yield content
            return
        self.exceeded = True
        for value in content.values.to_pylist():
            if value:
                line = f"{content.name} : {value}" if content.name else value
                self._held.append(line)
                self._size += len(line) + 1
        if self._size > BLOCK:
            yield from self.rest()

    def rest(self) -> Iterator[Passage]:
        """What is still held."""
        if self._held:
            yield Passage("\n".join(self._held))
        self._held, self._size = [], 0

    def _admits(self, column: Column) -> bool:
        known = self._known.setdefault(column.table, set())
        if column.index in known:
            return True
        if len(known) >= PER_TABLE or self._count >= PER_FILE:
            return False
        known.add(column.index)
        self._count += 1
        return True
