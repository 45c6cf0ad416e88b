"""One digest of all rules, so that two runs can be compared only when they used the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

DATA = (".yaml", ".txt")


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
