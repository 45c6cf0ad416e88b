"""PostgreSQL: the catalogue, one snapshot for all workers, and COPY as pg_dump has it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import cached_property
from typing import Any

from scanner.connectors.databases.lines import gathered
from scanner.connectors.databases.servers import CONNECT_SECONDS, LOCK_SECONDS, failed, path_of, statement_seconds
from scanner.connectors.databases.tables import Shape, Table, quoted
from scanner.model import Kind, Problem

_OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'"
_TABLES = f"""
SELECT n.nspname, c.relname, c.relkind::text, pg_table_size(c.oid), greatest(c.reltuples, 0)::bigint,
  has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT'),
  c.relrowsecurity AND row_security_active(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'f') AND c.relpersistence <> 't' AND {_OWN} ORDER BY 1, 2
"""
_COLUMNS = f"""
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
  coalesce(col_description(c.oid, a.attnum), ''), has_column_privilege(c.oid, a.attnum, 'SELECT')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'm', 'p') AND {_OWN} ORDER BY 1, 2, a.attnum
"""
_KEYS = """
SELECT n.nspname, c.relname, a.attname, m.nspname, d.relname
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class d ON d.oid = k.confrelid JOIN pg_namespace m ON m.oid = d.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'f' ORDER BY 1, 2, 3, 4, 5
"""
_WHOLE = 4 << 30
"""Tables up to this size are gone through to choose rows."""
_LARGE_OBJECTS = "SELECT count(*) FROM pg_largeobject_metadata"


class Postgres:
    """One session; its transaction keeps the snapshot that other sessions of the run may share."""

    def __init__(self, engine: Any, database: str) -> None:
        self._connection = engine.connect()
        self._database = database
        self._shared = ""
        self._begun = False

    @staticmethod
    def arguments(url: Any) -> dict[str, Any]:
        """What the driver is told: nothing may be written, nothing may wait for long."""
        options = (
            f"-c default_transaction_read_only=on -c statement_timeout={statement_seconds() * 1000} "
            f"-c lock_timeout={LOCK_SECONDS * 1000} -c row_security=off -c client_encoding=UTF8 -c DateStyle=ISO "
            "-c IntervalStyle=postgres -c extra_float_digits=1 -c bytea_output=hex"
        )
        asked = url.query.get("options", "")
        given = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
        return {**given, "options": f"{asked} {options}".strip(), "application_name": "recense"}

    def _asked(self, statement: str) -> list[Any]:
        self._begin("")
        try:
            return list(self._connection.exec_driver_sql(statement))
        except Exception as error:
            raise failed(error) from None

    def _begin(self, snapshot: str) -> None:
        if self._begun:
            return
        try:
            self._connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if snapshot:
                self._join(snapshot)
        except Exception as error:
            raise failed(error) from None
        self._begun = True

    def _join(self, snapshot: str) -> None:
        """Take part in the snapshot of the session that listed; one that ended leaves us with our own."""
        if not snapshot.replace("-", "").isalnum():
            return
        try:
            self._connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        except Exception:
            self._connection.rollback()
            self._connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def snapshot(self) -> str:
        """The name of a snapshot that lasts as long as this session."""
        if not self._shared:
            self._shared = str(self._asked("SELECT pg_export_snapshot()")[0][0])
        return self._shared

    def tables(self) -> list[Table]:
        """Tables, materialised views and, as unread, foreign tables."""
        return self._listed

    @cached_property
    def _listed(self) -> list[Table]:
        return [
            Table(schema, name, size, rows, _unread(kind, may, filtered))
            for schema, name, kind, size, rows, may, filtered in self._asked(_TABLES)
        ]

    def unread(self) -> Iterator[tuple[str, Problem]]:
        """What this session does not read besides tables."""
        count = self._asked(_LARGE_OBJECTS)[0][0]
        if count:
            detail = f"{count} large objects: pg_dump --large-objects writes them into a dump, which is read"
            yield path_of("pg_catalog", "pg_largeobject"), Problem(Kind.UNSUPPORTED, detail)

    @cached_property
    def _shapes(self) -> dict[tuple[str, str], Shape]:
        shapes: dict[tuple[str, str], Shape] = {}
        for schema, table, column, kind, comment, may in self._asked(_COLUMNS):
            shape = shapes.setdefault((schema, table), Shape(Table(schema, table)))
            if may:
                shape.columns.append((column, kind, comment))
            else:
                shape.hidden += 1
        for schema, table, column, other_schema, other in self._asked(_KEYS):
            if (schema, table) in shapes and (other_schema, other) in shapes:
                shapes[schema, table].refers.append((column, shapes[other_schema, other]))
        return shapes

    def shape(self, table: Table) -> Shape:
        """Columns, comments and keys of a table."""
        shape = self._shapes.get((table.schema, table.name)) or Shape(table)
        shape.table = table
        return shape

    def count(self, shape: Shape, snapshot: str) -> int:
        """How many rows a table has."""
        self._begin(snapshot)
        if shape.table.size >= _WHOLE and shape.table.rows:
            return shape.table.rows
        return int(self._asked(f"SELECT count(*) FROM {shape.written}")[0][0])

    def rows(self, shape: Shape, sample: int, total: int, snapshot: str) -> Generator[bytes, None, int]:
        """Lines of COPY, of all rows or a sample of them."""
        self._begin(snapshot)
        names = ", ".join(quoted(name) for name, _, _ in shape.columns)
        source = shape.written
        if sample < total:
            # Row by row, so that the bound holds; of what is too big for that, pages. The seed makes runs alike.
            method = "BERNOULLI" if shape.table.size < _WHOLE else "SYSTEM"
            source += f" TABLESAMPLE {method} ({100 * sample / total:.9f}) REPEATABLE (1) LIMIT {sample}"
        statement = f"COPY (SELECT {names} FROM {source}) TO STDOUT"
        try:
            with self._connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
                count = yield from gathered(copy)
        except GeneratorExit:
            raise
        except Exception as error:
            self._connection.rollback()
            self._begun = False
            raise failed(error) from None
        return count

    def close(self) -> None:
        """End the session."""
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()


def _unread(kind: str, may: bool, filtered: bool) -> Problem | None:
    if kind == "f":
        return Problem(Kind.UNSUPPORTED, "foreign table: its rows are in another database")
    if not may:
        return Problem(Kind.DENIED, "no SELECT on this table: GRANT USAGE on its schema and SELECT to read it")
    return Problem(Kind.DENIED, "row security hides rows: use a role with BYPASSRLS") if filtered else None
