"""What became of each listed item since an earlier run: new, changed, moved or gone, told by content."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scanner.recall import base_name
from scanner.store import write_table

CHANGES = pa.schema([("path", pa.string()), ("change", pa.string()), ("before", pa.string())])
KINDS = ("unchanged", "new", "changed", "moved", "gone", "unread")
Contents = dict[str, tuple[str, int]]


def compare(folder: Path, earlier: Path) -> dict[str, int]:
    """Write ``changes.parquet``, a row for each item that is not as before; how many there are of each kind."""
    key = secrets.token_bytes(32)  # nobody who names files can make two of them look alike
    marks = [_marks(run, key) for run in (folder, earlier)]
    same = np.isin(marks[0], marks[1])
    now = _contents(folder, ~same)
    before = _contents(earlier, ~np.isin(marks[1], marks[0]))
    rows = _told(now, before)
    unchanged = int(same.sum())
    columns = list(zip(*rows, strict=True)) if rows else [(), (), ()]
    write_table(folder / "changes.parquet", pa.table(dict(zip(CHANGES.names, columns, strict=True)), schema=CHANGES))
    counts = dict.fromkeys(KINDS, 0) | {"unchanged": unchanged}
    for _, kind, _ in rows:
        counts[kind] += 1
    return counts


def _pieces(folder: Path) -> Iterator[list[tuple[str, str, int]]]:
    """Path, digest and size of each item, some thousands at a time."""
    names = ["path", "digest", "size"]
    with pq.ParquetFile(folder / "contents.parquet") as file:
        for piece in file.iter_batches(1 << 16, columns=names):
            yield list(zip(*(piece.column(name).to_pylist() for name in names), strict=True))


def _marks(folder: Path, key: bytes) -> NDArray[np.uint64]:
    """A number for each item that tells its place and content: eight bytes, where there may be a million of them."""
    parts = [b""]
    for piece in _pieces(folder):
        texts = (f"{digest}\0{size}\0{path}".encode("utf-8", "surrogateescape") for path, digest, size in piece)
        parts += [hashlib.blake2b(text, key=key, digest_size=8).digest() for text in texts]
    return np.frombuffer(b"".join(parts), np.uint64)


def _contents(folder: Path, wanted: NDArray[np.bool_]) -> Contents:
    """The items that are not as they were: mostly few."""
    found: Contents = {}
    start = 0
    for piece in _pieces(folder):
        chosen = np.flatnonzero(wanted[start : start + len(piece)])
        found |= {piece[at][0]: piece[at][1:] for at in chosen}
        start += len(piece)
    return found


def _told(now: Contents, before: Contents) -> list[tuple[str, str, str]]:
    """A file is moved when its content is at a new place and no longer at an old one; the same name is tried first."""
    left: dict[tuple[str, int], list[str]] = defaultdict(list)
    for path in sorted(before.keys() - now.keys(), reverse=True):
        left[before[path]].append(path)
    rows = []
    for path in sorted(now):
        old = before.get(path)
        if old is not None:
            rows.append((path, _same_place(now[path], old), path))
        else:
            origin = _origin(path, left[now[path]]) if now[path][0] else ""
            rows.append((path, "moved" if origin else "new", origin))
    rows += [(path, "gone", path) for paths in left.values() for path in paths]
    return sorted(rows)


def _same_place(now: tuple[str, int], old: tuple[str, int]) -> str:
    return "changed" if now[0] or now[1] != old[1] else "unread"


def _origin(path: str, candidates: list[str]) -> str:
    """Where the content came from, each old place once."""
    if not candidates:
        return ""
    name = base_name(path)
    at = next((n for n in reversed(range(len(candidates))) if base_name(candidates[n]) == name), len(candidates) - 1)
    return candidates.pop(at)
