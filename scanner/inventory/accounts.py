"""How the numbers agree: files, findings, decisions and cards, each sum with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.certainty import files_by_level
from scanner.inventory.codes import OUTCOMES, SENSITIVE, SURE
from scanner.inventory.standing import by_file, files_by_state, standing
from scanner.inventory.verdicts import NO_CARD, Ledger


def accounts(
    items: Mapping[str, int],
    rows: pa.Table,
    counted: pa.Table,
    cards: Sequence[Mapping[str, Any]],
    ledger: Ledger,
) -> dict[str, Any]:
    """Sums of the four things that are counted, by what is proposed; ``items`` are those of the coverage."""
    outcomes = {name: {"findings": 0, "decisions": ledger.totals.get(name, 0), "cards": 0} for name in OUTCOMES}
    sums = counted.group_by("outcome", use_threads=False).aggregate([("findings", "sum")]).to_pylist()
    for row in sums:
        outcomes[row["outcome"]]["findings"] = row["findings_sum"]
    for card in cards:
        outcomes[card["outcome"]]["cards"] += 1
    carded = sum(card["decisions"] for card in cards)
    return {
        "files": dict(items) | {"with_findings": pc.count_distinct(rows["path"]).as_py()},
        "findings": {"total": rows.num_rows, "carded": sum(card["findings"] for card in cards)},
        "decisions": {
            "total": sum(ledger.totals.values()),
            "carded": carded,
            "pending": ledger.pending,
            "about": dict(ledger.about),
        },
        "cards": len(cards),
        "outcomes": outcomes,
    }


def findings_by_card(counted: pa.Table) -> dict[int, int]:
    """Findings under the decisions of each card."""
    kept = counted.filter(pc.not_equal(counted["card"], NO_CARD)).group_by("card", use_threads=False)
    return {row["card"]: row["findings_sum"] for row in kept.aggregate([("findings", "sum")]).to_pylist()}


def sensitive(decided: pa.Table) -> dict[str, Any]:
    """Files with special categories, those that are sure apart from hints, by their state."""
    special = decided.filter(pc.is_in(decided["code"], value_set=pa.array(SENSITIVE)))
    special = special.append_column("all", pa.array([""] * special.num_rows, pa.string()))
    sure = special.filter(pc.is_in(special["level"], value_set=SURE))
    states = files_by_state(sure, "all").get("", {})
    files = sum(states.values())
    every = by_file(special, "all").num_rows
    codes = sorted(set(sure["code"].to_pylist()), key=SENSITIVE.index)
    kept = {state: count for state, count in states.items() if count}
    counts = {"files": files, "hints": every - files, "certainty": files_by_level(sure, "all").get("", {})}
    return {**counts, "declared": kept, "standing": standing(kept), "codes": codes}


def undeclared(frame: pa.Table) -> dict[str, int]:
    """Files with data that nobody declared, those with no more than a hint of such data apart, and those of which all
    that was not declared for its place was declared for another one.
    """
    every = frame.select(["path", "declared"]).append_column("all", pa.array([""] * frame.num_rows, pa.string()))
    more = every.filter(pc.not_equal(frame["level"], "INDICE"))
    states, found = (files_by_state(one, "all").get("", {}) for one in (every, more))
    files = found.get("non", 0)
    return {"files": files, "hints": states.get("non", 0) - files, "elsewhere": states.get("hors_emplacement", 0)}
