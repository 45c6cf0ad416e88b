"""What the name of a column says of its values: French and English words, abbreviations, what switches them off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import re2
import yaml

from recognizers.subject import fold

CAMEL = re2.compile(r"(\p{Ll})(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})")
WORD = re2.compile(r"[a-z]+")
SMALL = frozenset({"de", "du", "la", "le", "des", "d", "l", "of", "the", "n", "no", "num"})
"""Words that a name means as well without."""
NUMBER = frozenset({"num", "numero", "no", "n", "nr", "nbr", "number"})
KEYS = NUMBER | {"id", "ids", "code", "ref", "key", "cle", "uuid", "guid", "fk", "pk", "ident", "hash"}
"""Words that make a number or a key of whose it is: ``id_client`` is not what a client is called."""
_LONGEST = 28
"""Letters of words written as one that are taken apart."""


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
    telling: bool = False
    """Whether hardly anything else has that shape."""
    has_recogniser: bool = False
    """Whether a recogniser of its own judges the values."""
    says: str = ""
    """Values that hardly stand for anything else, and confirm a weak name; they need none if the type ``speaks``."""
    speaks: bool = False
    announces: frozenset[str] = frozenset()
    """Types whose recognisers may look as if the name had said them: any of them may be meant."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One type that a name suggests; ``weak`` names need values that confirm them."""

    entity_type: str
    weak: bool
    type: ColumnType | None
    """None for a type that has a recogniser of its own."""
    own: bool = True
    """Whether the name says it by itself, and not only beside whose it is."""


PATH = re2.compile(r"[\w\[\]:@-]+(?:[./][\w\[\]:@-]+)*[./]([\w:@-]{2,})(?:\[\])*")


def words(name: str) -> tuple[str, ...]:
    """``NomDeFamille2`` -> ``("nom", "famille")``: folded words without digits and articles."""
    found = _raw_words(name)
    return tuple(w for w in found if w not in SMALL) or found


