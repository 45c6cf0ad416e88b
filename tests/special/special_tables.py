"""Invented tables of persons with one column under a name that says nothing, sensitive or not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import yaml
from special_people import CITIES, person

FOLDER = Path(__file__).parent / "cases"
ROWS = (24, 60)
FILLED = 0.55
_PERSONS: dict[str, list[dict[str, str]]] = {
    "fr": [
        {"nom": "last", "prenom": "first", "email": "mail"},
        {"client": "", "telephone": "tel"},
        {"matricule": "id", "nom": "up", "prenom": "first"},
        {"civilite": "title", "nom_complet": "", "adresse": "street"},
    ],
    "en": [
        {"first_name": "first", "last_name": "last", "email": "mail"},
        {"customer": "", "phone": "tel"},
        {"staff_no": "id", "name": "", "email": "mail"},
    ],
}
_OTHERS = {"fr": ["ville", "montant"], "en": ["city", "amount"]}


@dataclass(frozen=True, slots=True)
class OpaqueTable:
    """``column`` holds data of the regime ``expected``, or of none."""

    path: str
    column: str
    lang: str
    expected: str
    content: bytes


def opaque_tables(seed: int = 1, today: date | None = None) -> Iterator[OpaqueTable]:
    """One table for each list of cells, CSV and SQL in turn."""
    lists = yaml.safe_load((FOLDER / "columns.yaml").read_text(encoding="utf-8"))
    asked = [(regime, one) for regime, some in lists["sensitive"].items() for one in some]
    asked += [("", one) for one in lists["neutral"]]
    for number, (regime, one) in enumerate(asked):
        chance = Random(f"{seed}/table/{number}")
        column = lists["names"][number % len(lists["names"])]
        rows = _rows(chance, one, column, lists["empty"][one["lang"]], today or date.today())
        sql = number % 2 == 1
        text = _as_sql(rows) if sql else _as_csv(chance, rows)
        yield OpaqueTable(f"t{number:03d}.{'sql' if sql else 'csv'}", column, one["lang"], regime, text.encode())


def _rows(chance: Random, one: dict[str, Any], column: str, empty: list[str], today: date) -> list[dict[str, str]]:
    lang = one["lang"]
    shape = chance.choice(_PERSONS[lang])
    rows = []
    for _ in range(chance.randint(*ROWS)):
        said = person(chance, lang, today).said
        cell = chance.choice(one["cells"]) if chance.random() < FILLED else chance.choice(empty)
        place, amount = _OTHERS[lang]
        rows.append(
            {name: said[what] for name, what in shape.items()}
            | {place: chance.choice(CITIES[lang]), column: cell, amount: str(chance.randint(10, 900))}
        )
    return rows


def _as_csv(chance: Random, rows: list[dict[str, str]]) -> str:
    stream = StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=chance.choice(";,"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _as_sql(rows: list[dict[str, str]]) -> str:
    names = ", ".join(f"{name} VARCHAR(200)" for name in rows[0])
    lines = [f"CREATE TABLE t_data ({names});"]
    for row in rows:
        cells = ", ".join("'" + cell.replace("'", "''") + "'" for cell in row.values())
        lines.append(f"INSERT INTO t_data ({', '.join(row)}) VALUES ({cells});")
    return "\n".join(lines) + "\n"
