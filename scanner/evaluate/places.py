"""Where a tool erred, in words that tell no value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A record and offsets in it (of columns: their index); class, label or type, and kind of error; no text."""

    source: str
    id: str
    start: int
    end: int
    name: str
    label: str
    kind: str
