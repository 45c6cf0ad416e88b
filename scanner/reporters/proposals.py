"""What a card proposes, in words: who does what next, and how its files stand to the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scanner.inventory.words import number, plural
from scanner.reporters.language import labels

COUNTED = {"oui": "in_place", "hors_emplacement": "elsewhere", "non": "undeclared"}
"""States, with what rows of the matrix call the number of their files."""


def steps(inventory: Mapping[str, Any], names: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """Who and what, in order, each step once."""
    told = [(step["who"][lang], step["does"][lang]) for name in names for step in inventory["steps"].get(name, [])]
    return list(dict.fromkeys(told))


def standing(row: Mapping[str, Any], lang: str) -> list[str]:
    """One word for a card or a row of the matrix; where its files differ, how many of how many are in each state."""
    words = labels(lang)
    state = row["standing"] if "standing" in row else row["state"]
    declared = row["declared"] if "standing" in row else {k: row[name] for k, name in COUNTED.items()}
    counts = {key: declared[key] for key in COUNTED if declared.get(key)}
    total = sum(declared.values()) if "standing" in row else row["files"]
    if len(counts) < 2:
        return [words["states"][state]]
    shares = [
        f"{words['declared'][key]}{_colon(lang)}{plural(words['states']['share'], n, lang, total=number(total, lang))}"
        for key, n in counts.items()
    ]
    return [words["states"][state], *shares]


def _colon(lang: str) -> str:
    return "\u00a0: " if lang == "fr" else ": "
