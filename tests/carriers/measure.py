"""What a scan counts of the letter in each carrier: ``python -m tests.carriers.measure [--tools] [--keep FOLDER]``."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from scanner import open_run

from . import data, letter, mails, packed, papers, systems, tools

WORST = 77 / 80


def write(folder: Path, with_tools: bool = False) -> list[str]:
    """The carriers in a folder; the answer is their names."""
    made: dict[str, bytes] = {}
    for module in (packed, papers, mails, data, systems):
        for name, content in module.carriers().items():
            assert name not in made, name
            made[name] = content
    sparse = packed.sparse_tar()
    if sparse:
        made["sparse.tar"] = sparse
    if with_tools:
        made |= {f"tools/{name}": content for name, content in tools.carriers().items()}
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return list(made)


def scan(folder: Path, run: Path) -> None:
    command = [sys.executable, "-m", "scanner.cli", "scan", str(folder), "-o", str(run), "-q", "--sentences", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode in (0, 1), done.stderr[-2000:]


def counted(run: Path) -> dict[str, set[str]]:
    """The kinds of values counted in each carrier."""
    kinds = {entity: kind for kind, entity in letter.TYPES.items()}
    found: dict[str, set[str]] = {}
    for row in open_run(run).findings_table().to_pylist():
        if row["entity_type"] in kinds and row["count"]:
            found.setdefault(row["path"].partition("!")[0], set()).add(kinds[row["entity_type"]])
    return found


def unread(run: Path) -> dict[str, list[str]]:
    """Why what was not read in each carrier was not."""
    reasons: dict[str, list[str]] = {}
    for row in open_run(run).items_table().to_pylist():
        if row["status"] != "read":
            reasons.setdefault(row["path"].partition("!")[0], []).append(f"{row['status']} {row['reason']}")
    return reasons


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", action="store_true", help="also carriers that programs of the system make")
    parser.add_argument("--keep", type=Path, help="a folder for the carriers and the run")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        names = write(folder / "carriers", chosen.tools)
        run = folder / "run"
        scan(folder / "carriers", run)
        found, reasons, whole = counted(run), unread(run), 0
        for name in names:
            missing = [kind for kind in letter.VALUES if kind not in found.get(name, set())]
            whole += not missing
            if missing or name in reasons:
                told = "; ".join(reasons.get(name, [])) or "read"
                print(f"{8 - len(missing)}/8  {name}  missing: {' '.join(missing) or 'nothing'}  [{told}]")
        print(f"{whole} of {len(names)} carriers with all values")
    return 0 if whole >= WORST * len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
