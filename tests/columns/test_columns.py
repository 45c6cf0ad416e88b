from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from scanner.config import Settings
from scanner.model import Column, Level
from scanner.recognition.columnlevels import judged, surprise
from scanner.recognition.columnnames import readings, words
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
SETTINGS = Settings(today=date(2026, 11, 23), ner="off")


def new_lane() -> ColumnLane:
    lanes = text_lanes(SETTINGS)
    return ColumnLane(lanes, Discretion(lanes))


def judge(columns: dict[str, list[str]]) -> dict[str, dict[str, Level]]:
    lane = new_lane()
    for index, (name, values) in enumerate(columns.items()):
        lane.feed(Column("t", name, index, pa.array(values, pa.string()), 2))
    tallies = Tallies()
    lane.close(tallies)
    found: dict[str, dict[str, Level]] = {}
    for finding in tallies.findings("t.csv", {}):
        kept = found.setdefault(finding.column, {})
        kept[finding.entity_type] = max(finding.level, kept.get(finding.entity_type, finding.level))
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_tables(case: dict[str, Any]) -> None:
    found = judge(case["columns"])
    sure = {c: sorted(t for t, level in types.items() if level >= Level.PROBABLE) for c, types in found.items()}
    for column in case["columns"]:
        assert sure.get(column, []) == case["expected"].get(column, []), column


def test_runs_of_one_column_count_together() -> None:
    lane = new_lane()
    for start in range(0, 40, 10):
        values = [f"personne{n}@example.org" for n in range(start, start + 10)]
        lane.feed(Column("t", "mel", 0, pa.array(values, pa.string()), start + 2))
    tallies = Tallies()
    lane.close(tallies)
    (finding,) = tallies.findings("t.csv", {})
    assert (finding.entity_type, finding.count, finding.distinct) == ("EMAIL_ADDRESS", 40, 40)
    assert finding.places[0] == "row 2"
    assert len(finding.places) == 20


def test_repeated_values_count_once_as_distinct() -> None:
    lane = new_lane()
    lane.feed(Column("t", "mel", 0, pa.array(["a.b@example.org"] * 9 + [None, ""], pa.string()), 2))
    tallies = Tallies()
    lane.close(tallies)
    (finding,) = tallies.findings("t.csv", {})
    assert (finding.count, finding.distinct) == (9, 1)


def test_a_header_that_is_a_value_is_not_printed() -> None:
    found = judge({"lea.martin@example.org": ["x", "y"], "mel": ["paul.roux@example.org", "lea.petit@example.org"]})
    assert "lea.martin@example.org" not in found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NomDeFamille", ("nom", "famille")),
        ("date_naiss", ("date", "naiss")),
        ("TÉL.", ("tel",)),
        ("num_secu", ("secu",)),
        ("clients[].adresse.ville", ("ville",)),
        ("N.I.R.", ("nir",)),
        ("12", ()),
    ],
)
def test_words_of_names(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("num_secu", "FR_NIR"),
        ("ddn", "DATE_OF_BIRTH"),
        ("mel", "EMAIL_ADDRESS"),
        ("client_email", "EMAIL_ADDRESS"),
        ("tel_port", "PHONE_NUMBER"),
        ("adresse_facturation", "POSTAL_ADDRESS"),
        ("adresse_ip", "IP_ADDRESS"),
        ("PrenomUsuel", "PERSON"),
    ],
)
def test_names_suggest_types(name: str, expected: str) -> None:
    assert expected in {r.entity_type for r in readings(name)}


@pytest.mark.parametrize("name", ["nom_fichier", "email_template", "type_client", "nb_clients", "classe", "table_name"])
def test_names_that_say_something_else(name: str) -> None:
    assert not [r for r in readings(name) if not r.weak]


def test_chance_explains_one_in_ten() -> None:
    assert surprise(10, 100, 0.1) == 0
    assert surprise(100, 100, 0.1) > 200
    assert judged(Level.POSSIBLE, 0.1, 10, 100, named=False) is None
    assert judged(Level.POSSIBLE, 0.1, 95, 100, named=False) is Level.PROBABLE
    assert judged(Level.PROBABLE, 0.01, 98, 100, named=False) is Level.CERTAIN


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("jean.martin", True),
        ("r/jean.martin@age", True),
        ("users.paul_martin.age", True),
        ("nom_prenom", False),
        ("date_creation", False),
        ("clients[].adresse.ville", False),
    ],
)
def test_names_of_people_are_not_printed_as_headers(name: str, telling: bool) -> None:
    assert Discretion(text_lanes(SETTINGS)).is_telling(name) is telling
