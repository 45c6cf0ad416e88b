"""Event logs of Windows: fields of all events as columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.formats.native import panics_told
from scanner.model import Content, Gap, Kind, Problem

DULL = frozenset({"xmlns", "@xmlns"})


class EvtxReader:
    """Events of Windows in order, fields as columns; one that cannot be decoded is told and passed over."""

    name: ClassVar[str] = "evtx"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-ms-evtx"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by path."""
        from evtx import PyEvtxParser

        gathered, lost = Gathered(), 0
        try:
            with panics_told("evtx"):
                records = PyEvtxParser(source.stream).records_json()
        except (RuntimeError, OSError, ValueError):
            raise Unreadable(Kind.CORRUPT, "not an event log") from None
        while True:
            try:
                record = next(records, None)
            except (RuntimeError, OSError, ValueError):
                lost += 1
                if lost > 10_000:
                    break
                continue
            if record is None:
                break
            _take(json.loads(record["data"]), gathered)
            if gathered.full:
                yield from gathered.flush()
        yield from gathered.flush()
        if lost:
            yield Gap(Problem(Kind.CORRUPT, f"{lost} events do not decode"))


def _take(event: Any, gathered: Gathered) -> None:
    """The leaves of one event, in their order."""
    pending: list[tuple[str, Any]] = [("", event)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            inner = [(f"{path}.{key}" if path else key, one) for key, one in value.items() if key not in DULL]
            pending.extend(reversed(inner))
        elif isinstance(value, list):
            pending.extend((path + "[]", one) for one in reversed(value))
        elif value is not None and value != "":
            gathered.add(path.replace("#attributes.", "").removesuffix(".#text"), str(value))
