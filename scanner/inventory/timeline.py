"""When: the oldest and the newest day inside the data of each category, and the limits that the client declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.codes import CATEGORIES
from scanner.inventory.verdicts import Ledger
from scanner.policy.circumstances import ago

OVERDUE = 200
"""Decisions on what is past its limit that are listed; the sums count all."""

_ABOUT = ("path", "entity_type")


def timeline(
    coded: pa.Table, items: pa.Table, ledger: Ledger, processings: list[Mapping[str, Any]], day: str
) -> dict[str, Any]:
    """One row for each category with dates inside its files; what is past a limit of retention, by row 19."""
    dated = items.filter(pc.not_equal(items["oldest"], "")).select(["path", "oldest", "newest"])
    places = coded.select(["code", "path"]).group_by(["code", "path"], use_threads=False).aggregate([])
    joined = places.join(dated, keys="path", join_type="inner", use_threads=False)
    groups = joined.group_by("code", use_threads=False)
    sums = groups.aggregate([("oldest", "min"), ("newest", "max"), ("path", "count")]).to_pylist()
    known = {row["code"]: row for row in sums}
    late = _overdue(ledger)
    rows = [
        {
            "code": code,
            "oldest": known[code]["oldest_min"],
            "newest": known[code]["newest_max"],
            "files": known[code]["path_count"],
            "limits": list(_limits(processings, code, day)),
            "overdue": len({one["path"] for one in late if one["category"] == code}),
        }
        for code in CATEGORIES
        if code in known
    ]
    files = len({one["path"] for one in late})
    return {"rows": rows, "overdue": {"files": files, "total": len(late), "rows": late[:OVERDUE]}}


def _limits(processings: list[Mapping[str, Any]], code: str, day: str) -> Iterator[dict[str, Any]]:
    """The periods that the client declared for a category, each once, with the processings that have it."""
    periods: dict[tuple[int, str], list[str]] = {}
    for processing in processings:
        for line in processing.get("categories") or []:
            kept = line.get("conservation")
            if str(line.get("code")) == code and kept:
                period = (int(kept["duree"]), str(kept["unite"]))
                periods.setdefault(period, []).append(str(processing.get("ref") or ""))
    for (length, unit), references in sorted(periods.items()) if day else ():
        since = ago(date.fromisoformat(day), length, unit).isoformat()
        named = ", ".join(dict.fromkeys(references))
        yield {"reference": named, "length": length, "unit": unit, "since": since}


def _overdue(ledger: Ledger) -> list[dict[str, Any]]:
    numbers = [n for n, verdict in enumerate(ledger.verdicts) if "19" in verdict["rule"].split("+")]
    frame = ledger.frame()
    late = frame.filter(pc.is_in(frame["verdict"], value_set=pa.array(numbers, pa.int64())))
    order = [("path", "ascending"), ("entity_type", "ascending")]
    rows: list[dict[str, Any]] = late.select([*_ABOUT, "category", "reference", "verdict"]).sort_by(order).to_pylist()
    return rows


def exposed(ledger: Ledger) -> list[dict[str, Any]]:
    """Places that are published, or readable by all, with what must not be there (row 17)."""
    numbers = [n for n, verdict in enumerate(ledger.verdicts) if "17" in verdict["rule"].split("+")]
    frame = ledger.frame()
    found = frame.filter(pc.is_in(frame["verdict"], value_set=pa.array(numbers, pa.int64())))
    order = [("path", "ascending"), ("entity_type", "ascending")]
    rows: list[dict[str, Any]] = found.select([*_ABOUT, "level", "count"]).sort_by(order).slice(0, OVERDUE).to_pylist()
    return rows
