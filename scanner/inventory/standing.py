"""How findings stand to the declaration: one word for each, and how many of how many where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

STATES = ("sans_objet", "oui", "hors_emplacement", "non")
"""From what asks nothing to what asks most: a file in several of them counts once, in the last."""

HERE = "oui"
"""Declared for this very place."""

WORDS = {"sans_objet": "found", "oui": "declared", "hors_emplacement": "elsewhere", "non": "undeclared"}


def standing(counts: Mapping[str, int]) -> str:
    """``declared``, ``elsewhere``, ``undeclared`` or ``found`` when all files are; where they differ ``partly``, or
    ``unplaced`` if none is declared for its place.
    """
    present = [state for state in STATES[1:] if counts.get(state)]
    if not present:
        return "found" if counts.get("sans_objet") else "none"
    if len(present) == 1:
        return WORDS[present[0]]
    return "partly" if HERE in present else "unplaced"


def by_file(frame: pa.Table, key: str) -> pa.Table:
    """One row per ``key`` and path with the rank of its gravest state, as ``rank``."""
    ranks = pc.index_in(frame["declared"], value_set=pa.array(STATES))
    ranked = frame.select([key, "path"]).append_column("rank", pc.fill_null(ranks, 0))
    found = ranked.filter(pc.not_equal(ranked["path"], "")).group_by([key, "path"], use_threads=False)
    return found.aggregate([("rank", "max")]).rename_columns([key, "path", "rank"])


def files_by_state(frame: pa.Table, key: str) -> dict[Any, dict[str, int]]:
    """Per ``key``, files in each state; the sum is the number of files."""
    groups = by_file(frame, key).group_by([key, "rank"], use_threads=False).aggregate([("path", "count")])
    found: dict[Any, dict[str, int]] = {}
    for row in groups.to_pylist():
        found.setdefault(row[key], dict.fromkeys(STATES, 0))[STATES[row["rank"]]] = row["path_count"]
    return found


def by_code(frame: pa.Table) -> pa.Table:
    """One row per decision and code: its category, then each of its regimes."""
    kept = frame.select(["path", "declared", "level", "reference"])
    lists = pc.split_pattern(frame["regime"].combine_chunks(), ",")
    parents, codes = pc.list_parent_indices(lists), pc.list_flatten(lists)
    real = pc.not_equal(codes, "")
    second = kept.take(parents.filter(real)).append_column("code", codes.filter(real))
    first = kept.append_column("code", frame["category"])
    return pa.concat_tables([first.cast(second.schema), second])
