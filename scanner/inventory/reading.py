"""What was read and what was not, in bytes and in items, with the reason of each loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.facts import Source, batches

UNREAD = 20_000
"""Unread or partly read items listed one by one; sums always count all of them."""

ITEMS = pa.schema(
    {
        **dict.fromkeys(("path", "media_type", "status", "reason"), pa.string()),
        **dict.fromkeys(("size", "bytes_read", "bytes_unread", "modified"), pa.int64()),
    }
)
UNFIT = ("not_prose", "foreign")
"""Reasons for which a lane leaves text that is not for it, whatever the time."""
STATUSES = ("read", "partial", "unread")


def gather(source: Source) -> pa.Table:
    """All items, with the columns that the inventory uses."""
    pieces = list(batches(source, ITEMS))
    return pa.concat_tables(pieces) if pieces else ITEMS.empty_table()


def coverage(items: pa.Table, run: Mapping[str, Any]) -> dict[str, Any]:
    """Bytes and items by status and by reason; percentages are of the listed items' bytes."""
    statuses = _statuses(items)
    known = run.get("coverage") or {}
    volume = known.get("volume") or _volume(statuses)
    volume = {key: int(volume.get(key, 0)) for key in ("bytes", "bytes_read", "bytes_unread")}
    partial = min(_partial_read(items), volume["bytes_read"])
    rows, total = _unread(items)
    return {
        "items": {status: entry["items"] for status, entry in statuses.items()} | {"total": items.num_rows},
        "bytes": statuses,
        "volume": volume | {"bytes_partial": partial},
        "reasons": _reasons(known.get("reasons") or _count_reasons(items)),
        "unread": {"total": total, "rows": rows},
        "lanes": _lanes(run.get("ner") or {}),
    }


def _lanes(ner: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each slow lane was offered, in characters; ``fit`` is what it could have read, had it had the time."""
    rows = []
    for name, share in (ner.get("lanes") or {}).items():
        skipped = dict(share["skipped"])
        unfit = sum(skipped.get(reason, 0) for reason in UNFIT)
        fit = share["offered"] - unfit
        kept = {"offered": share["offered"], "fit": fit, "read": share["read"]}
        rows.append({"name": name, "mode": ner.get("mode", ""), **kept, "skipped": skipped})
    return rows


def _statuses(items: pa.Table) -> dict[str, dict[str, int]]:
    empty = {"items": 0, "bytes_read": 0, "bytes_unread": 0}
    sums = {status: dict(empty) for status in STATUSES}
    groups = items.group_by("status", use_threads=False)
    for row in groups.aggregate([([], "count_all"), ("bytes_read", "sum"), ("bytes_unread", "sum")]).to_pylist():
        sums[row["status"]] = {
            "items": row["count_all"],
            "bytes_read": row["bytes_read_sum"],
            "bytes_unread": row["bytes_unread_sum"],
        }
    return sums


def _volume(statuses: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    read = sum(entry["bytes_read"] for entry in statuses.values())
    unread = sum(entry["bytes_unread"] for entry in statuses.values())
    return {"bytes": read + unread, "bytes_read": read, "bytes_unread": unread}


def _partial_read(items: pa.Table) -> int:
    listed = pc.invert(pc.match_substring(items["path"], "!"))
    chosen = items.filter(pc.and_(listed, pc.equal(items["status"], "partial")))
    return pc.sum(chosen["bytes_read"]).as_py() or 0


def _unread(items: pa.Table) -> tuple[list[dict[str, Any]], int]:
    missing = items.filter(pc.not_equal(items["status"], "read"))
    order = pc.sort_indices(missing, sort_keys=[("bytes_unread", "descending"), ("path", "ascending")])
    rows = missing.take(order[:UNREAD]).to_pylist()
    return [_explain(row) for row in rows], missing.num_rows


def _explain(row: Mapping[str, Any]) -> dict[str, Any]:
    kind, _, detail = row["reason"].partition(":")
    kept = {key: row[key] for key in ("path", "size", "media_type", "status", "bytes_unread")}
    return kept | {"kind": kind, "detail": detail.strip()}


def _count_reasons(items: pa.Table) -> dict[str, dict[str, int]]:
    missing = items.filter(pc.not_equal(items["status"], "read"))
    kinds = pc.struct_field(pc.extract_regex(missing["reason"], r"^(?P<kind>[^:]*)"), "kind")
    groups = missing.append_column("kind", kinds).group_by("kind", use_threads=False)
    rows = groups.aggregate([([], "count_all"), ("bytes_unread", "sum")]).to_pylist()
    return {row["kind"]: {"items": row["count_all"], "bytes": row["bytes_unread_sum"]} for row in rows}


def _reasons(reasons: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    rows = [{"kind": kind, "items": e["items"], "bytes": e["bytes"]} for kind, e in reasons.items()]
    return sorted(rows, key=lambda row: (-row["bytes"], -row["items"], row["kind"]))
