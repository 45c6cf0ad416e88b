"""Rows without their table: data files of pg_dump's directory and tar formats, and of mysqldump --tab."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import BLOCK
from scanner.formats.pgarchive import Archive
from scanner.formats.sqltext.definitions import find_definitions, find_referred
from scanner.formats.sqltext.dump import Defined, defined
from scanner.formats.sqltext.loaded import Loaded
from scanner.model import Content, Definition
from scanner.sniff.companions import PG_ROWS, TAB_ROWS
from scanner.sniff.dumps import declared_by_dump

_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"\t": b"\\t", b"\n": b"\\n"}


class TableRowsReader:
    """Columns, named by the file that lies beside the rows."""

    name: ClassVar[str] = "tablerows"
    media_types: ClassVar[frozenset[str]] = frozenset({PG_ROWS, TAB_ROWS})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """All rows of the table."""
        base = source.name.replace("\\", "/").rpartition("/")[2]
        rows = iter(lambda: source.stream.read(BLOCK), b"")
        yield from _postgres(source, base, rows) if source.media_type == PG_ROWS else _mysql(source, base, rows)


def _postgres(source: Source, base: str, rows: Iterable[bytes]) -> Iterator[Content]:
    try:
        contents = Archive(io.BytesIO(source.beside("toc.dat"))).contents()
    except Unreadable:
        yield from Loaded("", rows, source.encoding).read()
        return
    definitions = tuple(find_definitions(contents.definitions))
    yield from definitions
    entry = contents.of_file(base)
    yield from Loaded(entry.load if entry else "", rows, contents.encoding, _named(definitions)).read()


def _mysql(source: Source, base: str, rows: Iterable[bytes]) -> Iterator[Content]:
    table = base.rpartition(".")[0]
    text = source.beside(f"{table}.sql")
    encoding = declared_by_dump(text) or source.encoding  # binary values make rows look like anything
    definitions = tuple(find_referred(text, source.beside, "{}.sql"))
    yield from definitions
    load = f"COPY `{table}` FROM stdin;"
    yield from Loaded(load, _as_copied(rows), encoding, _named(definitions)).read()


def _named(definitions: Iterable[Definition]) -> Defined:
    return defined({definition.table: definition.columns for definition in definitions if definition.columns})


def _as_copied(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """MySQL puts a backslash before a tab or a line end, where COPY has a letter behind it."""
    rest = b""
    for block in blocks:
        data = rest + block
        cut = len(data) - (len(data) - len(data.rstrip(b"\\"))) % 2
        data, rest = data[:cut], data[cut:]
        if b"\\\t" in data or b"\\\n" in data:
            data = _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[0]), data)
        yield data
    yield rest
