"""The first distinct values of a column, with how often and where they stand, for who looks at values one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scanner.model import PLACES
from scanner.recognition.tally import Tally

if TYPE_CHECKING:
    from scanner.recognition.cells import Run

SAMPLE = 2_000
_LONG = 1_000
"""Characters that are kept of a value: no name is as long."""


@dataclass(slots=True)
class Sample:
    """Distinct values of a column in order; of each, its occurrences in the runs in which it was looked at."""

    numbers: dict[str, int] = field(default_factory=dict)
    times: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    hashes: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def take(self, run: Run) -> None:
        """Take the first values of one run, until there are enough."""
        more = SAMPLE - len(self.numbers)
        if more <= 0 or not len(run):
            return
        chosen = slice(0, more)
        texts, times = run.take(chosen).to_pylist(), run.times[chosen].tolist()
        rows = run.numbers(np.arange(len(run), dtype=np.int64)[chosen]).tolist()
        hashes = run.hashes(chosen, exact=False).tolist()
        if not self.numbers and max(map(len, texts)) <= _LONG:  # as nearly always: all are new, and different
            self.numbers = dict(zip(texts, range(len(texts)), strict=True))
            self.times, self.rows, self.hashes = times, rows, hashes
            return
        for text, count, row, mixed in zip(texts, times, rows, hashes, strict=True):
            number = self.numbers.setdefault(text if len(text) <= _LONG else text.strip()[:_LONG], len(self.times))
            if number < len(self.times):
                self.times[number] += count
                continue
            self.times.append(count)
            self.rows.append(row)
            self.hashes.append(mixed)

    def join(self, other: Sample, by: int) -> None:
        """Take the first values of the next section of the file, whose rows have numbers lower ``by`` so many."""
        more = SAMPLE - len(self.numbers)
        for text, at in islice(other.numbers.items(), max(0, more)):
            number = self.numbers.setdefault(text, len(self.times))
            if number < len(self.times):
                self.times[number] += other.times[at]
                continue
            self.times.append(other.times[at])
            self.rows.append(other.rows[at] + by)
            self.hashes.append(other.hashes[at])

    def tally(self, chosen: NDArray[np.bool_], score: float, recognizer: str) -> Tally:
        """The tally of some of the values."""
        tally, numbers = Tally(), np.flatnonzero(chosen)
        tally.take(
            int(np.array(self.times)[numbers].sum()), score, {recognizer}, np.array(self.hashes, np.uint64)[numbers]
        )
        tally.places = [f"row {self.rows[number]}" for number in numbers[:PLACES]]
        return tally
