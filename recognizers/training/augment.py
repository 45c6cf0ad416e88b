"""Labelled texts written anew: other persons, other orders, other case, without stray blanks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from recognizers.folding import fold_word
from recognizers.gazetteers import is_first_name
from recognizers.training.people import People, Persona
from recognizers.training.sample import Text
from recognizers.training.sheet import Label, capitals, plain, small
from recognizers.training.writing import draw_form, write_person

_WORD = re.compile(r"[^\W\d_]")


def respell(text: Text, language: str, shares: dict[str, float], rng: random.Random) -> Iterator[Text]:
    """None to three others like this one; ``swap`` and ``style`` only where somebody is named."""
    named = any(label == "PER" for _, _, label in text.spans)
    if named and rng.random() < shares.get("swap", 0.0):
        yield replace(swap(text, language, rng), kind=text.kind + "/swap")
    if named and rng.random() < shares.get("style", 0.0):
        base = swap(text, language, rng) if rng.random() < 0.5 else text
        yield replace(style(base, rng), kind=text.kind + "/style")
    if rng.random() < shares.get("case", 0.0):
        yield replace(text, text=_recase(text.text, rng), kind=text.kind + "/case")


def rewrite(text: Text, change: Callable[[str], str]) -> Text:
    """The same with each person's name changed."""
    pieces: list[str] = []
    spans: list[Label] = []
    at = length = 0
    for start, end, label in text.spans:
        name = change(text.text[start:end]) if label == "PER" else text.text[start:end]
        pieces += [text.text[at:start], name]
        length += start - at
        spans.append((length, length + len(name), label))
        length, at = length + len(name), end
    pieces.append(text.text[at:])
    return Text(text.kind, "".join(pieces), spans)


def swap(text: Text, language: str, rng: random.Random) -> Text:
    """Other persons; who is named twice stays the same, also by the surname alone."""
    cast: dict[str, Persona] = {}

    def change(name: str) -> str:
        words = name.split()
        if len(words) > 3 or not all(_WORD.match(word) for word in words):
            return name
        key = fold_word(words[-1])
        persona = cast.setdefault(key, _people(language).draw(rng))
        if len(words) > 1:
            cast.setdefault(fold_word(words[0]), persona)
            form = "fl" if rng.random() < 0.6 else draw_form(language, rng)
            return write_person(persona, form, rng)
        known = len(cast) > 1 and sum(1 for other in cast.values() if other is persona) > 1
        return persona.first if not known and is_first_name(key) >= 2 else persona.last

    return rewrite(text, change)


def style(text: Text, rng: random.Random) -> Text:
    """The same persons in another order or case, all alike."""
    kind = rng.random()

    def change(name: str) -> str:
        words = name.split()
        if len(words) < 2 or len(words) > 4 or kind >= 0.85:
            return capitals(name)
        first, last = " ".join(words[:-1]), words[-1]
        if kind < 0.35:
            return f"{first} {capitals(last)}"
        if kind < 0.6:
            return f"{capitals(last)} {first}"
        return f"{last} {first}" if kind < 0.75 else f"{last}, {first}"

    return rewrite(text, change)


def drop(text: Text, pattern: re.Pattern[str]) -> Text:
    """Without what the pattern matches (single characters); labels follow."""
    gone = [match.start() for match in pattern.finditer(text.text)]
    if not gone:
        return text
    spans = [
        (start - sum(at < start for at in gone), end - sum(at < end for at in gone), label)
        for start, end, label in text.spans
    ]
    kept = set(gone)
    return Text(text.kind, "".join(c for at, c in enumerate(text.text) if at not in kept), spans)


def _recase(text: str, rng: random.Random) -> str:
    changes = (capitals, capitals, plain, plain, lambda t: plain(capitals(t)), small, small)
    return rng.choice(changes)(text)


@cache
def _people(language: str) -> People:
    return People(language)
