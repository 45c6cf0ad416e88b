"""The labelled sentences of this folder: a file is a class in a language, a line is a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from recognizers.folding import fold

LANGUAGES = ("fr", "en")
REGIMES = {
    "ethnic_origin": "R1-a",
    "political_opinion": "R1-b",
    "religious_belief": "R1-c",
    "union_membership": "R1-d",
    "genetic_data": "R1-e",
    "biometric_data": "R1-f",
    "health": "R1-g",
    "sexual_orientation": "R1-h",
    "criminal_record": "R3",
    "minors": "R4",
    "neutral": "",
}
"""The regime of each file's sentences, by its name; files are named as the lexicons are."""
_HEADING = "= "
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a regime protects, or nothing (``""``), as a mail, a form, a log… (``register``) would say it."""

    text: str
    regime: str
    lang: str
    register: str


def sentences() -> list[Sentence]:
    """All of them, class by class, in the order of their files; no two are the same once folded."""
    return list(_read())


def counts(found: Iterable[Sentence]) -> Counter[tuple[str, str]]:
    """How many there are of each (regime, language)."""
    return Counter((sentence.regime, sentence.lang) for sentence in found)


def key(text: str) -> str:
    """The text without case, accents and signs: sentences with one key are one sentence."""
    return _NO_LETTERS.sub(" ", fold(text).data.decode("ascii").lower()).strip()


@cache
def _read() -> tuple[Sentence, ...]:
    return tuple(
        sentence for name, regime in REGIMES.items() for lang in LANGUAGES for sentence in _of(name, regime, lang)
    )


def _of(name: str, regime: str, lang: str) -> Iterator[Sentence]:
    """Sentences stand under a heading, ``= mail``, that names their register."""
    source = resources.files(__package__) / lang / f"{name}.txt"
    register = ""
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith(_HEADING):
            register = line.removeprefix(_HEADING).strip()
        elif line.strip():
            yield Sentence(line.strip(), regime, lang, register)
