"""JSON: values under their paths, such as ``clients[].email``, from documents of any size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import re2

from scanner.contracts import Source
from scanner.formats.blocks import byte_passages, encoded
from scanner.formats.exportedrows import ExportedRows
from scanner.model import Content, Passage
from scanner.readers.json.paths import spread, step
from scanner.readers.json.values import Values
from scanner.readers.json.window import LONGEST, LOOK, MalformedError, Window

_BLOCK = 2 << 20
_DEEPEST = 100
_MAP_KEYS = 64
_HEAD = 1 << 10
_EXPORTED = re2.compile(rb'(?:\xef\xbb\xbf)?\s*\[\s*\{"type":\s*"header"[^{}]*"comment":\s*"[^"]*PHPMyAdmin')
"""How an export of phpMyAdmin begins, whose tables have names of their own."""


class JsonReader:
    """One JSON document, several in a row, or one a line; what is not JSON is read as text."""

    name: ClassVar[str] = "json"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/json", "application/x-ndjson"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by path; from where it is malformed, the line (JSON lines) or the rest is given as text."""
        window = Window(encoded(source.stream, source.encoding, _BLOCK))
        window.fill()
        if _EXPORTED.match(window.data[:_HEAD]):
            yield from _tables(window)
        values = Values()
        by_line = source.media_type == "application/x-ndjson"
        while window.peek():
            try:
                if values.take(window, "", False) is None:
                    yield from _walk(window, "", values, 0)
                elif values.full:
                    yield from values.flush()
            except MalformedError:
                yield from values.flush()
                if not by_line:
                    yield from byte_passages(window.rest(), window.line_number())
                    return
                yield window.take_line()
        yield from values.flush()


def _tables(window: Window) -> Iterator[Content]:
    """The tables of an export of phpMyAdmin; where it is not as expected, what follows is left in the window."""
    try:
        window.skip(b"[")
        while window.peek() == b"{":
            yield from _table(window)
            if window.peek() == b",":
                window.skip(b",")
        window.skip(b"]")
    except MalformedError:
        return


def _table(window: Window) -> Iterator[Content]:
    """One element: what it says of itself, then its rows, if it is a table."""
    window.skip(b"{")
    said: dict[str, str] = {}
    while window.peek() != b"}":
        key = window.value(LONGEST)
        window.skip(b":")
        if key == "data" and window.peek() == b"[":
            yield Passage("\n".join(said.values()))
            yield from _exported(window, said.get("name", ""))
            said.clear()
        else:
            said[key] = str(window.value(LONGEST))
        if window.peek() != b"}":
            window.skip(b",")
    window.skip(b"}")
    if said:
        yield Passage("\n".join(said.values()))


def _exported(window: Window, table: str) -> Iterator[Content]:
    """Rows, which are all objects of texts."""
    rows = ExportedRows(table)
    window.skip(b"[")
    try:
        while window.peek() == b"{":
            row = window.value(LONGEST)
            rows.add({key: value if value is None else str(value) for key, value in row})
            if rows.full:
                yield from rows.flush()
            if window.peek() == b",":
                window.skip(b",")
        window.skip(b"]")
    except MalformedError:
        yield from rows.rest()
        raise
    yield from rows.rest()


def _walk(window: Window, path: str, values: Values, depth: int) -> Iterator[Content]:
    """Take the value here: whole when it is short, else its parts one by one."""
    first = window.peek()
    window.fill()
    if first in (b"{", b"["):
        try:
            value = window.value(LOOK)
        except MalformedError:
            if depth > _DEEPEST:
                raise
            yield from (_enter_array if first == b"[" else _enter_object)(window, path, values, depth + 1)
            return
    else:
        value = window.value(LONGEST)
    try:
        spread(value, path, values.add)
        values.learn(value, path)
    except RecursionError:
        raise MalformedError from None
    if values.full:
        yield from values.flush()


def _enter_array(window: Window, path: str, values: Values, depth: int) -> Iterator[Content]:
    window.skip(b"[")
    path += "[]"
    while window.peek() != b"]":
        comma = values.take(window, path, True)
        if comma is None:
            yield from _walk(window, path, values, depth)
        elif values.full:
            yield from values.flush()
        if not comma and window.peek() != b"]":
            window.skip(b",")
    window.skip(b"]")


def _enter_object(window: Window, path: str, values: Values, depth: int) -> Iterator[Content]:
    window.skip(b"{")
    count = 0
    while window.peek() != b"}":
        if window.peek() != b'"':
            raise MalformedError
        key = window.value(LONGEST)
        count += 1
        window.skip(b":")
        yield from _walk(window, step(path, key, count > _MAP_KEYS, values.add), values, depth)
        if window.peek() != b"}":
            window.skip(b",")
    window.skip(b"}")
