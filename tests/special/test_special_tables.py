"""Tables of children, of secrets under bare names, and of things that persons only deal with."""

from __future__ import annotations

import string
from datetime import date, timedelta
from random import Random

import pyarrow as pa
import pytest
from special_people import person

from scanner.config import Settings
from scanner.model import Column, Level
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.shares import Allowance
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes

TODAY = date(2026, 11, 23)
ROWS = 16
Table = dict[str, list[str]]


def found(columns: Table) -> dict[tuple[str, str], Level]:
    """The highest level of each type in each column."""
    settings = Settings(today=TODAY, ner="off")
    lanes, tallies = text_lanes(settings), Tallies()
    lane = ColumnLane(lanes, Discretion(lanes), Allowance(settings.ner_chars).file())
    for index, (name, values) in enumerate(columns.items()):
        lane.feed(Column("", name, index, pa.array(values), 2))
    lane.close(tallies)
    levels: dict[tuple[str, str], Level] = {}
    for finding in tallies.findings("a.csv", {}):
        key = finding.column, finding.entity_type
        levels[key] = max(finding.level, levels.get(key, Level.INDICE))
    return levels


def people(seed: int = 5) -> Table:
    some = [person(Random(f"{seed}/{n}"), "fr", TODAY) for n in range(ROWS)]
    return {"nom": [one.last for one in some], "prenom": [one.first for one in some]}


def births(youngest: int, oldest: int) -> list[str]:
    chance = Random(7)
    days = (chance.randint(youngest * 366, oldest * 365) for _ in range(ROWS))
    return [f"{TODAY - timedelta(days=day):%d/%m/%Y}" for day in days]


def drawn(signs: str, count: int) -> list[str]:
    chance = Random(9)
    return ["".join(chance.choice(signs) for _ in range(count)) for _ in range(ROWS)]


@pytest.mark.parametrize("name", ["date_naissance_enfant", "child_dob", "ddn"])
def test_births_of_children_are_data_of_minors(name: str) -> None:
    assert found(people() | {name: births(4, 12)})[name, "MINOR"] is Level.PROBABLE


def test_a_family_says_whose_births_some_are() -> None:
    mixed = [*births(4, 12)[:6], *births(20, 60)[6:]]
    told = found(people() | {"date_naissance": mixed, "responsable_legal": people(6)["nom"]})
    assert told["date_naissance", "MINOR"] is Level.PROBABLE
    assert ("date_naissance", "MINOR") not in found(people() | {"date_naissance": mixed})


def test_births_of_adults_are_not() -> None:
    assert ("date_naissance", "MINOR") not in found(
        people() | {"date_naissance": births(20, 60), "ecole": ["Jules"] * ROWS}
    )


@pytest.mark.parametrize(("name", "kind"), [("secret", "SECRET_CLOUD"), ("password", "PASSWORD_CLEAR")])
def test_bare_names_of_secrets(name: str, kind: str) -> None:
    ids = {"id": [str(n) for n in range(ROWS)]}
    signs = string.ascii_letters + string.digits
    assert found(ids | {name: drawn(signs, 11 if name == "password" else 40)})[name, kind] is Level.PROBABLE
    stands_in = ["changeme", "YOUR_TOKEN_HERE", "<token>", "${TOKEN}", "xxxxxxxxxxxxxxxxxxxx", "null"]
    others = found(ids | {name: [stands_in[n % len(stands_in)] for n in range(ROWS)]})
    assert others.get((name, kind), Level.INDICE) is Level.INDICE


RARE = ["hétérozygote", "homozygote", "mutation BRCA1", "porteur sain", "génotype AA"]


@pytest.mark.parametrize("others", [{"variete": ["blé tendre", "orge", "seigle", "avoine"]}, {}])
def test_rows_about_things_or_by_those_in_charge(others: Table) -> None:
    genes = {"genotype": [RARE[n % len(RARE)] for n in range(ROWS)]}
    names = [f"{a} {b}" for a, b in zip(*people().values(), strict=True)]
    things = {name: [values[n % len(values)] for n in range(ROWS)] for name, values in others.items()}
    told = found({"obtenteur" if not others else "client": names} | things | genes)
    assert told["genotype", "GENETIC_DATA"] <= Level.POSSIBLE
    assert found({"patient": names} | genes)["genotype", "GENETIC_DATA"] >= Level.PROBABLE


def test_a_name_of_a_column_that_its_cells_deny() -> None:
    calm = ["livraison lundi", "rappeler le client", "dossier complet", "facture envoyée", "voir avec la compta"]
    told = found(people() | {"pathologie": [f"{calm[n % len(calm)]}, bureau {n}" for n in range(ROWS)]})
    assert told["pathologie", "HEALTH_DATA"] is Level.INDICE
