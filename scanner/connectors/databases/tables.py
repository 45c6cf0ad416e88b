"""Tables as a server describes them, and the statements that a dump would have of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner.model import Problem


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it is listed; ``rows`` and ``size`` are what the server estimates."""

    schema: str
    name: str
    size: int = 0
    rows: int = 0
    problem: Problem | None = None


@dataclass(slots=True)
class Shape:
    """What is known of one table: its readable columns, their types and comments, and what it refers to."""

    table: Table
    columns: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type, comment."""
    hidden: int = 0
    refers: list[tuple[str, Shape]] = field(default_factory=list)
    """A column, and the table that it refers to."""
    qualified: bool = True

    @property
    def written(self) -> str:
        """The name as a dump has it."""
        parts = (self.table.schema, self.table.name) if self.qualified else (self.table.name,)
        return ".".join(map(quoted, filter(None, parts)))

    def header(self) -> bytes:
        """The statement that loads rows."""
        names = ", ".join(quoted(name) for name, _, _ in self.columns)
        return f"COPY {self.written} ({names}) FROM stdin;\n".encode("utf-8", "replace")

    def definition(self) -> bytes:
        """Definitions of the table and of those that it refers to, directly or not."""
        seen: dict[str, Shape] = {}
        waiting = [self]
        while waiting:
            shape = waiting.pop()
            if shape.written not in seen:
                seen[shape.written] = shape
                waiting += [other for _, other in shape.refers]
        text = "-- Dump of a table\n" + "".join(shape.statements() for shape in seen.values())
        return text.encode("utf-8", "replace")

    def statements(self) -> str:
        """Its own definition."""
        columns = ",\n".join(f"    {quoted(name)} {kind}" for name, kind, _ in self.columns)
        lines = [f"CREATE TABLE {self.written} (\n{columns}\n);"]
        for name, _, comment in self.columns:
            if comment:
                text = comment.replace("'", "''")
                lines.append(f"COMMENT ON COLUMN {self.written}.{quoted(name)} IS '{text}';")
        for column, other in self.refers:
            lines.append(f"ALTER TABLE {self.written} ADD FOREIGN KEY ({quoted(column)}) REFERENCES {other.written};")
        return "\n".join(lines) + "\n"


def quoted(name: str) -> str:
    """A name in the quotes of the standard."""
    return '"' + name.replace('"', '""') + '"'
