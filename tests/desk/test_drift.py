"""A volume that changes between two scans: each change is said once, as what it is, and nothing else is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scanner import open_run
from scanner.cli import cli

FILES, EACH = 60, 5
NAMES = ["Martin", "Durand", "Lefebvre", "Moreau", "Fournier", "Girard", "Bonnet", "Rousseau", "Lambert", "Fontaine"]


def table(number: int, rows: int = 12) -> str:
    lines = [
        f"{NAMES[(number + row) % 10]};Camille;c{number:02}r{row:03}@example.org;06 39 98 {number:02} {row:02}"
        for row in range(rows)
    ]
    return "\n".join(["nom;prenom;courriel;telephone", *lines]) + "\n"


def mutate(volume: Path) -> dict[str, set[str]]:
    """Five files each: new, gone, moved, grown, shrunk; and five that get a type that they had not."""
    changed: dict[str, set[str]] = {kind: set() for kind in ("new", "gone", "moved", "grown", "shrunk")}
    for number in range(EACH):
        (volume / f"ajouts/n{number}.csv").write_text(table(70 + number))
        changed["new"].add(f"ajouts/n{number}.csv")
        (volume / f"a/f{number:02}.csv").unlink()
        changed["gone"].add(f"a/f{number:02}.csv")
        (volume / f"a/f{number + 5:02}.csv").rename(volume / f"deplaces/m{number}.csv")
        changed["moved"].add(f"deplaces/m{number}.csv")
        (volume / f"a/f{number + 10:02}.csv").write_text(table(number + 10, 20))
        changed["grown"].add(f"a/f{number + 10:02}.csv")
        (volume / f"a/f{number + 15:02}.csv").write_text(table(number + 15, 9))
        changed["shrunk"].add(f"a/f{number + 15:02}.csv")
        with (volume / f"a/f{number + 20:02}.csv").open("a") as file:
            file.write("")  # touched, and the same
        (volume / f"a/n{number}.env").write_text(f"DB_PASSWORD=Tr0ub4dor{number}xQz!\n")
        changed["new"].add(f"a/n{number}.env")
    return changed


def scan(volume: Path, run: Path, *more: str) -> None:
    command = [sys.executable, "-m", "scanner.cli", "scan", str(volume), "-o", str(run), "-q"]
    command += ["--ner", "off", "--sentences", "off", "--workers", "1", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]]]:
    world = tmp_path_factory.mktemp("drift")
    volume = world / "volume"
    for folder in ("a", "ajouts", "deplaces"):
        (volume / folder).mkdir(parents=True)
    for number in range(FILES):
        (volume / f"a/f{number:02}.csv").write_text(table(number))
    scan(volume, world / "old")
    changed = mutate(volume)
    scan(volume, world / "new", "--since", str(world / "old"))
    return world, changed


def test_thirty_changes_are_said_and_nothing_else(runs: tuple[Path, dict[str, set[str]]]) -> None:
    world, changed = runs
    done = CliRunner().invoke(cli, ["diff", str(world / "old"), str(world / "new"), "--format", "json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.output)["rows"]
    said: dict[str, set[str]] = {kind: set() for kind in changed}
    for row in rows:
        said[row["kind"]].add(row["path"])
    assert said == changed
    assert sum(map(len, changed.values())) == 30
    assert all(row["before"] == f"a/f{int(row['path'][-5]) + 5:02}.csv" for row in rows if row["kind"] == "moved")


def test_the_inventory_and_the_events_have_them(runs: tuple[Path, dict[str, set[str]]]) -> None:
    world, _ = runs
    drift = json.loads((world / "new" / "inventory.json").read_text("utf-8"))["drift"]
    assert drift["files"]["moved"] == EACH
    assert drift["risen"] == EACH
    events = [json.loads(line) for line in (world / "new" / "events.jsonl").read_text("utf-8").splitlines()]
    assert {one["emplacement"]["chemin"] for one in events} == {f"a/n{number}.env" for number in range(EACH)}
    assert {one["evenement"] for one in events} == {"risque_accru"}
    page = (world / "new" / "inventory.html").read_text("utf-8")
    assert "5 risques se sont aggravés" in page


def test_in_words_and_as_an_exit_code(runs: tuple[Path, dict[str, set[str]]]) -> None:
    world, _ = runs
    old, new = str(world / "old"), str(world / "new")
    done = CliRunner().invoke(cli, ["diff", old, new, "--exit-code"])
    assert done.exit_code == 1
    assert "a/f10.csv : " in done.output
    assert "12 → 20" in done.output
    same = CliRunner().invoke(cli, ["diff", new, new, "--exit-code", "--lang", "en"])
    assert (same.exit_code, same.output.splitlines()[-1]) == (0, "Nothing has changed in what was read.")
    assert CliRunner().invoke(cli, ["diff", old, str(world)]).exit_code == 2


def test_days_inside_the_data_are_kept(tmp_path: Path) -> None:
    volume = tmp_path / "v"
    (volume / "www").mkdir(parents=True)
    (volume / "www" / "commandes.csv").write_text(
        "nom;courriel;date_commande;date_naissance\n"
        + "".join(f"MARTIN;m{n}@example.org;20{15 + n}-03-0{n + 1};0{n + 1}/02/195{n}\n" for n in range(9))
    )
    scan(volume, tmp_path / "run", "--country", "us")
    (item,) = open_run(tmp_path / "run").items_table().to_pylist()
    assert (item["oldest"], item["newest"]) == ("2015-03-01", "2023-03-09")
    rules = {one["regle"] for one in open_run(tmp_path / "run").decisions()}
    assert any("18" in rule.split("+") for rule in rules)


def ledger(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "triage.json").read_text("utf-8"))
    return found


@pytest.fixture
def triage(runs: tuple[Path, dict[str, set[str]]]) -> Callable[..., Any]:
    return lambda *args: CliRunner().invoke(cli, ["triage", str(runs[0] / "new"), *args])


def test_states_are_set_by_people_and_stay_from_run_to_run(
    runs: tuple[Path, dict[str, set[str]]], triage: Callable[..., Any]
) -> None:
    run = runs[0] / "new"
    listed = triage().output.splitlines()
    assert len(listed) == EACH
    assert all("a_valider" in line for line in listed)
    token = listed[0].split()[0]
    assert triage(token, "--set", "faux_positif").exit_code == 2  # who?
    assert triage("ffffffffffff", "--set", "faux_positif", "--by", "C. Delmas").exit_code == 2
    assert triage(token, "--set", "faux_positif", "--by", "C. Delmas", "--note", "jeu d'essai").exit_code == 0
    assert f"{token}  faux_positif" in triage().output
    assert [one["etat"] for one in open_run(run).decisions()].count("faux_positif") == 1
    scan(runs[0] / "volume", run, "--force", "--since", str(runs[0] / "old"))
    assert f"{token}  faux_positif" in triage().output
    done = triage("--suppress", "a/*.env", "--expires", "2099-01-31", "--by", "C. Delmas", "--note", "essai")
    assert done.exit_code == 0, done.output
    alerts = [json.loads(line) for line in (run / "alerts.jsonl").read_text("utf-8").splitlines()]
    assert [one["etat"] for one in alerts].count("acceptee") == EACH - 1
    assert ledger(run)["suppressions"][0]["expire"] == "2099-01-31"
    assert json.loads((run / "inventory.json").read_text("utf-8"))["drift"]["files"]["moved"] == EACH


def test_lines_are_drafted_from_findings_and_count_for_nothing(
    runs: tuple[Path, dict[str, set[str]]], tmp_path: Path
) -> None:
    draft = tmp_path / "draft.yaml"
    done = CliRunner().invoke(cli, ["declaration", "suggest", str(runs[0] / "old"), "-o", str(draft)])
    assert done.exit_code == 0, done.output
    text = draft.read_text("utf-8")
    assert "a/**" in text
    assert "EMAIL_ADDRESS" in text
    assert "example.org" not in text
    refused = CliRunner().invoke(cli, ["declaration", "check", str(draft)])
    assert refused.exit_code == 2
    assert "traitements[0].finalite : « à compléter par le client » : valeur à donner" in refused.output
    draft.write_text(text.replace("à compléter par le client", "dit par le client"), encoding="utf-8")
    assert CliRunner().invoke(cli, ["declaration", "check", str(draft)]).exit_code == 0
