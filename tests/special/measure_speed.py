"""What reading sentences costs: CPU of a worker with networks and encoder, by that of the fast lane alone.

``python tests/special/measure_speed.py [MEGABYTES]``: names model off, five files of that size (8) each way.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from scanner.bench.corpora import CORPORA, Corpus
from scanner.config import Settings
from scanner.examine import examine
from scanner.model import Item, Locator
from scanner.tasks import Batch

_FILES = 5
_WAYS: tuple[Literal["off", "auto"], ...] = ("off", "auto")


def _seconds(path: Path, sentences: Literal["off", "auto"]) -> float:
    settings = Settings(ner="off", sentences=sentences, today=date(2026, 1, 1))
    item = Item(Locator("filesystem", path.name), path.stat().st_size)
    start = time.process_time()
    examine(Batch(0, "filesystem", str(path.parent), "", (item,)), settings, b"bench")
    return time.process_time() - start


def _costs(corpus: Corpus, size: int) -> tuple[float, float]:
    """Seconds for as many files each way, no text twice: what is known of one is kept for when it comes again."""
    totals = [0.0, 0.0]
    with TemporaryDirectory() as folder:
        for number in range(_FILES + 1):
            for way, sentences in enumerate(_WAYS):
                path = corpus.write(Path(folder), size, 2 * number + way)
                seconds = _seconds(path, sentences)
                totals[way] += seconds if number else 0  # what is loaded once for a process is not what a file costs
    return totals[0], totals[1]


def main(megabytes: int) -> None:
    """Print a line for each corpus."""
    for corpus in CORPORA:
        alone, whole = _costs(corpus, megabytes * 1_000_000)
        print(f"{corpus.name:8} fast lane {alone:6.2f} s  everything {whole:6.2f} s  {whole / alone - 1:+.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
