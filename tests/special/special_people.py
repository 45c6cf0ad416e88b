"""Invented persons of case files: names drawn apart, mailboxes of example domains, phones of the ranges for fiction."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


def _names(text: str) -> list[str]:
    return text.split()


WOMEN = {
    "fr": _names(
        "Ariane Bérénice Colombe Delphine Estelle Flavie Garance Hermine Isaure Jeanne Karine Lucile Mahaut Ninon "
        "Ombeline Perrine Rosalie Sidonie Tiphaine Viviane Aïcha Fatima Linh Aminata Ioana"
    ),
    "en": _names(
        "Abigail Bridget Cordelia Daphne Edith Felicity Georgina Harriet Isla Jocelyn Kendra Lorna Maeve Nora "
        "Priscilla Rowena Tabitha Ursula Wendy Zadie"
    ),
}
MEN = {
    "fr": _names(
        "Aurèle Baptiste Cyprien Dorian Ernest Fulbert Gaspard Honoré Isidore Joachim Killian Lilian Marius Nestor "
        "Octave Prosper Rémi Sylvain Tugdual Victorien Malik Youssef Minh Ibrahima Mihai"
    ),
    "en": _names(
        "Alastair Barnaby Clifford Duncan Edgar Fergus Gilbert Horace Irvin Jasper Kenneth Lester Magnus Nigel Oswald "
        "Percival Rodney Stanley Terence Wilbur"
    ),
}
SURNAMES = {
    "fr": _names(
        "Amblard Bonnefoy Carpentras Darmont Estève Fontanille Gourdon Hamelin Jaricot Kerbrat Lacassagne Maisonneuve "
        "Nourry Orsini Pélissier Quesnel Rebillard Salvignac Taffin Urvoy Vandaele Wattelet Zimmer Belhadj Cissokho "
        "Trinh Munteanu Le-Goff Saint-Aubin Ferreira Guillory Montferrand"
    ),
    "en": _names(
        "Ashdown Birtwistle Cotterill Davenport Eastwood Fothergill Gatenby Hargreave Inglesby Jessop Kirkbride "
        "Loxley Marchbank Netherton Oakshott Penrose Quarmby Ravenscroft Shuttleworth Thistlewood Underhill "
        "Wolstenholme Yarwood Okafor Chaudhry"
    ),
}
STREETS = {
    "fr": ["rue des Tilleuls", "avenue de la Gare", "impasse du Moulin", "boulevard Carnot", "chemin des Vignes"],
    "en": ["Mill Lane", "Orchard Road", "Victoria Terrace", "High Street", "Bridge Close"],
}
CITIES = {
    "fr": ["Rennes", "Angers", "Limoges", "Valence", "Amiens", "Perpignan", "Tulle", "Vesoul"],
    "en": ["Leeds", "Bristol", "Norwich", "Cardiff", "Dundee", "Exeter", "Hull", "Derby"],
}
PHONES = ["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98"]
"""Kept for fiction by the French numbering plan; the British one keeps 020 7946 0xxx."""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if sign.isascii() and sign.isalnum())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist; ``said`` gives what templates ask for by a word."""

    first: str
    last: str
    woman: bool
    lang: str
    said: dict[str, str]


def person(chance: Random, lang: str, today: date) -> Person:
    """A person of either sex with all that a case file may hold."""
    woman = chance.random() < 0.5
    first, last = chance.choice((WOMEN if woman else MEN)[lang]), chance.choice(SURNAMES[lang]).replace("-", " ")
    said = {"first": first, "last": last, "": f"{first} {last}", "up": last.upper(), "e": "e" if woman else ""}
    said["il"] = {"fr": ("il", "elle"), "en": ("he", "she")}[lang][woman]
    said["title"] = {"fr": ("M.", "Mme"), "en": ("Mr", "Ms")}[lang][woman]
    said["mail"] = f"{_plain(first)}.{_plain(last)}@{chance.choice(['example.org', 'example.com', 'example.net'])}"
    said["tel"] = f"{chance.choice(PHONES)} {chance.randint(10, 99)} {chance.randint(10, 99)}"
    if lang == "en":
        said["tel"] = f"020 7946 0{chance.randint(100, 999)}"
    said["street"] = f"{chance.randint(1, 98)} {chance.choice(STREETS[lang])}, {chance.choice(CITIES[lang])}"
    said["id"] = str(chance.randint(10_000, 99_999))
    said["parent"] = chance.choice(WOMEN[lang] + MEN[lang])
    said |= _births(chance, today)
    return Person(first, last, woman, lang, said)


def _births(chance: Random, today: date) -> dict[str, str]:
    adult = today - timedelta(days=chance.randint(22 * 366, 80 * 365))
    kid = today - timedelta(days=chance.randint(5 * 366, 12 * 365))
    toddler = today - timedelta(days=chance.randint(200, 900))
    return {
        "dob": f"{adult:%d/%m/%Y}",
        "iso": adult.isoformat(),
        "kid": f"{kid:%d/%m/%Y}",
        "kidiso": kid.isoformat(),
        "toddler": f"{toddler:%d/%m/%Y}",
    }
