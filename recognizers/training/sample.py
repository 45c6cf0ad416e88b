"""One labelled text, as the training reads it."""

from __future__ import annotations

from dataclasses import dataclass

from recognizers.training.sheet import Label


@dataclass(frozen=True, slots=True)
class Text:
    """``spans`` are (start, end, label) in code points, in order, never overlapping; labels PER, LOC, ORG."""

    kind: str
    text: str
    spans: list[Label]
    unlisted: bool = False
    """To be read as if no list knew any of its names: what is left to learn from is how and where they are written."""
