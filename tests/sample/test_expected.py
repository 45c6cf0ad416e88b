from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "reporters"))

from sums import check_data, check_page  # noqa: E402

SAMPLE = ROOT / "sample_data"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLE / "expected.yaml").read_text("utf-8"))
SURE = {"PROBABLE", "CERTAIN"}
# A file of one stream, or of messages: what is found in its members counts as found in it.
SINGLE = (".gz", ".mbox", ".eml")


@dataclass(frozen=True)
class Scanned:
    folder: Path
    findings: list[dict[str, Any]]
    items: list[dict[str, Any]]

    def sure(self, path: str) -> list[dict[str, Any]]:
        """Findings of this file, members of its own included only when the file is one stream of them."""
        return [row for row in self.findings if row["level"] in SURE and owns(path, row["path"])]


def owns(path: str, found: str) -> bool:
    """Steps between (the tar inside a gz) may show in what is found or not."""
    wanted, parts = path.split("!"), found.split("!")
    if path.endswith(SINGLE) and len(wanted) == 1:
        return parts[0] == path
    return (parts[0], parts[-1], len(parts) > 1) == (wanted[0], wanted[-1], len(wanted) > 1)


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    run = tmp_path_factory.mktemp("sample") / "run"
    command = [sys.executable, "-m", "scanner.cli", "scan", "sample_data/volume"]
    command += ["--declaration", "sample_data/declaration.yaml", "-o", str(run)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    findings, items = (pq.read_table(run / f"{name}.parquet").to_pylist() for name in ("findings", "items"))
    return Scanned(run, findings, items)


def test_every_file_of_the_volume_has_its_line() -> None:
    files = {
        path.relative_to(SAMPLE / "volume").as_posix() for path in (SAMPLE / "volume").rglob("*") if path.is_file()
    }
    assert files == {path.split("!")[0] for path in EXPECTED}


@pytest.mark.parametrize("path", [path for path, line in EXPECTED.items() if "types" in line])
def test_expected_types_are_found(scanned: Scanned, path: str) -> None:
    found = scanned.sure(path)
    assert set(EXPECTED[path]["types"]) - {row["entity_type"] for row in found} == set()
    regimes = {regime for row in found for regime in row["regime"].split(",")}
    assert set(EXPECTED[path].get("regimes", ())) - regimes == set()


@pytest.mark.parametrize("path", [path for path, line in EXPECTED.items() if not line])
def test_clean_files_stay_clean(scanned: Scanned, path: str) -> None:
    assert [(row["entity_type"], row["level"], row["column"]) for row in scanned.sure(path)] == []


@pytest.mark.parametrize("path", [path for path, line in EXPECTED.items() if line.get("unread")])
def test_what_cannot_be_read_is_said(scanned: Scanned, path: str) -> None:
    reasons = [row["reason"] for row in scanned.items if row["path"].startswith(path) and row["status"] != "read"]
    assert reasons
    assert all(reasons)


def test_every_byte_is_accounted_for(scanned: Scanned) -> None:
    assert all(row["bytes_read"] + row["bytes_unread"] == row["size"] for row in scanned.items)


def test_sensitive_types_appear_only_where_they_were_put(scanned: Scanned) -> None:
    planted = defaultdict(set)
    for path, line in EXPECTED.items():
        planted[path] = {regime for regime in line.get("regimes", ()) if regime.startswith("R1")}
    for row in scanned.findings:
        if row["level"] in SURE and "R1" in row["regime"]:
            assert any(planted[path] for path in EXPECTED if owns(path, row["path"])), row["path"]


def test_every_number_of_the_inventory_agrees_with_what_it_counts(scanned: Scanned) -> None:
    built = json.loads((scanned.folder / "inventory.json").read_text("utf-8"))
    check_data(built)
    check_page(built, (scanned.folder / "inventory.html").read_text("utf-8"))


def test_the_inventory_answers_what_where_declared_and_what_next(scanned: Scanned) -> None:
    built = json.loads((scanned.folder / "inventory.json").read_text("utf-8"))
    cards = {(card["outcome"], card["subject"]): card for card in built["cards"]}
    health = cards["REFUSER_PROPOSE", "R1-g"]
    assert {place["path"] for place in health["places"]} == {"rh/note_infirmerie.txt", "rh/arret_maladie.eml"}
    assert health["standing"] == "undeclared"
    told = built["steps"][health["steps"][0]]
    officer = "Le responsable désigné par VMS"
    assert [step["who"]["fr"] for step in told] == [officer, "VMS", "VMS", "VMS", "Le client", officer]
    assert [step["now"] for step in told] == [True, True, True, False, False, False]
    union = cards["SECURISER", "R1-d"]
    assert (union["standing"], union["declared"]) == ("partly", {"oui": 1, "hors_emplacement": 1})
    assert all(card["steps"] for card in built["cards"])


def test_what_nobody_can_tell_is_the_client_s_to_say(scanned: Scanned) -> None:
    built = json.loads((scanned.folder / "inventory.json").read_text("utf-8"))
    rows = {(row["path"], row["entity_type"]): row for row in built["decisions"]["rows"]}
    old = rows["archives/sauvegarde.zip!anciens.zip!clients_2019.csv", "PERSON"]
    assert (old["declared"], old["reference"]) == ("hors_emplacement", "T1 / T2 / T3")
    assert rows["compta/rib.txt", "RIB_DOCUMENT"]["declared"] == "oui"
    assert not any(row["entity_type"] == "FR_RIB" for row in built["decisions"]["rows"])
    assert {row["declared"] for row in built["decisions"]["rows"] if "R8" in row["regime"]} == {"sans_objet"}
    refused = [row for row in built["register"] if row["outcome"] == "REFUSER_PROPOSE"]
    assert [row["first"] for row in refused] == [["rh/arret_maladie.eml", "rh/note_infirmerie.txt"]]
    assert built["coverage"]["worrying"]["path"].startswith("archives/coffre.zip!")
    assert [(row["place"], row["files"]) for row in built["exclusions"]] == [("divers/test/**", 1)]
