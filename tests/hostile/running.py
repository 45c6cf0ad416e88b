"""Scans by the command line, watched from outside: their processes, their memory, what they leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner import open_run

TABLES = ("findings.parquet", "items.parquet")


def command(target: Path, run: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "scanner.cli", "scan", str(target), "-o", str(run), "--ner", "off", *options]


@dataclass
class Done:
    code: int
    out: str
    err: str
    peak: int
    """Most memory that any of its processes had, in bytes."""


def scan(target: Path, run: Path, *options: str, act: Callable[[Watched], None] | None = None, **more: Any) -> Done:
    """Runs to the end; ``act`` is called again and again meanwhile."""
    # Whoever runs the tests in the background may have this signal ignored, which children inherit.
    more.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    with subprocess.Popen(
        command(target, run, *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    ) as process:
        watched = Watched(process.pid, run)
        try:
            while process.poll() is None and watched.seconds < 300:
                watched.look()
                if act is not None:
                    act(watched)
                time.sleep(0.02)
        finally:
            if process.poll() is None:
                process.kill()
        out, err = process.communicate()
    return Done(process.returncode, out, err, watched.peak)


class Watched:
    """A running scan."""

    def __init__(self, pid: int, run: Path) -> None:
        self.pid = pid
        self.run = run
        self.peak = 0
        self.sent = 0
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def look(self) -> None:
        for pid in [self.pid, *descendants(self.pid)]:
            self.peak = max(self.peak, _peak(pid))

    @property
    def batches(self) -> int:
        """How many batches the run has noted."""
        try:
            return (self.run / "journal.jsonl").read_bytes().count(b"\n")
        except OSError:
            return 0

    def workers(self) -> list[int]:
        """Processes that were forked to read files: the innermost."""
        below = descendants(self.pid)
        parents = {_parent(pid) for pid in below}
        return [pid for pid in below if pid not in parents and _parent(pid) != self.pid]

    def interrupt(self) -> None:
        """What a terminal does at Ctrl-C: the signal goes to every process."""
        self.sent += 1
        os.killpg(self.pid, signal.SIGINT)


def descendants(root: int) -> list[int]:
    """Living processes below one, by what the kernel tells."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(int(entry.name)), []).append(int(entry.name))
    found, pending = [], [root]
    while pending:
        for pid in sorted(children.get(pending.pop(), [])):
            found.append(pid)
            pending.append(pid)
    return found


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return -1


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def content(run: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Any]:
    """Findings, items and decisions."""
    read = open_run(run)
    return read.findings_table().to_pylist(), read.items_table().to_pylist(), read.decisions()


def check_sums(run: Path) -> None:
    """Every row adds up, and ``run.json`` is the sum of the rows."""
    items = open_run(run).items_table().to_pylist()
    for item in items:
        assert item["bytes_read"] + item["bytes_unread"] == item["size"], item["path"]
        assert min(item["bytes_read"], item["bytes_unread"]) >= 0, item["path"]
        assert bool(item["reason"]) == (item["status"] != "read"), item["path"]
    coverage = json.loads((run / "run.json").read_text())["coverage"]
    assert coverage["items"] == len(items)
    assert coverage["bytes"] == sum(item["size"] for item in items)
    for name in ("bytes_read", "bytes_unread"):
        assert coverage[name] == sum(item[name] for item in items)
    for status in ("read", "partial", "unread"):
        assert coverage[status] == sum(item["status"] == status for item in items)
    volume = coverage["volume"]
    assert volume["bytes_read"] + volume["bytes_unread"] == volume["bytes"]
