"""What was passed over in one file, told shortly: pages that were left for one reason are one gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from scanner.model import Gap, Problem


def joined(gaps: Sequence[Gap]) -> list[Gap]:
    """The same gaps, those of pages joined by their reason, with the numbers of the pages."""
    missed: dict[Problem, list[Gap]] = {}
    for gap in gaps:
        if gap.page:
            missed.setdefault(gap.problem, []).append(gap)
    together = [
        Gap(replace(problem, detail=f"{_pages([gap.page for gap in some])}: {problem.detail}"), _sum(some))
        for problem, some in missed.items()
    ]
    return [gap for gap in gaps if not gap.page] + together


def _sum(gaps: Iterable[Gap]) -> int:
    return sum(gap.bytes_unread for gap in gaps)


def _pages(pages: Sequence[int]) -> str:
    """``page 3``, ``pages 2-5 and 9``, with at most four runs of pages."""
    runs = [
        [page for _, page in run] for _, run in groupby(enumerate(sorted(set(pages))), lambda pair: pair[1] - pair[0])
    ]
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:4]]
    more = f" and {sum(map(len, runs[4:]))} more" if len(runs) > 4 else ""
    return ("pages " if len(shown) > 1 or "-" in shown[0] else "page ") + ", ".join(shown) + more
