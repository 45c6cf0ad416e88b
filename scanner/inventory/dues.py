"""By when each card is to be dealt with, where the policy says how long such cards may wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from scanner.policy.circumstances import ends
from scanner.policy.rulebook import Delay


def set_dues(cards: Iterable[dict[str, Any]], delay: Callable[[str], Delay | None], day: str) -> None:
    """Add ``due`` to each card: a day in ISO form, empty where the policy sets no delay."""
    for card in cards:
        found = delay("unread" if card["unread"] else "urgent" if card["urgent"] else card["severity"])
        known = found is not None and day
        card["due"] = ends(date.fromisoformat(day), found.length, found.unit).isoformat() if found and known else ""
