"""The database of an invented town hall: tables of all types, made from a seed, for PostgreSQL and MySQL."""

from __future__ import annotations

import random
from collections.abc import Iterator

FIRST = ["Léa", "Hugo", "Chloé", "Amélie", "François", "Zoé", "Jérôme", "Inès", "Anaïs", "Loïc", "Nadia", "Paul"]
LAST = ["Martin", "Bernard", "Lefèvre", "Moreau", "Garcia", "Petit", "Roux", "N'Guyen", "Durand", "Lambert", "Faure"]
ILLS = [
    "diabète de type 2",
    "asthme sévère",
    "hypertension artérielle",
    "épilepsie",
    "dépression",
    "allergie\taux noix",
]

# Table -> columns: name, PostgreSQL type, MySQL type, comment.
Columns = list[tuple[str, str, str, str]]
TABLES: dict[str, Columns] = {
    "habitants": [
        ("id", "integer PRIMARY KEY", "int PRIMARY KEY", ""),
        ("nom", "varchar(60)", "varchar(60)", ""),
        ("prenom", "text", "text", ""),
        ("courriel", "varchar(90)", "varchar(90)", ""),
        ("tel", "char(14)", "char(14)", ""),
        ("d1", "date", "date", "date de naissance"),
        ("nir", "varchar(15)", "varchar(15)", ""),
        ("actif", "boolean", "tinyint(1)", ""),
        ("solde", "numeric(10,2)", "decimal(10,2)", ""),
        ("taux", "double precision", "double", ""),
    ],
    "consultations": [
        ("id", "bigint", "bigint", ""),
        ("habitant_id", "integer REFERENCES habitants (id)", "int REFERENCES habitants (id)", ""),
        ("pathologie", "text", "text", ""),
        ("vu_le", "timestamp", "datetime", ""),
    ],
    "paiements": [
        ("id", "integer", "int", ""),
        ("iban", "varchar(34)", "varchar(34)", ""),
        ("titulaire", "varchar(80)", "varchar(80)", ""),
        ("regle", "time", "time", ""),
        ("piece", "bytea", "blob", ""),
    ],
    "journal": [
        ("id", "integer", "int", ""),
        ("adresse_ip", "varchar(40)", "varchar(40)", ""),
        ("message", "text", "text", ""),
        ("parametres", "json", "longtext", ""),
    ],
    "catalogue": [
        ("id", "integer", "int", ""),
        ("libelle", "varchar(80)", "varchar(80)", ""),
        ("poids", "real", "float", ""),
        ("annee", "smallint", "year", ""),
    ],
}  # fmt: skip
ROWS = 60


def rows(table: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table, the same for every server."""
    draw = random.Random(table)
    for number in range(1, ROWS + 1):
        first, last = draw.choice(FIRST), draw.choice(LAST)
        yield ROW[table](draw, number, first, last)


def _nir(draw: random.Random) -> str:
    body = f"{draw.choice('12')}{draw.randrange(50, 99)}{draw.randrange(1, 13):02d}{draw.randrange(1, 95):02d}"
    body += f"{draw.randrange(1, 990):03d}{draw.randrange(1, 999):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def _iban(draw: random.Random) -> str:
    body = f"{draw.randrange(10**10):010d}{draw.randrange(10**11):011d}{draw.randrange(100):02d}"
    return f"FR{98 - int(body + '152700') % 97:02d}{body}"


def _date(draw: random.Random) -> str:
    return f"{draw.randrange(1940, 2010)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"


ROW = {
    "habitants": lambda d, n, f, name: (
        n, name, f if n % 9 else None, f"{f[:1]}.{n}@example.org".lower(),
        f"06 39 98 {d.randrange(100):02d} {n % 100:02d}",
        _date(d), _nir(d), n % 2 == 0, f"{d.randrange(9999)}.50", 0.25,
    ),
    "consultations": lambda d, n, f, name: (n, n, d.choice(ILLS), f"{_date(d)} 10:00:00"),
    "paiements": lambda d, n, f, name: (n, _iban(d), f"{name} {f}", "12:30:00", bytes([0, 255, n, 39, 92, 10])),
    "journal": lambda d, n, f, name: (
        n, f"203.0.113.{n}", f"{f} dit : l'accès\nest \\ouvert; (voir \"plan\")", f'{{"mail": "p{n}@example.org"}}',
    ),
    "catalogue": lambda d, n, f, name: (n, f"Banc n° {n}", 12.5, 1990 + n % 30),
}  # fmt: skip


def statements(kind: str) -> Iterator[str]:
    """What makes the tables."""
    for table, columns in TABLES.items():
        types = (f"{name} {pg if kind == 'postgresql' else my}" for name, pg, my, _ in columns)
        said = [f" COMMENT '{c}'" if c and kind == "mysql" else "" for _, _, _, c in columns]
        listed = ", ".join(column + comment for column, comment in zip(types, said, strict=True))
        yield f"CREATE TABLE {table} ({listed})"
        if kind == "postgresql":
            yield from (f"COMMENT ON COLUMN {table}.{name} IS '{c}'" for name, _, _, c in columns if c)
