"""Decisions as a reader needs them: what each says once, the cards they make, and the table of every decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa

from scanner.inventory.cards import GRAVITY, Card, Deck
from scanner.inventory.codes import OUTCOMES, regimes_key, severity, subject

LISTED = 20_000
"""Decisions listed one by one; cards and sums always count all of them."""

FRAME = pa.schema(
    [
        (name, pa.string())
        for name in ("path", "entity_type", "code", "category", "regime", "reference", "declared", "outcome", "level")
    ]
    + [("card", pa.int64()), ("verdict", pa.int64()), ("count", pa.int64()), ("look", pa.bool_())]
)

COPIED = ("path", "entity_type", "category", "reference", "declared", "level", "count")

NO_CARD = -1
"""Of decisions that ask nothing of anybody."""

_EXCLUDED = "22"
"""The row of the table that sets aside what the client excluded."""

_REVIEW = {"state": "etat", "by": "valide_par", "on": "valide_le"}
"""What people said of a decision."""

Key = tuple[str, str, str]


def unread_kind(decision: Mapping[str, Any]) -> str:
    """The kind of problem, for the decisions that are about what was not read: they carry it as their reference."""
    about = decision["path"] or decision["entity_type"] or decision["category"]
    return "" if about or decision["declared"] != "sans_objet" else str(decision["reference"])


class Ledger:
    """Reads the decisions once and keeps what the inventory shows of them."""

    def __init__(
        self, sentences: Iterable[tuple[str, str]] = (), asks: Callable[[Iterable[str]], bool] = lambda _: True
    ) -> None:
        self._sentences, self._asks = list(sentences), asks
        self.excluded: set[str] = set()
        """Files that the client says hold no real data."""
        self.verdicts: list[dict[str, Any]] = []
        self.frames: list[pa.Table] = []
        self.totals: dict[str, int] = dict.fromkeys(OUTCOMES, 0)
        self.pending = 0
        self.about = {"found": 0, "unread": 0, "missing": 0}
        self.quotations: list[dict[str, str]] = []
        self._cards: dict[tuple[str, bool, str, bool, bool], Card] = {}
        self._known: dict[tuple[Any, ...], int] = {}
        self._rows: list[dict[str, Any]] = []
        self._buffer: list[dict[str, Any]] = []
        self._total = 0

    def read(self, decisions: Iterable[Mapping[str, Any]], wanted: set[Key]) -> dict[Key, list[Any]]:
        """Count every decision; gives outcome, verdict, declared state, level and card of the ``wanted`` findings."""
        answers: dict[Key, list[Any]] = {}
        for decision in decisions:
            verdict = self._verdict(decision)
            card = self._count(decision, verdict)
            key = (decision["path"], decision["entity_type"], regimes_key(decision["regime"]))
            if key in wanted:
                answers[key] = [decision["decisions"][0], verdict, decision["declared"], decision["level"], card]
        self._flush()
        return answers

    def _count(self, decision: Mapping[str, Any], verdict: int) -> int:
        outcome, kind = decision["decisions"][0], unread_kind(decision)
        if decision["regle"] == _EXCLUDED:
            self.excluded.add(decision["path"])
        code = kind or subject(decision["category"], decision["regime"], decision["entity_type"])
        self.totals[outcome] = self.totals.get(outcome, 0) + 1
        self.pending += int(decision["confirmations"]) > 0 and decision.get("etat", "a_valider") in ("", "a_valider")
        self.about["unread" if kind else "found" if decision["path"] else "missing"] += 1
        card = self._card(decision, outcome, code)
        if card is not None:
            card.add(decision, verdict, bool(kind))
        copied = {name: decision[name] for name in COPIED} | {"regime": regimes_key(decision["regime"])}
        index, look = (NO_CARD, False) if card is None else (card.index, card.look)
        self._buffer.append(
            copied | {"code": code, "outcome": outcome, "card": index, "verdict": verdict, "look": look}
        )
        if len(self._buffer) >= 1 << 16:
            self._flush()
        self._list(decision, verdict, index)
        return index

    def _card(self, decision: Mapping[str, Any], outcome: str, code: str) -> Card | None:
        """What asks something of somebody has a card, what is accepted has none."""
        if outcome == "ACCEPTER" and not int(decision["confirmations"]):
            return None
        steps = decision.get("suite") or ()
        # What the provider looks at for itself before it asks is no question to the client yet.
        look = outcome == "DEMANDER_AU_CLIENT" and bool(steps) and not self._asks(steps)
        absent = decision["declared"] == "non_trouve"
        key = (outcome, bool(decision["urgent"]), code, look, absent)
        if key not in self._cards:
            self._cards[key] = Card(len(self._cards), *key)
        return self._cards[key]

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
                    "quotations": self._quotations(decision),
                    "reason": {"fr": reason["fr"], "en": reason["en"]},
                }
            )
        return self._known[key]

    def _quotations(self, decision: Mapping[str, Any]) -> list[int]:
        """The numbers, from 1, of the policy's sentences that a reason holds: rows that are added have their own."""
        held = [(anchor, quote) for anchor, quote in self._sentences if quote in decision["motif"]["fr"]]
        said = dict.fromkeys([(decision["ancre"], decision["citation"]), *held])
        # One sentence may have several anchors, or be the beginning of another one.
        kept = [
            pair for pair in said if pair[1] and not any(pair[1] != other and pair[1] in other for _, other in said)
        ]
        return [self._quotation(anchor, quote) for anchor, quote in kept]

    def _quotation(self, anchor: str, citation: str) -> int:
        quoted = {"anchor": anchor, "citation": citation}
        if quoted not in self.quotations:
            self.quotations.append(quoted)
        return self.quotations.index(quoted) + 1

    def _list(self, decision: Mapping[str, Any], verdict: int, card: int) -> None:
        names = ("path", "entity_type", "category", "regime", "level", "count", "distinct", "declared", "reference")
        row = {name: decision[name] for name in (*names, "confirmations", "urgent")}
        row["places"] = [] if decision["path"] else list(decision["places"])
        row["kind"] = unread_kind(decision)
        row |= {name: str(decision.get(key) or "") for name, key in _REVIEW.items()}
        row |= {"severity": str(decision.get("severite") or ""), "steps": list(decision.get("suite") or ())}
        self._rows.append(row | {"outcome": decision["decisions"][0], "verdict": verdict, "card": card})
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

    def people(self, persons: pa.Table) -> dict[int, int]:
        """Per card, persons shown at its best-identified place, from persons by (code, path, table)."""
        best = persons.group_by(["code", "path"], use_threads=False).aggregate([("persons", "max")])
        places = self.frame().group_by(["card", "code", "path"], use_threads=False).aggregate([])
        joined = places.join(best, keys=["code", "path"], join_type="inner", use_threads=False)
        rows = joined.group_by("card", use_threads=False).aggregate([("persons_max", "max")]).to_pylist()
        return {row["card"]: row["persons_max_max"] for row in rows}

    def table(self, deck: Deck) -> dict[str, Any]:
        """The decisions themselves in the order of their cards; where there are too many, the gravest are kept."""
        rows = sorted(self._rows, key=_gravest)[:LISTED]
        numbered = [row | {"card": deck.number.get(row["card"], 0)} for row in rows]
        numbered.sort(key=lambda row: row["card"] or len(deck.cards) + 1)
        return {"total": self._total, "rows": numbered, "counts": self.totals}

    def deck(self) -> Deck:
        """The cards, the gravest first."""
        return Deck(self._cards.values(), self.frame(), self.verdicts)


def _gravest(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The order of the cards; rows of one file and type stand together."""
    serious = max(severity(code) for code in row["regime"].split(","))
    proposed = (-GRAVITY.index(row["severity"]), -OUTCOMES.get(row["outcome"], 0), not row["urgent"], -serious)
    return (row["card"] == NO_CARD, *proposed, row["path"], row["entity_type"], row["level"])
