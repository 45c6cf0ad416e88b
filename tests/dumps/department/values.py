"""Values of the invented department, made from a seed: the same rows for every server."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from .schema import Table, rows_of, tables


def listed(words: str, apart: str = " ") -> list[str]:
    """Words written as one string."""
    return words.split(apart)


FIRST = listed(
    "Léa Hugo Chloé Amélie François Zoé Jérôme Inès Anaïs Loïc Nadia Paul Karim Mehdi Fatou Aline Benoît Camille "
    "Damien Élise Florian Gaëlle Hélène Ismaël Julie Kévin Lucie Mathieu Noémie Olivier Pauline Quentin Rachid Sophie "
    "Thomas Ursule Valérie Xavier Yasmine Zacharie"
)
LAST = listed(
    "Martin Bernard Lefèvre Moreau Garcia Petit Roux N'Guyen Durand Lambert Faure Benali Traoré Rousseau Vincent "
    "Fontaine Chevalier Gauthier Perrin Morin Girard Lemaire Renaud Barbier Arnaud Colin Picard Brunet Dupuis Meunier "
    "Legoff Haddad Schmitt Weber Diallo Costa Pereira Marchand Lucas Noël"
)
ILLS = listed(
    "diabète de type 2|asthme sévère|hypertension artérielle|épilepsie|dépression|eczéma|migraine|lombalgie", "|"
)
WORDS: dict[str, list[str]] = {
    "title": ["M", "F"],
    "town": ["Clairval", "Pontarlay", "Saint-Ouvent", "Montreuvy", "La Ferrière-aux-Bois", "Bourg-le-Duc", "Vaucressy"],
    "subject": ["Inscription cantine", "Carte d'accès", "Aide au logement", "État civil", "Voirie", "Déchetterie"],
    "state": ["ouverte", "en cours", "close"],
    "verb": ["GET", "POST", "PUT"],
    "path": ["/", "/compte", "/demandes/nouvelle", "/cantine/menu.pdf", "/api/v1/statut"],
    "browser": ["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "curl/8.4.0"],
    "party": ["Parti socialiste", "Les Républicains", "Europe Écologie Les Verts", "MoDem", "Sans étiquette"],
    "role": ["maire", "adjointe", "conseiller", "conseillère"],
    "unit": ["voirie", "état civil", "DRH", "informatique", "PMI"],
    "leave": ["congé annuel", "RTT", "rendez-vous", "enfant malade"],
    "ill": ILLS,
    "union": ["CGT", "CFDT", "FO", "SUD", "UNSA"],
    "course": ["mathématiques", "histoire", "sécurité incendie", "accueil du public", "anglais"],
    "product": ["Banc en bois", "Lampadaire LED", "Sel de déneigement", "Papier A4", "Tondeuse", "Peinture routière"],
    "door": ["Entrée nord", "Parking", "Salle serveur", "Archives"],
    "specialty": ["généraliste", "pédiatre", "cardiologue", "psychiatre"],
    "blood": ["A+", "A-", "B+", "O+", "O-", "AB+"],
    "drug": ["paracétamol", "metformine", "salbutamol", "sertraline", "amoxicilline"],
    "dose": ["1 comprimé matin et soir", "2 bouffées si besoin", "1 par jour au coucher"],
    "vaccine": ["DTP", "ROR", "grippe", "hépatite B"],
    "school": ["École des Tilleuls", "École du Parc", "Collège de la Plaine"],
    "grade": ["CP", "CE1", "CE2", "CM1", "CM2", "6e"],
    "diet": ["standard", "sans porc", "végétarien", "halal", "PAI arachide"],
    "company": ["Travaux du Val SARL", "Papeterie Moderne SA", "Éclairage & Fils", "Espaces Verts du Centre"],
    "means": ["virement", "carte", "chèque", "espèces"],
    "bic": ["AGRIFRPPXXX", "BNPAFRPPXXX", "CEPAFRPP751"],
    "aid": ["RSA", "AAH", "APA", "aide alimentaire"],
    "http": ["200", "200", "200", "302", "404", "500"],
    "key": ["smtp.hote", "portail.titre", "sauvegarde.heure", "theme"],
}

Maker = Callable[[random.Random, int], str]


def _checked(body: str) -> str:
    """The last digit by the rule of Luhn."""
    total = sum(sum(divmod(int(c) * (2 - at % 2), 10)) for at, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def _nir(draw: random.Random, _: int) -> str:
    body = f"{draw.choice('12')}{draw.randrange(50, 99)}{draw.randrange(1, 13):02d}{draw.randrange(1, 95):02d}"
    body += f"{draw.randrange(1, 990):03d}{draw.randrange(1, 999):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def _iban(draw: random.Random, _: int) -> str:
    body = f"{draw.randrange(10**10):010d}{draw.randrange(10**11):011d}{draw.randrange(100):02d}"
    return f"FR{98 - int(body + '152700') % 97:02d}{body}"


def _mail(draw: random.Random, n: int) -> str:
    return f"{draw.choice('abcdefghijklmnopqrstuvwxyz')}.contact{n}@example.{draw.choice(('org', 'com', 'net'))}"


def _full(draw: random.Random, _: int) -> str:
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"


def _blob(draw: random.Random, n: int) -> str:
    return "89504e470d0a1a0a00" if n % 5 == 0 else draw.randbytes(12).hex() + "00275c0aff"


_DAY = date(2020, 1, 1)
_DAYS = [(_DAY + timedelta(days=n)).isoformat() for n in range(2000)]
_BIRTHS = [(date(1938, 1, 1) + timedelta(days=7 * n)).isoformat() for n in range(3500)]
_CHILDREN = [(date(2012, 1, 1) + timedelta(days=n)).isoformat() for n in range(3000)]

MAKERS: dict[str, Maker] = {
    **{kind: (lambda d, n, words=words: d.choice(words)) for kind, words in WORDS.items()},  # type: ignore[misc]
    "pk": lambda d, n: str(n),
    "big": lambda d, n: str(10_000_000_000 + n),
    "last": lambda d, n: d.choice(LAST),
    "first": lambda d, n: d.choice(FIRST),
    "full": _full,
    "mail": _mail,
    "phone": lambda d, n: f"06 39 98 {n // 100 % 100:02d} {n % 100:02d}",
    "nir": _nir,
    "iban": _iban,
    "insee": lambda d, n: f"{n % 95 + 1:02d}{n % 900:03d}",
    "postcode": lambda d, n: f"{n % 95 + 1:02d}{n % 90:02d}0",
    "street": lambda d, n: f"{n % 180 + 1} rue {d.choice(('des Lilas', 'de la Gare', 'Jean Jaurès', 'du Moulin'))}",
    "count": lambda d, n: str(d.randrange(100_000)),
    "small": lambda d, n: str(d.randrange(300)),
    "amount": lambda d, n: f"{d.randrange(500_000)}.{d.randrange(100):02d}",
    "ratio": lambda d, n: str(d.randrange(1, 2000) / 100),
    "real": lambda d, n: str(d.randrange(1, 800) / 8),
    "latitude": lambda d, n: str(45 + d.randrange(20000) / 10000),
    "longitude": lambda d, n: str(2 + d.randrange(20000) / 10000),
    "flag": lambda d, n: str(n % 2),
    "day": lambda d, n: d.choice(_DAYS),
    "birth": lambda d, n: d.choice(_BIRTHS),
    "childbirth": lambda d, n: d.choice(_CHILDREN),
    "moment": lambda d, n: f"{d.choice(_DAYS)} {n % 24:02d}:{n % 60:02d}:{n % 59:02d}",
    "year": lambda d, n: str(1990 + n % 35),
    "uuid": lambda d, n: f"{n:08x}-5eed-4000-8000-{d.getrandbits(48):012x}",
    "login": lambda d, n: f"usager{n}",
    "hash": lambda d, n: f"$2y$10${d.getrandbits(260):053x}"[:60].ljust(60, "a"),
    "ip": lambda d, n: f"203.0.113.{d.randrange(1, 255)}" if n % 4 else f"2001:db8::{n % 65536:x}",
    "reference": lambda d, n: f"R{n:07d}",
    "file": lambda d, n: f"piece_{n}.pdf",
    "plate": lambda d, n: f"{'ABCD'[n % 4]}{'EFGH'[n % 3]}-{n % 999 + 1:03d}-{'JKLM'[n % 4]}N",
    "siret": lambda d, n: _checked(f"{_checked(f'{d.randrange(10**7, 10**8)}')}{n % 9999:04d}"),
    "card": lambda d, n: _checked(f"497010{d.randrange(10**9):09d}"),
    "json": lambda d, n: f'{{"page": {n % 40}, "mail": "{_mail(d, n)}", "tri": ["nom", "date"]}}',
    "remark": lambda d, n: f"Reçu ce jour ; dossier \"complet\"\\{n}\nRappeler {_full(d, n)} avant l'été.",
    "sentence": lambda d, n: f"Bonjour, je n'ai pas reçu la réponse à ma demande n° {n}. Cordialement, {_full(d, n)}",
    "note": lambda d, n: f"Patient suivi pour {d.choice(ILLS)}.\tContrôle dans {n % 12 + 1} mois.",
    "blob": _blob,
}  # fmt: skip


def rows(table: Table, total: int) -> Iterator[list[str | None]]:
    """The rows of a table; binary values in hexadecimal digits."""
    counts = rows_of(total)
    draw = random.Random(table.name)
    makers: list[Maker] = []
    for column in table.columns:
        made = _referring(counts[column.refers]) if column.refers else MAKERS[column.kind]
        makers.append(_sometimes(made) if column.empties else made)
    for number in range(1, counts[table.name] + 1):
        yield [make(draw, number) or None for make in makers]


def _referring(most: int) -> Maker:
    return lambda d, n: str(d.randrange(1, most + 1))


def _sometimes(made: Maker) -> Maker:
    return lambda d, n: made(d, n) if n % 3 else ""


def copied(value: str | None, binary: str = "") -> str:
    r"""A value as COPY and LOAD DATA read it; ``binary`` stands before what is hexadecimal."""
    if value is None:
        return "\\N"
    plain = value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return binary + plain


def lines(table: Table, total: int, binary: str) -> Iterator[str]:
    """The rows of a table as lines of COPY."""
    marks = [binary if column.kind == "blob" else "" for column in table.columns]
    for row in rows(table, total):
        yield "\t".join(map(copied, row, marks)) + "\n"


assert all(column.refers or column.kind in MAKERS for table in tables() for column in table.columns)
