"""How sure what was found is: each file once, by the surest of its decisions."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.codes import CERTAINTIES

_MILDEST_FIRST = tuple(sorted(CERTAINTIES, key=lambda level: CERTAINTIES[level]))


def by_level(level: str) -> int:
    """Sort key that puts the surest first."""
    return -CERTAINTIES.get(level, 0)


def best(frame: pa.Table, key: str) -> pa.Table:
    """One row per ``key`` and path with its highest ``level``."""
    ranks = pc.index_in(frame["level"], value_set=pa.array(_MILDEST_FIRST))
    ranked = frame.select([key, "path"]).append_column("rank", pc.fill_null(ranks, 0))
    found = ranked.filter(pc.not_equal(ranked["path"], "")).group_by([key, "path"], use_threads=False)
    sums = found.aggregate([("rank", "max")])
    levels = pc.take(pa.array(_MILDEST_FIRST), sums["rank_max"])
    return sums.select([key, "path"]).append_column("level", levels)


def files_by_level(frame: pa.Table, key: str) -> dict[Any, dict[str, int]]:
    """Per ``key``, files by their highest certainty, the surest first; the sum is the number of files."""
    groups = best(frame, key).group_by([key, "level"], use_threads=False).aggregate([("path", "count")])
    found: dict[Any, dict[str, int]] = {}
    for row in sorted(groups.to_pylist(), key=lambda row: by_level(row["level"])):
        found.setdefault(row[key], {})[row["level"]] = row["path_count"]
    return found


def reasons(frame: pa.Table) -> dict[tuple[int, int], tuple[int, list[str], list[str]]]:
    """Per card and verdict: files, the first of them by name, and levels of certainty."""
    found = frame.filter(pc.not_equal(frame["path"], ""))
    groups = found.group_by(["card", "verdict", "level"], use_threads=False)
    levels: dict[tuple[int, int], list[str]] = {}
    for row in groups.aggregate([([], "count_all")]).to_pylist():
        levels.setdefault((row["card"], row["verdict"]), []).append(row["level"])
    whole = found.group_by(["card", "verdict"], use_threads=False)
    sums = whole.aggregate([("path", "count_distinct"), ("path", "min"), ("path", "max")]).to_pylist()
    told = {}
    for row in sums:
        key = (row["card"], row["verdict"])
        first = sorted({row["path_min"], row["path_max"]})
        told[key] = (row["path_count_distinct"], first, sorted(levels[key], key=by_level))
    return told
