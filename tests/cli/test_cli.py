from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import open_run


def recense(*args: str | Path, cwd: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scanner.cli", *map(str, args)]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    folder = tmp_path / "volume"
    (folder / "rh").mkdir(parents=True)
    (folder / "rh" / "salaries.csv").write_text(
        "nom;prenom;mel\nMARTIN;Camille;camille.martin@example.org\nDURAND;Julien;julien.durand@example.org\n"
    )
    (folder / "note.txt").write_text("Rappeler Mme Nathalie Lefebvre au 06 39 98 12 34.\n")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return folder


def rows(run: Path) -> tuple[list[dict[str, object]], list[dict[str, object]], str]:
    read = open_run(run)
    return read.findings_table().to_pylist(), read.items_table().to_pylist(), (run / "decisions.json").read_text()


def test_a_scan_writes_the_whole_contract(volume: Path, tmp_path: Path) -> None:
    done = recense("scan", volume, "-o", tmp_path / "run", "--ner", "off", "--workers", "1")
    assert done.returncode == 0, done.stderr
    run = tmp_path / "run"
    names = {"findings.parquet", "items.parquet", "run.json", "decisions.json", "alerts.jsonl"}
    names |= {"inventory.json", "inventory.xlsx", "inventory.html", "declaration.json", "contents.parquet", "lock"}
    assert {p.name for p in run.iterdir()} == names
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in run.iterdir()} == {0o600}
    findings, items, _ = rows(run)
    assert {i["path"] for i in items} == {"rh/salaries.csv", "note.txt", "image.png"}
    assert {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"} <= {f["entity_type"] for f in findings}
    meta = json.loads((run / "run.json").read_text())
    for name in ("bytes_read", "bytes_unread"):
        assert meta["coverage"][name] == sum(i[name] for i in items)  # type: ignore[misc]
    assert str(run / "inventory.html") in done.stdout
    frame = open_run(run).findings
    contract = "path table column entity_type category regime level count distinct score recognizer places evidence"
    assert list(frame.columns) == contract.split()
    assert set(frame["level"]) <= {"CERTAIN", "PROBABLE", "POSSIBLE", "INDICE"}
    assert set(open_run(run).items["status"]) == {"read", "unread"}


def test_results_do_not_depend_on_the_number_of_workers(volume: Path, tmp_path: Path) -> None:
    for name, workers in (("one", "1"), ("two", "1"), ("four", "4")):
        assert recense("scan", volume, "-o", tmp_path / name, "--workers", workers, "-q").returncode == 0
    assert rows(tmp_path / "one") == rows(tmp_path / "two") == rows(tmp_path / "four")


def test_two_targets_keep_their_names_apart(volume: Path, tmp_path: Path) -> None:
    assert recense("scan", volume / "rh", volume / "note.txt", "-o", tmp_path / "r", "-q").returncode == 0
    assert {i["path"] for i in rows(tmp_path / "r")[1]} == {"rh/salaries.csv", "note.txt/note.txt"}


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (["scan"], "TARGET"),
        (["scan", "nowhere"], "nowhere"),
        (["scan", ".", "-o", "inside"], "inside"),
        (["scan", "volume", "--fail-on", "asks"], "--fail-on"),
        (["scan", "volume", "--declaration", "absent.yaml"], "absent.yaml"),
        (["scn", "volume"], "scn"),
        (["judge", "volume", "--declaration", "absent.yaml"], "run.json"),
        (["report", "nowhere"], "run.json"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(volume: Path, args: list[str], part: str) -> None:
    done = recense(*args, cwd=volume.parent)
    assert done.returncode == 2
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(volume.parent.glob("run*"))


def test_a_client_volume_without_mandate_is_refused_unread(volume: Path, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("role_vms: sous-traitant\nclient: {raison_sociale: Essai SARL}\n")
    done = recense("scan", volume, "--declaration", tmp_path / "d.yaml", "-o", tmp_path / "r")
    assert done.returncode == 2
    assert "mandat" in done.stderr
    assert not (tmp_path / "r").exists()


def test_fail_on_and_judge_again(volume: Path, tmp_path: Path) -> None:
    run = tmp_path / "r"
    assert recense("scan", volume, "-o", run, "-q", "--fail-on", "incomplete").returncode == 1
    assert recense("scan", volume, "-o", run, "-q").returncode == 2
    (tmp_path / "d.yaml").write_text(
        "role_vms: sous-traitant\nclient: {raison_sociale: Essai SARL}\ntraitements: []\n"
        "mandat: {reference: M-1, signataire: X, debut: 2026-01-01, fin: 2099-12-31, perimetre: ['*']}\n"
    )
    before = (run / "findings.parquet").read_bytes()
    assert recense("judge", run, "--declaration", tmp_path / "d.yaml", "-q", "--fail-on", "ask").returncode == 1
    assert (run / "findings.parquet").read_bytes() == before
    assert json.loads((run / "run.json").read_text())["role"] == "sous-traitant"


def test_reports_again_in_english(volume: Path, tmp_path: Path) -> None:
    run = tmp_path / "r"
    recense("scan", volume, "-o", run, "-q")
    for name in ("html", "xlsx", "json"):
        out = tmp_path / f"again.{name}"
        assert recense("report", run, "--format", name, "--lang", "en", "-o", out).returncode == 0
        assert out.stat().st_size > 1000
    stored = run / "inventory.json"
    stored.write_text(stored.read_text("utf-8").replace("recense-inventory/", "recense-inventory/0"), encoding="utf-8")
    older = recense("report", run, "-o", tmp_path / "older.html")
    assert (older.returncode, "recense judge" in older.stderr) == (2, True)


def test_analyze_gives_offsets_and_no_value() -> None:
    text = "Écrire à lea.martin@example.org avant midi"
    done = recense("analyze", "-", stdin=json.dumps({"id": "a", "text": text}) + "\n")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    span = next(s for s in answer["spans"] if s["entity_type"] == "EMAIL_ADDRESS")
    assert text[span["start"] : span["end"]] == "lea.martin@example.org"
    assert set(span) == {"entity_type", "start", "end", "score", "level", "recognizer", "evidence"}
    assert (span["recognizer"], span["evidence"]) == ("email_address", [])
    assert "lea.martin" not in done.stdout
    assert answer["id"] == "a"
    assert isinstance(answer["regimes"], dict)


def test_analyze_names_a_bad_line() -> None:
    done = recense("analyze", "-", stdin='{"id": 1, "text": "x"}\nnot json\n')
    assert done.returncode == 2
    assert "line 2" in done.stderr


@pytest.mark.parametrize("command", ["rules", "formats", "connectors", "doctor"])
def test_lists(command: str) -> None:
    done = recense(command)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "recense" in recense("completion", shell).stdout


def test_help_is_quick_to_load() -> None:
    heavy = "{'pyarrow', 'pandas', 'spacy', 'numpy', 'pydantic'}"
    code = f"import sys, scanner.cli; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ).returncode == 0
