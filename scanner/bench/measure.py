"""The run of the bench: rounds over corpora and tools in turn, so that a slow minute of the machine meets them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scanner.bench import baselines, lanes, whole
from scanner.bench.corpora import CORPORA, Corpus
from scanner.bench.findings import compare
from scanner.bench.machine import cores, described, one_core
from scanner.bench.plan import MB, SIZES, Plan, Report
from scanner.bench.processes import Sample
from scanner.model import Passage

IN_MEMORY = 50 * MB
"""Bytes at most of a corpus that is measured inside one process."""
WARM = 200_000
FILES = 20_000
GROWING = ("log", "csv", "dump", "parquet")
PARTS = ("files", "file")

Say = Callable[[str], None]


class Material:
    """One corpus for one round; what it holds in memory goes with it."""

    def __init__(self, corpus: Corpus, path: Path, size: int) -> None:
        self.corpus = corpus
        self.path = path
        self.size = size

    @property
    def is_text(self) -> bool:
        """Whether the bytes of the file themselves are what is recognised in."""
        return self.corpus.name != "parquet"

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """The bytes of the file, at most ``IN_MEMORY``."""
        return np.fromfile(self.path, np.uint8, IN_MEMORY)

    @cached_property
    def passages(self) -> list[Passage]:
        """The bytes of the file as blocks of text."""
        return lanes.passages(self.path)

    @cached_property
    def columns(self) -> lanes.Blocks:
        """The columns that the file's own reader gives, none for text."""
        return () if self.corpus.reader == "text" else lanes.blocks(self.path, self.corpus.reader)

    def drop(self) -> None:
        """Forget what is in memory."""
        for name in ("data", "passages", "columns"):
            self.__dict__.pop(name, None)

    @cached_property
    def slice(self) -> str:
        """The beginning as text, for slow tools."""
        return bytes(self.data[: baselines.SLICE]).decode("utf-8", "replace")


def measures(plan: Plan, folder: Path) -> Iterator[tuple[str, Callable[[Material], Sample | None]]]:
    """What is measured of each corpus, by name; a measure that does not apply to one gives nothing."""
    yield "memory", lambda m: lanes.memory(m.data)
    yield "rules", lambda m: lanes.rules(m.passages) if m.is_text else None
    yield "identifiers", lambda m: lanes.identifiers(m.passages) if m.is_text else None
    yield "everything", lambda m: lanes.everything(m.passages) if m.is_text else None
    yield "columns", lambda m: lanes.columns(m.columns) if m.columns else None
    yield "reading", lambda m: lanes.reading(m.path, m.size, m.corpus.reader)
    yield "worker", lambda m: lanes.worker(m.path, m.size)
    if "presidio" in plan.baselines:
        yield "presidio_ours", lambda m: baselines.presidio(baselines.ours, m.slice) if m.is_text else None
        yield "presidio_own", lambda m: baselines.presidio(baselines.stock, m.slice) if m.is_text else None
    if "pdscan" in plan.baselines and not baselines.missing_pdscan():
        yield "pdscan", lambda m: baselines.pdscan(bytes(m.data), folder) if m.is_text else None


def bench(plan: Plan, folder: Path, say: Say) -> Report:
    """Everything that the plan asks for but growth; files are made in ``folder``."""
    report = Report(plan, described())
    if "pdscan" in plan.baselines and baselines.missing_pdscan():
        report.notes.append(baselines.missing_pdscan())
    chosen = [corpus for corpus in CORPORA if plan.wants(corpus.name)]
    _warm(_made(chosen, folder / "warm", min(WARM, plan.size), plan.seed, lambda _: None), plan, folder)
    small = _made(chosen, folder / "slices", min(plan.size, IN_MEMORY), plan.seed, say)
    big = _made(chosen, folder / "files", plan.size, plan.seed, say) if plan.size > IN_MEMORY else small
    for number in range(plan.rounds):
        for inside, outside in zip(small, big, strict=True):
            say(f"round {number + 1} of {plan.rounds}: {inside.corpus.name}")
            _inside(report, inside, plan, folder)
            _outside(report, outside, folder)
            inside.drop()
    for material in small:
        if material.is_text:
            report.comparisons.append(compare(material.corpus.name, material.path))
    _little(report, plan, folder, say)
    return report


def _warm(made: list[Material], plan: Plan, folder: Path) -> None:
    """What compiles or loads on first use is not measured."""
    for material in made:
        for _, measure in measures(plan, folder):
            measure(material)
        material.drop()
        whole.scan(material.path, folder, material.size, 1)


def _made(chosen: list[Corpus], folder: Path, size: int, seed: int, say: Say) -> list[Material]:
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for corpus in chosen:
        say(f"making {corpus.name}, {size / MB:g} MB")
        wanted = size // 2 if corpus.name == "parquet" else size
        path = corpus.write(folder, wanted, seed)
        made.append(Material(corpus, path, wanted if corpus.name == "parquet" else path.stat().st_size))
    return made


def _inside(report: Report, material: Material, plan: Plan, folder: Path) -> None:
    with one_core():
        for name, measure in measures(plan, folder):
            report.add(material.corpus.name, name, measure(material))


def _outside(report: Report, material: Material, folder: Path) -> None:
    name, size = material.corpus.name, material.size
    report.add(name, "scan1", whole.scan(material.path, folder, size, 1))
    if len(cores()) > 1:
        report.add(name, "scan2", whole.scan(material.path, folder, size, 2))
    if len(cores()) > 1 and name == "log":
        report.add(name, "scan2x2", whole.scan(whole.twice(material.path), folder, 2 * size, 2))


def _little(report: Report, plan: Plan, folder: Path, say: Say) -> None:
    """Many small files with two workers, and one alone."""
    if not (plan.wants("files") or plan.wants("file")):
        return
    texts = [corpus for corpus in CORPORA if corpus.name in ("log", "prose", "nopii")]
    sources = [m.path for m in _made(texts, folder / "sources", min(plan.size, IN_MEMORY), plan.seed, lambda _: None)]
    if plan.wants("files"):
        report.files = max(1, min(FILES, 2 * plan.size // whole.SMALL))
        size = whole.small_files(sources, folder / "small", report.files)
        for number in range(plan.rounds):
            say(f"round {number + 1} of {plan.rounds}: {report.files} small files")
            report.add("files", "scan2", whole.scan(folder / "small", folder, size, 2))
    if plan.wants("file"):
        size = whole.small_files(sources[1:2], folder / "single", 1)
        for number in range(plan.rounds + 1):
            for ner in ("off", "auto"):
                sample = whole.scan(folder / "single" / "000", folder, size, 1, ner)
                if number:  # the first one warms the caches
                    report.add("file", ner, sample)


def growth(plan: Plan, folder: Path, asked: bool, say: Say) -> Report:
    """Time and memory of the scan of one file, one worker, at three sizes; ``asked`` when the plan's size was given."""
    report = Report(plan, described())
    sizes = (plan.size // 100, plan.size // 10, plan.size) if asked else SIZES
    chosen = [c for c in CORPORA if (c.name in plan.only if plan.only else c.name in GROWING)]
    for size in sizes:
        made = _made(chosen, folder / str(size), size, plan.seed, say)
        for number in range(plan.rounds):
            for material in made:
                say(f"round {number + 1} of {plan.rounds}: {material.corpus.name}, {size / MB:g} MB")
                sample = whole.scan(material.path, folder, material.size, 1)
                report.grow(material.corpus.name, size, sample)
        for material in made:
            material.path.unlink()
    return report
