"""Decisions as a reader needs them: cards of what to do, and the table of every decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa

from scanner.inventory.codes import CERTAINTIES, OUTCOMES, position, severity, subject

LISTED = 20_000
"""Decisions listed one by one; cards and sums always count all of them."""

FIRST_PLACES = 2

FRAME = pa.schema(
    [
        (name, pa.string())
        for name in ("path", "entity_type", "code", "category", "reference", "declared", "outcome", "level")
    ]
    + [("card", pa.int64()), ("verdict", pa.int64()), ("count", pa.int64())]
)

COPIED = ("path", "entity_type", "category", "reference", "declared", "level", "count")

Key = tuple[str, str, str]


@dataclass(slots=True)
class Card:
    """One thing to do: all decisions with the same outcome, rule and subject."""

    index: int
    outcome: str
    rule: str
    subject: str
    verdict: int
    declared: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    types: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    first: list[tuple[int, int, str, str, tuple[str, ...]]] = field(default_factory=list)
    values: int = 0
    confirmations: int = 0
    urgent: bool = False

    unread: int = 0

    def add(self, decision: Mapping[str, Any]) -> None:
        """Count one more decision under this card."""
        self.outcomes.update(decision["decisions"])
        self.confirmations = max(self.confirmations, int(decision["confirmations"]))
        self.urgent = self.urgent or bool(decision["urgent"])
        if unread_kind(decision):
            self.unread += int(decision["count"])
            self.first += [(0, 0, path, "", ()) for path in decision["places"][:FIRST_PLACES]]
        elif decision["path"]:
            self._add_found(decision)

    def _add_found(self, decision: Mapping[str, Any]) -> None:
        path, level, count = decision["path"], decision["level"], int(decision["count"])
        self.paths.add(path)
        self.declared.add(decision["declared"])
        self.references.update([decision["reference"]] if decision["reference"] else [])
        self.types[decision["entity_type"]] = self.types.get(decision["entity_type"], 0) + count
        self.levels[level] = self.levels.get(level, 0) + 1
        self.values += count
        places = tuple(decision["places"][:FIRST_PLACES])
        self.first.append((-CERTAINTIES.get(level, 0), -count, path, decision["entity_type"], places))
        if len(self.first) > 64:
            self.first = _distinct(sorted(self.first))

    def as_dict(self, verdicts: list[dict[str, Any]]) -> dict[str, Any]:
        """Plain data of the card, everything sorted."""
        verdict = verdicts[self.verdict]
        return {
            "outcome": self.outcome,
            "outcomes": sorted(self.outcomes, key=lambda name: -OUTCOMES.get(name, 0)),
            "rule": self.rule,
            "subject": self.subject,
            "types": sorted((t for t in self.types if t), key=lambda t: (-self.types[t], t)),
            "levels": {level: self.levels[level] for level in sorted(self.levels, key=_by_level)},
            "declared": sorted(self.declared),
            "references": sorted(self.references),
            "places": {
                "total": len(self.paths) + self.unread,
                "first": [{"path": row[2], "type": row[3], "places": list(row[4])} for row in _distinct(self.first)],
            },
            "values": self.values,
            "confirmations": self.confirmations,
            "urgent": self.urgent,
            "unread": self.unread,
            **{key: verdict[key] for key in ("anchor", "citation", "reason")},
        }


def unread_kind(decision: Mapping[str, Any]) -> str:
    """The kind of problem, for the decisions that are about what was not read: they carry it as their reference."""
    about = decision["path"] or decision["entity_type"] or decision["category"]
    return "" if about or decision["declared"] != "sans_objet" else str(decision["reference"])


@lru_cache(maxsize=4096)
def regimes_key(regime: str) -> str:
    """Regimes in one order, whoever wrote them."""
    return ",".join(sorted(code.strip() for code in regime.split(",") if code.strip()))


def _by_level(level: str) -> int:
    return -CERTAINTIES.get(level, 0)


def _distinct(rows: list[tuple[int, int, str, str, tuple[str, ...]]]) -> list[Any]:
    seen: set[str] = set()
    kept: list[Any] = []
    for row in sorted(rows):
        if row[2] not in seen and len(kept) < FIRST_PLACES:
            seen.add(row[2])
            kept.append(row)
    return kept


class Ledger:
    """Reads the decisions once and keeps what the inventory shows of them."""

    def __init__(self) -> None:
        self.verdicts: list[dict[str, Any]] = []
        self.frames: list[pa.Table] = []
        self.totals: dict[str, int] = dict.fromkeys(OUTCOMES, 0)
        self.pending = 0
        self._cards: dict[tuple[str, str, str, int], Card] = {}
        self._known: dict[tuple[Any, ...], int] = {}
        self._rows: list[dict[str, Any]] = []
        self._buffer: list[dict[str, Any]] = []
        self._total = 0

    def read(self, decisions: Iterable[Mapping[str, Any]], wanted: set[Key]) -> dict[Key, list[Any]]:
        """Count every decision; gives outcome, verdict and declared state of the ``wanted`` findings."""
        answers: dict[Key, list[Any]] = {}
        for decision in decisions:
            verdict = self._verdict(decision)
            self._count(decision, verdict)
            key = (decision["path"], decision["entity_type"], regimes_key(decision["regime"]))
            if key in wanted:
                answers[key] = [decision["decisions"][0], verdict, decision["declared"]]
        self._flush()
        return answers

    def _count(self, decision: Mapping[str, Any], verdict: int) -> None:
        outcome = decision["decisions"][0]
        code = unread_kind(decision) or subject(decision["category"], decision["regime"], decision["entity_type"])
        self.totals[outcome] = self.totals.get(outcome, 0) + 1
        self.pending += int(decision["confirmations"]) > 0
        key = (outcome, decision["regle"], code, verdict)
        if key not in self._cards:
            self._cards[key] = Card(len(self._cards), outcome, decision["regle"], code, verdict)
        self._cards[key].add(decision)
        copied = {name: decision[name] for name in COPIED}
        self._buffer.append(
            copied | {"code": code, "outcome": outcome, "card": self._cards[key].index, "verdict": verdict}
        )
        if len(self._buffer) >= 1 << 16:
            self._flush()
        self._list(decision, verdict)

    def _verdict(self, decision: Mapping[str, Any]) -> int:
        outcomes = tuple(decision["decisions"])
        reason = decision["motif"]
        key = (decision["regle"], outcomes, decision["ancre"], decision["citation"], reason["fr"], reason["en"])
        if key not in self._known:
            self._known[key] = len(self.verdicts)
            self.verdicts.append(
                {
                    "rule": decision["regle"],
                    "outcomes": list(outcomes),
                    "anchor": decision["ancre"],
                    "citation": decision["citation"],
                    "reason": {"fr": reason["fr"], "en": reason["en"]},
                }
            )
        return self._known[key]

    def _list(self, decision: Mapping[str, Any], verdict: int) -> None:
        names = ("path", "entity_type", "category", "regime", "level", "count", "distinct", "declared", "reference")
        row = {name: decision[name] for name in (*names, "confirmations", "urgent")}
        row["places"] = [] if decision["path"] else list(decision["places"][:FIRST_PLACES])
        row["kind"] = unread_kind(decision)
        self._rows.append(row | {"outcome": decision["decisions"][0], "verdict": verdict})
        self._total += 1
        if len(self._rows) > 3 * LISTED:
            self._rows = sorted(self._rows, key=_gravest)[:LISTED]

    def _flush(self) -> None:
        if self._buffer:
            self.frames.append(pa.Table.from_pylist(self._buffer, schema=FRAME))
            self._buffer = []

    def frame(self) -> pa.Table:
        """Every decision as a row of codes, to join with findings and items."""
        return pa.concat_tables(self.frames) if self.frames else FRAME.empty_table()

    def people(self, persons: pa.Table) -> dict[int, dict[str, int]]:
        """Per card, persons shown at its best-identified place, from persons by (code, path, table)."""
        best = persons.group_by(["code", "path"], use_threads=False).aggregate([("persons", "max")])
        places = self.frame().group_by(["card", "code", "path"], use_threads=False).aggregate([])
        joined = places.join(best, keys=["code", "path"], join_type="inner", use_threads=False)
        rows = joined.group_by("card", use_threads=False).aggregate([("persons_max", "max")]).to_pylist()
        return {row["card"]: {"persons_min": row["persons_max_max"]} for row in rows}

    def table(self) -> dict[str, Any]:
        """The decisions themselves, the gravest first."""
        return {"total": self._total, "rows": sorted(self._rows, key=_gravest)[:LISTED], "counts": self.totals}

    def cards(self) -> list[Card]:
        """The cards with something to do, the most pressing first."""
        return sorted((c for c in self._cards.values() if c.outcome != "ACCEPTER"), key=_pressing)


def _gravest(row: Mapping[str, Any]) -> tuple[Any, ...]:
    serious = max(severity(code) for code in row["regime"].split(","))
    return (
        -OUTCOMES.get(row["outcome"], 0),
        not row["urgent"],
        -serious,
        row["path"],
        row["entity_type"],
        row["level"],
    )


def _pressing(card: Card) -> tuple[Any, ...]:
    place = (-OUTCOMES.get(card.outcome, 0), not card.urgent, -severity(card.subject))
    return (*place, -len(card.paths), position(card.subject), card.rule, card.verdict)
