"""Which of what was not read worries most: content that somebody closed, under a name that speaks of persons."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.policy.circumstances import circumstances

_WORD = re.compile(r"[^\W\d_]+")
_CLOSED = "encrypted"
_HOLDS = "members"


def worrying(items: pa.Table) -> dict[str, Any] | None:
    """The first by its name, then by its being closed on purpose, then by its size; None where no name tells."""
    missing = items.filter(pc.not_equal(items["status"], "read")).select(["path", "reason", "size"])
    rows = [row | {"kind": row["reason"].partition(":")[0]} for row in missing.to_pylist()]
    told = [(row, telling(row["path"])) for row in rows if row["kind"] != _HOLDS]
    ranked = [pair for pair in told if pair[1]]
    if not ranked:
        return None
    row, word = min(ranked, key=lambda pair: _rank(pair[0]))
    return {"path": row["path"], "kind": row["kind"], "word": word, "others": len(ranked) - 1}


def telling(path: str) -> str:
    """The word of a path that speaks of persons, nearest to the file's own name."""
    known = circumstances().telling
    words = [word.lower() for word in _WORD.findall(path)]
    return next((word for word in reversed(words) if word in known or word.removesuffix("s") in known), "")


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["kind"] != _CLOSED, -row["size"], row["path"])
