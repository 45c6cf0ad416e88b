"""Cards: what there is to do, decisions with the same proposal on the same subject together, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.certainty import best, by_level, files_by_level, reasons
from scanner.inventory.codes import CERTAINTIES, OUTCOMES, position, regimes_key, severity
from scanner.inventory.spots import Spots
from scanner.inventory.standing import STATES, by_file, files_by_state, standing
from scanner.model import Evidence

PLACES = 100
"""Files that a card names; the sum counts all."""

REASON_PLACES = 2

GRAVITY = ("", "Négligeable", "Limitée", "Importante", "Maximale")
"""The four words of the CNIL's method, mildest first."""

Place = tuple[int, int, str, str]
On = tuple[int, str]
"""A card and a file on it."""


@dataclass(slots=True)
class Card:
    """One thing to do, while its decisions are counted."""

    index: int
    outcome: str
    urgent: bool
    subject: str
    look: bool = False
    """The provider looks at it itself, before the client is asked anything."""
    absent: bool = False
    """It is about what was declared and not found, so that it names no file."""
    unread: int = 0
    """Files that were not read, for the cards about those."""
    decisions: int = 0
    outcomes: set[str] = field(default_factory=set)
    verdicts: dict[int, int] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)
    types: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    first: list[Place] = field(default_factory=list)
    values: int = 0
    confirmations: int = 0
    severity: str = ""
    """The gravest of its decisions."""
    states: dict[str, int] = field(default_factory=dict)
    steps: dict[str, None] = field(default_factory=dict)
    evidence: dict[str, None] = field(default_factory=dict)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    """Types under their regimes."""

    def add(self, decision: Mapping[str, Any], verdict: int, unread: bool) -> None:
        """Count one more decision under this card."""
        self.decisions += 1
        self.outcomes.update(decision["decisions"])
        self.verdicts[verdict] = self.verdicts.get(verdict, 0) + 1
        self.confirmations = max(self.confirmations, int(decision["confirmations"]))
        self.severity = max(self.severity, str(decision.get("severite") or ""), key=GRAVITY.index)
        state = str(decision.get("etat") or "a_valider")
        self.states[state] = self.states.get(state, 0) + 1
        self.steps |= dict.fromkeys(decision.get("suite") or ())
        self.evidence |= dict.fromkeys(decision.get("evidence") or ())
        if unread:
            self.unread += int(decision["count"])
            self.first += [(0, 0, path, "") for path in decision["places"][:PLACES]]
        elif decision["path"]:
            self._add_found(decision)
        else:
            self.references.add(decision["reference"])
            self.types.setdefault(decision["entity_type"], 0)

    def _add_found(self, decision: Mapping[str, Any]) -> None:
        level, count = decision["level"], int(decision["count"])
        self.references.update([decision["reference"]] if decision["reference"] else [])
        self.types[decision["entity_type"]] = self.types.get(decision["entity_type"], 0) + count
        self.kinds.add((decision["entity_type"], regimes_key(decision["regime"])))
        self.levels[level] = self.levels.get(level, 0) + 1
        self.values += count
        self.first.append((-CERTAINTIES.get(level, 0), -count, decision["path"], decision["entity_type"]))
        if len(self.first) > 8 * PLACES:
            self.first = _distinct(self.first)


def _distinct(rows: Iterable[Place]) -> list[Place]:
    kept: dict[str, Place] = {}
    for row in sorted(rows):
        kept.setdefault(row[2], row)
        if len(kept) == PLACES:
            break
    return list(kept.values())


def ordered(cards: Iterable[Card], files: Mapping[int, int]) -> list[Card]:
    """By gravity, then by what is proposed: the one order of the page."""

    def key(card: Card) -> tuple[Any, ...]:
        proposed = (-GRAVITY.index(card.severity), -OUTCOMES.get(card.outcome, 0), not card.urgent)
        return (*proposed, -severity(card.subject), -files.get(card.index, 0), position(card.subject), card.index)

    return sorted(cards, key=key)


