"""Findings as an Arrow table: bounded detail, complete sums, never a row at a time in Python."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.codes import CERTAINTIES, SURE, person_keys, regimes_key, severity

DETAIL = 100_000
"""Finding rows kept in the detail; sums always count all of them."""

FOLDERS = 30
SECRETS = 5_000

FINDINGS = pa.schema(
    {
        **dict.fromkeys(("path", "table", "column", "entity_type", "category", "regime", "level"), pa.string()),
        **dict.fromkeys(("count", "distinct"), pa.int64()),
        "score": pa.float64(),
        "recognizer": pa.string(),
        "places": pa.list_(pa.string()),
        "evidence": pa.list_(pa.string()),
    }
)
NARROW = ["path", "table", "column", "entity_type", "category", "regime", "level", "count", "distinct"]

ORDER = [("rank", "descending"), ("count", "descending")] + [
    (name, "ascending") for name in ("path", "table", "column", "entity_type", "level", "recognizer")
]

Source: TypeAlias = Any
"""A ``pa.Table``, or an iterable of record batches."""


def batches(source: Source, schema: pa.Schema) -> Iterator[pa.Table]:
    """The source piece by piece, with exactly these columns and types; a missing column reads as empty."""
    pieces = source.to_batches(max_chunksize=1 << 17) if isinstance(source, pa.Table) else source
    for piece in pieces:
        have = set(piece.schema.names)
        arrays = [piece.column(f.name).cast(f.type) if f.name in have else pa.nulls(len(piece), f.type) for f in schema]
        yield pa.table([_filled(a) for a in arrays], schema=schema)


def _filled(array: pa.Array) -> pa.Array:
    if pa.types.is_string(array.type):
        return pc.fill_null(array, "")
    if pa.types.is_integer(array.type):
        return pc.fill_null(array, 0)
    return array


def gather(source: Source) -> tuple[pa.Table, pa.Table]:
    """All findings without their places, and the heaviest ``DETAIL`` of them whole."""
    narrow: list[pa.Table] = []
    detail = FINDINGS.empty_table()
    for piece in batches(source, FINDINGS):
        narrow.append(piece.select(NARROW))
        detail = pa.concat_tables([detail, piece])
        if detail.num_rows > 3 * DETAIL:
            detail = heaviest(detail, DETAIL)
    facts = pa.concat_tables(narrow) if narrow else FINDINGS.empty_table().select(NARROW)
    return facts, heaviest(detail, DETAIL)


def heaviest(table: pa.Table, limit: int) -> pa.Table:
    """The most serious rows first: regime, then certainty, then count; ties by name."""
    ranked = table.append_column("rank", _rank(table))
    order = pc.sort_indices(ranked, sort_keys=ORDER)[:limit]
    return table.take(order).combine_chunks()


def _rank(table: pa.Table) -> pa.ChunkedArray:
    serious = _lookup(table["regime"], lambda regime: 10 * max(severity(code) for code in regime.split(",")))
    return pc.add(serious, _lookup(table["level"], lambda level: CERTAINTIES.get(level, 0)))


def _lookup(column: pa.ChunkedArray, weigh: Any, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    values = pc.unique(column)
    weights = pa.array([weigh(value) for value in values.to_pylist()], kind or pa.int64())
    return pc.take(weights, pc.index_in(column, value_set=values))


def by_decision(facts: pa.Table, frame: pa.Table) -> pa.Table:
    """Findings counted under the decision that is about them: outcome, card and ``findings``."""
    keys = ["path", "entity_type", "regime"]
    regime = _lookup(facts["regime"], regimes_key, pa.string())
    same = facts.select(keys[:2]).append_column("regime", regime).group_by(keys, use_threads=False)
    counted = same.aggregate([([], "count_all")]).rename_columns([*keys, "findings"])
    judged = frame.select([*keys, "outcome", "card"]).filter(pc.not_equal(frame["path"], ""))
    return counted.join(judged, keys=keys, join_type="inner", use_threads=False)


def with_persons(facts: pa.Table, excluded: Collection[str] = ()) -> pa.Table:
    """Adds ``persons``: how many people one row shows at least, judged by the keys beside it in its table.

    In an ``excluded`` file, which the client says holds invented data, there is nobody.
    """
    sure = pc.is_in(facts["level"], value_set=SURE)
    is_key = pc.and_(sure, pc.is_in(facts["entity_type"], value_set=person_keys()))
    keys = facts.filter(is_key).group_by(["path", "table"], use_threads=False).aggregate([("distinct", "max")])
    joined = facts.append_column("is_key", is_key).append_column("sure", sure)
    joined = joined.join(keys, keys=["path", "table"], join_type="left outer", use_threads=False)
    beside = pc.fill_null(joined["distinct_max"], 0)
    in_column = pc.min_element_wise(joined["count"], beside)
    in_text = pc.min_element_wise(beside, pa.scalar(1, pa.int64()))
    other = pc.if_else(pc.equal(joined["column"], ""), in_text, in_column)
    persons = pc.if_else(joined["is_key"], joined["distinct"], pc.if_else(joined["sure"], other, 0))
    invented = pc.is_in(joined["path"], value_set=pa.array(sorted(excluded), pa.string()))
    persons = pc.if_else(invented, pa.scalar(0, pa.int64()), persons)
    return joined.select([*NARROW, "sure"]).append_column("persons", persons)


def by_code(facts: pa.Table) -> pa.Table:
    """One row per finding and code: its category once, then each of its regimes."""
    regimes = facts["regime"].combine_chunks()
    lists = pc.split_pattern(regimes, ",")
    parents, codes = pc.list_parent_indices(lists), pc.list_flatten(lists)
    kept = pc.not_equal(codes, "")
    second = facts.take(parents.filter(kept)).append_column("code", codes.filter(kept))
    first = facts.append_column("code", facts["category"])
    return pa.concat_tables([first.cast(second.schema), second])


def sums(coded: pa.Table) -> dict[str, dict[str, Any]]:
    """Per code: files, files with a sure finding, values, persons (at least, at most), types."""
    found: dict[str, dict[str, Any]] = {}
    total = coded.group_by("code", use_threads=False).aggregate([("path", "count_distinct"), ("count", "sum")])
    for row in total.to_pylist():
        found[row["code"]] = {"files": row["path_count_distinct"], "values": row["count_sum"], "files_sure": 0}
    sure = coded.filter(coded["sure"]).group_by("code", use_threads=False).aggregate([("path", "count_distinct")])
    for row in sure.to_pylist():
        found[row["code"]]["files_sure"] = row["path_count_distinct"]
    for code, low, high in _persons(coded):
        found[code] |= {"persons_min": low, "persons_max": high}
    for code, types in _types(coded).items():
        found[code]["types"] = types
    return found


def persons_by_place(coded: pa.Table, key: str) -> pa.Table:
    """Persons shown at each path for each value of ``key``: the best-identified type of each table counts."""
    tables = coded.group_by([key, "path", "table"], use_threads=False).aggregate([("persons", "max")])
    return tables.rename_columns([key, "path", "table", "persons"])


def persons_by_type(counting: pa.Table) -> pa.Table:
    """Persons shown by each table of a file, for each type under its regimes, as decisions name them."""
    regime = _lookup(counting["regime"], regimes_key, pa.string())
    keys = ["path", "table", "entity_type", "regime"]
    rows = counting.select(["path", "table", "entity_type", "persons"]).append_column("regime", regime)
    found = rows.group_by(keys, use_threads=False).aggregate([("persons", "max")])
    return found.rename_columns([*keys, "persons"])


def least_persons(counting: pa.Table) -> int:
    """People in all, at least: those of the table that shows most; two tables may show the same people."""
    return int(pc.max(counting["persons"]).as_py() or 0)


def _persons(coded: pa.Table) -> Iterator[tuple[str, int, int]]:
    places = persons_by_place(coded, "code")
    for row in places.group_by("code").aggregate([("persons", "max"), ("persons", "sum")]).to_pylist():
        yield row["code"], row["persons_max"], row["persons_sum"]


def _types(coded: pa.Table) -> dict[str, list[dict[str, Any]]]:
    groups = coded.group_by(["code", "entity_type"], use_threads=False)
    rows = groups.aggregate([("path", "count_distinct"), ("count", "sum")]).to_pylist()
    types: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (-row["count_sum"], row["entity_type"])):
        entry = {"type": row["entity_type"], "files": row["path_count_distinct"], "values": row["count_sum"]}
        types.setdefault(row["code"], []).append(entry)
    return types


def folders(coded: pa.Table) -> dict[str, Any]:
    """Files per folder (two levels) and code, for the heaviest folders."""
    found = pc.extract_regex(coded["path"], r"^(?P<folder>/?(?:[^/!]+/){0,2})")
    folder = pc.struct_field(found, "folder")
    groups = coded.append_column("folder", folder).group_by(["folder", "code"], use_threads=False)
    rows = groups.aggregate([("path", "count_distinct"), ("count", "sum")]).to_pylist()
    cells: dict[str, dict[str, list[int]]] = {}
    for row in sorted(rows, key=lambda row: (row["folder"], row["code"])):
        cells.setdefault(row["folder"], {})[row["code"]] = [row["path_count_distinct"], row["count_sum"]]
    heavy = sorted(cells, key=lambda name: (_weight(cells[name]), name))[:FOLDERS]
    return {"total": len(cells), "rows": [{"folder": name, "cells": cells[name]} for name in heavy]}


def _weight(cells: dict[str, list[int]]) -> tuple[int, int]:
    serious = max(severity(code) for code in cells)
    return -serious, -sum(files * severity(code) for code, (files, _) in cells.items())


def secrets(coded: pa.Table) -> dict[str, Any]:
    """Secrets and forbidden card data: counts and places only."""
    chosen = pc.or_(
        pc.equal(coded["code"], "R8"), pc.is_in(coded["entity_type"], value_set=pa.array(["CARD_CVV", "CARD_TRACK"]))
    )
    keys = ["path", "entity_type", "level", "regime"]
    groups = coded.filter(chosen).group_by(keys, use_threads=False)
    rows = groups.aggregate([("count", "max")]).rename_columns([*keys, "count"])
    order = [("count", "descending"), *((name, "ascending") for name in keys)]
    return {"total": rows.num_rows, "rows": rows.sort_by(order).slice(0, SECRETS).to_pylist()}
