"""SQL dumps: rows of INSERT and COPY as columns, everything else as text, in memory that stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from scanner.contracts import Source
from scanner.formats.blocks import encoded, is_plain
from scanner.formats.sections import SectionStream
from scanner.model import Content, Passed, Section
from scanner.readers.sqldump.cuts import cuts
from scanner.readers.sqldump.dump import BLOCK, HEADER, Defined, Dump


class SqlDumpReader:
    """mysqldump, mariadb-dump, pg_dump, sqlite ``.dump``, SQL Server, Oracle, and what people write by hand."""

    name: ClassVar[str] = "sqldump"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/sql"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False
    look: ClassVar[int] = BLOCK

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by table, in runs; passages for definitions, comments and other statements."""
        yield from Dump(source.stream, source.encoding).read()

    def sections(self, source: Source, step: int) -> Sequence[Section]:
        """Cuts before INSERT statements; a dump of COPY, whose lines mean nothing by themselves, is read whole."""
        return cuts(source.stream, source.size, step, self.look) if is_plain(source.encoding) else []

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]:
        """The statements of one section."""
        source.stream.seek(0)
        first = next(encoded(source.stream, source.encoding, BLOCK), b"")[:HEADER]
        stream = SectionStream(source.stream, section.start, section.end)
        dump = Dump(stream, source.encoding, section.end >= source.size)
        yield from dump.read_section(first, cast("Defined", section.before))
