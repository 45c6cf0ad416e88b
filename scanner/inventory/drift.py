"""What changed between two runs: findings that are new, gone, moved, grown or judged otherwise, and risks that rose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.inventory.codes import CERTAINTIES, OUTCOMES, regimes_key, severity, subject

KINDS = ("new", "moved", "grown", "shrunk", "newly_declared", "no_longer_declared", "decided", "unread", "gone")
LISTED = 5_000
_DECLARED = {"oui": 2, "hors_emplacement": 1}

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One run as far as two of them are compared: its decisions by key, digests and reading of its files."""

    decisions: Mapping[Key, Mapping[str, Any]]
    digests: Mapping[str, str]
    unread: frozenset[str]

    @classmethod
    def of(cls, decisions: Iterable[Mapping[str, Any]], items: Mapping[str, Sequence[Any]]) -> Seen:
        """From ``decisions.json`` and the columns ``path``, ``digest`` and ``status`` of ``items.parquet``."""
        kept = {(one["path"], one["entity_type"], regimes_key(one["regime"])): one for one in decisions if one["path"]}
        rows = list(zip(items["path"], items["digest"], items["status"], strict=True))
        unread = frozenset(path for path, _, status in rows if status == "unread")
        return cls(kept, {path: digest for path, digest, _ in rows if digest}, unread)


def drift(old: Seen, new: Seen) -> dict[str, Any]:
    """Counts and rows, the risks that rose first; a file that moved is said once for each of its types."""
    moves = _moves(old, new)
    origins = frozenset(moves.values())
    rows = [row for key in sorted({*old.decisions, *new.decisions}) if (row := _row(key, old, new, moves, origins))]
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS}
    files = {kind: len({row["path"] for row in rows if row["kind"] == kind}) for kind in KINDS}
    risen = sum(row["risen"] for row in rows)
    ordered = sorted(rows, key=_order)
    return {"total": len(rows), "risen": risen, "counts": counts, "files": files, "rows": ordered[:LISTED]}


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (not row["risen"], -severity(row["subject"]), KINDS.index(row["kind"]), row["path"], row["entity_type"])


def _moves(old: Seen, new: Seen) -> dict[str, str]:
    """New path -> old path, for files whose content is where it was not and no longer where it was."""
    gone = {path for path, _, _ in old.decisions} - set(new.digests) - new.unread
    came = {path for path, _, _ in new.decisions} - set(old.digests) - old.unread
    by_digest: dict[str, list[str]] = {}
    for path in sorted(gone, reverse=True):
        if path in old.digests:
            by_digest.setdefault(old.digests[path], []).append(path)
    found = {}
    for path in sorted(came):
        if waiting := by_digest.get(new.digests.get(path, "")):
            found[path] = waiting.pop()
    return found


def _row(key: Key, old: Seen, new: Seen, moves: Mapping[str, str], origins: frozenset[str]) -> dict[str, Any] | None:
    path, entity_type, regime = key
    was, now = old.decisions.get(key), new.decisions.get(key)
    before = moves.get(path, "")
    if now is None:
        if path in origins and path not in new.digests:
            return None  # said where it went
        kind = "unread" if path in new.unread else "gone"
    elif before:
        was = old.decisions.get((before, entity_type, regime))
        kind = "moved" if was else "new"
    elif was is None:
        kind = "new"
    else:
        kind = _changed(was, now)
    if not kind:
        return None
    return {
        "kind": kind,
        "path": path,
        "before": before if kind == "moved" else "",
        "entity_type": entity_type,
        "subject": subject((now or was or {})["category"], regime, entity_type),
        "count": [int(was["count"]) if was else 0, int(now["count"]) if now else 0],
        "declared": [was["declared"] if was else "", now["declared"] if now else ""],
        "outcome": [_first(was), _first(now)],
        "level": [was["level"] if was else "", now["level"] if now else ""],
        "risen": bool(now and _risk(now) > (_risk(was) if was else 0) and _risk(now) >= _NOTABLE),
    }


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The first of the changes that a reader wants to know; the others are in the row."""
    declared = [_DECLARED.get(one["declared"], 0) for one in (was, now)]
    if now["count"] > was["count"]:
        return "grown"
    if now["count"] < was["count"]:
        return "shrunk"
    if declared[1] > declared[0]:
        return "newly_declared"
    if declared[1] < declared[0]:
        return "no_longer_declared"
    return "decided" if _answer(was) != _answer(now) else ""


def _first(decision: Mapping[str, Any] | None) -> str:
    return decision["decisions"][0] if decision else ""


def _answer(decision: Mapping[str, Any]) -> tuple[Any, ...]:
    return (decision["regle"], tuple(decision["decisions"]), bool(decision["urgent"]), decision["level"])


_NOTABLE = 30
"""From SECURISER on: a new question to the client is no alarm."""


def _risk(decision: Mapping[str, Any]) -> int:
    outcome = OUTCOMES.get(decision["decisions"][0], 0)
    return 10 * outcome + 5 * bool(decision["urgent"]) + CERTAINTIES.get(decision["level"], 0) // 3
