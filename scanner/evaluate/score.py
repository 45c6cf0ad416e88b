"""Counts and what follows from them: precision, recall, F1, Wilson's interval, calibration error."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Z = 1.959963984540054
"""Quantile of the normal distribution for 95 %."""
BINS = 10


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Bounds of the 95 % interval of a share (Wilson 1927); (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share, square = successes / trials, Z * Z
    middle = share + square / (2 * trials)
    half = Z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    below = (middle - half) / (1 + square / trials)
    return max(0.0, below), min(1.0, (middle + half) / (1 + square / trials))


@dataclass(slots=True)
class Counts:
    """What one tool did with one class at one level; precision is None where the set does not allow it."""

    labelled: int = 0
    found: int = 0
    """Labelled spans that were found."""
    given: int = 0
    """Found spans that can be judged."""
    right: int = 0
    exact: int = 0
    """Pairs whose bounds are the same."""
    partial: bool = False

    @property
    def precision(self) -> float | None:
        """Share of right spans among those found; None without any, or where it means nothing."""
        return self.right / self.given if self.given and not self.partial else None

    @property
    def recall(self) -> float | None:
        """Share of labelled spans that were found; None without any."""
        return self.found / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean; 0 when nothing right was found though there was something to find."""
        return f1(self.precision, self.recall, known=not self.partial)

    @property
    def strict_precision(self) -> float | None:
        """Share of spans with the right bounds among those found."""
        return self.exact / self.given if self.given and not self.partial else None

    @property
    def strict_recall(self) -> float | None:
        """Share of labelled spans that were found with their bounds."""
        return self.exact / self.labelled if self.labelled else None

    @property
    def strict_f1(self) -> float | None:
        """Harmonic mean of both."""
        return f1(self.strict_precision, self.strict_recall, known=not self.partial)

    def as_dict(self) -> dict[str, Any]:
        """Everything, for a machine to read."""
        return {
            "n": self.labelled,
            "found": self.found,
            "given": None if self.partial else self.given,
            "right": None if self.partial else self.right,
            "exact": self.exact,
            "precision": rounded(self.precision),
            "precision_95": None if self.precision is None else interval(self.right, self.given),
            "recall": rounded(self.recall),
            "recall_95": None if self.recall is None else interval(self.found, self.labelled),
            "f1": rounded(self.f1),
            "strict_precision": rounded(self.strict_precision),
            "strict_recall": rounded(self.strict_recall),
            "strict_f1": rounded(self.strict_f1),
        }


def total(counts: Iterable[Counts]) -> Counts:
    """Sum over the sets whose precision means something; over all, for recall alone, when there is none of them."""
    counts = list(counts)
    whole = [one for one in counts if not one.partial]
    result = Counts(partial=not whole)
    for one in whole or counts:
        result.labelled += one.labelled
        result.found += one.found
        result.given += one.given
        result.right += one.right
        result.exact += one.exact
    return result


def f1(precision: float | None, recall: float | None, *, known: bool = True) -> float | None:
    """Harmonic mean of both; None where there is nothing to find or precision is not known."""
    if recall is None or not known:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


@dataclass(slots=True)
class Calibration:
    """Scores against what was right, in ten bins of equal width."""

    given: list[int] = field(default_factory=lambda: [0] * BINS)
    right: list[int] = field(default_factory=lambda: [0] * BINS)
    scores: list[float] = field(default_factory=lambda: [0.0] * BINS)

    def note(self, score: float, *, right: bool) -> None:
        """One found span."""
        at = min(BINS - 1, max(0, int(score * BINS)))
        self.given[at] += 1
        self.right[at] += right
        self.scores[at] += score

    def add(self, other: Calibration) -> None:
        """Sum over sets."""
        for at in range(BINS):
            self.given[at] += other.given[at]
            self.right[at] += other.right[at]
            self.scores[at] += other.scores[at]

    @property
    def error(self) -> float | None:
        """Mean distance between score and share of right spans, weighted by spans (ECE); None without spans."""
        total = sum(self.given)
        if not total:
            return None
        return sum(abs(right - score) for right, score in zip(self.right, self.scores, strict=True)) / total

    def as_dict(self) -> dict[str, Any]:
        """The error and its bins: bounds, spans, mean score, share of right ones."""
        bins = [
            {
                "from": at / BINS,
                "n": n,
                "score": rounded(self.scores[at] / n),
                "right": rounded(self.right[at] / n),
            }
            for at, n in enumerate(self.given)
            if n
        ]
        return {"n": sum(self.given), "ece": rounded(self.error), "bins": bins}


def interval(successes: int, trials: int) -> list[float]:
    """Wilson's bounds as they are written."""
    return [round(bound, 4) for bound in wilson(successes, trials)]


def rounded(value: float | None) -> float | None:
    """Four digits."""
    return None if value is None else round(value, 4)
