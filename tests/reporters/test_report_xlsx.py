from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from invented import DECLARATION, RUN, findings, inventory, items

from scanner.inventory import build
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.reporters.xlsx import CELL, XlsxReporter


def book(tmp_path: Path, built: dict[str, Any], lang: str = "fr") -> Any:
    path = tmp_path / "inventory.xlsx"
    XlsxReporter().write(built, path, lang)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return openpyxl.load_workbook(path)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_one_sheet_per_table(tmp_path: Path) -> None:
    names = book(tmp_path, inventory()).sheetnames
    assert [name[0] for name in names[1:8]] == ["A", "B", "B", "C", "D", "E", "F"]
    assert names[0] == "Synthèse"
    assert names[-2:] == ["Constats", "Méthode"]


def test_table_a_leaves_to_the_client_what_only_the_client_knows(tmp_path: Path) -> None:
    head, *body = rows(book(tmp_path, inventory())["A Recensement"])
    found = [dict(zip(head, row, strict=True)) for row in body]
    undeclared = next(row for row in found if row["Données sensibles\u00a0?"] == "Oui")
    assert undeclared["Finalité (déclarée)"] == "à compléter par le client"
    assert undeclared["Ancre"] == "POL-08"
    assert undeclared["Personnes (minimum)"] == 1240
    assert undeclared["Confirmé par"] is None


def test_every_decision_has_its_row(tmp_path: Path) -> None:
    built = inventory()
    assert book(tmp_path, built)["F Décisions"].max_row == 1 + built["decisions"]["total"]
    assert book(tmp_path, built)["Constats"].max_row == 1 + built["findings"]["total"]


@pytest.mark.parametrize("start", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "https://x.example/", "'=1"])
def test_no_cell_is_a_formula_or_a_link(tmp_path: Path, start: str) -> None:
    row = findings().slice(0, 1).to_pylist()[0] | {"path": start, "column": start}
    table = FINDINGS.empty_table().from_pylist([row], schema=FINDINGS)
    sheet = book(tmp_path, build(RUN | {"client": start}, table, items(), [], DECLARATION))["Constats"]
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == start.replace("\t", "\\u0009")
    assert cell.quotePrefix == (start[0] in "=+-@")


def test_control_characters_do_not_reach_the_cells(tmp_path: Path) -> None:
    row = findings().slice(0, 1).to_pylist()[0] | {"path": "a\x00b\x1b\u202ec\nd", "column": "x" * (CELL + 10)}
    table = FINDINGS.empty_table().from_pylist([row], schema=FINDINGS)
    sheet = book(tmp_path, build(RUN, table, items(), [], DECLARATION))["Constats"]
    assert sheet["A2"].value == "a\\u0000b\\u001b\\u202ec\\u000ad"
    assert len(sheet["C2"].value) == CELL


def test_the_same_inventory_gives_the_same_bytes(tmp_path: Path) -> None:
    stored = json.loads(json.dumps(inventory(), sort_keys=True))
    for name, built in (("a", inventory()), ("b", inventory()), ("c", stored)):
        XlsxReporter().write(built, tmp_path / name, "fr")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as archive:
        assert b"2026-11-23T09:12:30Z" in archive.read("docProps/core.xml")


def test_an_empty_run_still_makes_a_workbook(tmp_path: Path) -> None:
    made = book(tmp_path, build({}, FINDINGS.empty_table(), ITEMS.empty_table(), [], {}), "en")
    assert made.sheetnames[0] == "Summary"
