"""A number that passes several checks is shown as all of them until a word, a column's name or its values decide."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from stdnum import luhn
from stdnum.nl import bsn
from stdnum.pt import nif

from scanner.config import Settings
from scanner.examine import examine
from scanner.model import Item, Locator
from scanner.tasks import Batch

TEXTS = {
    "ligne 123456782 fin": {("FR_SIREN", "POSSIBLE"), ("NL_BSN", "POSSIBLE")},
    "123456782": {("FR_SIREN", "POSSIBLE"), ("NL_BSN", "POSSIBLE")},
    "Numéro SIREN\n123456782": {("FR_SIREN", "PROBABLE")},
    "Burgerservicenummer (BSN): 123456782": {("NL_BSN", "PROBABLE")},
    '{"siren": "123456782"}': {("FR_SIREN", "PROBABLE")},
    "Numéro de sécurité sociale 185057800608491": {("FR_NIR", "CERTAIN")},
    "matricule INS 185057800608491": {("FR_NIR", "PROBABLE"), ("FR_INS", "CERTAIN")},
}
Check = Callable[[str], bool]


@pytest.fixture(scope="module")
def answers() -> dict[str, set[tuple[str, str]]]:
    """What ``recense analyze`` says of all texts, asked once."""
    lines = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in TEXTS)
    command = [sys.executable, "-m", "scanner.cli", "analyze", "-", "--ner", "off"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=300)
    found = map(json.loads, done.stdout.splitlines())
    return {one["id"]: {(span["entity_type"], span["level"]) for span in one["spans"]} for one in found}


@pytest.mark.parametrize("text", TEXTS)
def test_running_text(answers: dict[str, set[tuple[str, str]]], text: str) -> None:
    assert answers[text] == TEXTS[text]


def numbers(*checks: Check, count: int = 30) -> list[str]:
    """Different numbers of nine digits that pass all these checks."""
    chance, found = Random(len(checks)), dict[str, None]()
    while len(found) < count:
        value = str(chance.randint(10**8, 10**9 - 1))
        if all(check(value) for check in checks):
            found[value] = None
    return list(found)


def column(folder: Path, name: str, values: list[str]) -> dict[str, str]:
    """Levels by type that a scan gives a file of this one column beside another."""
    path = folder / "table.csv"
    path.write_text(f"rang;{name}\n" + "".join(f"{at};{value}\n" for at, value in enumerate(values)), "utf-8")
    item = Item(Locator("filesystem", path.name), path.stat().st_size)
    settings = Settings(today=date(2026, 11, 23), ner="off")
    done = examine(Batch(0, "filesystem", str(folder), "", (item,)), settings, b"ambiguity")
    return {one.entity_type: one.level.name for one in done.findings if one.column == name}


BOTH = numbers(luhn.is_valid, bsn.is_valid, lambda value: not nif.is_valid(value))


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("numero", BOTH, {"FR_SIREN": "PROBABLE", "NL_BSN": "PROBABLE"}),
        ("numero", BOTH[:5], {"FR_SIREN": "POSSIBLE", "NL_BSN": "POSSIBLE"}),
        ("siren", BOTH, {"FR_SIREN": "PROBABLE"}),
        ("bsn", BOTH, {"NL_BSN": "PROBABLE"}),
        # Here the share of values that pass decides, whatever the column is called.
        ("numero", numbers(luhn.is_valid), {"FR_SIREN": "PROBABLE"}),
        ("numero", numbers(bsn.is_valid), {"NL_BSN": "PROBABLE"}),
        ("numero", numbers(), {}),
    ],
    ids=["both", "few", "named-siren", "named-bsn", "sirens", "bsns", "chance"],
)
def test_columns(tmp_path: Path, name: str, values: list[str], expected: dict[str, str]) -> None:
    assert column(tmp_path, name, values) == expected


def test_a_named_column_of_other_numbers_says_so(tmp_path: Path) -> None:
    found = column(tmp_path, "bsn", numbers(luhn.is_valid))
    assert found["FR_SIREN"] == "PROBABLE"
    assert found.get("NL_BSN", "POSSIBLE") == "POSSIBLE"


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("num_allocataire", "#######", "FR_CAF"),
        ("id_rna", "W#########", "FR_RNA"),
        ("num_vin", "VF1KB0K0H5###4###", "VIN"),
        ("rum", "M00########", "SEPA_MANDATE"),
        ("numero_electeur", "#########", "FR_VOTER"),
        ("id_pole_emploi", "#######K", "FR_JOBSEEKER"),
        ("ref_avis_imposition", "23###########", "FR_TAX_NOTICE_REF"),
    ],
)
def test_the_name_of_a_column_decides_what_a_shape_cannot(tmp_path: Path, name: str, form: str, expected: str) -> None:
    chance = Random(name)
    values = ["".join(chance.choice("0123456789") if sign == "#" else sign for sign in form) for _ in range(20)]
    assert column(tmp_path, name, values) == {expected: "PROBABLE"}
    assert column(tmp_path, "valeur", values).get(expected, "POSSIBLE") == "POSSIBLE"
