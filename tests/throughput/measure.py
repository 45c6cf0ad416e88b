"""How fast a mixed volume is scanned: ``python -m tests.throughput.measure --size MB [--models] [--only FORMAT …]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from scanner import open_run
from scanner.bench.machine import described
from scanner.bench.processes import Sample, recense, run
from scanner.config import Settings

from .paces import LEAST, QUICK, USUAL, paces, slow, table
from .volume import OFFICE, write


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
    under = slow(measured)
    unread = [name for name, one in measured.items() if one.unread]
    for name, reason in under.items():
        print(f"{name}, under {LEAST:g} MB/s: {reason or 'nothing explains it'}")
    print(f"with unread files: {', '.join(unread) or 'none'}")
    return 1 if unread or not all(under.values()) else 0


def _there(folder: Path) -> dict[str, list[Path]]:
    return {sub.name: sorted(sub.iterdir()) for sub in sorted(folder.iterdir())} if folder.is_dir() else {}


def _print_whole(folder: Path, out: Path, files: dict[str, list[Path]], settings: Settings) -> None:
    sizes = {name: sum(path.stat().st_size for path in paths) for name, paths in files.items()}
    size, count = sum(sizes.values()), sum(map(len, files.values()))
    office = sum(sizes[name] for name in sizes if name in OFFICE) / size
    missing = (
        "" if "office.docx" in files else "; LibreOffice is absent: doc, xls, ods, ppt and odp are laid out by hand"
    )
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
