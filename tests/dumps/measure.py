"""One department of 40 tables, dumped by the tools of its servers in every way and scanned in each, and in the servers.

``python -m tests.dumps.measure [--rows 1000000] [--only WORD]… [--keep FOLDER]`` prints where findings per table and
column differ from those of the live scan, and megabytes of each dump read in a second of the processor.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .department import filling
from .department.ways import all_ways
from .scanned import Findings, Scanned
from .servers import mysql, postgres

MB = 1_000_000


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--only", action="append", default=[], help="a word in the names of the ways")
    asked.add_argument("--keep", type=Path, help="where dumps are made, and found again")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as made, postgres() as pg, mysql() as my:
        folder = options.keep or Path(made)
        urls = _filled(pg, my, folder, options.rows)
        try:
            return _compare(urls, folder, options.rows, options.only)
        finally:
            filling.drop(pg, my)


def _filled(pg: str, my: str, folder: Path, rows: int) -> tuple[str, str]:
    copies = folder / "rows"
    if not copies.exists():
        copies.mkdir(parents=True)
        filling.write(copies, rows)
    return filling.postgres(pg, copies), filling.mysql(my, copies)


def _compare(urls: tuple[str, str], folder: Path, rows: int, only: list[str]) -> int:
    ways = {name: way for name, way in all_ways(*urls, rows).items() if not only or any(word in name for word in only)}
    for name, way in ways.items():
        if not (folder / name).exists():
            (folder / name).mkdir()
            way(folder / name)
    size = sum(path.stat().st_size for path in (folder / "rows").iterdir())
    Scanned(str(next((folder / "rows").iterdir())))  # what is loaded and compiled once is no cost of a dump
    expected: Findings = {}
    worst = 0
    for name, target in (*zip(("postgresql live", "mysql live"), urls, strict=True), *((n, folder / n) for n in ways)):
        scanned = Scanned(str(target))
        found = _named(scanned)
        expected = expected or found
        different = _differences(found, expected)
        worst = max(worst, len(different))
        own = size if " live" in name else _size(folder / name)
        print(
            f"{name:24} {len(found):4} findings {len(different):3} different  {own / MB:7.1f} MB "
            f"{scanned.seconds:6.1f} s  {own / MB / scanned.seconds:5.1f} MB/s  "
            f"rows {size / MB / scanned.seconds:5.1f} MB/s",
            flush=True,
        )
        for line in different[:12]:
            print("   ", line)
    return 1 if worst else 0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _named(scanned: Scanned) -> Findings:
    """Findings by table; a file that is one table is called as it."""
    found = scanned.table()
    for finding in scanned.findings:
        if not finding.table and finding.column:
            table = finding.path.rpartition("/")[2].partition(".")[0]
            found[table, finding.column, finding.entity_type] = (finding.level.name, finding.count, finding.distinct)
    return found


def _differences(found: Findings, expected: Findings) -> list[str]:
    keys = sorted({*found, *expected})
    return [
        f"{'.'.join(key)}: {expected.get(key)} live, {found.get(key)} here"
        for key in keys
        if found.get(key) != expected.get(key)
    ]


if __name__ == "__main__":
    sys.exit(main())
