"""Property lists of Apple systems, binary and XML: values under their paths."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from xml.parsers.expat import ExpatError

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.model import Content, Gap, Kind, Problem

LIMIT = 64 << 20
"""A list is parsed in memory."""
ERRORS = (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, IndexError, OverflowError)


class PlistReader:
    """Property lists of Apple systems, binary and XML; binary values that are no text are told."""

    name: ClassVar[str] = "plist"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-plist"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by path."""
        data = source.stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"property list over {LIMIT >> 20} MB", bytes_read=0)
        try:
            tree = plistlib.loads(data)
        except ERRORS as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        gathered, lost = Gathered(), 0
        for path, value in _leaves(tree):
            if isinstance(value, bytes):
                lost += _bytes(path, value, gathered)
            else:
                gathered.add(path, value.isoformat() if isinstance(value, datetime) else str(value))
            if gathered.full:
                yield from gathered.flush()
        yield from gathered.flush()
        if lost:
            yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), min(lost, len(data)))


def _bytes(path: str, value: bytes, gathered: Gathered) -> int:
    """Text in bytes is text; the answer is how many bytes are not."""
    try:
        gathered.add(path, value.decode("utf-8"))
    except UnicodeDecodeError:
        return len(value)
    return 0


def _leaves(tree: Any) -> Iterator[tuple[str, Any]]:
    """Values in their order, each container once, so that lists that hold each other end."""
    pending: list[tuple[str, Any]] = [("", tree)]
    seen: set[int] = set()
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict | list):
            if id(value) in seen:
                continue
            seen.add(id(value))
            inner = (
                [(f"{path}.{key}" if path else str(key), one) for key, one in value.items()]
                if isinstance(value, dict)
                else [(path + "[]", one) for one in value]
            )
            pending.extend(reversed(inner))
        elif value is not None and value != "":
            yield path, value
