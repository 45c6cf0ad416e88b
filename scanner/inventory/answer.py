"""The answer in one sentence and five numbers, written by rules, never vague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scanner.inventory.codes import LANGUAGES, SENSITIVE, position, severity
from scanner.inventory.verdicts import Card
from scanner.inventory.words import listing, percent, phrases, plural, size

NAMED = 3
"""Subjects named in one clause; more would not be a sentence."""


def synthesis(inventory: Mapping[str, Any], cards: Sequence[Card], pending: int) -> dict[str, Any]:
    """The five numbers and the sentence in both languages."""
    volume = inventory["coverage"]["volume"]
    categories = inventory["categories"]
    items = inventory["coverage"]["items"]
    sensitive = [card for card in cards if card.subject in SENSITIVE]
    return {
        "items_read": items["read"] + items["partial"],
        "items": items["total"],
        "bytes": volume["bytes"],
        "bytes_read": volume["bytes_read"],
        "categories_found": sum(1 for row in categories if row["files"]),
        "categories_declared": sum(1 for row in categories if row["declared"]),
        "sensitive_to_review": _places(sensitive),
        "decisions_pending": pending,
        "sentence": {lang: _sentence(inventory, cards, lang) for lang in LANGUAGES},
    }


def _places(cards: Iterable[Card]) -> int:
    return len(set().union(*(card.paths for card in cards)))


def _sentence(inventory: Mapping[str, Any], cards: Sequence[Card], lang: str) -> str:
    words = phrases()[lang]
    volume = inventory["coverage"]["volume"]
    clauses = [words["interrupted"]] if inventory["header"]["state"] == "interrupted" else []
    if not inventory["coverage"]["items"]["total"]:
        clauses.append(words["empty"])
    elif volume["bytes"] and not volume["bytes_read"]:
        clauses.append(words["nothing_read"])
    else:
        clauses += _found(inventory, cards, lang, percent(volume["bytes_read"], volume["bytes"], lang))
    text = " ; ".join(clauses) if lang == "fr" else "; ".join(clauses)
    text = text.replace(" ;", "\u00a0;").replace(" :", "\u00a0:") if lang == "fr" else text
    return text[:1].upper() + text[1:] + "."


def _found(inventory: Mapping[str, Any], cards: Sequence[Card], lang: str, part: str) -> list[str]:
    words, volume = phrases()[lang], inventory["coverage"]["volume"]
    clauses = _nothing(inventory, words, part) + _to_do(cards, lang)
    absent = sum(1 for row in inventory["categories"] if row["state"] == "not_found")
    if absent:
        clauses.append(plural(words["not_found"], absent, lang, part=part))
    if not cards and inventory["findings"]["total"] and inventory["header"]["declaration"] == "present":
        clauses.append(words["all_declared"])
    if inventory["header"]["declaration"] == "missing" and inventory["header"]["role"] != "responsable":
        clauses.append(words["missing"])
    if volume["bytes_unread"]:
        lost = percent(volume["bytes_unread"], volume["bytes"], lang, up=True)
        clauses.append(plural(words["unread"], 2, lang, size=size(volume["bytes_unread"], lang), part=lost))
    return clauses


def _nothing(inventory: Mapping[str, Any], words: Mapping[str, Any], part: str) -> list[str]:
    if not inventory["findings"]["total"]:
        return [words["none_personal"].format(part=part)]
    found = any(row["code"] in SENSITIVE and row["files"] for row in inventory["regimes"])
    return [] if found else [words["none_sensitive"].format(part=part)]


def _to_do(cards: Sequence[Card], lang: str) -> list[str]:
    words = phrases()[lang]
    groups = (
        ("refuse", [c for c in cards if c.outcome == "REFUSER_PROPOSE"]),
        ("urgent", [c for c in cards if c.urgent and c.outcome != "REFUSER_PROPOSE"]),
        ("secure", [c for c in cards if c.outcome == "SECURISER" and not c.urgent]),
        ("ask", [c for c in cards if c.outcome == "DEMANDER_AU_CLIENT" and not c.urgent and c.values]),
    )
    said = []
    for key, chosen in groups:
        if chosen:
            said.append(plural(words[key], _places(chosen), lang, what=_what(chosen, words["what"], lang)))
    return said


def _what(cards: Sequence[Card], words: Mapping[str, str], lang: str) -> str:
    codes = sorted({card.subject for card in cards}, key=lambda code: (-severity(code), position(code)))
    names = list(dict.fromkeys(words.get(code, words["other"]) for code in codes))
    if len(names) > NAMED:
        names = [*[name for name in names if name != words["other"]][: NAMED - 1], words["other"]]
    return listing(names, lang)
