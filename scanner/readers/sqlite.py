"""SQLite databases: every table, opened so that neither the file nor its folder can change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, ClassVar
from urllib.parse import quote

import pyarrow as pa

from scanner.contracts import Source, Unreadable
from scanner.formats.blobs import Blobs
from scanner.formats.blocks import string_array
from scanner.formats.sqlitelog import applied
from scanner.formats.sqltext.definitions import find_definitions
from scanner.model import Column, Content, Gap, Kind, Passage, Problem

_LARGEST = 256 << 20
"""What is not a file of its own is read through memory."""
_ROWS = 256
"""More rows at a time leave the processor's cache before they are Arrow's."""
_PIECES = 32
_MAGIC = b"SQLite format 3\0"


class SqliteReader:
    """Streams each table; binary values that are files of a known kind are handed on, others are counted as unread."""

    name: ClassVar[str] = "sqlite"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.sqlite3"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by table, and the definitions themselves."""
        _check(source)
        if source.size > _LARGEST and source.beside(f"{source.name}-wal"):
            yield Gap(Problem(Kind.TOO_LARGE, "the log beside it was not applied: close the database first"))
        with closing(_connect(source)) as database:
            database.text_factory = _decode
            try:
                schema = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
            except sqlite3.Error as error:
                raise Unreadable(*_reason(error)) from None
            for kind, name, definition in schema:
                if definition:
                    yield from find_definitions(definition.encode("utf-8", "replace"))
                    yield Passage(definition, name)
                if kind == "table":
                    yield from _read_table(database, name)


def _check(source: Source) -> None:
    head = source.stream.read(4096)
    source.stream.seek(0)
    if not head.startswith(_MAGIC):
        # A database under a key is noise from its first byte; anything else is no database.
        noise = len(set(head)) > 200 and len(head) == 4096
        raise Unreadable(Kind.ENCRYPTED if noise else Kind.CORRUPT, "not a plain SQLite database")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "recense.western")


def _connect(source: Source) -> sqlite3.Connection:
    log = source.beside(f"{source.name}-wal")
    if source.path is not None and (not log or source.size > _LARGEST):
        address = f"file:{quote(str(source.path))}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True)
    if source.size > _LARGEST:
        raise Unreadable(Kind.TOO_LARGE, "database inside a container")
    database = sqlite3.connect(":memory:")
    data = bytearray(source.stream.read(_LARGEST + 1))
    applied(data, log)
    # A database in memory has no log beside it: say so, or SQLite refuses those that were written with one.
    data[18:20] = b"\x01\x01"
    try:
        database.deserialize(bytes(data))
    except sqlite3.Error as error:
        database.close()
        raise Unreadable(*_reason(error)) from None
    return database


def _reason(error: sqlite3.Error) -> tuple[Kind, str]:
    return Kind.CORRUPT, getattr(error, "sqlite_errorname", "") or type(error).__name__


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _read_table(database: sqlite3.Connection, table: str) -> Iterator[Content]:
    blobs = Blobs(table)
    pieces: list[list[pa.Array]] = []
    row = first = 1
    names: list[str] = []
    try:
        for names, rows in _rows(database, table):
            values = enumerate(zip(*rows, strict=True))
            pieces.append([string_array(_texts(cells, names[index], row, blobs)) for index, cells in values])
            row += len(rows)
            if len(pieces) >= _PIECES:
                yield from _columns(table, names, pieces, first)
                yield from blobs.take()
                pieces, first = [], row
    except sqlite3.Error as error:
        kind, detail = _reason(error)
        virtual = "no such module" in str(error)
        yield Gap(Problem(Kind.UNSUPPORTED, "virtual table") if virtual else Problem(kind, f"table: {detail}"))
    yield from _columns(table, names, pieces, first)
    yield from blobs.take()
    yield from blobs.rest()


def _columns(table: str, names: list[str], pieces: list[list[pa.Array]], first: int) -> Iterator[Content]:
    for index, arrays in enumerate(zip(*pieces, strict=True)):
        yield Column(table, names[index], index, pa.concat_arrays(arrays), first)


def _rows(database: sqlite3.Connection, table: str) -> Iterator[tuple[list[str], list[Any]]]:
    """Names and rows, decoded by SQLite's own module until a text is no UTF-8, which is three times as fast."""
    done = 0
    for factory in (str, _decode):
        database.text_factory = factory
        try:
            cursor = database.execute(f"SELECT * FROM {_quoted(table)} LIMIT -1 OFFSET {done}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(_ROWS):
                yield names, rows
                done += len(rows)
        except sqlite3.OperationalError as error:
            if factory is _decode or "decode" not in str(error).lower():
                raise
        else:
            return


def _texts(values: Sequence[Any], name: str, row: int, blobs: Blobs) -> Sequence[str | None]:
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return values
    if kinds <= {int, float}:
        return list(map(str, values))
    return [
        value
        if value is None or type(value) is str
        else blobs.text(value, name, row + offset)
        if type(value) is bytes
        else str(value)
        for offset, value in enumerate(values)
    ]
