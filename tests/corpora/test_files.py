"""Real files of every kind, where a collection of them stands beside the checkout: rows, sums, how many are read."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import open_run

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FILES = Path(os.environ.get("RECENSE_CORPORA", BESIDE)) / "files"
MEDIA = {"image", "image-id"}

pytestmark = pytest.mark.skipif(not (FILES / "manifest.csv").is_file(), reason="no collection of real files here")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora") / "run"
    command = [sys.executable, "-m", "scanner.cli", "scan", str(FILES), "-o", str(folder), "-q"]
    command += ["--ner", "off", "--ocr", "off"]  # what is on pictures has its own tests, and takes minutes here
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return folder


def test_every_file_has_its_row_and_every_sum_is_exact(run: Path) -> None:
    rows = {row["path"]: row for row in open_run(run).items_table().to_pylist()}
    with (FILES / "manifest.csv").open(newline="") as file:
        listed = [line["path"].removeprefix("files/") for line in csv.DictReader(file)]
    assert [path for path in listed if path not in rows] == []
    assert all(row["bytes_read"] + row["bytes_unread"] == row["size"] for row in rows.values())
    sums = open_run(run).meta["coverage"]
    assert sums["bytes_read"] == sum(row["bytes_read"] for row in rows.values())
    assert sums["bytes_unread"] == sum(row["bytes_unread"] for row in rows.values())


def test_readable_files_are_read_and_no_reader_fails(run: Path) -> None:
    rows = {row["path"]: row for row in open_run(run).items_table().to_pylist()}
    with (FILES / "manifest.csv").open(newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["kind"] not in MEDIA]
    readable = [e["path"].removeprefix("files/") for e in lines if not e["flag"] or e["flag"].startswith("contains")]
    read = [path for path in readable if rows[path]["status"] == "read"]
    assert len(read) >= 0.95 * len(readable)
    failed = [p for p, row in rows.items() if row["reason"].partition(":")[0] in ("reader_failed", "lost", "timed_out")]
    assert failed == []
