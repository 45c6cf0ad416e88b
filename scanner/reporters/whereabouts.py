"""Where in a file the data of a card lie, in a few words: ``lignes 4, 7 et 8``, ``toute la colonne « nir »``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from scanner.inventory.words import listing, plural
from scanner.model import PLACES
from scanner.reporters.language import SEMICOLON, labels, place
from scanner.reporters.visible import visible

SHOWN = 4
"""Places that a card says of one file; of secrets it says all."""

_NUMBERED = re.compile(r"([a-z]+) (\d+)")


def whereabouts(spots: Iterable[Mapping[str, Any]], lang: str, *, every: bool = False) -> str:
    """All places of one file, up to a bound that is said; those of mere hints last, under that name."""
    known = list(spots)
    grounds = _listed([spot for spot in known if not spot.get("hint")], lang, every)
    hints = _listed([spot for spot in known if spot.get("hint")], lang, every)
    said = labels(lang)["todo"]["hints"].format(places=hints) if hints else ""
    return SEMICOLON[lang].join(filter(None, [grounds, said]))


def _listed(spots: Iterable[Mapping[str, Any]], lang: str, every: bool) -> str:
    told = list(_told(spots, lang, every))
    kept = told if every else told[:SHOWN]
    rest = len(told) - len(kept)
    said = SEMICOLON[lang].join(kept)
    return listing([said, plural(labels(lang)["todo"]["spots"]["more"], rest, lang)], lang) if rest else said


def _told(spots: Iterable[Mapping[str, Any]], lang: str, every: bool) -> Iterator[str]:
    words = labels(lang)["todo"]
    for spot in spots:
        places = joined(spot["places"], lang, every=every, cut=spot["cut"])
        if not spot["column"]:
            yield places
            continue
        # A key with a value or two is told by its place; a column, by how many values it has.
        form = (
            "whole" if spot["whole"] else "key" if places and spot["count"] <= len(spot["places"]) < SHOWN else "column"
        )
        values = plural(words["values"], spot["count"], lang)
        yield words["spots"][form].format(name=visible(spot["column"]), values=values, places=places)


def joined(places: Iterable[str], lang: str, *, every: bool = False, cut: bool = False) -> str:
    """``lignes 4, 7 et 8`` for places of one kind, then those of the next kind."""
    listed = list(places)
    kept = listed if every else listed[:SHOWN]
    words = labels(lang)["todo"]["spots"]
    rest = len(listed) - len(kept)
    # With a rest at the end, "and" stands before it alone.
    parts = [_group(noun, list(group), lang, alone=not rest) for noun, group in groupby(kept, key=_noun)]
    said = listing([*parts, *([plural(words["more"], rest, lang)] if rest else [])], lang)
    return f"{said} ({words['cut'].format(n=PLACES)})" if cut else said


def _noun(text: str) -> str:
    found = _NUMBERED.fullmatch(text)
    return found[1] if found else text


def _group(noun: str, group: list[str], lang: str, *, alone: bool) -> str:
    if len(group) < 2:
        return visible(place(group[0], lang))
    named = labels(lang)["places"].get(f"{noun}s", f"{noun}s")
    numbers = [one.rpartition(" ")[2] for one in group]
    return f"{named} {listing(numbers, lang) if alone else ', '.join(numbers)}"
