"""What was read and what was not, in bytes and in items, with the reason of each loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.facts import Source, batches
from scanner.inventory.worries import worrying

UNREAD = 20_000
"""Unread or partly read items listed one by one; sums always count all of them."""

ITEMS = pa.schema(
    {
        **dict.fromkeys(("path", "media_type", "status", "reason", "oldest", "newest"), pa.string()),
        **dict.fromkeys(("size", "bytes_read", "bytes_unread", "modified"), pa.int64()),
    }
)
UNFIT = ("not_prose", "foreign")
"""Reasons for which a lane leaves text that is not for it, whatever the time."""
STATUSES = ("read", "partial", "unread")
_SUMMED = ("items", "bytes_read", "bytes_unread", "bytes_listed")


Sums = dict[str, dict[str, int]]
"""Items and bytes by status."""


def gather(source: Source, found: pa.Array) -> tuple[pa.Table, Sums]:
    """The items that are told of one by one, and the sums of all.

    Those are what was not read and the paths ``found``: of a million read files nothing else is said.
    """
    sums: Sums = {status: dict.fromkeys(_SUMMED, 0) for status in STATUSES}
    pieces = [ITEMS.empty_table()]
    for piece in batches(source, ITEMS):
        _add(sums, piece)
        unread = pc.not_equal(piece["status"], "read")
        pieces.append(piece.filter(pc.or_(unread, pc.is_in(piece["path"], value_set=found))))
    return pa.concat_tables(pieces), sums


def coverage(items: pa.Table, statuses: Sums, run: Mapping[str, Any]) -> dict[str, Any]:
    """Bytes and items by status and by reason; percentages are of the listed items' bytes."""
    known = run.get("coverage") or {}
    volume = known.get("volume") or _volume(statuses)
    volume = {key: int(volume.get(key, 0)) for key in ("bytes", "bytes_read", "bytes_unread")}
    partial = min(_partial_read(items), volume["bytes_read"])
    rows, total = _unread(items)
    counts = {status: entry["items"] for status, entry in statuses.items()}
    return {
        "items": counts | {"total": sum(counts.values())},
        "bytes": statuses,
        "volume": volume | {"bytes_partial": partial},
        "reasons": _reasons(items, volume["bytes_unread"]),
        "unmeasured": _unmeasured(items),
        "worrying": worrying(items),
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
        rows.append({"name": name, "mode": share.get("mode", ner.get("mode", "")), **kept, "skipped": skipped})
    return rows


def _add(sums: Sums, items: pa.Table) -> None:
    """Add a piece of the items to the sums of all."""
    groups = items.group_by("status", use_threads=False)
    for row in groups.aggregate([([], "count_all"), ("bytes_read", "sum"), ("bytes_unread", "sum")]).to_pylist():
        entry = sums[row["status"]]
        entry["items"] += row["count_all"]
        entry["bytes_read"] += row["bytes_read_sum"]
        entry["bytes_unread"] += row["bytes_unread_sum"]
    # What lies in an archive has its bytes in those of the archive: only listed files sum to the volume.
    listed = items.filter(pc.invert(pc.match_substring(items["path"], "!"))).group_by("status", use_threads=False)
    for row in listed.aggregate([("bytes_read", "sum"), ("bytes_unread", "sum")]).to_pylist():
        sums[row["status"]]["bytes_listed"] += row["bytes_read_sum"] + row["bytes_unread_sum"]


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
    # What is cut off has no length that anybody could know: zero bytes would read as nothing lost.
    return kept | {"kind": kind, "detail": detail.strip(), "measured": row["bytes_unread"] > 0}


def _reasons(items: pa.Table, unread: int) -> list[dict[str, Any]]:
    """Files that were not read in full by their reason, and the bytes of the volume that it takes: both sum exactly.

    A container that holds unread members is one more file, and its bytes are those of what is the matter inside it.
    """
    missing = items.filter(pc.not_equal(items["status"], "read"))
    rows = missing.select(["path", "bytes_unread"]).append_column("kind", _kinds(missing))
    counts = rows.group_by("kind", use_threads=False).aggregate([([], "count_all")]).to_pylist()
    unmeasured = rows.filter(pc.equal(rows["bytes_unread"], 0)).group_by("kind", use_threads=False)
    unknown = {row["kind"]: row["count_all"] for row in unmeasured.aggregate([([], "count_all")]).to_pylist()}
    lost = _lost(rows, unread)
    named = {row["kind"]: row["count_all"] for row in counts}
    why = _one_reason(missing)
    kinds = [*named, *(kind for kind in lost if kind not in named)]
    reasons = [
        {
            "kind": k,
            "items": named.get(k, 0),
            "bytes": lost.get(k, 0),
            "unmeasured": unknown.get(k, 0),
            "detail": why.get(k, ""),
        }
        for k in kinds
    ]
    return sorted(reasons, key=lambda row: (row["kind"] == HOLDS, -row["bytes"], -row["items"], row["kind"]))


def _one_reason(missing: pa.Table) -> dict[str, str]:
    """What readers said of a kind, where they all said the same."""
    said: dict[str, set[str]] = {}
    for text in missing["reason"].unique().to_pylist():
        kind, _, told = text.partition(":")
        said.setdefault(kind, set()).add(told.strip())
    return {kind: next(iter(told)) for kind, told in said.items() if len(told) == 1}


def set_partial(cards: Iterable[dict[str, Any]], items: pa.Table) -> None:
    """Add ``partial`` to each card: of the files of one that is about what was not read, those of which a part was."""
    begun = items.filter(pc.equal(items["status"], "partial"))
    groups = begun.select(["path"]).append_column("kind", _kinds(begun)).group_by("kind", use_threads=False)
    counts = {row["kind"]: row["count_all"] for row in groups.aggregate([([], "count_all")]).to_pylist()}
    for card in cards:
        card["partial"] = min(counts.get(card["subject"], 0), card["unread"])


def _unmeasured(items: pa.Table) -> int:
    """Files that lost something that nobody can measure; containers lose what their members do."""
    missing = items.filter(pc.and_(pc.not_equal(items["status"], "read"), pc.equal(items["bytes_unread"], 0)))
    return int(pc.sum(pc.not_equal(_kinds(missing), HOLDS).cast(pa.int64())).as_py() or 0) if missing.num_rows else 0


HOLDS = "members"
"""The reason of a container whose members were not all read."""


def _kinds(missing: pa.Table) -> Any:
    return pc.struct_field(pc.extract_regex(missing["reason"], r"^(?P<kind>[^:]*)"), "kind")


def _lost(rows: pa.Table, unread: int) -> dict[str, int]:
    """Bytes of the volume by reason: those of listed files alone, so that no byte counts twice."""
    inner = pc.match_substring(rows["path"], "!")
    causes = _causes(rows.filter(inner))
    lost: dict[str, int] = {}
    for row in rows.filter(pc.invert(inner)).to_pylist():
        kind = causes.get(row["path"], HOLDS) if row["kind"] == HOLDS else row["kind"]
        lost[kind] = lost.get(kind, 0) + row["bytes_unread"]
    if rest := max(0, unread - sum(lost.values())):  # of members, by containers that were read themselves
        lost[HOLDS] = lost.get(HOLDS, 0) + rest
    return {kind: size for kind, size in lost.items() if size}


def _causes(inner: pa.Table) -> dict[str, str]:
    """Per listed file, the reason that takes most of what is unread inside it."""
    roots = pc.struct_field(pc.extract_regex(inner["path"], r"^(?P<root>[^!]*)"), "root")
    found = inner.append_column("root", roots).filter(pc.not_equal(inner["kind"], HOLDS))
    groups = found.group_by(["root", "kind"], use_threads=False).aggregate([("bytes_unread", "sum")]).to_pylist()
    ranked = sorted(groups, key=lambda row: (row["bytes_unread_sum"], row["kind"]))
    return {row["root"]: row["kind"] for row in ranked}
