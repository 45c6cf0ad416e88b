"""Rewrites the sample volume, the same bytes each time: ``python sample_data/generate.py``."""

from __future__ import annotations

import argparse
from pathlib import Path

import accounting
import archives
import council
import databases
import deliveries
import documents
import hr
import mail
import web

SUBJECTS = (hr, accounting, web, databases, mail, council, deliveries, archives, documents)


def volume() -> dict[str, bytes]:
    """Every file of the volume, by path."""
    files: dict[str, bytes] = {}
    for subject in SUBJECTS:
        files |= subject.files()
    return files


def write(files: dict[str, bytes], target: Path) -> None:
    """Replace the target's files and remove the ones that are no longer made."""
    for old in sorted(target.rglob("*"), reverse=True):
        if old.is_file() and old.relative_to(target).as_posix() not in files:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()
    for path, data in files.items():
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent / "volume")
    arguments = parser.parse_args()
    files = volume()
    write(files, arguments.output)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes in {arguments.output}")


if __name__ == "__main__":
    main()
