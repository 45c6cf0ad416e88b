"""Invented case files from templates and a seed: of each special category, and of none though they look like it.

A template begins with ``=== name.ext lang``; one of none names the category that it looks like. ``{p}`` to ``{s}`` are
persons, ``{p.mail}`` what is known of one, ``[[a|b]]`` a choice, ``@9 …`` a line that is repeated for other persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import re2
from special_papers import as_file
from special_people import CITIES, Person, person
from special_sentences import REGIMES

FOLDER = Path(__file__).parent / "cases"
SHARES = {"fr": 0.7, "en": 0.3}
EACH = 60
NONE = 300
_SLOT = re2.compile(r"\{([a-z]+)(?:\.([a-z]+))?([12]?)\}")
_CHOICE = re2.compile(r"\[\[([^\[\]]*\|[^\[\]]*)\]\]")
_REPEATED = re2.compile(r"@(\d+) ")
COMPANIES = ["Les Ateliers du Lac", "Novalis Services", "Groupe Terrenoire", "Sapin Bleu", "Orvane Conseil"]


@dataclass(frozen=True, slots=True)
class Template:
    """``regime`` is what a file made of it holds (none: empty), ``near`` what it is or looks like."""

    name: str
    lang: str
    regime: str
    near: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A file of one template; ``expected`` is empty where no special category is held."""

    path: str
    template: str
    lang: str
    expected: str
    near: str
    content: bytes


def templates(regime: str = "") -> list[Template]:
    """The templates of a category, or those of none."""
    parts = (FOLDER / f"{regime or 'none'}.txt").read_text(encoding="utf-8").split("=== ")
    heads = [part.partition("\n") for part in parts if part.strip()]
    return [_template(head.split(), regime, text) for head, _, text in heads]


def _template(head: list[str], regime: str, text: str) -> Template:
    return Template(head[0], head[1], regime, regime or head[2], text)


def cases(seed: int = 1, today: date | None = None) -> Iterator[Case]:
    """All case files in a fixed order, the same from one seed and day (minors are born so many years before it)."""
    number = 0
    for regime, count in [*((regime, EACH) for regime in REGIMES), ("", NONE)]:
        for lang, share in SHARES.items():
            some = [template for template in templates(regime) if template.lang == lang]
            for template in islice(cycle(some), round(count * share)):
                number += 1
                chance = Random(f"{seed}/{number}")
                text = filled(template.text, chance, lang, today or date.today())
                name, content = as_file(chance, template.name, text)
                yield Case(f"{number:04d}/{name}", template.name, lang, regime, template.near, content)


def filled(text: str, chance: Random, lang: str, today: date) -> str:
    """The template with its persons, days, numbers and choices."""
    known = {letter: person(chance, lang, today) for letter in "pqrs"}
    facts = {"org": chance.choice(COMPANIES), "city": chance.choice(CITIES[lang])}
    lines = []
    for line in text.rstrip("\n").split("\n"):
        times = _REPEATED.match(line)
        body = line[times.end() :] if times else line
        for row in range(1, int(times.group(1)) + 1 if times else 2):
            known["n"] = person(chance, lang, today)
            lines.append(_line(body, chance, known, {**facts, "k": str(row)}, today))
    return "\n".join(lines) + "\n"


def _line(line: str, chance: Random, known: dict[str, Person], facts: dict[str, str], today: date) -> str:
    chosen = _replaced(_CHOICE, line, lambda groups: chance.choice(groups[0].split("|")))

    def slot(groups: tuple[str, ...]) -> str:
        name, attribute, digits = groups
        if name in known:
            return known[name].said[attribute or ""]
        return facts.get(name) or _number(chance, name + (digits or ""), today)

    return _replaced(_SLOT, chosen, slot)


def _number(chance: Random, name: str, today: date) -> str:
    if name == "day":
        return f"{today - timedelta(days=chance.randint(1, 300)):%d/%m/%Y}"
    if name == "year":
        return str(today.year - chance.randint(1, 12))
    low, high = {"num1": (2, 9), "num2": (20, 89), "num": (1000, 9899), "big": (100_000, 999_999)}[name]
    return str(chance.randint(low, high))


def _replaced(pattern: Any, text: str, by: Callable[[tuple[str, ...]], str]) -> str:
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        parts += [text[at : match.start()], by(match.groups())]
        at = match.end()
    return "".join([*parts, text[at:]])
