"""What happens to a run when its workers are killed, Ctrl-C is pressed, or there is no room to write."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner import open_run

from .running import Watched, alive, check_sums, content, descendants, scan

FILES = 700
"""Three batches of small files."""


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "volume"
    for number in range(FILES):
        place = folder / f"d{number % 10}"
        place.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"MARTIN;Camille;camille{number}.{line}@example.org\n" for line in range(10))
        (place / f"{number}.csv").write_text("nom;prenom;mel\n" + lines)
    return folder


@pytest.fixture(scope="module")
def unbroken(volume: Path) -> Path:
    run = volume.parent / "unbroken"
    assert scan(volume, run, "-q", "--workers", "2").code == 0
    return run


def test_killed_workers_cost_nothing(volume: Path, unbroken: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(watched: Watched) -> None:
        if len(killed) < 3 and watched.batches > len(killed):
            for worker in watched.workers()[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    done = scan(volume, tmp_path / "run", "-q", "--workers", "2", act=kill)
    assert (done.code, done.err) == (0, "")
    assert killed
    assert content(tmp_path / "run") == content(unbroken)
    check_sums(tmp_path / "run")


def _interrupt(watched: Watched) -> None:
    if not watched.sent and watched.batches >= 2:
        watched.interrupt()


def test_ctrl_c_leaves_a_run_that_tells_the_truth_and_goes_on(volume: Path, unbroken: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    done = scan(volume, run, "-q", "--workers", "2", act=_interrupt)
    assert done.code == 3
    assert len(done.err.strip().splitlines()) == 1
    assert "--resume" in done.err
    assert json.loads((run / "run.json").read_text())["state"] == "interrupted"
    assert {"alerts.jsonl", "decisions.json", "inventory.html", "inventory.xlsx"} <= {p.name for p in run.iterdir()}
    assert 0 < open_run(run).items_table().num_rows < FILES
    check_sums(run)
    _go_on(volume, unbroken, run)


def test_ctrl_c_again_and_again_loses_nothing(volume: Path, unbroken: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"

    def insist(watched: Watched) -> None:
        if watched.sent < 4 and watched.batches >= 2:
            watched.interrupt()

    done = scan(volume, run, "-q", "--workers", "2", act=insist)
    assert done.code in (3, -signal.SIGINT)
    assert "Traceback" not in done.err
    assert json.loads((run / "run.json").read_text())["state"] == "interrupted"
    _go_on(volume, unbroken, run)


@pytest.mark.parametrize("seconds", [0.4, 1.0, 1.4])
def test_ctrl_c_while_workers_start_prints_no_traceback(volume: Path, tmp_path: Path, seconds: float) -> None:
    def early(watched: Watched) -> None:
        if not watched.sent and watched.seconds > seconds:
            watched.interrupt()

    done = scan(volume, tmp_path / "run", "-q", "--workers", "2", act=early)
    assert done.code in (3, -signal.SIGINT)  # the latter when a library was just being loaded
    assert "Traceback" not in done.err


def test_a_run_that_was_killed_leaves_no_worker_and_goes_on(volume: Path, unbroken: Path, tmp_path: Path) -> None:
    run, below = tmp_path / "run", list[int]()

    def kill(watched: Watched) -> None:
        if watched.batches >= 2 and not below:
            below.extend(descendants(watched.pid))
            os.kill(watched.pid, signal.SIGKILL)

    assert scan(volume, run, "-q", "--workers", "2", act=kill).code == -signal.SIGKILL
    until = time.monotonic() + 60
    while any(alive(pid) for pid in below) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in below if alive(pid)]
    for options in (["report", str(run)], ["judge", str(run), "--declaration", "x.yaml"]):
        _refused_until_resumed(options)
    journal = run / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-30])  # what a crash leaves of the last line
    shutil.copyfile(run / "parts" / "findings-00000001.parquet", run / "parts" / "findings-00000999.parquet")
    _go_on(volume, unbroken, run)


def _refused_until_resumed(options: list[str]) -> None:
    command = [sys.executable, "-m", "scanner.cli", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--resume" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_being_told_to_end_is_like_ctrl_c(volume: Path, tmp_path: Path) -> None:
    def end(watched: Watched) -> None:
        if watched.batches >= 1 and not watched.sent:
            watched.sent = 1
            os.kill(watched.pid, signal.SIGTERM)

    done = scan(volume, tmp_path / "run", "-q", "--workers", "2", act=end)
    assert done.code == 3
    assert len(done.err.strip().splitlines()) == 1
    assert json.loads((tmp_path / "run" / "run.json").read_text())["state"] == "interrupted"
    check_sums(tmp_path / "run")


def _go_on(volume: Path, unbroken: Path, run: Path) -> None:
    done = scan(volume, run, "-q", "--workers", "2", "--resume")
    assert (done.code, done.err) == (0, "")
    assert content(run) == content(unbroken)
    check_sums(run)
    assert not (run / "parts").exists()


@pytest.mark.parametrize("limit", [0, 3000, 40_000])
def test_no_room_is_one_line(volume: Path, tmp_path: Path, limit: int) -> None:
    done = scan(
        volume / "d1",
        tmp_path / "run",
        "-q",
        "--workers",
        "1",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.code == 3
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize("output", ["file/run", "file", "/dev/null/run", "/proc/run", "n" * 300])
def test_an_output_that_cannot_be_is_one_line(volume: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("x")
    done = scan(volume / "d1", tmp_path / output, "-q", "--workers", "1")
    assert done.code in (2, 3)
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("target", ["nowhere", "n" * 300, "file/below"])
def test_a_target_that_is_not_there_is_one_line(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("x")
    done = scan(tmp_path / target, tmp_path / "run", "-q")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1


def test_a_target_that_vanishes_is_told(volume: Path, tmp_path: Path) -> None:
    target = tmp_path / "volume"
    shutil.copytree(volume, target)

    def vanish(watched: Watched) -> None:
        if watched.batches >= 1 and target.exists():
            target.rename(tmp_path / "elsewhere")

    done = scan(target, tmp_path / "run", "-q", "--workers", "1", act=vanish)
    assert (done.code, done.err) == (0, "")
    check_sums(tmp_path / "run")
    reasons = {row["reason"].partition(":")[0] for row in open_run(tmp_path / "run").items_table().to_pylist()}
    assert "vanished" in reasons
