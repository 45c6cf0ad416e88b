"""What people said of alerts, kept from run to run: states with who and when, and suppressions that end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.declaration.perimeter import covers

FILE = "triage.json"
OPEN, CONFIRMED, FALSE, ACCEPTED, CORRECTED = STATES = (
    "a_valider",
    "confirmee",
    "faux_positif",
    "acceptee",
    "corrigee",
)
SCHEMA = "recense-triage/1"


class Unknown(LookupError):
    """No alert has this token, or several begin with it."""


@dataclass(slots=True)
class Ledger:
    """By keyed token of an alert: its state and who set it, when it was first and last met."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    suppressions: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Ledger:
        """The ledger of a file; an empty one when there is none. ``ValueError`` when it is something else."""
        if not path.exists():
            return cls()
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ValueError(f"{path}: not a {SCHEMA} file")
        return cls(data["entries"], data["suppressions"])

    def save(self, path: Path) -> None:
        """Write it whole or not at all, for its owner only."""
        data = {"schema": SCHEMA, "entries": self.entries, "suppressions": self.suppressions}
        part = path.with_name(path.name + ".part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
        part.replace(path)

    def meet(self, alerts: Iterable[tuple[dict[str, Any], str]], when: str) -> list[dict[str, Any]]:
        """Alerts of a run, each with its real path: they get their state, and what was corrected is open again."""
        met = []
        for alert, path in alerts:
            entry = self.entries.setdefault(alert["dedup"], {"etat": OPEN, "premiere": when, "historique": []})
            if entry["etat"] == CORRECTED and when > entry.get("derniere", ""):
                self._note(entry, OPEN, "recense", when, "constat de nouveau présent")
            entry["derniere"] = max(when, entry.get("derniere", ""))
            entry["confirmations_requises"] = alert["confirmations"]
            told = {"etat": entry["etat"], "premiere_detection": entry["premiere"], "revue": _review(entry)}
            ended = self.suppression(alert, path, when[:10])
            if ended is not None and entry["etat"] == OPEN:
                told |= {"etat": ACCEPTED, "suppression": {key: ended[key] for key in ("motif", "par", "expire")}}
            met.append(alert | told)
        return met

    @property
    def reviewed(self) -> bool:
        """Whether anybody said anything yet."""
        return any(entry["historique"] for entry in self.entries.values())

    def suppression(self, alert: Mapping[str, Any], path: str, day: str) -> dict[str, str] | None:
        """What keeps an alert from being told, until its day."""
        for one in self.suppressions:
            about = one.get("type") in (None, "", alert["constat"]["type"]) and covers(one["emplacement"], path)
            if about and day <= one["expire"]:
                return one
        return None

    def find(self, token: str) -> str:
        """The whole token that begins like this."""
        found = [one for one in self.entries if one.partition(":")[2].startswith(token.partition(":")[2] or token)]
        if len(found) != 1:
            raise Unknown(f"{token}: {'no alert' if not found else f'{len(found)} alerts'} with this number")
        return found[0]

    def set(self, token: str, state: str, by: str, when: str, note: str = "") -> dict[str, Any]:
        """Set a state; an alert that takes two people is confirmed when a second one says so."""
        entry = self.entries[self.find(token)]
        if state == CONFIRMED:
            named = entry.setdefault("confirmations", [])
            if by not in named:
                named.append(by)
            if len(named) < entry.get("confirmations_requises", 1):
                self._note(entry, OPEN, by, when, note or f"confirmation {len(named)}")
                return entry
        else:
            entry["confirmations"] = []
        self._note(entry, state, by, when, note)
        return entry

    def suppress(self, place: str, entity_type: str, reason: str, by: str, expires: str) -> None:
        """No alert about a place (and a type) until a day, for a reason, on somebody's word."""
        self.suppressions.append(
            {"emplacement": place, "type": entity_type, "motif": reason, "par": by, "expire": expires}
        )

    @staticmethod
    def _note(entry: dict[str, Any], state: str, by: str, when: str, note: str) -> None:
        entry["etat"] = state
        entry["historique"].append({"etat": state, "par": by, "le": when, "note": note})


def _review(entry: Mapping[str, Any]) -> dict[str, str] | None:
    """Who spoke last of it."""
    if not entry["historique"]:
        return None
    last = entry["historique"][-1]
    return {"par": last["par"], "le": last["le"], "note": last["note"]}
