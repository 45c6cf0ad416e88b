"""The answer in a few plain sentences and five numbers, written by rules, never vague."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scanner.inventory.codes import LANGUAGES, SENSITIVE, position, severity
from scanner.inventory.words import listing, number, percent, phrases, plural

NAMED = 3
"""Subjects named in one clause; more would not be a sentence."""


Places = Mapping[str, Mapping[str, int]]
"""Files by what is proposed, then by subject; under no subject, all of them."""

_OUTSIDE = "C0"
"""What belongs to none of the policy's categories is no category."""


def synthesis(inventory: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """The numbers and the sentences in both languages."""
    volume, sums = inventory["coverage"]["volume"], inventory["accounts"]
    categories = [row for row in inventory["categories"] if row["code"] != _OUTSIDE]
    items = inventory["coverage"]["items"]
    return {
        "items_read": items["read"],
        "items_partial": items["partial"],
        "items_unread": items["unread"],
        "items": items["total"],
        "bytes": volume["bytes"],
        "bytes_read": volume["bytes_read"],
        "categories": len(categories),
        "categories_found": sum(1 for row in categories if row["files"]),
        "undeclared_files": inventory["undeclared"]["files"],
        "undeclared_hints": inventory["undeclared"]["hints"],
        "elsewhere_files": inventory["undeclared"]["elsewhere"],
        "categories_declared": sum(1 for row in categories if row["declared"]),
        "sensitive_files": inventory["sensitive"]["files"],
        "decisions_pending": sums["decisions"]["pending"],
        "cards": sums["cards"],
        "sentence": {lang: _sentence(inventory, places, lang) for lang in LANGUAGES},
    }


def _sentence(inventory: Mapping[str, Any], places: Places, lang: str) -> str:
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
        told = {"what": what, "declared": declared, "sure": _sure(special["certainty"], lang)}
        of = special["files"] - special["declared"].get("sans_objet", 0)
        yield plural(forms, special["files"], lang, **told, of=number(of, lang))
    if special["hints"]:
        yield plural(words["hints" if special["files"] else "only_hints"], special["hints"], lang)
    if numbers := sum(row["files"] for row in inventory["regimes"] if row["code"] == "R2"):
        yield plural(words["nir"], numbers, lang)
    if inventory["persons"]:
        yield plural(words["persons"], inventory["persons"], lang)


def _sure(certainty: Mapping[str, int], lang: str) -> str:
    """How many files are how sure, where they differ."""
    if len(certainty) < 2:
        return ""
    forms = phrases()[lang]["sure"]
    return f" ({', '.join(plural(forms[level], files, lang) for level, files in certainty.items())})"


def _to_do(inventory: Mapping[str, Any], places: Places, lang: str) -> Iterator[str]:
    words, cards = phrases()[lang], inventory["cards"]
    clauses: list[str] = []
    for name, chosen in _groups(cards).items():
        if chosen and (name != "secure" or not clauses):
            clauses.append(_clause(name, {card["subject"] for card in chosen}, places[name], lang))
    if clauses:
        yield _capital(listing(clauses, lang)) + "."
    pending = inventory["accounts"]["decisions"]["pending"]
    if pending:
        yield plural(words["pending"], pending, lang)
    elif not cards and inventory["findings"]["total"] and inventory["header"]["declaration"] == "present":
        yield words["all_declared"]


def _clause(name: str, subjects: set[str], files: Mapping[str, int], lang: str) -> str:
    """How many files, and what they hold: each subject with its own number, where there are a few."""
    words = phrases()[lang]
    if name == "refuse" or not 1 < len(subjects) <= NAMED or not subjects <= set(words["what"]):
        return plural(words[name], files[""], lang, what=_what(subjects, words["what"], lang))
    parts = [plural(words["each"], files[code], lang, what=words["what"][code]) for code in sorted(subjects, key=_rank)]
    return plural(words[f"{name}_each"], files[""], lang, each=listing(parts, lang))


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
    absent = sum(1 for row in inventory["categories"] if row["state"] == "not_found" and row["code"] != _OUTSIDE)
    if absent:
        yield plural(words["not_found"], absent, lang, part=part)
    if inventory["header"]["declaration"] == "missing" and inventory["header"]["role"] != "responsable":
        yield words["missing"]
    if volume["bytes_unread"]:
        lost = percent(volume["bytes_unread"], volume["bytes"], lang, up=True)
        yield words["unread_least" if inventory["coverage"]["unmeasured"] else "unread"].format(part=lost)


def _what(codes: Iterable[str], words: Mapping[str, str], lang: str) -> str:
    names = list(dict.fromkeys(words.get(code, words["other"]) for code in sorted(codes, key=_rank)))
    if len(names) > NAMED:
        names = [*[name for name in names if name != words["other"]][: NAMED - 1], words["other"]]
    return listing(names, lang)


def _rank(code: str) -> tuple[Any, ...]:
    return (code not in SENSITIVE, -severity(code), position(code))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
