"""Breaks runs at random moments, goes on with them, and compares with the run that nothing broke."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path
from random import Random

from scanner import open_run
from scanner.declaration import none_declaration
from scanner.scan import Request, scan
from scanner.store import Store

from .loaded import SETTINGS

COMPARED = ("findings.parquet", "items.parquet", "contents.parquet", "decisions.json")
PATIENCE = 400


def volume(folder: Path, files: int = 16) -> Path:
    """Small files, copies, an archive in each folder and one file that is read in sections."""
    import zipfile

    for number in range(files):
        place = folder / f"d{number % 4}"
        place.mkdir(parents=True, exist_ok=True)
        people = "".join(f"MARTIN;Camille;camille{number}.{line}@example.org\n" for line in range(30))
        (place / f"{number}.csv").write_text("nom;prenom;mel\n" + people)
    (folder / "d2" / "copie.csv").write_bytes((folder / "d1" / "1.csv").read_bytes())
    with zipfile.ZipFile(folder / "d3" / "vieux.zip", "w") as packed:
        packed.writestr(zipfile.ZipInfo("dedans.csv"), (folder / "d0" / "0.csv").read_bytes())
    lines = (f"192.0.2.{n % 250} - camille{n % 99}@example.org GET /{n}\n" for n in range(6_000))
    (folder / "grand.log").write_text("".join(lines))
    return folder


class Lab:
    """Runs scans in children of this process, which holds all that they load."""

    def __init__(self, target: Path, work: Path) -> None:
        self.target = target
        self.work = work
        forkserver.set_forkserver_preload(["tests.lasting.loaded"])
        forkserver.ensure_running()
        self.unbroken = work / "unbroken"
        started = time.monotonic()
        assert self.finish(self.start(self.unbroken)) == 0
        started = time.monotonic()
        assert self.finish(self.start(work / "again")) == 0
        self.seconds = time.monotonic() - started
        self.expected = self.read(self.unbroken)
        assert self.read(work / "again") == self.expected

    def start(self, run: Path, *, resume: bool = False) -> int:
        """A scan in a process of its own."""
        pid = os.fork()
        if pid:
            return pid
        code = 70
        try:
            os.setsid()
            forkserver.ensure_running = lambda: None  # it runs, and is not a child of this child
            forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]
            code = _scan(self.target, run, resume=resume)
        finally:
            os._exit(code)

    def finish(self, pid: int) -> int:
        """How a scan ended; one that hangs is a failure."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise AssertionError("a scan hangs")

    def read(self, run: Path) -> dict[str, bytes]:
        """The answer of a run, byte by byte."""
        return {name: (run / name).read_bytes() for name in COMPARED}

    def goes_on(self, run: Path) -> bool:
        """Whether a broken run, gone on with, gives what the unbroken one gave, and no item twice or never."""
        if self.finish(self.start(run, resume=True)) != 0 or self.read(run) != self.expected:
            return False
        read = open_run(run)
        paths = read.items_table()["path"].to_pylist()
        coverage = read.meta["coverage"]
        whole = len(paths) == len(set(paths)) == coverage["items"]
        return whole and read.meta["state"] == "complete" and not (run / "parts").exists()


def _scan(target: Path, run: Path, *, resume: bool) -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    request = Request((str(target),), run, none_declaration(), SETTINGS, 2, resume=resume)
    try:
        again = resume and (run / "run.json").exists()
        store = Store.reopen(run) if again else Store.create(run)
        meta, _ = scan(request, store, lambda *_: None)
    except OSError as error:
        return 80 if error.errno in (28, 5, 27) or isinstance(error.__cause__, OSError) else 71
    except BaseException:  # noqa: BLE001 - the code says it
        return 72
    return 0 if meta["state"] == "complete" else 3


def killed_parent(lab: Lab, run: Path, moment: float) -> bool:
    """The scanning process is killed."""
    pid = lab.start(run)
    time.sleep(moment)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return lab.goes_on(run)


def killed_worker(lab: Lab, run: Path, moment: float, rng: Random) -> bool:
    """A process that reads is killed; the run notices and needs no help."""
    before = set(_children(_server()))
    pid = lab.start(run)
    until = time.monotonic() + moment
    while time.monotonic() < until:
        time.sleep(0.005)
    workers = [one for one in _children(_server()) if one not in before]
    if workers:
        os.kill(rng.choice(workers), signal.SIGKILL)
    return lab.finish(pid) == 0 and lab.read(run) == lab.expected


def full_disk(lab: Lab, run: Path, moment: float) -> bool:
    """Somebody else fills the disk, and makes room again after the run has given up."""
    pid = lab.start(run)
    time.sleep(moment)
    filler = run.parent / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 12))
        except OSError:
            pass
        code = lab.finish(pid)
    filler.unlink()
    return code in (0, 80) and lab.goes_on(run)


def _server() -> int:
    return int(forkserver._forkserver._forkserver_pid)  # type: ignore[attr-defined]


def _children(pid: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            if parent == pid:
                yield int(entry.name)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[bool]:
    """A file system of a few megabytes, where this process may mount one."""
    import subprocess

    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True
    )
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=False, capture_output=True)
