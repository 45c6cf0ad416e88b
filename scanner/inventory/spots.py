"""Where in a file the data of a card lie: its columns with their counts, and the places of its running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from scanner.inventory.codes import CERTAINTIES, founds, regimes_key
from scanner.model import PLACES

Spot = dict[str, Any]

_WHOLE = "columns"
"""The recogniser that judges a column by all of its values."""


class Spots:
    """The findings of the detail, to be asked for by file and type."""

    def __init__(self, detail: pa.Table) -> None:
        wanted = ("path", "entity_type", "regime", "level", "table", "column", "count", "recognizer", "places")
        self._columns = {name: detail[name] for name in wanted}
        self._at: dict[tuple[str, ...], list[int]] | None = None

    def of(self, path: str, kinds: Iterable[tuple[str, str]]) -> list[Spot]:
        """Columns first, then running text as one spot, all types (under their regimes) of a card together.

        What only goes along with a decision comes last, as ``hint``.
        """
        grounds: list[Mapping[str, Any]] = []
        hints: list[Mapping[str, Any]] = []
        for kind in sorted(kinds):
            rows = self._rows(path, kind)
            decided = max((row["level"] for row in rows), key=lambda level: CERTAINTIES.get(level, 0), default="")
            for row in rows:
                (grounds if founds(row["level"], decided, row["regime"]) else hints).append(row)
        told = _spots(grounds)
        known = {spot["column"] for spot in told if spot["column"]}
        return told + [spot | {"hint": True} for spot in _spots(hints) if spot["column"] not in known]

    def _rows(self, path: str, kind: tuple[str, str]) -> list[Mapping[str, Any]]:
        if self._at is None:
            self._at = {}
            keys = (self._columns[name].to_pylist() for name in ("path", "entity_type", "regime"))
            for number, (where, entity_type, regime) in enumerate(zip(*keys, strict=True)):
                self._at.setdefault((where, entity_type, regimes_key(regime)), []).append(number)
        held = self._at.get((path, *kind), ())
        return [{name: column[k].as_py() for name, column in self._columns.items()} for k in held]


def _spots(rows: list[Mapping[str, Any]]) -> list[Spot]:
    columns: dict[str, Spot] = {}
    for row in rows:
        if row["column"]:
            _gather(columns, row)
    return [*columns.values(), *_text([row for row in rows if not row["column"]])]


def _gather(columns: dict[str, Spot], row: Mapping[str, Any]) -> None:
    """One spot a column; several types in it are the same place."""
    name = ".".join(filter(None, (row["table"], row["column"])))
    spot = columns.setdefault(name, {"column": name, "count": 0, "whole": False, "places": [], "cut": False})
    if row["count"] > spot["count"]:
        listed = list(row["places"] or [])
        spot |= {"count": row["count"], "places": listed[:PLACES], "cut": _cut(row, listed)}
    spot["whole"] |= _WHOLE in row["recognizer"].split(",")


def _text(rows: Iterable[Mapping[str, Any]]) -> list[Spot]:
    places: dict[str, None] = {}
    count, cut = 0, False
    for row in rows:
        listed = list(row["places"] or [])
        places |= dict.fromkeys(listed)
        count, cut = count + row["count"], cut or _cut(row, listed)
    told = {"column": "", "count": count, "whole": False, "places": sorted(places, key=_natural), "cut": cut}
    return [told] if places else []


def _cut(row: Mapping[str, Any], listed: list[str]) -> bool:
    """The list of a finding ends at a bound, beyond which there may be more."""
    return len(listed) >= PLACES and row["count"] > len(listed)


def _natural(place: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", place) if part]
