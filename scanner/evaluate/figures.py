"""Figures as they are read: two digits, intervals in brackets, a dash for what is not measured."""

from __future__ import annotations

from scanner.evaluate.score import Counts, wilson

Row = tuple[str, ...]
NONE = "–"


def figure(value: float | None) -> str:
    """Two digits."""
    return NONE if value is None else f"{value:.2f}"


def percent(part: int, whole: int) -> str:
    """A share with one digit."""
    return f"{100 * part / whole:.1f} %" if whole else NONE


def within(successes: int, trials: int) -> str:
    """A share with its 95 % interval."""
    if not trials:
        return NONE
    low, high = wilson(successes, trials)
    return f"{figure(successes / trials)} ({figure(low)}–{figure(high)})"


def full(counts: Counts) -> Row:
    """Precision and recall with their intervals, and F1."""
    precision = NONE if counts.precision is None else within(counts.right, counts.given)
    return precision, within(counts.found, counts.labelled), figure(counts.f1)


def short(counts: Counts) -> Row:
    """Precision, recall and F1."""
    return figure(counts.precision), figure(counts.recall), figure(counts.f1)


NOT_SEARCHED: Row = (NONE, NONE, NONE)