def _bare(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind what a programmer put before them: ``strNom`` is ``nom``."""
    return found[1:] if len(found) > 1 and found[0] in _data_set("affixes") else found


def _numbered(name: str) -> tuple[str, ...]:
    """The same with the word for a number, spelled in one way: ``no_carte`` says more than ``carte``."""
    found = tuple("num" if w in NUMBER else w for w in _raw_words(name))
    return tuple(w for w in found if w == "num" or w not in SMALL) or found


@lru_cache(maxsize=65536)
def _raw_words(name: str) -> tuple[str, ...]:
    path = PATH.fullmatch(name[:200])  # of ``clients[].adresse.ville`` only the last part names the values
    spaced = CAMEL.sub(r"\1\3 \2\4", path.group(1) if path else name[:200]).replace("ß", "ss")
    found = [w.group() for w in WORD.finditer(fold(spaced))]
    if len(found) > 1 and all(len(word) == 1 for word in found):
        return ("".join(found),)  # N.I.R.
    return tuple(part for word in found for part in _taken_apart(word))


def _taken_apart(word: str) -> tuple[str, ...]:
    """``datedenaissance`` -> ``date``, ``de``, ``naissance``; a word that names hold, or holds anything else, stays."""
    known = _known_words()
    if len(word) < 6 or len(word) > _LONGEST or word in known:
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            before, piece = best[start], word[start:end]
            if before is not None and piece in known and (len(piece) > 2 or piece in _SHORT):
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, piece)
    parts = best[-1]
    return parts if parts and any(len(part) > 3 for part in parts) else (word,)


_SHORT = frozenset({"de", "du", "la", "le", "cp", "id", "ip", "no"})


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """The words that the data file knows, of which words written as one may be made."""
    data = _data()
    phrases = [name for t in data["types"] for name in (*t.get("names", ()), *t.get("weak", ()))]
    phrases += [name for names in data["context"].values() for kind in names.values() for name in kind]
    return (
        frozenset(w for phrase in (*phrases, *data["owners"], *data["stop"]) for w in fold(phrase).split())
        | SMALL
        | KEYS
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = (files("rules") / "columns.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    return data


def _phrases(names: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(_numbered(n) for n in names)


@lru_cache(maxsize=1)
def column_types() -> tuple[ColumnType, ...]:
    """The types of ``rules/columns.yaml``, in its order; those that a recogniser judges come last."""
    data = _data()
    own = [_column_type(t["entity_type"], t) for t in data["types"]]
    return *own, *(_column_type(entity_type, names, True) for entity_type, names in data["context"].items())


def _column_type(entity_type: str, t: dict[str, Any], has_recogniser: bool = False) -> ColumnType:
    return ColumnType(
        entity_type,
        _phrases(t.get("names", [])),
        _phrases(t.get("weak", [])),
        t.get("shape", ""),
        t.get("check", ""),
        t.get("persons_only", False),
        frozenset(t.get("allow", [])),
        frozenset(t.get("never", [])),
        t.get("telling", False),
        has_recogniser,
        t.get("says", ""),
        t.get("speaks", False),
        frozenset(t.get("announces", [])),
    )


def _at_edge(found: tuple[str, ...], phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest phrase that starts or ends the name (or is the name written as one word); else nothing."""
    if ("".join(found),) in phrases:
        return found
    for size in range(min(len(found), 5), 0, -1):
        for piece in (found[:size], found[-size:]):
            if piece in phrases or ("".join(piece),) in phrases:
                return piece
    return ()


_GIVEN = frozenset({"prenom", "prenoms", "pnom", "firstname", "forename", "fname", "first", "given"})


def is_first_name(name: str) -> bool:
    """Whether a column of this name holds first names."""
    return not _GIVEN.isdisjoint(words(name)) and any(reading.entity_type == "PERSON" for reading in readings(name))


def is_remark(name: str) -> bool:
    """Whether a column of this name holds what people wrote about its rows."""
    return not _data_set("remarks").isdisjoint(words(name))


@lru_cache(maxsize=4)
def _data_set(key: str) -> frozenset[str]:
    return frozenset(_data()[key])


def announced(found: tuple[Reading, ...]) -> frozenset[str]:
    """The types that recognisers are told of: those of a name's readings, and those that may be meant by them."""
    own = frozenset(reading.entity_type for reading in found)
    return own.union(*(reading.type.announces for reading in found if reading.type is not None))


def names_things(name: str) -> bool:
    """Whether a column of this name holds things that are called something: products, towns, films."""
    stop, owners, things = map(_data_set, ("stop", "owners", "things"))
    found = set(words(name))
    return bool(found & (stop | things)) and not found & owners


@lru_cache(maxsize=65536)
def readings(name: str) -> tuple[Reading, ...]:
    """The types that a column's name suggests, most telling first; empty for an opaque name."""
    found = words(name)
    if not found:
        return ()
    is_key = not KEYS.isdisjoint(_raw_words(name))
    spellings = {found, _numbered(name), _bare(found)}
    pieces: dict[str, tuple[float, Reading]] = {}
    for kind in column_types():
        if is_key and kind.check == "names":
            continue
        strength, weak = max((_strength(kind, spelled) for spelled in spellings), key=_strongest)
        kept = pieces.get(kind.entity_type)
        if strength and (kept is None or strength > kept[0]):
            own = None if kind.has_recogniser else kind
            pieces[kind.entity_type] = strength, Reading(kind.entity_type, weak, own, strength >= 1)
    most = max((strength for strength, _ in pieces.values()), default=0)
    return tuple(reading for strength, reading in pieces.values() if strength == most)


def _strongest(strength: tuple[float, bool]) -> tuple[float, bool]:
    return strength[0], not strength[1]


_BY_OWNER = 0.5
"""Less than a word: a weak name beside whose it is gives way to any name that is meant as a whole."""


def _strength(kind: ColumnType, found: tuple[str, ...]) -> tuple[float, bool]:
    """How many words of the name say this type, and whether they are weak."""
    stop, owners = _data_set("stop"), _data_set("owners")
    if kind.never & set(found):
        return 0, False
    piece = _at_edge(found, kind.names)
    if piece and not (stop & set(found) - set(piece) - kind.allow):
        return len(piece), False
    if found in kind.weak:
        return len(found), True
    bare = tuple(word for word in found if word not in owners)
    return (_BY_OWNER, False) if len(bare) < len(found) and bare in kind.weak else (0, False)
