"""On what special categories stand, from a real scan to every file that says it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from scanner import open_run
from scanner.reporters.language import labels

NAMES = ["COURTEPAILLE Ysaline", "TRILLAUD Barnabé", "PÉRIGOT Solange", "LEMOINE Claire", "GIRARD Bruno"]
ILLS = ["asthme", "diabète", "migraine", "eczéma", "lombalgie"]
DECLARED = (
    "role_vms: sous-traitant\nclient: {raison_sociale: Essai SARL}\ntraitements: []\n"
    "mandat: {reference: M-1, signataire: X, debut: 2026-01-01, fin: 2099-12-31, perimetre: ['*']}\n"
)
PATIENT = {"resourceType": "Condition", "id": "k1", "code": {"text": "Asthme"}, "subject": {"reference": "Patient/1"}}


def recense(*args: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scanner.cli", *map(str, args)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    volume = tmp_path_factory.mktemp("volume")
    rows = ["nom;pathologie", *(f"{name};{ill}" for name, ill in zip(NAMES, ILLS, strict=True))]
    (volume / "patients.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (volume / "maladies.csv").write_text("code;pathologie\n" + "".join(f"{k};{i}\n" for k, i in enumerate(ILLS)))
    (volume / "condition.json").write_text(json.dumps(PATIENT), "utf-8")
    (volume / "face.wsq").write_bytes(b"\xff\xa0\xff\xa4" + bytes(200))
    (volume / "iban.txt").write_text("IBAN : FR76 3000 6000 0112 3456 7890 189\n", "utf-8")
    out = volume.parent / f"{volume.name}-run"
    declared = volume.parent / f"{volume.name}.yaml"
    declared.write_text(DECLARED, "utf-8")
    recense("scan", volume, "--declaration", declared, "-o", out, "--ner", "off", "--workers", "1", "-q")
    return out


def found(run: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    rows = open_run(run).findings_table().to_pylist()
    return {(row["path"], row["entity_type"], row["level"]): row for row in rows}


def test_columns_and_forms_say_why(run: Path) -> None:
    rows = found(run)
    assert rows["patients.csv", "HEALTH_DATA", "PROBABLE"]["evidence"] == ["column_name", "by_row"]
    assert rows["maladies.csv", "HEALTH_DATA", "INDICE"]["evidence"] == ["column_name", "cells"]
    assert "form" in rows["condition.json", "HEALTH_DATA", "CERTAIN"]["evidence"]
    assert rows["face.wsq", "BIOMETRIC_DATA", "PROBABLE"]["evidence"] == ["form"]
    assert [row["evidence"] for row in rows.values() if row["entity_type"] == "IBAN"] == [[]]
    assert not [row["recognizer"] for row in rows.values() if "+" in row["recognizer"]]


def test_decisions_and_alerts_repeat_it(run: Path) -> None:
    decisions = {(d["path"], d["entity_type"]): d for d in open_run(run).decisions()}
    assert decisions["patients.csv", "HEALTH_DATA"]["evidence"] == ["column_name", "by_row"]
    assert decisions["iban.txt", "IBAN"]["evidence"] == []
    calls = [json.loads(line) for line in (run / "alerts.jsonl").read_text("utf-8").splitlines()]
    said = {
        call["emplacement"]["chemin"]: call["constat"]["preuves"]
        for call in calls
        if call["constat"]["type"] == "HEALTH_DATA"
    }
    words = labels("fr")["evidence"]
    assert said["patients.csv"] == [f"{code}: {words[code]}" for code in ("column_name", "by_row")]


def test_reports_say_it_in_words(run: Path) -> None:
    words = labels("fr")["evidence"]
    listed = json.loads((run / "inventory.json").read_text("utf-8"))["findings"]
    rows = [dict(zip(listed["columns"], row, strict=True)) for row in listed["rows"]]
    held = {(row["path"], row["level"]): row["evidence"] for row in rows if row["entity_type"] == "HEALTH_DATA"}
    assert held["patients.csv", "PROBABLE"] == ["column_name", "by_row"]
    sheet = openpyxl.load_workbook(run / "inventory.xlsx")[labels("fr")["sheets"]["findings"]]
    head, *lines = sheet.iter_rows(values_only=True)
    cells = {
        line[0]: line[head.index(labels("fr")["columns"]["evidence"])] for line in lines if line[2] == "pathologie"
    }
    assert cells["patients.csv"] == f"{words['column_name']}\n{words['by_row']}"


def test_a_run_of_an_earlier_version_is_still_read(run: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir(mode=0o700)
    for file in run.iterdir():
        (old / file.name).write_bytes(file.read_bytes())
    table = pq.read_table(run / "findings.parquet").drop_columns(["evidence"])
    pq.write_table(table, old / "findings.parquet")
    assert set(open_run(old).findings_table()["evidence"].to_pylist()) == {None}
    (tmp_path / "d.yaml").write_text(DECLARED, "utf-8")
    recense("judge", old, "--declaration", tmp_path / "d.yaml", "-q")
    assert {tuple(d["evidence"]) for d in open_run(old).decisions()} == {()}
