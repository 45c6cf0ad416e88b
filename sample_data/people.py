"""Invented people and organisations: names combined at random, numbers with computed check digits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
TOWNS = (
    ("79300", "Bressuire"),
    ("79000", "Niort"),
    ("85500", "Les Herbiers"),
    ("49300", "Cholet"),
    ("44190", "Clisson"),
    ("86000", "Poitiers"),
    ("17000", "La Rochelle"),
    ("75011", "Paris"),
    ("69003", "Lyon"),
    ("33000", "Bordeaux"),
    ("35000", "Rennes"),
    ("49000", "Angers"),
    ("85000", "La Roche-sur-Yon"),
    ("31000", "Toulouse"),
    ("59000", "Lille"),
    ("67000", "Strasbourg"),
    ("20000", "Ajaccio"),
)
BIRTHPLACES = (
    ("79", "191", "Niort"),
    ("79", "049", "Bressuire"),
    ("85", "109", "Les Herbiers"),
    ("49", "099", "Cholet"),
    ("86", "194", "Poitiers"),
    ("33", "063", "Bordeaux"),
    ("35", "238", "Rennes"),
    ("49", "007", "Angers"),
    ("31", "555", "Toulouse"),
    ("59", "350", "Lille"),
    ("2A", "004", "Ajaccio"),
    ("97", "411", "Saint-Denis (La Réunion)"),
    ("99", "350", "Rabat (Maroc)"),
)
# Ranges that Arcep keeps for works of fiction.
FICTION_LANDLINES = ("0199", "0261", "0353", "0465", "0536")
LANDLINE_NEXT = {"0199": "00", "0261": "91", "0353": "01", "0465": "71", "0536": "49"}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, with every number that a file may need."""

    first: str
    last: str
    woman: bool
    born: date
    birthplace: str
    nir: str
    iban: str
    street: str
    postcode: str
    town: str
    mobile: str
    landline: str
    mail: str
    job: str
    number: str

    @property
    def title(self) -> str:
        return "Mme" if self.woman else "M."

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def address(self) -> str:
        return f"{self.street}, {self.postcode} {self.town}"

    @property
    def login(self) -> str:
        return plain(self.first)[0] + plain(self.last)


def plain(text: str) -> str:
    """Lower case, without accents nor separators: what a login or an address keeps of a name."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if sign.isalnum())


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def nir(rng: Random, woman: bool, born: date, department: str, commune: str) -> str:
    """Fifteen characters; the key is 97 minus the number modulo 97 (Corsica counts as 19 and 18)."""
    body = f"{2 if woman else 1}{born:%y%m}{department}{commune}{rng.randint(1, 480):03d}"
    value = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - value % 97:02d}"


def spaced_nir(number: str) -> str:
    return " ".join((number[0], number[1:3], number[3:5], number[5:7], number[7:10], number[10:13], number[13:]))


def rib(rng: Random) -> tuple[str, str, str, str]:
    """Bank, branch, account and key; bank codes 99 9xx belong to nobody."""
    bank, branch, account = f"999{rng.randint(10, 98)}", digits(rng, 5), digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return bank, branch, account, f"{key:02d}"


def iban_of(parts: tuple[str, str, str, str]) -> str:
    """The French IBAN of a domestic account (ISO 13616: FR is 15 27)."""
    body = "".join(parts)
    return f"FR{98 - int(body + '152700') % 97:02d}{body}"


def spaced(number: str, size: int = 4) -> str:
    return " ".join(number[at : at + size] for at in range(0, len(number), size))


def luhn(body: str) -> str:
    """The number with its Luhn digit added."""
    total = 0
    for rank, sign in enumerate(reversed(body)):
        value = int(sign) * (2 - rank % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def siren(rng: Random) -> str:
    return luhn("61" + digits(rng, 6))


def siret(rng: Random, company: str) -> str:
    return luhn(f"{company}{rng.randint(1, 9):04d}")


def vat(company: str) -> str:
    return f"FR{(12 + 3 * (int(company) % 97)) % 97:02d}{company}"


def card(rng: Random) -> str:
    return luhn(rng.choice(("497099", "513199")) + digits(rng, 9))


def mobile(rng: Random) -> str:
    return spaced("063998" + digits(rng, 4), 2)


def landline(rng: Random) -> str:
    start = rng.choice(FICTION_LANDLINES)
    return spaced(start + LANDLINE_NEXT[start] + digits(rng, 4), 2)


def invent(rng: Random, number: str, mail_domain: str = "") -> Person:
    """One person; without a domain the e-mail is a private one."""
    woman = rng.random() < 0.5
    first = rng.choice(WORDS["women" if woman else "men"])
    last = rng.choice(WORDS["surnames"])
    born = date(1961, 1, 1) + timedelta(days=rng.randrange(45 * 365))
    department, commune, birthplace = rng.choice(BIRTHPLACES)
    postcode, town = rng.choice(TOWNS)
    private = rng.choice(("example.org", "example.com", "courriel.example.org", "boite.example.net"))
    return Person(
        first=first,
        last=last,
        woman=woman,
        born=born,
        birthplace=birthplace,
        nir=nir(rng, woman, born, department, commune),
        iban=iban_of(rib(rng)),
        street=f"{rng.randint(1, 148)} {rng.choice(WORDS['streets'])}",
        postcode=postcode,
        town=town,
        mobile=mobile(rng),
        landline=landline(rng),
        mail=f"{plain(first)}.{plain(last)}@{mail_domain or private}",
        job=rng.choice(WORDS["jobs"]),
        number=number,
    )


def staff(seed: str = "vauquelin", count: int = 48) -> list[Person]:
    """The employees: the same in every file that speaks of them."""
    rng = Random(seed + ":staff")
    return [invent(rng, f"VQ{rank:04d}", "vauquelin.example.com") for rank in range(1, count + 1)]


def customers(seed: str = "vauquelin", count: int = 240) -> list[Person]:
    """The customers of the shop, with private e-mail addresses."""
    rng = Random(seed + ":customers")
    return [invent(rng, f"C{rank:05d}") for rank in range(1, count + 1)]
