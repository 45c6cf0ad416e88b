"""Live databases by address: tables as items, read in one read-only session each, as text that a dump would have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, ClassVar

from scanner.connectors.addresses import as_name
from scanner.connectors.databases.tables import Shape, Table
from scanner.contracts import Unreadable
from scanner.formats.members import BlockStream, binary
from scanner.model import Item, Kind, Locator

ROWS_OF_BOUND = 3
"""Nothing seen in n rows: with 95 % confidence fewer than three in n rows have it (the rule of three)."""


class DatabaseConnector:
    """Lists the tables of a database and reads them; ``sample`` bounds the rows of each, 0 for all.

    A connector that was opened must be closed: it keeps one connection per target.
    """

    name: ClassVar[str] = "databases"
    example: ClassVar[str] = "postgresql://reader@db.example.org/shop, mysql://reader@db.example.org/shop"
    schemes: ClassVar[frozenset[str]] = frozenset({"postgresql", "postgres", "mysql", "mariadb", "mssql", "oracle"})

    def __init__(self) -> None:
        self.sample = 0
        self._servers: dict[str, Any] = {}

    def items(self, target: str) -> Iterator[Item]:
        """Every table that the session may know of, schema by schema; those it may not read are told."""
        server = self._server(target)
        handle = server.snapshot()
        for table in server.tables():
            locator = Locator(self.name, _path(table))
            yield Item(locator, table.size, problem=table.problem, estimated=True, handle=handle)
        yield from (Item(Locator(self.name, name), 0, problem=problem) for name, problem in server.unread())

    def open(self, target: str, item: Item) -> BinaryIO:
        """The rows of one table with its definition before them."""
        server = self._server(target)
        table = next((t for t in server.tables() if _path(t) == item.locator.path), None)
        if table is None:
            raise Unreadable(Kind.VANISHED, "gone since it was listed")
        return binary(BlockStream(self._blocks(server, table, item.handle)))

    def close(self) -> None:
        """End all sessions."""
        servers, self._servers = self._servers, {}
        for server in servers.values():
            with suppress(Exception):
                server.close()

    def _server(self, target: str) -> Any:
        if target not in self._servers:
            from scanner.connectors.databases.servers import connect

            self._servers[target] = connect(target)
        return self._servers[target]

    def _blocks(self, server: Any, table: Table, handle: str) -> Iterator[bytes]:
        shape: Shape = server.shape(table)
        yield shape.definition()
        yield shape.header()
        total = server.count(shape, handle) if self.sample else 0
        count = yield from server.rows(shape, self.sample, total, handle)
        yield b"\\.\n"
        if self.sample < total:
            raise Unreadable(Kind.SAMPLED, _bound(count, total))
        if shape.hidden:
            raise Unreadable(Kind.DENIED, f"no SELECT on {shape.hidden} columns: GRANT SELECT to read them")


def _path(table: Table) -> str:
    """Where a table is, as items say it."""
    return "/".join(as_name(part) for part in (table.schema, table.name) if part)


def _bound(count: int, total: int) -> str:
    """What a sample can say of what it does not show."""
    if not count:
        return f"0 rows of {total}"
    share = min(100.0, ROWS_OF_BOUND * 100 / count)
    return f"{count} rows of {total}; what no row of them has is in under {share:.3g} % of all (95 % confidence)"
