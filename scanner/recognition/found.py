"""Spans as arrays: a text with a million matches costs five arrays, never a million objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.model import Level, Span

Offsets = Callable[[NDArray[np.int64]], NDArray[np.int64]]
"""Turns offsets of one unit (characters) into another (UTF-8 bytes), many at a time and in any order."""


class Kinds:
    """Numbers the pairs of entity type and recogniser; grows, and an index once given never changes."""

    def __init__(self) -> None:
        self.entity_types: list[str] = []
        self.recognizers: list[str] = []
        self._known: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self.entity_types)

    def index(self, entity_type: str, recognizer: str) -> int:
        """The number of a pair, given out in the order of first asking."""
        known = self._known.get((entity_type, recognizer))
        if known is None:
            known = self._known[entity_type, recognizer] = len(self.entity_types)
            self.entity_types.append(entity_type)
            self.recognizers.append(recognizer)
        return known


@dataclass(slots=True)
class Found:
    """Spans of one text, column by column, all of one length; offsets are of UTF-8 bytes."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: NDArray[np.int16]
    """Indices in a ``Kinds``."""
    levels: NDArray[np.int8]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def none(cls) -> Found:
        """No span at all."""
        return cls.of((), Kinds())

    @classmethod
    def of(cls, spans: Iterable[Span], kinds: Kinds, to_bytes: Offsets | None = None) -> Found:
        """The same spans as arrays; ``to_bytes`` where their offsets are not of bytes already."""
        spans = list(spans)
        ends = np.fromiter((span.end for span in spans), np.int64, len(spans))
        starts = np.fromiter((span.start for span in spans), np.int64, len(spans))
        if to_bytes is not None and spans:
            starts, ends = to_bytes(starts), to_bytes(ends)
        return cls(
            starts,
            ends,
            np.fromiter((kinds.index(s.entity_type, s.recognizer) for s in spans), np.int16, len(spans)),
            np.fromiter((span.level for span in spans), np.int8, len(spans)),
            np.fromiter((span.score for span in spans), np.float32, len(spans)),
        )

    @classmethod
    def join(cls, parts: Sequence[Found]) -> Found:
        """All spans of several, in the order given."""
        if not parts:
            return cls.none()
        return cls(
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.ends for part in parts]),
            np.concatenate([part.kinds for part in parts]),
            np.concatenate([part.levels for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def take(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> Found:
        """The chosen spans, by index or by mask."""
        return Found(
            self.starts[chosen], self.ends[chosen], self.kinds[chosen], self.levels[chosen], self.scores[chosen]
        )

    def spans(self, kinds: Kinds, to_chars: Offsets | None = None) -> list[Span]:
        """The same spans as objects, for what is too rare or too slow to need arrays."""
        starts, ends = (self.starts, self.ends) if to_chars is None else (to_chars(self.starts), to_chars(self.ends))
        scores = np.round(self.scores.astype(np.float64), 4)  # 0.45, not 0.449999988
        columns = (starts, ends, self.kinds, self.levels, scores)
        return [
            Span(kinds.entity_types[kind], start, end, score, kinds.recognizers[kind], _LEVELS[level])
            for start, end, kind, level, score in zip(*(column.tolist() for column in columns), strict=True)
        ]


_LEVELS = {level.value: level for level in Level}
