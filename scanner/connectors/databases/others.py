"""Servers that SQLAlchemy knows and of which nothing special is known here: SQL Server, Oracle."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import cached_property
from typing import Any

from scanner.connectors.databases.lines import lines
from scanner.connectors.databases.servers import failed
from scanner.connectors.databases.tables import Shape, Table
from scanner.model import Problem

_SYSTEM = frozenset({"information_schema", "sys", "guest", "system", "xdb", "ctxsys", "mdsys", "outln", "dbsnmp"})
_ROWS = 1000


class Other:
    """One session; every statement is a SELECT, and what it opened is rolled back."""

    def __init__(self, engine: Any, database: str) -> None:
        self._connection = engine.connect()
        self._database = database

    @staticmethod
    def arguments(url: Any) -> dict[str, Any]:
        """Nothing that all drivers know."""
        return {}

    @cached_property
    def _inspector(self) -> Any:
        from sqlalchemy import inspect

        return inspect(self._connection)

    def snapshot(self) -> str:
        """None that sessions could share."""
        return ""

    def tables(self) -> list[Table]:
        """Tables of all schemas but the system's."""
        return self._listed

    @cached_property
    def _listed(self) -> list[Table]:
        try:
            schemas = [name for name in self._inspector.get_schema_names() if not _is_system(name)]
            return [
                Table(schema, name) for schema in schemas for name in sorted(self._inspector.get_table_names(schema))
            ]
        except Exception as error:
            raise failed(error) from None

    def unread(self) -> Iterator[tuple[str, Problem]]:
        """Nothing that it knows of."""
        return iter(())

    def shape(self, table: Table) -> Shape:
        """Columns, comments and keys of a table."""
        shape = self._plain(table)
        try:
            for key in self._inspector.get_foreign_keys(table.name, table.schema):
                other = Table(key["referred_schema"] or table.schema, key["referred_table"])
                shape.refers.append((key["constrained_columns"][0], self._plain(other)))
        except Exception as error:
            raise failed(error) from None
        return shape

    def _plain(self, table: Table) -> Shape:
        try:
            columns = self._inspector.get_columns(table.name, table.schema)
        except Exception as error:
            raise failed(error) from None
        return Shape(table, [(str(c["name"]), str(c["type"]), str(c.get("comment") or "")) for c in columns])

    def _known(self, shape: Shape) -> Any:
        import sqlalchemy

        schema = shape.table.schema or None
        return sqlalchemy.Table(shape.table.name, sqlalchemy.MetaData(), schema=schema, autoload_with=self._connection)

    def count(self, shape: Shape, snapshot: str) -> int:
        """How many rows a table has."""
        from sqlalchemy import func, select

        try:
            return int(self._connection.execute(select(func.count()).select_from(self._known(shape))).scalar_one())
        except Exception as error:
            raise failed(error) from None

    def rows(self, shape: Shape, sample: int, total: int, snapshot: str) -> Generator[bytes, None, int]:
        """Lines of COPY, from a cursor on the server where the driver has one; a sample is the first rows."""
        from sqlalchemy import select

        try:
            known = self._known(shape)
            asked = select(known).limit(sample) if sample < total else select(known)
            result = self._connection.execution_options(stream_results=True, max_row_buffer=_ROWS).execute(asked)
            return (yield from lines(result.partitions(_ROWS)))
        except GeneratorExit:
            raise
        except Exception as error:
            raise failed(error) from None
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """End the session."""
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()


def _is_system(schema: str) -> bool:
    return schema.lower() in _SYSTEM or schema.lower().startswith(("db_", "apex_", "sys"))
