"""What a person waits for: ``recense scan`` as a process of its own, on big files, many files and a small one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scanner.bench.processes import Sample, recense, run

SMALL = 5_000
"""Bytes of a small file."""


def scan(target: Path, folder: Path, size: int, workers: int, ner: str = "off") -> Sample | None:
    """One scan with as many cores as workers; ``size`` is what its bytes count as."""
    arguments = ("scan", str(target), "-o", str(folder / "run"), "--workers", str(workers), "--ner", ner)
    return run(recense(*arguments, "--force", "--quiet"), workers, size)


def twice(path: Path) -> Path:
    """A folder with the file under two names, for as many workers."""
    folder = path.parent / f"{path.stem}-twice"
    if not folder.exists():
        folder.mkdir()
        for rank in (1, 2):
            os.link(path, folder / f"{path.stem}{rank}{path.suffix}")
    return folder


def small_files(sources: list[Path], folder: Path, count: int) -> int:
    """Write ``count`` files of about 5 KB, cut where lines end, taken from each source in turn; their bytes."""
    cuts = [_cuts(source.read_bytes()) for source in sources]
    total = 0
    for number in range(count):
        rank = number % len(sources)
        piece = next(cuts[rank])
        place = folder / f"{number // 500:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:05d}{sources[rank].suffix}").write_bytes(piece)
        total += len(piece)
    return total


def _cuts(data: bytes) -> Iterator[bytes]:
    """Pieces from the beginning, again from there when there is no whole one left."""
    at = 0
    while True:
        end = data.rfind(b"\n", at, at + SMALL) + 1 or at + SMALL
        yield data[at:end]
        at = 0 if end + SMALL > len(data) else end
