"""How fast a mixed volume is scanned: ``python -m tests.throughput.measure --size MB [--models] [--only FORMAT …]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scanner import open_run
from scanner.bench.machine import described, one_core
from scanner.bench.processes import Sample, recense, run
from scanner.config import Settings
from scanner.examine import examine
from scanner.model import Item, Locator, Status
from scanner.tasks import Batch

from .volume import MADE, OFFICE, write

LEAST = 1.0
"""Megabytes (10^6 bytes) a second of a core that every format must reach."""
USUAL = Settings(ocr="off", today=date(2026, 1, 1))
QUICK = USUAL.model_copy(update={"ner": "off", "sentences": "off"})
"""Without the models that read so much of every file, whatever its size."""


@dataclass(slots=True)
class Pace:
    """What a worker took for the files of one format; ``text`` is what it had to recognise in, in bytes."""

    files: int = 0
    size: int = 0
    text: int = 0
    cpu: float = 0.0
    wall: float = 0.0
    unread: int = 0

    @property
    def rate(self) -> float:
        return self.size / 1e6 / max(self.cpu, 1e-9)


def pace(paths: Iterable[Path], settings: Settings = QUICK) -> Pace:
    """By the function that workers run, in this process, file by file."""
    taken = Pace()
    for path in paths:
        facts = path.stat()
        item = Item(Locator("filesystem", path.name), facts.st_size, facts.st_mtime_ns, facts.st_mode)
        batch = Batch(1, "filesystem", str(path.parent), "", (item,), whole=True)
        cpu, wall = time.process_time(), time.perf_counter()
        examined = examine(batch, settings, b"k" * 32)
        taken.cpu += time.process_time() - cpu
        taken.wall += time.perf_counter() - wall
        taken.files += 1
        taken.size += facts.st_size
        taken.text += examined.share.text
        taken.unread += sum(row.status is Status.UNREAD for row in examined.rows[-1:])
    return taken


def paces(files: dict[str, list[Path]], settings: Settings) -> dict[str, Pace]:
    """Each format after three files of it, which load what it needs."""
    with one_core():
        for paths in files.values():
            pace(paths[:3], settings)
        return {name: pace(paths, settings) for name, paths in files.items()}


def table(measured: dict[str, Pace]) -> str:
    rows = [
        "| format | files | MB | MB of text in one MB | MB/s of CPU | files/s of CPU | MB/s | files/s |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in sorted(measured.items(), key=lambda pair: pair[1].rate):
        size = one.size / 1e6
        figures = (one.text / one.size, one.rate, one.files / one.cpu, size / one.wall, one.files / one.wall)
        rows.append(
            f"| {name} | {one.files} | {size:.1f} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |"
        )
    return "\n".join(rows)


def whole(folder: Path, out: Path, size: int, settings: Settings) -> Sample | None:
    options = ("--ocr", settings.ocr, "--ner", settings.ner, "--sentences", settings.sentences)
    return run(recense("scan", str(folder), "-o", str(out), "--workers", "2", *options, "--force", "--quiet"), 2, size)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="megabytes of the volume")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="formats to measure by themselves, without the scan")
    parser.add_argument("--models", action="store_true", help="with names and sentences, as a scan has them by default")
    parser.add_argument("--keep", type=Path, help="a folder for the volume, which is used again when it is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (chosen.keep or Path(scratch)) / f"volume-{chosen.size}-{chosen.seed}"
        files = _there(folder) or write(folder, chosen.size * 1_000_000, chosen.seed)
        settings = USUAL if chosen.models else QUICK
        wanted = {name: paths for name, paths in files.items() if not chosen.only or name in chosen.only}
        if not chosen.only:
            _print_whole(folder, Path(scratch) / "run", files, settings)
        measured = paces(wanted, settings)
        print(table(measured))
    slow = [name for name, one in measured.items() if one.rate < LEAST]
    unread = [name for name, one in measured.items() if one.unread]
    print(f"under {LEAST:g} MB/s: {', '.join(slow) or 'none'}; with unread files: {', '.join(unread) or 'none'}")
    return 1 if slow or unread else 0


def _there(folder: Path) -> dict[str, list[Path]]:
    return {sub.name: sorted(sub.iterdir()) for sub in sorted(folder.iterdir())} if folder.is_dir() else {}


def _print_whole(folder: Path, out: Path, files: dict[str, list[Path]], settings: Settings) -> None:
    sizes = {name: sum(path.stat().st_size for path in paths) for name, paths in files.items()}
    size, count = sum(sizes.values()), sum(map(len, files.values()))
    office = sum(sizes[name] for name in sizes if name in OFFICE) / size
    missing = "" if len(files) > len(MADE) else "; LibreOffice is absent: neither doc, xls, ods, ppt nor odp"
    print(
        f"{described()['cpu']}, {described()['cores']} cores; {count} files, {size / 1e6:.0f} MB, {office:.0%} office and PDF{missing}"
    )
    sample = whole(folder, out, size, settings)
    if sample is None:
        raise SystemExit("the scan failed")
    rows = open_run(out).items_table().to_pylist()
    read = sum(row["bytes_read"] for row in rows if "!" not in row["path"])
    print(
        f"scan, two workers: {sample.seconds:.1f} s, {sample.rate:.2f} MB/s, {count / sample.seconds:.1f} files/s; "
        f"{sample.cpu:.1f} s of CPU; {sample.peak / 1e6:.0f} MB at most in a process; {read / size:.1%} of the bytes read"
    )


if __name__ == "__main__":
    sys.exit(main())
