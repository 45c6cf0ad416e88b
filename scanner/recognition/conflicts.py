"""Chooses between spans that overlap: the surer, then the longer; equal claims on one stretch are all shown."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.recognition.found import Found, Kinds

LINES = frozenset({"ACCESS_LOG", "AUTH_LOG", "USER_AGENT", "MRZ"})
"""Whole lines, which hold other types by nature."""
PLACES = frozenset({"LOCATION", "POSTAL_ADDRESS", "POSTCODE"})
SHIELDS = frozenset(
    {"EMAIL_ADDRESS", "POSTAL_ADDRESS", "SECRET_DSN", "SECRET_CLOUD", "SECRET_PRIVATE_KEY", "USER_AGENT"}
)
"""A name inside one of these is part of it: ``rue Victor Hugo``, ``jean.dupont@``."""
KNOWN_TOWNS = frozenset({"places", "columns"})
"""Who finds towns by lists of them, and not by how they look."""
BESIDE = (frozenset({"FR_NIR", "FR_NIA"}), frozenset({"FR_INS"}))
"""A type of one side stands beside any of the other, whatever characters they share."""


@lru_cache(maxsize=256)
def family(entity_type: str) -> str:
    """Types of one family compete for the same characters."""
    if entity_type == "PERSON":
        return "name"
    if entity_type in PLACES:
        return f"place:{entity_type}"
    return f"line:{entity_type}" if entity_type in LINES else "token"


def resolve_found(found: Found, kinds: Kinds) -> Found:
    """The spans that stand, in reading order; an empty one never does.

    From the surest, then the longest, then the first: each stands unless one of its family that stands already shares
    characters with it. Two of one level and one stretch, but not of one type, both stand.
    """
    if not len(found):
        return found
    from scanner.recognition.contest import standing

    traits = _traits(tuple(kinds.entity_types), tuple(kinds.recognizers))
    return found.take(standing(found.starts, found.ends, found.levels, found.kinds, traits))


@lru_cache(maxsize=32)
def _traits(entity_types: tuple[str, ...], recognizers: tuple[str, ...]) -> NDArray[np.int64]:
    """What the contest knows of each kind: five numbers, as ``contest`` names them."""
    pairs = list(zip(entity_types, recognizers, strict=True))
    ranks = {pair: rank for rank, pair in enumerate(sorted(pairs))}
    types = {name: number for number, name in enumerate(sorted(set(entity_types)))}
    families = {name: number for number, name in enumerate(sorted({family(t) for t in entity_types}))}
    rows = [(ranks[t, r], types[t], families[family(t)], _layer(t), _role(t, r)) for t, r in pairs]
    return np.array(rows, np.int64).reshape(-1, 5)


def _layer(entity_type: str) -> int:
    return next((number for number, side in enumerate(BESIDE) if entity_type in side), len(BESIDE))


def _role(entity_type: str, recognizer: str) -> int:
    """Towns that rules know stand inside an address; what a model takes for places there is a part of it."""
    read = entity_type == "LOCATION" and recognizer not in KNOWN_TOWNS
    return 1 if entity_type in SHIELDS else 2 if read or family(entity_type) == "name" else 0
