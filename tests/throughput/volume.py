"""A volume as a hosting client has it: office and PDF take 60 % of its bytes; no two files are the same."""

from __future__ import annotations

from pathlib import Path
from random import Random

from . import converted, others, papers
from .older import OLDER
from .prose import Prose

MADE: dict[str, tuple[float, int, papers.Make]] = {
    "pdf": (0.14, 350_000, papers.pdf), "docx": (0.12, 150_000, papers.docx), "xlsx": (0.09, 200_000, papers.xlsx),
    "pptx": (0.05, 500_000, papers.pptx), "odt": (0.04, 120_000, papers.odt), "rtf": (0.02, 150_000, papers.rtf),
    "eml": (0.05, 90_000, others.eml), "mbox": (0.04, 2_000_000, others.mbox), "txt": (0.03, 40_000, others.txt),
    "csv": (0.04, 400_000, others.csv), "sql": (0.04, 4_000_000, others.sql), "log": (0.03, 2_000_000, others.access),
    "log.gz": (0.01, 300_000, others.access_gz), "json": (0.02, 300_000, others.tree),
    "jsonl": (0.01, 500_000, others.jsonl), "xml": (0.02, 400_000, others.xml), "html": (0.02, 40_000, others.html),
    "parquet": (0.01, 400_000, others.parquet), "orc": (0.005, 300_000, others.orc),
    "avro": (0.005, 300_000, others.avro), "sqlite": (0.01, 700_000, others.sqlite),
    "zip": (0.02, 600_000, others.zip_), "tar.gz": (0.02, 900_000, others.tar_gz),
    "7z": (0.01, 500_000, others.sevenzip), "jpg": (0.01, 400_000, lambda size, _, chance: papers.photograph(size, chance)),
}  # fmt: skip
"""Of each format: its part of the volume, the middle size of its files, what makes one."""
CONVERTED = {
    "office.pdf": (0.04, 150_000), "office.docx": (0.03, 60_000), "doc": (0.025, 250_000), "xls": (0.02, 350_000),
    "ods": (0.01, 60_000), "ppt": (0.01, 250_000), "odp": (0.005, 80_000),
}  # fmt: skip
"""Those that LibreOffice makes, or where it is absent, those of them that we lay out; the office formats of both tables are 60 %."""
OFFICE = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "rtf", *CONVERTED})


def write(folder: Path, size: int, seed: int = 1) -> dict[str, list[Path]]:
    """The files by format, in a folder for each; the same size and seed give the same content."""
    prose, made = Prose(seed), {}
    for name, (part, middle, make) in MADE.items():
        chance, left, files = Random(f"{seed} {name}"), part * size, []
        while left > 0:
            files.append(_keep(folder, name, len(files), make(_size(middle, left, chance), prose, chance)))
            left -= files[-1].stat().st_size
        made[name] = files
    for name, (part, middle) in CONVERTED.items():
        chance = Random(f"{seed} {name}")
        sizes = [_size(middle, part * size, chance) for _ in range(max(1, round(part * size / (1.2 * middle))))]
        files = converted.convert(name, sizes, prose, chance)
        if not files and name in OLDER:
            files = [OLDER[name](one, prose, chance) for one in sizes]
        made |= {name: [_keep(folder, name, number, data) for number, data in enumerate(files)]} if files else {}
    return made


def _size(middle: int, left: float, chance: Random) -> int:
    """Sizes from an eighth of the middle to four times it, the small ones more often."""
    return int(min(middle * 2 ** chance.uniform(-3, 2), max(left, 2_000)))


def _keep(folder: Path, name: str, number: int, data: bytes) -> Path:
    path = folder / name / f"piece {number:05}.{name.removeprefix('office.')}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
