"""Names that files give to tables, columns and places, made safe to print: one that holds a value is replaced."""

from __future__ import annotations

from functools import lru_cache

import re2

from recognizers.cells import score_cells
from scanner.model import Level
from scanner.recognition.text import TextLanes

PART = re2.compile(r"[/@:\[\]{}]+")
SEPARATOR = re2.compile(r"[._-]+")
DIGITS = 6
"""So many digits in a name can be a date, an identifier, a number of somebody."""
LONGEST = 80
PUBLIC = frozenset({"LOCATION", "POSTCODE", "FR_SIREN", "FR_SIRET"})


class Discretion:
    """Remembers what it judged: names come back, those of a dump with every run, those of settings in every file."""

    def __init__(self, lanes: TextLanes) -> None:
        self._judge = lru_cache(maxsize=10_000)(lambda name: _is_telling(name, lanes))

    def is_telling(self, name: str) -> bool:
        """Whether a value shows in the name, or may; a long one is not even looked at."""
        return len(name) > LONGEST or self._judge(name)

    def name(self, name: str, otherwise: str) -> str:
        """The name, or ``otherwise`` when printing it would print a value."""
        return otherwise if self.is_telling(name) else name

    def place(self, place: str) -> str:
        """The place of a passage (``page 3``, ``sheet Paie``); its words go when one of them is a value."""
        return "…" if place and self.is_telling(place) else place


@lru_cache(maxsize=2)
def discretion_of(lanes: TextLanes) -> Discretion:
    """The discretion of this process."""
    return Discretion(lanes)


def _is_telling(name: str, lanes: TextLanes) -> bool:
    if sum(map(str.isdigit, name)) >= DIGITS:
        return True
    if _names_somebody(name):
        return True
    # Words of headers are often glued; the same name spaced out shows what underscores hide.
    spaced = name.replace("_", " ")
    found = lanes.fast_spans(name) + (lanes.fast_spans(spaced) if spaced != name else [])
    return any(s.level >= Level.POSSIBLE and s.entity_type not in PUBLIC for s in found)


def _names_somebody(name: str) -> bool:
    """A part such as ``jean.martin`` or ``martin_paul``, which objects keyed by login and pivots give as headers."""
    pieces = [piece for part in PART.split(name) for piece in (part, *part.split("."))]
    parts = [SEPARATOR.sub(" ", piece).strip() for piece in pieces]
    cells = score_cells([part for part in parts if " " in part])
    return cells.full > cells.words
