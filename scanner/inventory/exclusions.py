"""What the client says holds no real data: where, why, on whose word, and how many files that sets aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scanner.declaration.perimeter import covers


def exclusions(declaration: Mapping[str, Any], excluded: Collection[str]) -> list[dict[str, Any]]:
    """Every declared exclusion with the files that were found and set aside under it, each file once."""
    left, rows = set(excluded), []
    for line in declaration.get("exclusions") or []:
        place = str(line.get("emplacement") or "")
        under = {path for path in left if covers(place, path)}
        left -= under
        kept = {"place": place, "reason": line.get("motif"), "by": line.get("valide_par"), "until": line.get("expire")}
        rows.append({name: str(value or "") for name, value in kept.items()} | {"files": len(under)})
    return rows