class Deck:
    """The cards of one inventory with what only all decisions together can tell."""

    def __init__(self, cards: Iterable[Card], frame: pa.Table, verdicts: Sequence[Mapping[str, Any]]) -> None:
        carded = frame.filter(pc.greater_equal(frame["card"], 0))
        self.verdicts = verdicts
        self._states = files_by_state(carded, "card")
        files = {index: sum(states.values()) for index, states in self._states.items()}
        self.cards = ordered(cards, files)
        self.number = {card.index: n for n, card in enumerate(self.cards, start=1)}
        self._reasons = reasons(carded)
        self._sure = files_by_level(carded, "card")
        self._on, self._state, self._level = self._beside(carded)

    def _beside(self, frame: pa.Table) -> tuple[dict[str, list[int]], dict[On, str], dict[On, str]]:
        """The cards on which each named file stands, with its state and its certainty on each of them."""
        named = pa.array(sorted({row[2] for card in self.cards for row in _distinct(card.first)}), pa.string())
        about = frame.filter(pc.is_in(frame["path"], value_set=named))
        rows = by_file(about, "card").to_pylist()
        on: dict[str, set[int]] = {}
        for row in rows:
            on.setdefault(row["path"], set()).add(self.number[row["card"]])
        state = {(row["card"], row["path"]): STATES[row["rank"]] for row in rows}
        level = {(row["card"], row["path"]): row["level"] for row in best(about, "card").to_pylist()}
        return {path: sorted(numbers) for path, numbers in on.items()}, state, level

    def as_list(self, people: Mapping[int, int], findings: Mapping[int, int], spots: Spots) -> list[dict[str, Any]]:
        """Plain data of the cards in their order, everything sorted."""
        return [self._plain(card, people, findings) | self._where(card, spots) for card in self.cards]

    def _where(self, card: Card, spots: Spots) -> dict[str, Any]:
        return {"places": [self._place(card, row, spots) for row in _distinct(card.first)]}

    def _plain(self, card: Card, people: Mapping[int, int], findings: Mapping[int, int]) -> dict[str, Any]:
        states = {state: count for state, count in self._states.get(card.index, {}).items() if count}
        return {
            "number": self.number[card.index],
            "outcome": card.outcome,
            "outcomes": sorted(card.outcomes, key=lambda name: -OUTCOMES.get(name, 0)),
            "urgent": card.urgent,
            "severity": card.severity,
            "subject": card.subject,
            "types": sorted((t for t in card.types if t), key=lambda t: (-card.types[t], t)),
            "levels": {level: card.levels[level] for level in sorted(card.levels, key=by_level)},
            "certainty": self._sure.get(card.index, {}),
            "declared": states,
            "standing": standing(states),
            "references": sorted(card.references),
            "files": sum(states.values()) + card.unread,
            "findings": findings.get(card.index, 0),
            "decisions": card.decisions,
            "values": card.values,
            "persons_min": people.get(card.index, 0),
            "reasons": [self._reason(card, verdict, count) for verdict, count in _most(card.verdicts)],
            "steps": list(card.steps),
            "confirmations": card.confirmations,
            "states": dict(sorted(card.states.items())),
            "unread": card.unread,
            "look": card.look,
            "absent": card.absent,
            "evidence": list(Evidence.ordered(card.evidence)),
        }

    def _place(self, card: Card, row: Place, spots: Spots) -> dict[str, Any]:
        number, path = self.number[card.index], row[2]
        others = [other for other in self._on.get(path, []) if other != number]
        state = self._state.get((card.index, path), "")
        where = spots.of(path, card.kinds) if not card.unread else []
        level = self._level.get((card.index, path), "")
        return {"path": path, "type": row[3], "level": level, "spots": where, "declared": state, "cards": others}

    def _reason(self, card: Card, verdict: int, count: int) -> dict[str, Any]:
        files, first, levels = self._reasons.get((card.index, verdict), (card.unread, [], []))
        kept = {"verdict": verdict, "rule": self.verdicts[verdict]["rule"], "decisions": count}
        return kept | {
            "files": files,
            "levels": levels,
            "first": first or [row[2] for row in card.first][:REASON_PLACES],
        }


def _most(verdicts: Mapping[int, int]) -> list[tuple[int, int]]:
    return sorted(verdicts.items(), key=lambda pair: (-pair[1], pair[0]))
