"""Ten thousand values to plant: 1,000 invented people with ten things each that no output may repeat."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

KINDS = ("nir", "iban", "card", "email", "phone", "name", "address", "password", "birth", "key")
PEOPLE = 1000
FIRST = ("Maëlle", "Loïc", "Agathe", "Bastien", "Noémie", "Thibault", "Élodie", "Kévin", "Solène", "Hervé")
SYLLABLES = ("qua", "bro", "vek", "zou", "lim", "dax", "per", "ghi", "nol", "tri", "kos", "wen", "fla", "jub")
KEYS = (("AKIA", 16, string.ascii_uppercase + string.digits), ("ghp_", 36, string.ascii_letters + string.digits))


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted value; a failing test names its index and kind only."""

    index: int
    kind: str
    value: str = field(repr=False)


class Record(dict[str, str]):
    """One person, keys as in ``KINDS``; a failing test that shows it shows nothing."""

    def __repr__(self) -> str:
        return "<record>"


def records(seed: str = "canary") -> list[Record]:
    """The people; every value is used once."""
    rng = Random(seed)
    surnames = _surnames(rng, 2 * PEOPLE)
    return [_record(rng, rank, surnames[2 * rank], surnames[2 * rank + 1]) for rank in range(PEOPLE)]


def canaries(people: list[Record]) -> list[Canary]:
    """All values with a number, in the order of the people and of ``KINDS``."""
    flat = [(kind, one[kind]) for one in people for kind in KINDS]
    return [Canary(index, kind, value) for index, (kind, value) in enumerate(flat)]


def _surnames(rng: Random, count: int) -> list[str]:
    """Names that no list holds, so that finding one in an output can only be a leak."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choice(SYLLABLES) for _ in range(4)).capitalize()] = None
    return list(found)


def _record(rng: Random, rank: int, surname: str, street: str) -> Record:
    first = FIRST[rank % len(FIRST)]
    born = date(1931, 1, 1) + timedelta(days=24 * rank + rng.randrange(24))
    start, size, alphabet = KEYS[rank % 2]
    things = {
        "nir": nir(rng, born),
        "iban": iban(rng),
        "card": spaced(luhn("497099" + drawn(rng, string.digits, 9)), 4),
        "email": f"{surname.lower()}.{drawn(rng, string.ascii_lowercase, 4)}@courriel.example.org",
        "phone": f"06 39 98 {rank // 100 + 40:02d} {rank % 100:02d}",
        "name": f"{first} {surname}",
        "address": f"{rng.randint(1, 190)} rue {street}, 79300 Bressuire",
        "password": drawn(rng, string.ascii_letters + string.digits, 13) + rng.choice("!$#*") + str(rng.randint(0, 9)),
        "birth": f"{born:%d/%m/%Y}",
        "key": start + drawn(rng, alphabet, size),
    }
    return Record(things)


def drawn(rng: Random, alphabet: str, count: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(count))


def spaced(number: str, size: int) -> str:
    return " ".join(number[at : at + size] for at in range(0, len(number), size))


def nir(rng: Random, born: date) -> str:
    body = f"{rng.randint(1, 2)}{born:%y%m}79{rng.randint(1, 350):03d}{rng.randint(1, 480):03d}"
    sex, year, month, place, commune, order = (body[:1], body[1:3], body[3:5], body[5:7], body[7:10], body[10:])
    return f"{sex} {year} {month} {place} {commune} {order} {97 - int(body) % 97:02d}"


def iban(rng: Random) -> str:
    bank, branch, account = f"999{rng.randint(10, 98)}", drawn(rng, string.digits, 5), drawn(rng, string.digits, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    body = f"{bank}{branch}{account}{key:02d}"
    return spaced(f"FR{98 - int(body + '152700') % 97:02d}{body}", 4)


def luhn(body: str) -> str:
    total = 0
    for rank, sign in enumerate(reversed(body)):
        value = int(sign) * (2 - rank % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)
