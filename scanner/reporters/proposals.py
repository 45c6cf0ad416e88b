"""What a card proposes, in words: who does what next, and how its files stand to the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scanner.inventory.words import number, plural
from scanner.policy.register import EITHER
from scanner.reporters.language import COLON, SEMICOLON, labels, moment, said

COUNTED = {"oui": "in_place", "hors_emplacement": "elsewhere", "non": "undeclared"}
"""States, with what rows of the matrix call the number of their files."""


def steps(inventory: Mapping[str, Any], names: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """Who and what, each step once: what makes data safe first, then in order, then what closes the matter."""
    listed = [step for name in names for step in inventory["steps"].get(name, [])]
    listed.sort(key=lambda step: (not step.get("now"), bool(step.get("last"))))
    return list(dict.fromkeys((said(step["who"][lang], lang), said(step["does"][lang], lang)) for step in listed))


def responsible(inventory: Mapping[str, Any], names: Iterable[str], lang: str) -> str:
    """Who has the first step; empty where nobody has one."""
    return next((who for who, _ in steps(inventory, names, lang)), "")


def provider(inventory: Mapping[str, Any], lang: str) -> str:
    """What the policy calls the provider."""
    return str(inventory["header"].get("provider") or labels(lang)["distribution"]["provider"])


def due(inventory: Mapping[str, Any], card: Mapping[str, Any], lang: str) -> str:
    """By when, or that nobody set it yet."""
    words = labels(lang)["todo"]
    if card["due"]:
        return str(words["due"].format(date=moment(card["due"], lang)))
    return str(words["due_open"].format(provider=provider(inventory, lang)))


def badges(inventory: Mapping[str, Any], card: Mapping[str, Any], lang: str) -> list[str]:
    """What is proposed, in a word or two; a refusal that also secures says both."""
    words = labels(lang)
    if card["look"]:
        return [words["todo"]["look"].format(provider=provider(inventory, lang))]
    also = card["outcome"] == "REFUSER_PROPOSE" and "SECURISER" in card["outcomes"]
    return [words["outcomes"][name] for name in (card["outcome"], *(["SECURISER"] if also else []))]


def outcomes(names: Iterable[str], lang: str) -> str:
    """Several proposals in one cell; what is to be secured is not "nothing to do" beside it."""
    listed = list(names)
    kept = [name for name in listed if name != "ACCEPTER" or len(listed) == 1]
    return " + ".join(labels(lang)["outcomes"].get(name, name) for name in kept)


def declared(row: Mapping[str, Any], lang: str) -> str:
    """How one finding stands to the declaration; nobody declares a secret."""
    word = "securite" if row["declared"] == "sans_objet" and "R8" in row["regime"].split(",") else row["declared"]
    return str(labels(lang)["declared"].get(word, word))


def references(names: Iterable[str], lang: str) -> str:
    """The processings of a card; where one of several is meant, that the client is to say which."""
    words, known = labels(lang), list(names)
    told = ", ".join(name for name in known if EITHER not in name)
    several = sorted({one for name in known if EITHER in name for one in name.split(EITHER)})
    parts = [f"{words['matrix']['declared']}{COLON[lang]}{told}"] if told else []
    parts += [words["todo"]["open"].format(names=either(EITHER.join(several), lang))] if several else []
    return SEMICOLON[lang].join(parts)


def either(name: str, lang: str) -> str:
    """``T1, T2 ou T3``."""
    *others, last = name.split(EITHER)
    return f"{', '.join(others)} {'ou' if lang == 'fr' else 'or'} {last}" if others else last


def standing(row: Mapping[str, Any], lang: str) -> list[str]:
    """One word for a card or a row of the matrix; where its files differ, how many of how many are in each state."""
    words = labels(lang)
    state = row["standing"] if "standing" in row else row["state"]
    declared = row["declared"] if "standing" in row else {k: row[name] for k, name in COUNTED.items()}
    counts = {key: declared[key] for key in COUNTED if declared.get(key)}
    total = sum(counts.values())  # what needs no declaration is no part of what could be declared
    if len(counts) < 2:
        secret = state == "found" and "R8" in (row.get("subject"), row.get("code"))
        return [words["states"]["securite" if secret else state]]
    shares = [
        f"{words['declared'][key]}{COLON[lang]}{plural(words['states']['share'], n, lang, total=number(total, lang))}"
        for key, n in counts.items()
    ]
    return [words["states"][state], *shares]
