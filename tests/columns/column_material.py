"""Invented tables: columns that hold personal data under headers of five styles, and columns that hold none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from recognizers import gazetteers
from recognizers.folding import fold
from recognizers.splits import is_test
from recognizers.validators import VALIDATORS

DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "column_material.yaml").read_text(encoding="utf-8"))
STYLES = ("fr", "en", "abbr", "other", "opaque", "none")
"""How headers are written; `other` are German, Spanish and Italian ones, the last two say nothing."""
ROWS = 40
_LETTERS = "ABCDEFGHJKLMNPRSTVWX"


@dataclass(frozen=True, slots=True)
class Sample:
    """One column: its header, its values, and the types that are right for it (none: nobody's)."""

    kind: str
    style: str
    header: str
    values: tuple[str, ...]
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """One row."""

    first: str
    last: str
    born: tuple[int, int, int]
    woman: bool


class Words(dict[str, str]):
    """What a template asks for."""

    def __init__(self, rng: random.Random, *, test: bool) -> None:
        super().__init__()
        self.rng, self.test = rng, test

    def __missing__(self, name: str) -> str:
        if name in {"n1", "n5"}:
            return str(self.rng.randrange(int(name[1]) + 1))
        if not name.strip("n"):
            return "".join(str(self.rng.randrange(1, 10)) for _ in name)
        if not name.strip("x"):
            return "".join(self.rng.choice("0123456789abcdef") for _ in name)
        if name == "L":
            return self.rng.choice(_LETTERS)
        word = self._word(name.lower())
        return word.upper() if name.isupper() else word[0].upper() + word[1:] if name[0].isupper() else word

    def _word(self, name: str) -> str:
        if name in {"surname", "first", "town"}:
            return self.rng.choice(_listed(name, self.test)).title()
        half = [str(word) for word in DATA["lists"][name]]
        return self.rng.choice(half[self.test :: 2])


@lru_cache(maxsize=8)
def _listed(what: str, test: bool) -> list[str]:
    if what == "town":
        return sorted({t for t in gazetteers._table("communes.csv.gz")["nom"].to_pylist() if is_test(t, 0.5) is test})
    names, rank = {
        "first": (gazetteers.first_names(), gazetteers.is_first_name),
        "surname": (gazetteers._surnames(), gazetteers.is_surname),
    }[what]
    return sorted(n for n in names if len(n) > 2 and rank(n) >= 2 and is_test(n, 0.5) is test)


@lru_cache(maxsize=2)
def _postcodes(test: bool) -> list[tuple[str, str]]:
    codes = [code for code in (f"{number:05}" for number in range(1000, 96000)) if is_test(code, 0.5) is test]
    return [(code, min(towns)) for code in codes if (towns := gazetteers.town_of(code))]


def _people(rng: random.Random, count: int, *, test: bool) -> list[Person]:
    words = Words(rng, test=test)
    return [
        Person(
            words["first"],
            words["surname"],
            (rng.randrange(1940, 2010), rng.randrange(1, 13), rng.randrange(1, 29)),
            rng.random() < 0.5,
        )
        for _ in range(count)
    ]


def _plain(text: str) -> str:
    return fold(text).data.decode("ascii").lower().replace(" ", "").replace("'", "").replace("-", "")


def _passing(rng: random.Random, shape: str, check: str) -> str:
    """A value of this shape that passes the check of its standard."""
    while True:
        text = "".join(str(rng.randrange(10)) if c == "#" else rng.choice(_LETTERS) if c == "@" else c for c in shape)
        if VALIDATORS[check](text):
            return text


def _iban(rng: random.Random) -> str:
    body = "".join(str(rng.randrange(10)) for _ in range(23))
    key = 98 - int(body + "152700") % 97
    text = f"FR{key:02}{body}"
    return " ".join(text[at : at + 4] for at in range(0, 27, 4)) if rng.random() < 0.5 else text


def _nir(rng: random.Random, person: Person) -> str:
    body = f"{1 + person.woman}{person.born[0] % 100:02}{person.born[1]:02}{rng.randrange(10, 95)}"
    body += f"{rng.randrange(1, 400):03}{rng.randrange(1, 999):03}"
    return body + f"{97 - int(body) % 97:02}"


_DAY = 40


def _codice(rng: random.Random, person: Person) -> str:
    month = "ABCDEHLMPRST"[person.born[1] - 1]
    body = "".join(rng.choice("BCDFGLMNPRSTVZ") for _ in range(6))
    body += f"{person.born[0] % 100:02}{month}{person.born[2] + _DAY * person.woman:02}"
    return _until(rng, body)


def _until(rng: random.Random, body: str) -> str:
    """The rest of an Italian code: a commune and the letter that fits."""
    commune = f"{rng.choice('ABCDEFGHL')}{rng.randrange(100, 900)}"
    return next(text for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if VALIDATORS["it_cf"](text := body + commune + letter))


def _national(rng: random.Random, person: Person) -> str:
    born = f"{person.born[0] % 100:02}{person.born[1]:02}{person.born[2]:02}"
    return rng.choice(
        [
            lambda: _nir(rng, person),
            lambda: _passing(rng, "###-##-####", "us_ssn"),
            lambda: _passing(rng, f"{born}-####", "se_pnr"),
            lambda: _passing(rng, f"{born}#####", "pl_pesel"),
            lambda: _passing(rng, "########@", "es_dni"),
            lambda: f"{rng.choice('ACEGHJ')}{rng.choice('ABCEH')} {rng.randrange(10, 99)} {rng.randrange(10, 99)} 14 A",
            lambda: (
                f"{rng.randrange(100, 999)}.{rng.randrange(100, 999)}.{rng.randrange(100, 999)}-{rng.randrange(10, 99)}"
            ),
            lambda: f"{rng.randrange(100, 999)} {rng.randrange(100, 999)} {rng.randrange(100, 999)}",
        ]
    )()


def _pairs(rng: random.Random, count: int) -> str:
    return " ".join(str(rng.randrange(10, 99)) for _ in range(count))


def _pick(name: str) -> Callable[[random.Random, Person, Words], str]:
    return lambda rng, person, words: words[name]


MAKERS: dict[str, Callable[[random.Random, Person, Words], str]] = {
    "first_last": lambda rng, p, w: f"{p.first} {p.last}",
    "last_first": lambda rng, p, w: f"{p.last.upper()} {p.first}",
    "first_name": lambda rng, p, w: p.first,
    "last_name": lambda rng, p, w: p.last.upper(),
    "birth_name": _pick("maiden"),
    "title": lambda rng, p, w: "Mme" if p.woman else "M.",
    "sex": lambda rng, p, w: "F" if p.woman else "M",
    "birth_date": lambda rng, p, w: f"{p.born[2]:02}/{p.born[1]:02}/{p.born[0]}",
    "birth_date_iso": lambda rng, p, w: f"{p.born[0]}-{p.born[1]:02}-{p.born[2]:02}",
    "birth_place": lambda rng, p, w: w["town"],
    "nationality": _pick("nationality"),
    "marital": _pick("marital"),
    "children": lambda rng, p, w: str(rng.randrange(5)),
    "email": lambda rng, p, w: (
        f"{_plain(p.first)}.{_plain(p.last)}@{rng.choice(['example.org', 'example.com', 'mail.example.fr'])}"
    ),
    "mobile": lambda rng, p, w: f"0{rng.choice('67')} {_pairs(rng, 4)}",
    "landline": lambda rng, p, w: f"0{rng.randrange(1, 6)}{rng.randrange(20000000, 89999999)}",
    "phone_intl": lambda rng, p, w: f"+33 {rng.randrange(1, 8)} {rng.randrange(20, 89)} {_pairs(rng, 3)}",
    "phone_us": lambda rng, p, w: (
        f"({rng.choice([212, 415, 617, 312, 970])}) {rng.randrange(220, 899)}-{rng.randrange(1000, 9999)}"
    ),
    "address_full": lambda rng, p, w: f"{rng.randrange(1, 200)} {w['way']} {w['bearer']}, {_place(rng, w.test)}",
    "street": lambda rng, p, w: f"{rng.randrange(1, 200)} {w['way']} {w['bearer']}",
    "address_us": lambda rng, p, w: f"{rng.randrange(10, 2000)} {w['us_street']} {w['us_way']}, {w['us_town']}",
    "address_de": lambda rng, p, w: f"{w['de_street']} {rng.randrange(1, 90)}, {w['de_town']}",
    "postcode": lambda rng, p, w: rng.choice(_postcodes(w.test))[0],
    "town": lambda rng, p, w: w["town"],
    "iban": lambda rng, p, w: _iban(rng),
    "rib": lambda rng, p, w: _rib(rng),
    "card": lambda rng, p, w: _passing(rng, "4970############", "payment_card"),
    "nir": lambda rng, p, w: _nir(rng, p),
    "national_mixed": lambda rng, p, w: _national(rng, p),
    "be_nn": lambda rng, p, w: _passing(rng, f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}#####", "be_nn"),
    "es_dni": lambda rng, p, w: _passing(rng, "########@", "es_dni"),
    "it_cf": lambda rng, p, w: _codice(rng, p),
    "pesel": lambda rng, p, w: _passing(rng, f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}#####", "pl_pesel"),
    "us_ssn": lambda rng, p, w: _passing(rng, "###-##-####", "us_ssn"),
    "uk_nino": lambda rng, p, w: (
        f"{rng.choice('ACEGHJ')}{rng.choice('ABCEH')}{rng.randrange(100000, 999999)}{rng.choice('ABCD')}"
    ),
    "se_pnr": lambda rng, p, w: _passing(rng, f"{p.born[0] % 100:02}{p.born[1]:02}{p.born[2]:02}-####", "se_pnr"),
    "siret": lambda rng, p, w: _passing(rng, _passing(rng, "4########", "siren") + "000##", "siret"),
    "plate": lambda rng, p, w: f"{w['L']}{w['L']}-{w['nnn']}-{w['L']}{w['L']}",
    "ip": lambda rng, p, w: (
        f"{rng.choice([81, 90, 92, 109, 176])}.{rng.randrange(1, 250)}.{rng.randrange(1, 250)}.{rng.randrange(1, 250)}"
    ),
    "mac": lambda rng, p, w: ":".join(w["xx"] for _ in range(6)),
    "username": lambda rng, p, w: f"{_plain(p.first)[0]}{_plain(p.last)}{rng.choice(['', str(rng.randrange(99))])}",
    "password": lambda rng, p, w: f"{w['Noun']}{rng.randrange(10, 9999)}{rng.choice('!#*')}",
    "hash": lambda rng, p, w: "$2y$10$" + "".join(rng.choice("abcdefghijkABCDEFGHIJ0123456789./") for _ in range(53)),
    "salary": lambda rng, p, w: f"{rng.randrange(1500, 6000)},{rng.randrange(10, 99)}",
    "job": _pick("job"),
    "employee_id": lambda rng, p, w: f"A{rng.randrange(10000, 99999)}",
}


def _rib(rng: random.Random) -> str:
    bank, branch, account = rng.randrange(10000, 40000), rng.randrange(100, 9999), rng.randrange(10**9, 10**10)
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    return f"{bank:05} {branch:05} {account:011} {key:02}"


def _place(rng: random.Random, test: bool) -> str:
    code, town = rng.choice(_postcodes(test))
    return f"{code} {town.title()}"


def _header(own: dict[str, Any], style: str, rng: random.Random, number: int) -> str:
    if style == "none":
        return ""
    if style == "opaque":
        return rng.choice([f"col{number}", f"F{number}", f"champ_{number}", f"x{number}"])
    return str(rng.choice(own[style]))


def personal_column(
    kind: str, style: str, people: list[Person], rng: random.Random, *, test: bool, number: int
) -> Sample:
    """One column of these people."""
    own, words = DATA["personal"][kind], Words(rng, test=test)
    values = tuple(MAKERS[kind](rng, person, words) for person in people)
    return Sample(kind, style, _header(own, style, rng, number), values, frozenset(own["types"]))


def thing_column(kind: str, style: str, rng: random.Random, *, test: bool, number: int) -> Sample:
    """One column of nobody's."""
    own, words = DATA["things"][kind], Words(rng, test=test)
    values = tuple(rng.choice(own["templates"]).format_map(words) for _ in range(ROWS))
    headers = dict.fromkeys(STYLES, own["headers"])
    return Sample(kind, style, _header(headers, style, rng, number), values, frozenset())


def alone(*, test: bool, seed: int = 5) -> Iterator[list[Sample]]:
    """Tables of one column: those that say by themselves what they are, and everything that is nobody's."""
    rng = random.Random(f"alone {seed} {test}")
    for kind, own in DATA["personal"].items():
        for style in STYLES if own.get("alone") else ():
            yield [personal_column(kind, style, _people(rng, ROWS, test=test), rng, test=test, number=1)]
    for kind in DATA["things"]:
        for style in ("fr", "opaque", "none"):
            yield [thing_column(kind, style, rng, test=test, number=1)]


def together(*, test: bool, seed: int = 5, times: int = 3) -> Iterator[list[Sample]]:
    """Tables of several columns: of persons, with something of nobody's among them, and of things alone."""
    rng = random.Random(f"together {seed} {test}")
    for _ in range(times):
        for style in STYLES:
            yield from _of_persons(style, rng, test=test)
            yield from _of_things(style, rng, test=test)


def _of_persons(style: str, rng: random.Random, *, test: bool) -> Iterator[list[Sample]]:
    said = style not in {"opaque", "none"}
    keys = {"first_last", "last_first"}
    kinds = [k for k, own in DATA["personal"].items() if k not in keys and (said or "alone" in own or "beside" in own)]
    things = [kind for kind, own in DATA["things"].items() if not own.get("somewhere")]
    rng.shuffle(kinds)
    for at in range(0, len(kinds), 6):
        people = _people(rng, ROWS, test=test)
        chosen = [rng.choice(sorted(keys)), *kinds[at : at + 6]]
        table = [personal_column(k, style, people, rng, test=test, number=n) for n, k in enumerate(chosen, 1)]
        others = rng.sample(things, 2)
        table += [thing_column(k, style, rng, test=test, number=n) for n, k in enumerate(others, len(table) + 1)]
        yield table


def _of_things(style: str, rng: random.Random, *, test: bool) -> Iterator[list[Sample]]:
    kinds = list(DATA["things"])
    rng.shuffle(kinds)
    for at in range(0, len(kinds), 8):
        yield [thing_column(k, style, rng, test=test, number=n) for n, k in enumerate(kinds[at : at + 8], 1)]
