"""What the name of a column says of its values: French and English words, abbreviations, what switches them off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import re2
import yaml

from recognizers.subject import fold

CAMEL = re2.compile(r"(\p{Ll})(\p{Lu})")
WORD = re2.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type that is told from a column's name and the shape of its values."""

    entity_type: str
    names: frozenset[tuple[str, ...]]
    weak: frozenset[tuple[str, ...]]
    shape: str
    check: str
    persons_only: bool
    allow: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One type that a name suggests; ``weak`` names need values that confirm them."""

    entity_type: str
    weak: bool
    type: ColumnType | None
    """None for a type that has a recogniser of its own."""


PATH = re2.compile(r"[\w\[\]:@-]+(?:[./][\w\[\]:@-]+)*[./]([\w:@-]{2,})(?:\[\])*")


def words(name: str) -> tuple[str, ...]:
    """``NomDeFamille2`` -> ``("nom", "famille")``: folded words without digits and articles."""
    path = PATH.fullmatch(name[:200])  # of ``clients[].adresse.ville`` only the last part names the values
    spaced = CAMEL.sub(r"\1 \2", path.group(1) if path else name[:200])
    found = [w.group() for w in WORD.finditer(fold(spaced))]
    if len(found) > 1 and all(len(word) == 1 for word in found):
        return ("".join(found),)  # N.I.R.
    return tuple(
        w for w in found if w not in {"de", "du", "la", "le", "des", "d", "l", "of", "the", "n", "no", "num"}
    ) or tuple(found)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = (files("rules") / "columns.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    return data


def _phrases(names: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(words(n) for n in names)


@lru_cache(maxsize=1)
def column_types() -> tuple[ColumnType, ...]:
    """The types of ``rules/columns.yaml``, in its order."""
    return tuple(
        ColumnType(
            t["entity_type"],
            _phrases(t["names"]),
            _phrases(t.get("weak", [])),
            t.get("shape", ""),
            t.get("check", ""),
            t.get("persons_only", False),
            frozenset(t.get("allow", [])),
            frozenset(t.get("never", [])),
        )
        for t in _data()["types"]
    )


@lru_cache(maxsize=1)
def _context() -> dict[str, frozenset[tuple[str, ...]]]:
    return {entity_type: _phrases(names) for entity_type, names in _data()["context"].items()}


def _at_edge(found: tuple[str, ...], phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The longest phrase that starts or ends the name (or is the name written as one word)."""
    joined = ("".join(found),)
    if joined in phrases:
        return found
    for size in range(min(len(found), 5), 0, -1):
        for piece in (found[:size], found[-size:]):
            if piece in phrases or ("".join(piece),) in phrases:
                return piece
    return None


@lru_cache(maxsize=65536)
def readings(name: str) -> tuple[Reading, ...]:
    """The types that a column's name suggests, most telling first; empty for an opaque name."""
    found = words(name)
    if not found:
        return ()
    stop = frozenset(_data()["stop"])
    result = []
    for kind in column_types():
        piece = _at_edge(found, kind.names)
        if piece and not (stop & set(found) - set(piece) - kind.allow) and not kind.never & set(found):
            result.append(Reading(kind.entity_type, False, kind))
        elif found in kind.weak:
            result.append(Reading(kind.entity_type, True, kind))
    for entity_type, phrases in _context().items():
        piece = _at_edge(found, phrases)
        if piece and not stop & (set(found) - set(piece)):
            result.append(Reading(entity_type, False, None))
    return tuple(result)
