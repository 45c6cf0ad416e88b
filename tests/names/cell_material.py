"""Cells that name people and cells that name things, invented from a seed; half of all words is kept for testing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from recognizers import gazetteers
from recognizers.folding import fold
from recognizers.splits import is_test

DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cells.yaml").read_text(encoding="utf-8"))
NAMES: dict[str, Any] = DATA["names"]
Bins = tuple[list[str], list[str], list[str]]
"""Names that many, some and few people bear."""


@dataclass(frozen=True, slots=True)
class Person:
    """First name and surname as they are spelled, and a second of each."""

    first: str
    last: str
    second: str
    other: str


def people(count: int, *, test: bool, seed: int = 7) -> list[Person]:
    """Persons: of twenty, nine have an invented surname and two an invented first name, the others are listed."""
    rng = random.Random(f"people {seed} {test}")
    firsts, lasts = _firsts(test), _lasts(test)
    return [
        Person(_first(rng, n % 20, test), _last(rng, n % 20, test), rng.choice(firsts[0]), rng.choice(lasts[0]))
        for n in range(count)
    ]


def _first(rng: random.Random, kind: int, test: bool) -> str:
    if kind >= 18:
        return _invented(rng, "first", gazetteers.is_first_name, test)
    if kind in {3, 11, 15}:
        return str(rng.choice(NAMES["first_accented"][test::2]))
    return rng.choice(_firsts(test)[2 if kind in {4, 9, 14} else 1 if kind % 3 else 0])


def _last(rng: random.Random, kind: int, test: bool) -> str:
    if kind >= 11:
        return _invented(rng, "last", gazetteers.is_surname, test)
    if kind in {2, 7}:
        return str(rng.choice(NAMES["last_accented"][test::2]))
    return rng.choice(_lasts(test)[2 if kind in {5, 10} else 1 if kind % 2 else 0])


def _invented(rng: random.Random, part: str, known: Callable[[str], int], test: bool) -> str:
    while True:
        pieces = [
            rng.choice(NAMES[f"{part}_{piece}"]) for piece in ("stems", "mids", "ends") if f"{part}_{piece}" in NAMES
        ]
        name = "".join(pieces)
        if not known(name.upper()) and not gazetteers.is_commune(name.upper()) and is_test(name, 0.5) is test:
            return name.title()


@lru_cache(maxsize=2)
def _firsts(test: bool) -> Bins:
    return _binned(gazetteers.first_names(), gazetteers.is_first_name, test)


@lru_cache(maxsize=2)
def _lasts(test: bool) -> Bins:
    return _binned(gazetteers._surnames(), gazetteers.is_surname, test)


def _binned(names: Iterator[str] | Any, rank: Callable[[str], int], test: bool) -> Bins:
    own = sorted(name for name in names if len(name) > 2 and is_test(name, 0.5) is test)
    most, some, few = ([name.title() for name in own if rank(name) == bin_] for bin_ in (3, 2, 1))
    return most, some, few


def named_cells(count: int, *, test: bool) -> dict[str, list[str]]:
    """The cells of so many persons in each format, without repeats."""
    rng = random.Random(f"formats {test}")
    some = people(count, test=test)
    return {
        name: list(dict.fromkeys(_spelled(rng.choice(shapes), person, rng, name) for person in some))
        for name, shapes in NAMES["formats"].items()
    }


def _spelled(shape: str, person: Person, rng: random.Random, name: str) -> str:
    particle = rng.choice(NAMES["particles"])
    parts = {"f": person.first, "l": person.last, "g": person.second, "o": person.other}
    if name == "local part":
        parts = {key: fold(part.replace(" ", "")).data.decode("ascii").replace("'", "") for key, part in parts.items()}
    parts |= {key.upper(): part.upper() for key, part in parts.items()}
    parts |= {"i": person.first[0], "j": person.second[0], "t": rng.choice(NAMES["titles"])}
    parts["p"] = particle + ("" if particle.endswith(("'", "-", "Mc")) else " ")
    text = shape.format_map(parts)
    if "accents" in name:
        return fold(text).data.decode("ascii")
    return text.lower() if name in {"local part", "last first, lower case"} else text


def business_cells(count: int, *, test: bool, seed: int = 11) -> dict[str, list[str]]:
    """About so many cells of things, by kind, without repeats; short lists give fewer."""
    rng = random.Random(f"business {seed} {test}")
    lists = {name: [str(w) for w in words if is_test(str(w), 0.5) is test] for name, words in DATA["lists"].items()}
    words, each = _Words(lists, rng, test), count // len(DATA["templates"])
    return {
        kind: list(dict.fromkeys(rng.choice(templates).format_map(words) for _ in range(3 * each)))[:each]
        for kind, templates in DATA["templates"].items()
    }


class _Words(dict[str, str]):
    """What a template asks for: an item of a list, in the letter case in which its name is written."""

    def __init__(self, lists: dict[str, list[str]], rng: random.Random, test: bool) -> None:
        super().__init__()
        self.lists, self.rng, self.test = lists, rng, test

    def __missing__(self, name: str) -> str:
        if not name.strip("n"):
            return "".join(str(self.rng.randrange(1, 10)) for _ in name)
        if name == "L":
            return self.rng.choice("ABCDEFGHJKLMNPRSTVWX")
        word = self._word(name.lower())
        return word.upper() if name.isupper() else word[0].upper() + word[1:] if name[0].isupper() else word

    def _word(self, name: str) -> str:
        if name == "surname":
            return self.rng.choice(_lasts(self.test)[self.rng.randrange(2)])
        if name == "first":
            return self.rng.choice(_firsts(self.test)[0])
        return self.rng.choice(_towns(self.test) if name == "town" else self.lists[name])


@lru_cache(maxsize=2)
def _towns(test: bool) -> list[str]:
    return sorted(
        {town for town in gazetteers._table("communes.csv.gz")["nom"].to_pylist() if is_test(town, 0.5) is test}
    )


def mixed(named: Sequence[str], other: Sequence[str], size: int, seed: int = 3) -> Iterator[list[tuple[str, bool]]]:
    """Columns of this size, half of it names, shuffled; of the longer list as many as the shorter one has."""
    rng, half = random.Random(seed), size // 2
    some, others = (rng.sample(cells, len(cells)) for cells in (named, other))
    for start in range(0, min(len(some), len(others)) - half + 1, half):
        column = [(text, True) for text in some[start : start + half]]
        column += [(text, False) for text in others[start : start + half]]
        yield rng.sample(column, len(column))
