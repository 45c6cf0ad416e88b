"""The answer in a few plain sentences and five numbers, written by rules, never vague."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scanner.inventory.codes import LANGUAGES, SENSITIVE, position, severity
from scanner.inventory.words import listing, number, percent, phrases, plural

NAMED = 3
"""Subjects named in one clause; more would not be a sentence."""


def synthesis(inventory: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, Any]:
    """The numbers and the sentences in both languages; ``places`` are files by what is proposed."""
    volume, sums = inventory["coverage"]["volume"], inventory["accounts"]
    categories, items = inventory["categories"], inventory["coverage"]["items"]
    return {
        "items_read": items["read"],
        "items_partial": items["partial"],
        "items_unread": items["unread"],
        "items": items["total"],
        "bytes": volume["bytes"],
        "bytes_read": volume["bytes_read"],
        "categories_found": sum(1 for row in categories if row["files"]),
        "categories_declared": sum(1 for row in categories if row["declared"]),
        "sensitive_files": inventory["sensitive"]["files"],
        "decisions_pending": sums["decisions"]["pending"],
        "cards": sums["cards"],
        "sentence": {lang: _sentence(inventory, places, lang) for lang in LANGUAGES},
    }


def _sentence(inventory: Mapping[str, Any], places: Mapping[str, int], lang: str) -> str:
    words = phrases()[lang]
    volume = inventory["coverage"]["volume"]
    said = [words["interrupted"]] if inventory["header"]["state"] == "interrupted" else []
    if not inventory["coverage"]["items"]["total"]:
        said.append(words["empty"])
    elif volume["bytes"] and not volume["bytes_read"]:
        said.append(words["nothing_read"])
    else:
        part = percent(volume["bytes_read"], volume["bytes"], lang)
        said += [*_found(inventory, lang, part), *_to_do(inventory, places, lang), *_rest(inventory, lang, part)]
    text = " ".join(said)
    return text.replace(" ;", "\u00a0;").replace(" :", "\u00a0:") if lang == "fr" else text


def _found(inventory: Mapping[str, Any], lang: str, part: str) -> Iterator[str]:
    words, special = phrases()[lang], inventory["sensitive"]
    if not inventory["findings"]["total"]:
        yield words["none_personal"].format(part=part)
        return
    if not special["files"]:
        yield words["none_sensitive"].format(part=part)
    else:
        what = _what(special["codes"], words["what"], lang)
        forms = words["sensitive"][special["standing"]]
        declared = number(special["declared"].get("oui", 0), lang)
        yield plural(forms, special["files"], lang, what=what, declared=declared)
    if special["hints"]:
        yield plural(words["hints" if special["files"] else "only_hints"], special["hints"], lang)


def _to_do(inventory: Mapping[str, Any], places: Mapping[str, int], lang: str) -> Iterator[str]:
    words, cards = phrases()[lang], inventory["cards"]
    clauses: list[str] = []
    for name, chosen in _groups(cards).items():
        if chosen and (name != "secure" or not clauses):
            what = _what({card["subject"] for card in chosen}, words["what"], lang)
            clauses.append(plural(words[name], places[name], lang, what=what))
    if clauses:
        yield _capital(listing(clauses, lang)) + "."
    pending = inventory["accounts"]["decisions"]["pending"]
    if pending:
        yield plural(words["pending"], pending, lang)
    elif not cards and inventory["findings"]["total"] and inventory["header"]["declaration"] == "present":
        yield words["all_declared"]


def _groups(cards: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """What presses most: cards by the clause of the sentence that they make."""
    return {name: [card for card in cards if group(card) == name] for name in ("refuse", "urgent", "secure")}


def group(card: Mapping[str, Any]) -> str:
    """The clause that a card belongs to."""
    if card["outcome"] == "REFUSER_PROPOSE":
        return "refuse"
    return "urgent" if card["urgent"] else "secure" if card["outcome"] == "SECURISER" else "ask"


def _rest(inventory: Mapping[str, Any], lang: str, part: str) -> Iterator[str]:
    words, volume = phrases()[lang], inventory["coverage"]["volume"]
    absent = sum(1 for row in inventory["categories"] if row["state"] == "not_found")
    if absent:
        yield plural(words["not_found"], absent, lang, part=part)
    if inventory["header"]["declaration"] == "missing" and inventory["header"]["role"] != "responsable":
        yield words["missing"]
    if volume["bytes_unread"]:
        yield words["unread"].format(part=percent(volume["bytes_unread"], volume["bytes"], lang, up=True))


def _what(codes: Iterable[str], words: Mapping[str, str], lang: str) -> str:
    ranked = sorted(codes, key=lambda code: (code not in SENSITIVE, -severity(code), position(code)))
    names = list(dict.fromkeys(words.get(code, words["other"]) for code in ranked))
    if len(names) > NAMED:
        names = [*[name for name in names if name != words["other"]][: NAMED - 1], words["other"]]
    return listing(names, lang)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
