"""Where data begins in a dump, and what tables and columns are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import re2

_NAME = rb"(?:`[^`]+`|\"[^\"]+\"|\[[^\]]+\]|[^\s(`\"\[;,.'()]+)"
_TABLE = _NAME + rb"(?:\s*\.\s*" + _NAME + rb")*"
_COLUMNS = rb"\((?:[^()'`\"\[;]|`[^`]*`|\"[^\"]*\"|\[[^\]]*\])*\)"

WRITTEN = _TABLE
"""How a name is written that may be qualified."""

DATA = re2.compile(rb"(?im)(?:^|;)\s*(INSERT|REPLACE|COPY)\s")
"""The word that may begin rows, where a statement can begin."""

INSERT = re2.compile(
    rb"(?is)(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OVERWRITE|OR\s+\w+)\s+)*(?:INTO\s+)?"
    rb"(" + _TABLE + rb")\s*(" + _COLUMNS + rb")?\s*(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES?\s*\("
)
COPY = re2.compile(rb"(?is)COPY\s+(" + _TABLE + rb")\s*(" + _COLUMNS + rb")?\s+FROM\s+stdin\b([^;\n]*);[ \t]*\r?\n")

_CREATE = re2.compile(
    rb"(?im)(?:^|;)\s*CREATE\s+(?:GLOBAL\s+|LOCAL\s+|TEMPORARY\s+|TEMP\s+|UNLOGGED\s+|VIRTUAL\s+)*TABLE\s+"
    rb"(?:IF\s+NOT\s+EXISTS\s+)?(" + _TABLE + rb")\s*\("
)
_PIECES = re2.compile(rb"'(?:[^']|'')*'|--[^\n]*|/\*(?:[^*]|\*+[^*/])*\*+/|[(),;]")
_FIRST_NAME = re2.compile(rb"\s*(" + _NAME + rb")")
_NAMES = re2.compile(_NAME)
# What begins a line of a definition without naming a column.
_CLAUSES = frozenset(
    b"PRIMARY UNIQUE KEY INDEX CONSTRAINT FOREIGN CHECK FULLTEXT SPATIAL EXCLUDE LIKE PERIOD PARTITION".split()
)
_LONGEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Header:
    """The table and column names of rows that follow; ``columns`` is empty when the statement gives none."""

    table: str
    columns: tuple[str, ...]


@lru_cache(maxsize=1024)
def read_header(table: bytes, columns: bytes | None) -> Header:
    """Names of a matched header, without their quotes."""
    names = _NAMES.findall(columns[1:-1]) if columns else []
    return Header(table_name(table), tuple(_bare(name) for name in names))


def table_name(written: bytes) -> str:
    """A possibly qualified name without quotes: ``"public"."Clients"`` is ``public.Clients``."""
    return ".".join(_bare(part) for part in _NAMES.findall(written))


def _bare(name: bytes) -> str:
    if name[:1] in (b"`", b'"', b"["):
        name = name[1:-1]
    return name.decode("utf-8", "replace")


def find_bodies(text: bytes) -> Iterator[tuple[str, bytes]]:
    """Tables that are defined in a stretch of SQL, with what stands behind the bracket that opens their columns."""
    for match in _CREATE.finditer(text):
        yield table_name(match.group(1)), text[match.end() : match.end() + _LONGEST]


def find_tables(text: bytes) -> Iterator[Header]:
    """Tables that are defined in a stretch of SQL, with their columns in order."""
    for table, body in find_bodies(text):
        columns = tuple(filter(None, map(column_name, pieces(body))))
        if columns:
            yield Header(table, columns)


def pieces(body: bytes) -> Iterator[bytes]:
    """Parts of a definition between its commas, up to the bracket that closes it, without comments that begin them."""
    depth, start = 0, 0
    for piece in _PIECES.finditer(body):
        mark = piece.group()
        if mark == b"(":
            depth += 1
        elif mark == b")" and depth:
            depth -= 1
        elif depth == 0 and mark in (b",", b")", b";"):
            yield body[start : piece.start()]
            start = piece.end()
            if mark != b",":
                return
        elif mark[:2] in (b"--", b"/*") and not body[start : piece.start()].strip():
            start = piece.end()


def column_name(definition: bytes) -> str:
    """The name of the column that a part of a definition defines; empty where it defines none."""
    match = _FIRST_NAME.match(definition)
    if not match or match.group(1).upper() in _CLAUSES:
        return ""
    return _bare(match.group(1))
