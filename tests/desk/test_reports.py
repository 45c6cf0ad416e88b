"""The other shapes of the inventory: for spreadsheets, pipelines and monitoring, for the client, and letters."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reporters"))

from invented import inventory
from python_calamine import CalamineWorkbook

from scanner.editions import edition
from scanner.letters import draft, templates
from scanner.plugins import named
from scanner.redaction import BLOCK, redacted
from scanner.reporters import cnil

SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    return inventory()


def written(built: dict[str, Any], name: str, path: Path, lang: str = "fr") -> Path:
    named("reporters", name)().write(built, path, lang)
    return path


def cells(path: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = ElementTree.fromstring(book.read("content.xml"))
    found = {}
    for table in root.iter(SPACE % ("table", "table")):
        rows = [
            ["\n".join("".join(p.itertext()) for p in cell) for cell in row]
            for row in table.iter(SPACE % ("table", "table-row"))
        ]
        found[table.get(SPACE % ("table", "name"), "")] = rows
    return found


def test_the_workbook_has_the_register_of_the_cnil_first(built: dict[str, Any], tmp_path: Path) -> None:
    sheets = cells(written(built, "ods", tmp_path / "a.ods"))
    assert list(sheets)[:2] == [cnil.LIST, cnil.RECORD]
    labels = [row[0] for row in sheets[cnil.RECORD]]
    wanted = [label for label, _ in (*cnil.CATEGORIES, *cnil.SENSITIVE)]
    assert [label for label in labels if label in wanted] == wanted
    assert "Données de connexion (adress IP, logs, etc.)" in labels  # the CNIL's slip is its label
    record = {row[0]: row[1:] for row in sheets[cnil.RECORD] if len(row) > 1}
    assert record["Nom / sigle"][0] == "Paie"
    assert "NIR" in record["Numéro de Sécurité Sociale (ou NIR)"][0]
    assert "Numéro de sécurité sociale (NIR)" not in record[cnil.CATEGORIES[0][0]][0]
    assert record[cnil.CATEGORIES[2][0]][1] == "5 ans (émission du bulletin)"
    assert "A Recensement" in sheets


def test_the_same_inventory_gives_the_same_bytes(built: dict[str, Any], tmp_path: Path) -> None:
    for name in ("ods", "csv", "sarif", "prometheus"):
        first, second = (written(built, name, tmp_path / f"{name}{n}") for n in (1, 2))
        assert first.read_bytes() == second.read_bytes()
        assert first.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice reads the workbook back")
def test_libreoffice_keeps_every_label(built: dict[str, Any], tmp_path: Path) -> None:
    path = written(built, "ods", tmp_path / "a.ods")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    book = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")
    labels = [row[0].value for row in book[cnil.RECORD].iter_rows()]
    wanted = [label for label, _ in (*cnil.CATEGORIES, *cnil.SENSITIVE)]
    assert [label for label in labels if label in wanted] == wanted


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice reads the workbook back")
def test_libreoffice_keeps_the_labels_of_the_other_workbook(built: dict[str, Any], tmp_path: Path) -> None:
    path = written(built, "xlsx", tmp_path / "b.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    book = CalamineWorkbook.from_path(str(tmp_path / "out" / "b.ods"))
    head, *rows = book.get_sheet_by_name("A Recensement").to_python()
    kept = [row[head.index("Libellé CNIL")] for row in rows]
    wanted = [built["labels"][row["category"]]["cnil"] for row in built["register"]]
    assert len(wanted) > 3
    assert kept == wanted


def test_text_that_begins_like_a_formula_stays_text(built: dict[str, Any], tmp_path: Path) -> None:
    odd = json.loads(json.dumps(built))
    odd["register"][0]["processing"] = "=1+1"
    odd["register"][0]["purpose"] = "  two  spaces\x07 & <b>"
    rows = list(csv.reader(io.StringIO(written(odd, "csv", tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["N° / réf.", "Traitement (déclaré)"]
    assert "'=1+1" in rows[1]
    sheets = cells(written(odd, "ods", tmp_path / "a.ods"))
    assert any("=1+1" in row for row in sheets["A Recensement"])
    with zipfile.ZipFile(written(odd, "csv", tmp_path / "all.zip")) as archive:
        assert {"A Recensement.csv", "F Décisions.csv", "Évolution.csv"} <= set(archive.namelist())


def test_pipelines_get_what_calls_for_an_action(built: dict[str, Any], tmp_path: Path) -> None:
    (run,) = json.loads(written(built, "sarif", tmp_path / "a.sarif").read_text("utf-8"))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == rules
    levels = {result["level"] for result in run["results"]}
    assert levels == {"error", "warning"}
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]]
    assert "boutique/export/old.zip%21inner/clients.csv" in places


def test_monitoring_gets_counts(built: dict[str, Any], tmp_path: Path) -> None:
    lines = written(built, "prometheus", tmp_path / "a.prom").read_text("utf-8").splitlines()
    assert 'recense_bytes{mandate="CTR-2026-014",state="unread"} 300000' in lines
    assert 'recense_decisions{mandate="CTR-2026-014",outcome="REFUSER_PROPOSE"} 1' in lines
    assert 'recense_risks_risen{mandate="CTR-2026-014"} 1' in lines
    helped = [line.split()[2] for line in lines if line.startswith("# HELP")]
    assert len(helped) == len(set(helped))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("rh/contrats/jean_martin.pdf", f"rh/contrats/{BLOCK}.pdf"),
        ("rh/camille.durand/note.txt", f"rh/{BLOCK}/note.txt"),
        ("marie/dupont.txt", f"{BLOCK}/{BLOCK}.txt"),
        ("a/lea@example.org/x.eml", f"a/{BLOCK}/x.eml"),
        ("compta/616496063FEC20251231.txt", f"compta/{BLOCK}.txt"),
        ("old.zip!CV Julien Moreau 2024.docx", f"old.zip!{BLOCK}.docx"),
        ("rh/bulletins/bulletin_2026-10_VQ0007.pdf", "rh/bulletins/bulletin_2026-10_VQ0007.pdf"),
        ("export/clients_20251231.tar.gz", "export/clients_20251231.tar.gz"),
        ("web/logs/access.log", "web/logs/access.log"),
        ("", ""),
    ],
)
def test_paths_as_they_are_told(path: str, shown: str) -> None:
    assert redacted(path) == shown


def test_the_edition_of_the_client_tells_no_name_of_a_path(built: dict[str, Any], tmp_path: Path) -> None:
    named_path = json.loads(json.dumps(built).replace("visites_2025", "camille_durand"))
    client = edition(named_path, "client")
    assert "camille_durand" in json.dumps(named_path)
    assert "camille_durand" not in json.dumps(client)
    page = written(client, "html", tmp_path / "c.html").read_text("utf-8")
    assert "camille_durand" not in page
    assert "Édition du client" in page
    assert client["coverage"]["volume"] == built["coverage"]["volume"]
    assert len(client["findings"]["rows"]) == len(built["findings"]["rows"])


def test_letters_say_what_they_can_and_leave_the_rest_to_people(built: dict[str, Any], tmp_path: Path) -> None:
    files = {path.name: path for path in draft(built, tmp_path / "letters", "client")}
    names = {f"{letter.name}.{suffix}" for letter in templates() for suffix in ("html", "odt")}
    assert set(files) == names == {f"{n}.{s}" for n in ("information", "census", "refusal") for s in ("html", "odt")}
    refusal = files["refusal.html"].read_text("utf-8")
    assert "POL-08" in refusal
    assert "se réserve le droit de refuser" in refusal
    assert "« à compléter »" in refusal
    assert refusal.count("<ul>") == refusal.count("</ul>") > 0
    assert "28(3), dernier alinéa" in files["information.html"].read_text("utf-8")
    assert "Atelier des Tilleuls SAS" in files["census.html"].read_text("utf-8")
    with zipfile.ZipFile(files["refusal.odt"]) as book:
        text = "".join(ElementTree.fromstring(book.read("content.xml")).itertext())
    assert "Première confirmation" in text
    assert "{" not in text


def test_no_letter_is_written_to_nobody(built: dict[str, Any], tmp_path: Path) -> None:
    own = built | {"header": built["header"] | {"role": "responsable"}}
    assert list(draft(own, tmp_path, "client")) == []
    calm = built | {"cards": []}
    assert list(draft(calm, tmp_path, "client")) == []
    missing = calm | {"header": built["header"] | {"declaration": "missing"}}
    assert [path.name for path in draft(missing, tmp_path, "client")] == ["census.html", "census.odt"]
