"""What the slow lanes read of the text, and what follows from that, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.inventory.words import number, percent, shares
from scanner.reporters.language import labels

_OWN = frozenset({"sentences", "meanings"})
"""Lanes that read for special categories, and lose no name."""

_ORDER = ("names", "ner", "sentences", "meanings")


def sentences(inventory: Mapping[str, Any], lang: str) -> Iterator[str]:
    """One sentence a lane: how much it read, and how names are found in the rest."""
    words = labels(lang)["lanes"]
    lanes = inventory["coverage"].get("lanes", [])
    for lane in sorted(lanes, key=lambda one: _ORDER.index(one["name"]) if one["name"] in _ORDER else len(_ORDER)):
        kind = "off" if lane["mode"] == "off" else "all" if lane["mode"] == "all" else "auto" if lane["fit"] else "none"
        own = words["own"].get(lane["name"], words)
        yield own[kind].format(
            part=percent(lane["read"], lane["fit"], lang),
            read=number(lane["read"], lang),
            fit=number(lane["fit"], lang),
            whole=_parts(lane, lang)[""],
            offered=number(lane["offered"], lang),
        )


def reasons(inventory: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Why the lanes left text unread, most first: the reason, and its share of all that the lane was offered."""
    words = labels(lang)["lanes"]
    for lane in inventory["coverage"].get("lanes", []):
        parts = _parts(lane, lang)
        for reason, characters in sorted(lane["skipped"].items(), key=lambda pair: (-pair[1], pair[0])):
            part, offered = parts[reason], number(lane["offered"], lang)
            why = words["reasons"].get(reason, reason)
            left = words["own"].get(lane["name"], words)["left"]
            yield left.format(why=why, n=number(characters, lang), part=part, offered=offered)


def _parts(lane: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Of all that a lane was offered, the share that it read (under no name) and those that it left, by reason."""
    left = lane["skipped"]
    return dict(zip(["", *left], shares(lane["read"], list(left.values()), lane["offered"], lang), strict=True))


def bound(inventory: Mapping[str, Any], lang: str) -> Iterator[str]:
    """What may be lost where lanes chose what to read."""
    if any(lane["mode"] == "auto" and lane["name"] not in _OWN for lane in inventory["coverage"].get("lanes", [])):
        yield labels(lang)["lanes"]["bound"]
