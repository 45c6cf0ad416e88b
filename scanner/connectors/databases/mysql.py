"""MySQL and MariaDB: the information schema, and rows as the server writes them."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from scanner.connectors.databases.lines import lines
from scanner.connectors.databases.servers import CONNECT_SECONDS, LOCK_SECONDS, failed, statement_seconds
from scanner.connectors.databases.tables import Shape, Table
from scanner.model import Kind, Problem

_SYSTEM = "('mysql', 'information_schema', 'performance_schema', 'sys')"
_ROWS = 1000


class MySql:
    """One session, each table in a consistent snapshot of its own."""

    def __init__(self, engine: Any, database: str) -> None:
        self._connection = engine.connect()
        self._database = database
        self._limit()

    @staticmethod
    def arguments(url: Any) -> dict[str, Any]:
        """What the driver is told; without a password, the user's own option file is asked for one."""
        given: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "charset": "utf8mb4", "program_name": "recense"}
        own = Path.home() / ".my.cnf"
        if url.password is None and os.environ.get("MYSQL_PWD"):
            given["password"] = os.environ["MYSQL_PWD"]
        elif url.password is None and own.is_file():
            given["read_default_file"] = str(own)
        socket = url.query.get("unix_socket")
        return given if socket else {**given, "read_timeout": statement_seconds()}

    def _limit(self) -> None:
        dialect = self._connection.dialect
        limit = statement_seconds()
        said = f"max_statement_time = {limit}" if dialect.is_mariadb else f"max_execution_time = {limit * 1000}"
        for statement in (f"SET SESSION {said}", f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}"):
            self._connection.exec_driver_sql(statement)
        self._connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        self._connection.commit()

    def _asked(self, statement: str, *values: str) -> list[Any]:
        try:
            return list(self._connection.exec_driver_sql(statement, values))
        except Exception as error:
            raise failed(error) from None
        finally:
            self._connection.rollback()

    @property
    def _where(self) -> tuple[str, tuple[str, ...]]:
        if self._database:
            return "table_schema = %s", (self._database,)
        return f"table_schema NOT IN {_SYSTEM}", ()

    def snapshot(self) -> str:
        """None that sessions could share."""
        return ""

    def tables(self) -> list[Table]:
        """Base tables that the user may know of."""
        return self._listed

    @cached_property
    def _listed(self) -> list[Table]:
        where, values = self._where
        rows = self._asked(
            "SELECT table_schema, table_name, coalesce(data_length, 0), coalesce(table_rows, 0), "
            f"coalesce(engine, '') FROM information_schema.tables WHERE {where} AND table_type <> 'VIEW' "
            "AND table_type <> 'SYSTEM VIEW' ORDER BY 1, 2",
            *values,
        )
        return [
            Table(
                schema,
                name,
                int(size),
                int(count),
                None if engine else Problem(Kind.CORRUPT, "the server says it is broken: CHECK TABLE"),
            )
            for schema, name, size, count, engine in rows
        ]

    def unread(self) -> Iterator[tuple[str, Problem]]:
        """A server does not say which tables a user may not see."""
        return iter(())

    @cached_property
    def _shapes(self) -> dict[tuple[str, str], Shape]:
        where, values = self._where
        shapes: dict[tuple[str, str], Shape] = {}
        for schema, table, column, kind, comment, may in self._asked(
            "SELECT table_schema, table_name, column_name, column_type, column_comment, privileges "
            f"FROM information_schema.columns WHERE {where} ORDER BY 1, 2, ordinal_position",
            *values,
        ):
            shape = shapes.setdefault((schema, table), Shape(Table(schema, table), qualified=False))
            if "select" in may:
                shape.columns.append((column, kind, comment))
            else:
                shape.hidden += 1
        for schema, table, column, other_schema, other in self._asked(
            "SELECT table_schema, table_name, column_name, referenced_table_schema, referenced_table_name "
            f"FROM information_schema.key_column_usage WHERE {where} AND referenced_table_name IS NOT NULL "
            "ORDER BY 1, 2, 3, 4, 5",
            *values,
        ):
            if (schema, table) in shapes and (other_schema, other) in shapes:
                shapes[schema, table].refers.append((column, shapes[other_schema, other]))
        return shapes

    def shape(self, table: Table) -> Shape:
        """Columns, comments and keys of a table."""
        return self._shapes.get((table.schema, table.name)) or Shape(table, qualified=False)

    def count(self, shape: Shape, snapshot: str) -> int:
        """How many rows a table has."""
        return int(self._asked(f"SELECT count(*) FROM {_place(shape)}")[0][0])

    def rows(self, shape: Shape, sample: int, total: int, snapshot: str) -> Generator[bytes, None, int]:
        """Lines of COPY, from a cursor that stays on the server."""
        from pymysql.cursors import SSCursor

        names = ", ".join(map(_quoted, (name for name, _, _ in shape.columns)))
        source = _place(shape)
        chosen = f" WHERE RAND(1) < {sample / total:.9f} LIMIT {sample}" if sample < total else ""
        statement = f"SELECT {names} FROM {source}{chosen}"
        driver = self._connection.connection.dbapi_connection
        decoders, driver.decoders = driver.decoders, {}  # values as the server writes them
        try:
            with driver.cursor(SSCursor) as cursor:
                cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
                cursor.execute(statement)
                return (yield from lines(_batches(cursor)))
        except GeneratorExit:
            raise
        except Exception as error:
            raise failed(error) from None
        finally:
            driver.decoders = decoders
            driver.rollback()

    def close(self) -> None:
        """End the session."""
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()


def _batches(cursor: Any) -> Iterator[Any]:
    while rows := cursor.fetchmany(_ROWS):
        yield rows


def _place(shape: Shape) -> str:
    return f"{_quoted(shape.table.schema)}.{_quoted(shape.table.name)}"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
