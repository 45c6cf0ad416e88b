"""What definitions say beyond names: comments on columns, and the tables that a table refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import re2

from scanner.formats.sqltext.headers import WRITTEN, column_name, find_bodies, pieces, table_name
from scanner.model import Definition

_SIGNS = re2.compile(rb"(?i)\b(?:REFERENCES|COMMENT)\b")
_REFERENCE = re2.compile(rb"(?is)\bREFERENCES\s+(" + WRITTEN + rb")")
_ALTER = re2.compile(
    rb"(?is)\bALTER\s+TABLE\s+(?:ONLY\s+)?(?:IF\s+EXISTS\s+)?("
    + WRITTEN
    + rb")\s[^;']*?\bREFERENCES\s+("
    + WRITTEN
    + rb")"
)
_INLINE = re2.compile(rb"(?is)\bCOMMENT\s+'((?:[^'\\]|''|\\.)*)'")
_REMARK = re2.compile(rb"(?is)\bCOMMENT\s+ON\s+COLUMN\s+(" + WRITTEN + rb")\s+IS\s+'((?:[^']|'')*)'")
_LONGEST = 200
_MOST = 100


@dataclass(slots=True)
class _Known:
    """What a stretch of SQL says of one table."""

    columns: tuple[str, ...] = ()
    comments: dict[str, str] = field(default_factory=dict)
    refers: dict[str, None] = field(default_factory=dict)


def find_definitions(text: bytes) -> Iterator[Definition]:
    """Tables that a stretch of SQL defines or alters, in the order of their first sight."""
    known: dict[str, _Known] = {}
    for table, body in find_bodies(text):
        known[table] = _defined(body)
    if _SIGNS.search(text):
        for match in _ALTER.finditer(text):
            known.setdefault(table_name(match.group(1)), _Known()).refers[table_name(match.group(2))] = None
        for match in _REMARK.finditer(text):
            table, _, column = table_name(match.group(1)).rpartition(".")
            known.setdefault(table, _Known()).comments[column] = _said(match.group(2))
    for table, found in known.items():
        yield Definition(table, found.columns, tuple(found.comments.items()), tuple(found.refers))


def find_referred(text: bytes, beside: Callable[[str], bytes], pattern: str) -> Iterator[Definition]:
    """Tables that a file defines, and those that they refer to, each in a file of its own beside it."""
    known: set[str] = set()
    waiting = list(find_definitions(text))
    while waiting and len(known) < _MOST:
        definition = waiting.pop(0)
        if definition.table in known:
            continue
        known.add(definition.table)
        yield definition
        for other in definition.refers:
            if other not in known:
                waiting += find_definitions(beside(pattern.format(other.rpartition(".")[2])))


def _defined(body: bytes) -> _Known:
    found = _Known()
    names = []
    for piece in pieces(body):
        name = column_name(piece)
        if name:
            names.append(name)
            comment = _INLINE.search(piece)
            if comment:
                found.comments[name] = _said(comment.group(1))
        for match in _REFERENCE.finditer(piece):
            found.refers[table_name(match.group(1))] = None
    found.columns = tuple(names)
    return found


def _said(written: bytes) -> str:
    return written[:_LONGEST].replace(b"''", b"'").decode("utf-8", "replace")
