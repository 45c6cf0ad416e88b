"""One digest of all rules, so that two runs can be compared only when they used the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import xxhash

DATA = (".yaml", ".txt")
PROGRAM = frozenset({".py", ".yaml", ".txt", ".npz", ".npy", ".json", ".csv", ".gz", ".xz", ".zst", ".bin"})


def _data_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _data_files(entry)
        elif entry.name.endswith(DATA):
            yield entry


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """SHA-256 over names and contents of every data file of ``rules`` and ``recognizers``."""
    digest = hashlib.sha256()
    for package in ("recognizers", "rules"):
        for entry in _data_files(files(package)):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """One digest of all that reads and recognises, models among it: another program may find other things."""
    digest = xxhash.xxh3_128()
    for package in ("recognizers", "rules", "scanner"):
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix in PROGRAM:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()
