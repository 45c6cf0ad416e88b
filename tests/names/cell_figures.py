"""Names found in cells, and other cells taken for names: ``python tests/names/cell_figures.py [test|-v]``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))
from cell_material import business_cells, mixed, named_cells

from scanner.config import Settings
from scanner.model import Column, Level
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.tally import Tallies
from scanner.recognition.text import TextLanes, text_lanes

MIXED = 16
"""Cells of a column of mixed material: few enough for a finding to name all their rows."""
TOGETHER = 50
"""Cells of a column of one kind."""


def persons_in(cells: Sequence[str], lanes: TextLanes, least: Level = Level.PROBABLE) -> frozenset[int]:
    """Which of at most 20 cells, all different, a column without a name says are persons'."""
    lane, tallies = ColumnLane(lanes, Discretion(lanes)), Tallies()
    lane.feed(Column("t", "", 0, pa.array(cells, pa.string()), 0))
    lane.close(tallies)
    rows: set[int] = set()
    for finding in tallies.findings("t.csv", {}):
        if finding.entity_type == "PERSON" and finding.level >= least:
            if finding.count == len(cells):
                return frozenset(range(len(cells)))
            rows |= {int(place.split()[-1]) for place in finding.places}
    return frozenset(rows)


def share_in(cells: Sequence[str], lanes: TextLanes, least: Level = Level.PROBABLE) -> float:
    """What share of the cells of a column without a name is said to be persons'."""
    lane, tallies = ColumnLane(lanes, Discretion(lanes)), Tallies()
    lane.feed(Column("t", "", 0, pa.array(cells, pa.string()), 0))
    lane.close(tallies)
    found = [f.count for f in tallies.findings("t.csv", {}) if f.entity_type == "PERSON" and f.level >= least]
    return min(1.0, sum(found) / len(cells))


def as_mixed(named: Sequence[str], other: Sequence[str], lanes: TextLanes, least: Level) -> dict[str, bool]:
    """For each cell whether it is taken for a person's, in columns of which half is names."""
    said: dict[str, bool] = {}
    for column in mixed(named, other, MIXED):
        found = persons_in([text for text, _ in column], lanes, least)
        said.update({text: number in found for number, (text, _) in enumerate(column)})
    return said


def as_columns(cells: Sequence[str], lanes: TextLanes) -> float:
    """The share of cells that stand in what columns of one kind say are persons'."""
    parts = [cells[at : at + TOGETHER] for at in range(0, len(cells), TOGETHER)]
    return sum(share_in(part, lanes) * len(part) for part in parts) / max(1, len(cells))


def figures(*, test: bool, count: int = 500, business: int = 4_000, verbose: bool = False) -> Iterable[str]:
    """Lines of a table: of each kind its cells, the share of those in mixed columns that are taken for names, at two
    levels, and of those in columns of one kind."""
    lanes = text_lanes(Settings(today=date(2026, 11, 23), ner="off"))
    names, things = named_cells(count, test=test), business_cells(business, test=test)
    cells = list(dict.fromkeys(text for kind in names.values() for text in kind))
    others = list(dict.fromkeys(text for kind in things.values() for text in kind if text not in set(cells)))
    sure, likely = (as_mixed(cells, others, lanes, level) for level in (Level.PROBABLE, Level.POSSIBLE))
    for title, kinds in (("names", names), ("business", things)):
        yield f"{title:24} {'cells':>6} {'PROBABLE':>9} {'POSSIBLE':>9} {'cells':>6} {'column':>9}"
        totals = [0.0] * 5
        for kind, texts in kinds.items():
            some = [text for text in texts if text in sure]
            row = [len(some), sum(sure[t] for t in some), sum(likely[t] for t in some), len(texts)]
            row.append(as_columns(texts, lanes) * len(texts))
            totals = [a + b for a, b in zip(totals, row, strict=True)]
            yield _line(kind, row)
            if verbose:
                yield f"      {[text for text in some if likely[text] is not (title == 'names')][:25]}"
        yield _line("all", totals)


def _line(kind: str, row: Sequence[float]) -> str:
    shares = [100 * part / max(1.0, row[0]) for part in row[1:3]] + [100 * row[4] / max(1.0, row[3])]
    return f"{kind:24} {row[0]:6.0f} {shares[0]:8.1f}% {shares[1]:8.1f}% {row[3]:6.0f} {shares[2]:8.1f}%"


if __name__ == "__main__":
    print(*figures(test="test" in sys.argv, verbose="-v" in sys.argv and "test" not in sys.argv), sep="\n")
