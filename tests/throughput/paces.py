"""What a worker takes for the files of a format, and why where that is long."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from scanner.bench.machine import one_core
from scanner.beside import Noting, nothing
from scanner.config import Settings
from scanner.examine import examine
from scanner.model import Item, Locator, Status
from scanner.sight.eye import Eye
from scanner.tasks import Batch
from scanner.walk import Walk

LEAST = 1.0
"""Megabytes (10^6 bytes) a second of a core that every format must reach, or say why not."""
BASELINE = "txt"
"""Plain text, which costs nothing to open: by the same lanes, in the same run."""
SMALL = 0.25
"""Seconds of a core: a file that takes less is counted in files, not in megabytes."""
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
    opening: float = 0.0
    """Seconds of the processor for opening and parsing alone; what is left of ``cpu`` is recognising."""
    unread: int = 0
    modelless: float = 0.0
    """Seconds of the processor for the same without models; 0 where none were asked for."""

    @property
    def rate(self) -> float:
        return self.size / 1e6 / max(self.cpu, 1e-9)

    @property
    def text_rate(self) -> float:
        return self.text / 1e6 / max(self.cpu, 1e-9)

    @property
    def opened(self) -> float:
        return min(1.0, self.opening / max(self.cpu, 1e-9))

    @property
    def modelled(self) -> float:
        """The part of the time that models take."""
        return max(0.0, 1 - self.modelless / max(self.cpu, 1e-9)) if self.modelless else 0.0

    def reasons(self) -> list[str]:
        """Why this is no faster, as far as the figures show it; none for what nothing explains."""
        each = self.cpu / max(1, self.files)
        found = [f"{self.text_rate:.1f} MB/s of the text in it"] if self.text_rate >= LEAST else []
        found += [f"{self.opened:.0%} of it in what opens and unpacks the format"] if self.opened >= 0.5 else []
        found += [f"{self.modelled:.0%} of it in models, which read so much of a file, whatever its size"] * (
            self.modelled >= 0.5
        )
        found += [f"{each * 1e3:.0f} ms a file: a table is judged by as many rows, whatever its size"] * (each < SMALL)
        return found


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
        taken.opening += _opening(item, path, settings)
        taken.files += 1
        taken.size += facts.st_size
        taken.text += examined.share.text
        taken.unread += sum(row.status is Status.UNREAD for row in examined.rows[-1:])
    return taken


def _opening(item: Item, path: Path, settings: Settings) -> float:
    """Of the same file, all of its content without a look at it."""
    walk = Walk(settings.limits, b"k" * 32, Eye(settings, within=False), settings.closed)
    before = time.process_time()
    for _ in walk.visit(item, partial(path.open, "rb"), path, Noting(nothing)):
        pass
    return time.process_time() - before


def paces(files: dict[str, list[Path]], settings: Settings) -> dict[str, Pace]:
    """Each format after three files of it, which load what it needs."""
    with one_core():
        for paths in files.values():
            pace(paths[:3], settings)
        found = {name: pace(paths, settings) for name, paths in files.items()}
        if settings != QUICK:
            for name, paths in files.items():
                found[name].modelless = pace(paths).cpu
    return found


def table(measured: dict[str, Pace]) -> str:
    rows = [
        "| format | files | MB | text in one MB | MB/s of CPU | MB/s of text | beside plain text | opening | models | files/s of CPU | MB/s | files/s |",
        "|---|" + "---:|" * 11,
    ]
    plain = measured.get(BASELINE)
    for name, one in sorted(measured.items(), key=lambda pair: pair[1].rate):
        size = one.size / 1e6
        beside = f"{one.text_rate / plain.text_rate:.2f}" if plain is not None and plain.text else "-"
        rows.append(
            f"| {name} | {one.files} | {size:.1f} | {one.text / one.size:.1f} | {one.rate:.1f} | {one.text_rate:.1f} | {beside} "
            f"| {one.opened:.0%} | {one.modelled:.0%} | {one.files / one.cpu:.1f} | {size / one.wall:.1f} | {one.files / one.wall:.1f} |"
        )
    return "\n".join(rows)


def slow(measured: dict[str, Pace]) -> dict[str, str]:
    """The formats under the least rate, with the reason; an empty one where the figures show none."""
    return {name: "; ".join(one.reasons()) for name, one in measured.items() if one.rate < LEAST}
