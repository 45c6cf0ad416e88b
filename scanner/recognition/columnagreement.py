"""Columns that prove each other in the rows of a table, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from scanner.model import Level
from scanner.recognition.columnnames import names_things
from scanner.recognition.columnrows import HOLDS_BIRTH, agree_on_birth, births_in, names_of_rows
from scanner.recognition.columnvalues import ColumnFacts

T = TypeVar("T")
Called = dict[int, dict[tuple[str, Level], T]]
Agreement = tuple[ColumnFacts, str, Level]

_WHOLE = frozenset({"PERSON", "EMAIL_ADDRESS"})
_MOST_COLUMNS = 64
"""Columns of a table that are compared with each other."""


def births(columns: Sequence[ColumnFacts], called: Called[T]) -> Iterator[Agreement]:
    """Numbers and dates of birth that agree: both are certain, under whatever name."""
    holders = [(facts, kind) for facts in columns for kind in _types(called[facts.index]) if kind in HOLDS_BIRTH]
    if not holders:
        return
    for dated in (facts for facts in columns if _may_be_births(facts)):
        said = births_in(dated.sample)
        agreeing = [pair for pair in holders if said and agree_on_birth(pair[0].sample, HOLDS_BIRTH[pair[1]], said)]
        for facts, kind in agreeing:
            yield facts, kind, Level.CERTAIN
        if agreeing:
            yield dated, "DATE_OF_BIRTH", Level.CERTAIN


def names(columns: Sequence[ColumnFacts], called: Called[T]) -> Iterator[Agreement]:
    """Columns whose values stand in the name or mailbox of their row: parts of names."""
    wholes = [
        facts
        for facts in columns
        if len(facts.sample) and not _WHOLE.isdisjoint(k for k, level in called[facts.index] if level >= Level.PROBABLE)
    ][:_MOST_COLUMNS]
    for part in columns[: _MOST_COLUMNS if wholes else 0]:
        if _may_be_part(part, called[part.index]) and any(
            names_of_rows(part.sample, whole.sample) for whole in wholes if whole is not part
        ):
            yield part, "PERSON", Level.PROBABLE


def _types(called: dict[tuple[str, Level], T]) -> set[str]:
    return {kind for kind, level in called if level >= Level.POSSIBLE}


def _may_be_births(facts: ColumnFacts) -> bool:
    """Whether a column may hold dates of birth: its name says so, or nothing else."""
    said = {reading.entity_type for reading in facts.readings if not reading.weak}
    return bool(len(facts.sample)) and said <= {"DATE_OF_BIRTH"}


def _may_be_part(facts: ColumnFacts, called: dict[tuple[str, Level], T]) -> bool:
    """Whether a column may hold parts of names: nothing says that it is something else."""
    sure = any(level >= Level.PROBABLE for _, level in called)
    said = {reading.entity_type for reading in facts.readings if not reading.weak}
    return bool(len(facts.sample)) and not sure and said <= {"PERSON"} and not names_things(facts.name)
