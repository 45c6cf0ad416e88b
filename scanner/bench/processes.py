"""Runs a command and watches its processes: seconds, and the most memory that one of them took."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.bench.machine import on_cores

PACE = 0.05
"""Seconds between two looks; the system keeps the peak of each process, so that only its last moments are missed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: seconds for so many bytes.

    ``peak`` is in bytes, of the largest process; ``cpu`` in seconds, of all processes together; 0 when unknown.
    """

    seconds: float
    size: int
    peak: int = 0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Megabytes (10^6 bytes) per second."""
        return self.size / 1e6 / self.seconds


def run(command: Sequence[str], cores: int, size: int) -> Sample | None:
    """Seconds from start to end on so many cores; nothing when the command fails."""
    start = time.perf_counter()
    with on_cores(cores):
        process = _started(command)
    with process:
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        watch.stop()
    return Sample(seconds, size, max(watch.peaks.values(), default=0), sum(watch.cpu.values())) if code == 0 else None


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(list(command), stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603 - our own


def recense(*arguments: str) -> list[str]:
    """The command line of recense under this interpreter."""
    return [sys.executable, "-m", "scanner.cli", *arguments]


class _Watch(threading.Thread):
    """Notes what a process and its descendants take while they live."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peaks: dict[int, int] = {}
        self.cpu: dict[int, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(PACE):
            for pid in _family(self.pid):
                self.peaks[pid] = max(self.peaks.get(pid, 0), _peak(pid))
                self.cpu[pid] = max(self.cpu.get(pid, 0.0), _cpu(pid))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _cpu(pid: int) -> float:
    """Seconds of its own, in the kernel and out of it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
