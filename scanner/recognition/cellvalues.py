"""Columns whose cells are drawn from one list of a special category: unions, parties, beliefs, blood groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from recognizers.folding import fold_each
from scanner.model import Level
from scanner.recognition.columnsample import Sample

SHARE = 0.8
"""Of the cells that say yes or no, the share that must be of one list."""
LEAST = 2
"""Different values of the list: one alone (a direction, a first name) may be anything."""
_LONGEST = 60
_TELLING = 3
_ONLY_BLOOD = frozenset({"o+", "o-", "ab+", "ab-"})
_GRADES = frozenset({"a+", "a-", "b+", "b-"})


def listed_in(sample: Sample, *, persons: bool) -> tuple[str, Level] | None:
    """The category of whose list nearly all cells are, or that one cell says alone; of nobody, it is a hint."""
    lists, values = _lists(), _folded(sample)
    if lists.every.isdisjoint(values):  # as in most columns
        return None
    counts = _counted(values, sample.times)
    for entity_type, own in lists.listed.items():
        met = counts.keys() & own
        if _is_enough(met) and _share(counts, met) >= SHARE:
            return entity_type, Level.PROBABLE if persons else Level.INDICE
    for entity_type, own in lists.alone.items():
        if persons and counts.keys() & own:
            return entity_type, Level.POSSIBLE
    return None


def _folded(sample: Sample) -> list[str]:
    """The values as lists write them; those that are too long are nothing."""
    texts = [text if len(text) <= _LONGEST else "" for text in sample]
    return [value.lower().strip(" .,;:") for value in fold_each(texts)]


def _counted(values: Sequence[str], times: Sequence[int]) -> Counter[str]:
    """How often each value occurs, but for those that say neither yes nor no."""
    neutral, counts = _lists().neutral, Counter[str]()
    for value, often in zip(values, times, strict=True):
        if value not in neutral:
            counts[value] += often
    return counts


def _share(counts: Counter[str], met: set[str]) -> float:
    return sum(counts[value] for value in met) / max(1, counts.total())


def _is_enough(met: set[str]) -> bool:
    """Two values, one of them of several letters, or three; marks of school are no blood groups."""
    if met & _GRADES and not met & _ONLY_BLOOD:
        return False
    return len(met) > LEAST or (len(met) == LEAST and any(len(value) >= _TELLING for value in met))


class _Lists(NamedTuple):
    neutral: frozenset[str]
    listed: dict[str, frozenset[str]]
    alone: dict[str, frozenset[str]]
    every: frozenset[str]
    """All values of all lists."""


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    file = yaml.safe_load(resources.files("recognizers").joinpath("cell_values.yaml").read_text("utf-8"))
    listed, alone = ({name: frozenset(some) for name, some in file[key].items()} for key in ("lists", "alone"))
    every = frozenset[str]().union(*listed.values(), *alone.values())
    return _Lists(frozenset(["", *file["neutral"]]), listed, alone, every)
