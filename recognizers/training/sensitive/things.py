"""What stands in cells and lines of machines, as neutral sentences: codes, references, addresses, amounts, paths."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from importlib import resources

import yaml

from recognizers.gazetteers import towns_by_department
from recognizers.training.sensitive.sentences import LANGUAGES, Sentence

_SLOT = re.compile(r"\{([a-zA-Z]+)([0-9]*)\}")
_DIGITS, _CAPITALS, _SMALL = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"


def things(seed: int, count: int) -> Iterator[Sentence]:
    """So many lines of the recipes in ``things.yaml``, none twice."""
    chance = random.Random(f"{seed} things")  # noqa: S311
    recipes = yaml.safe_load(resources.files(__package__).joinpath("things.yaml").read_text("utf-8"))
    filler = _Filler(chance, recipes["words"])
    seen: set[str] = set()
    while len(seen) < count:
        lang = chance.choice(LANGUAGES)
        line = filler.fill(chance.choice([*recipes["any"], *recipes[lang]]))
        if line not in seen:
            seen.add(line)
            yield Sentence(line, "", lang, "things")


class _Filler:
    def __init__(self, chance: random.Random, words: dict[str, list[str]]) -> None:
        self._chance, self._words = chance, words
        self._towns = sorted({town for _, town in towns_by_department()})
        self._signs: dict[str, Callable[[int], str]] = {
            "d": lambda size: self._of(_DIGITS, size),
            "A": lambda size: self._of(_CAPITALS, size),
            "a": lambda size: self._of(_SMALL, size),
            "h": lambda size: self._of(_DIGITS + "abcdef", size),
            "x": lambda size: self._of(_CAPITALS + _DIGITS, size),
            "n": lambda most: str(self._chance.randint(1, most)),
            "amount": lambda most: f"{self._chance.uniform(1, most or 5000):.2f}".replace(".", ","),
            "date": lambda _: self._date(),
            "hour": lambda _: f"{self._chance.randrange(24):02}:{self._chance.randrange(60):02}",
            "town": lambda _: self._chance.choice(self._towns).title(),
        }

    def fill(self, recipe: str) -> str:
        """The recipe with each slot drawn anew."""
        return _SLOT.sub(self._drawn, recipe)

    def _drawn(self, slot: re.Match[str]) -> str:
        name, size = slot[1], int(slot[2] or 0)
        if name in self._signs:
            return self._signs[name](size)
        return self._chance.choice(self._words[name])

    def _of(self, signs: str, size: int) -> str:
        return "".join(self._chance.choices(signs, k=size))

    def _date(self) -> str:
        day, month = f"{self._chance.randint(1, 28):02}", f"{self._chance.randint(1, 12):02}"
        year = str(self._chance.randint(2005, 2026))
        return self._chance.choice([f"{day}/{month}/{year}", f"{year}-{month}-{day}", f"{day}.{month}.{year}"])
