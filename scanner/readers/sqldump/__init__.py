"""SQL dumps: rows of INSERT and COPY as columns, everything else as text, in memory that stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from scanner.contracts import Source
from scanner.formats.blocks import encoded, is_plain
from scanner.formats.sections import SectionStream
from scanner.formats.sqltext.definitions import find_referred
from scanner.formats.sqltext.dump import BLOCK, HEADER, Defined, Dump, defined
from scanner.formats.sqltext.headers import find_tables
from scanner.model import Content, Definition, Passed, Section
from scanner.readers.sqldump.cuts import cuts
from scanner.sniff.companions import guides_of


class SqlDumpReader:
    """mysqldump, mariadb-dump, pg_dump, sqlite ``.dump``, SQL Server, Oracle, and what people write by hand."""

    name: ClassVar[str] = "sqldump"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/sql"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False
    look: ClassVar[int] = BLOCK

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by table, in runs; passages for definitions, comments and other statements."""
        yield from _definitions(source)
        yield from Dump(source.stream, source.encoding).read(_guided(source))

    def sections(self, source: Source, step: int) -> Sequence[Section]:
        """Cuts before INSERT statements; a dump of COPY, whose lines mean nothing by themselves, is read whole."""
        if not is_plain(source.encoding):
            return []
        return cuts(source.stream, source.size, step, self.look, _guided(source))

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]:
        """The statements of one section."""
        source.stream.seek(0)
        first = next(encoded(source.stream, source.encoding, BLOCK), b"")[:HEADER]
        stream = SectionStream(source.stream, section.start, section.end)
        dump = Dump(stream, source.encoding, section.end >= source.size)
        yield from dump.read_section(first, cast("Defined", section.before))


def _definitions(source: Source) -> Iterator[Definition]:
    """Tables that files beside it define, for their keys and comments."""
    for name in guides_of(source.name):
        text = source.beside(name)
        if text:
            pattern = f"{name.partition('.')[0]}.{{}}-schema.sql" if name.endswith("-schema.sql") else "{}.sql"
            yield from find_referred(text, source.beside, pattern)


def _guided(source: Source) -> Defined:
    """Tables that the file beside it defines, as mydumper and people who split dumps have it."""
    text = next(filter(None, map(source.beside, guides_of(source.name))), b"")
    return defined({header.table: header.columns for header in find_tables(text)})
