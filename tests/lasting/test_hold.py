"""A run folder has one process at a time, whatever became of the one before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.hold import LOCK, Held, Hold
from scanner.journal import Journal
from scanner.store import RunExists, Store

OTHER = "import sys, time; from pathlib import Path; from scanner.hold import Hold; h = Hold(Path(sys.argv[1]))"


def test_a_second_process_is_refused_until_the_first_ends_however_it_does(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OTHER + "; print('held', flush=True); time.sleep(600)", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        for way in (lambda: Store.reopen(tmp_path), lambda: Store.create(tmp_path, force=True), lambda: Hold(tmp_path)):
            with pytest.raises((RunExists, Held)):
                way()
        other.kill()
    Hold(tmp_path).release()
    assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600


def test_a_run_that_was_killed_before_it_said_anything_begins_again(tmp_path: Path) -> None:
    run = tmp_path / "run"
    Store.create(run).release()  # killed here: no run.json yet
    (run / "run.json.partial").write_text("")
    Store.create(run).release()
    assert sorted(path.name for path in run.iterdir()) == [LOCK, "parts"]
    (run / "notes.txt").write_text("not ours")
    with pytest.raises(RunExists, match="not a run"):
        Store.create(run, force=True)
    assert (run / "notes.txt").exists()


def test_torn_lines_and_parts_count_for_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "run")
    for number in (1, 2, 1):
        digests = store.put(number, [], [], [])
        store.journal({"batch": number, "fingerprint": "f", "parts": digests})
    path = store.folder / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"batch": 3, "finger')
    assert [entry["batch"] for entry in store.noted()] == [2, 1]
    assert store.intact(2, digests)
    part = store.part("items", 2)
    whole = part.read_bytes()
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert not store.intact(2, digests)
    part.unlink()
    assert not store.intact(2, digests)
    Journal(store.folder).mend()
    assert path.read_bytes().endswith(b"\n")
    store.release()


def test_what_a_run_writes_is_its_owner_s(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store.create(tmp_path / "run")
        digests = store.put(1, [], [], [])
        store.journal({"batch": 1, "fingerprint": "f", "parts": digests})
        store.assemble([1])
        store.release()
    finally:
        os.umask(before)
    for path in [store.folder, *store.folder.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path.name
