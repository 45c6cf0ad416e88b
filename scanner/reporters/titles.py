"""What a card is called, and what keeps it from being more than a hint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scanner.inventory.words import listing, plural
from scanner.model import Evidence
from scanner.policy.register import EITHER
from scanner.reporters.language import COLON, SEMICOLON, detail, labels, named
from scanner.reporters.proposals import either

NAMED = 3
"""Types that the title of a card names, where its subject says only what they are not."""


def headings(inventory: Mapping[str, Any], lang: str) -> Callable[[Mapping[str, Any]], str]:
    """What to call the cards of one inventory."""
    words = labels(lang)

    def heading(card: Mapping[str, Any]) -> str:
        """What a card is about: a code of the axes, or a reason why something was not read."""
        subject = card["subject"]
        if card["unread"]:
            return str(words["todo"][_extent(inventory, card)].format(kind=_kind(inventory, subject, lang)))
        return _titled(inventory, card, lang)

    return heading


_CUT = "truncated"
"""What readers say of a file that ends before it should."""


def _extent(inventory: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    """Whether nothing of the files was read, a part of each, or all but their end."""
    if card["partial"] < card["unread"]:
        return "unread"
    return "end" if _detail(inventory, card["subject"]) == _CUT else "partial"


def _detail(inventory: Mapping[str, Any], kind: str) -> str:
    reasons = inventory["coverage"]["reasons"]
    return next((str(row["detail"]) for row in reasons if row["kind"] == kind), "")


def _kind(inventory: Mapping[str, Any], kind: str, lang: str) -> str:
    """A reason why something was not read, with the particulars where they are the same for all of it."""
    name = labels(lang)["kinds"].get(kind, kind)
    said = detail(_detail(inventory, kind), lang)
    return f"{name} ({said})" if said else str(name)


_OUTSIDE = "C0"


def _titled(inventory: Mapping[str, Any], card: Mapping[str, Any], lang: str) -> str:
    """The name of the subject; where it says only what the data are not, what they are."""
    name = named(inventory, card["subject"], lang)
    if card["absent"]:
        return str(labels(lang)["todo"]["absent"].format(name=name, references=", ".join(card["references"])))
    if card["subject"] != _OUTSIDE or not card["types"]:
        return name
    kinds = listing([named(inventory, kind, lang) for kind in card["types"][:NAMED]], lang)
    return f"{name}{COLON[lang]}{kinds}"


def certainty(card: Mapping[str, Any], lang: str) -> str:
    """``1 certain, 3 probables``: how many files are how sure, where they differ."""
    forms = labels(lang)["counted"]
    counts = card["certainty"]
    return ", ".join(plural(forms[level], files, lang) for level, files in counts.items()) if len(counts) > 1 else ""


def floor(cards: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The heading of cards without gravity, of what stands under it alone: not read, read in part, not found."""
    kinds = {kind for card in cards for kind in _kinds(card)}
    named = [word for kind, word in labels(lang)["gravity"]["none"].items() if kind in kinds]
    text = either(EITHER.join(named), lang)
    return text[:1].upper() + text[1:]


def _kinds(card: Mapping[str, Any]) -> Iterator[str]:
    if card["absent"]:
        yield "absent"
    if card["partial"]:
        yield "partial"
    if card["unread"] > card["partial"]:
        yield "unread"


_LACKING = (Evidence.ALONE, Evidence.ABOUT, Evidence.BY_DOCUMENT)


def evidence(card: Mapping[str, Any], lang: str) -> str:
    """What keeps a card from being more than a hint: what it lacks, or else the little that it has."""
    words = labels(lang)
    chosen = [code for code in card["evidence"] if code in _LACKING] or card["evidence"]
    codes = SEMICOLON[lang].join(words["evidence"].get(code, code) for code in chosen)
    return words["todo"]["evidence"].format(codes=codes) if codes else ""
