"""SQL dumps: rows of INSERT and COPY as columns, everything else as text, in memory that stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.model import Content
from scanner.readers.sqldump.dump import Dump


class SqlDumpReader:
    """mysqldump, mariadb-dump, pg_dump, sqlite ``.dump``, SQL Server, Oracle, and what people write by hand."""

    name: ClassVar[str] = "sqldump"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/sql"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by table, in runs; passages for definitions, comments and other statements."""
        yield from Dump(source.stream, source.encoding).read()
