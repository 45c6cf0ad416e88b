"""What a run of the bench does, and what it gives: figures with their unit, never a value of any corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from scanner.bench.findings import Comparison
from scanner.bench.processes import Sample

MB = 1_000_000
SIZES = (10 * MB, 100 * MB, 1_000 * MB)
"""How growth is measured, unless a size is asked for: then that one, a tenth and a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of ``recense bench``."""

    size: int = 50 * MB
    seed: int = 1
    only: frozenset[str] = frozenset()
    baselines: frozenset[str] = frozenset({"presidio", "pdscan"})
    rounds: int = 3

    def wants(self, name: str) -> bool:
        """Whether this corpus or this part is asked for."""
        return not self.only or name in self.only


@dataclass(slots=True)
class Figure:
    """What was measured of one corpus in one way, round after round."""

    corpus: str
    measure: str
    samples: list[Sample] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Median of the rounds, in MB/s."""
        return median(sample.rate for sample in self.samples)

    @property
    def seconds(self) -> float:
        """Median of the rounds."""
        return median(sample.seconds for sample in self.samples)

    @property
    def peak(self) -> int:
        """The most that one process took in any round, in bytes."""
        return max(sample.peak for sample in self.samples)

    def as_dict(self) -> dict[str, Any]:
        """Everything, for a machine to read."""
        return {
            "corpus": self.corpus,
            "measure": self.measure,
            "bytes": max(sample.size for sample in self.samples),
            "mb_per_second": round(self.rate, 3),
            "seconds": round(self.seconds, 4),
            "rounds_mb_per_second": [round(sample.rate, 3) for sample in self.samples],
            "cpu_seconds": round(median(sample.cpu for sample in self.samples), 2),
            "peak_bytes": self.peak,
        }


@dataclass(slots=True)
class Report:
    """All that one run measured."""

    plan: Plan
    machine: dict[str, Any]
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)
    growth: dict[tuple[str, int], Figure] = field(default_factory=dict)
    files: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, corpus: str, measure: str, sample: Sample | None) -> None:
        """Note one sample; none when the measure does not apply."""
        if sample is not None:
            self.figures.setdefault((corpus, measure), Figure(corpus, measure)).samples.append(sample)

    def grow(self, corpus: str, size: int, sample: Sample | None) -> None:
        """Note one sample of growth."""
        if sample is not None:
            self.growth.setdefault((corpus, size), Figure(corpus, "scan1")).samples.append(sample)

    def at(self, corpus: str, measure: str) -> Figure | None:
        """The figure of one corpus and measure."""
        return self.figures.get((corpus, measure))

    def corpora(self) -> Iterator[str]:
        """Names, in the order of measuring."""
        return iter(dict.fromkeys(corpus for corpus, _ in self.figures))

    def as_dict(self) -> dict[str, Any]:
        """Everything, for a machine to read."""
        return {
            "machine": self.machine,
            "size": self.plan.size,
            "seed": self.plan.seed,
            "rounds": self.plan.rounds,
            "figures": [figure.as_dict() for figure in self.figures.values()],
            "findings": [
                {"corpus": c.corpus, "bytes": c.size, "spans": c.spans, "missing": c.missing, "extra": c.extra}
                | {"by_type": {d.entity_type: {"missing": d.missing, "extra": d.extra} for d in c.differences}}
                for c in self.comparisons
            ],
            "growth": [{"size": size} | figure.as_dict() for (_, size), figure in self.growth.items()],
            "small_files": self.files,
            "notes": self.notes,
        }
