"""Which sentences of a text the networks read, and about which of them the encoder is asked, within limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizers.sentences.model import CLASSES, chances_of, reconsidered
from recognizers.sentences.splitting import Ints, sentences_of

_NEAR = 1
"""Sentences before and after one that gives a reason, which are read too."""
_PIECE = 100
"""Characters that a sentence counts for when some are to be spread."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters may be read: by the networks, as a sample without a reason among them, and by the encoder."""

    read: int
    sample: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Readings:
    """The sentences of a text that were read, in order, and the chance of each of the ``CLASSES`` in each."""

    starts: Ints
    ends: Ints
    chances: NDArray[np.float32]
    sampled: int = 0
    """Characters among them that were read without a reason."""
    crowded: int = 0
    """Characters that gave a reason, but had no room."""
    doubts: int = 0
    """Characters about which the encoder was asked, or would have been."""
    asked: int = 0
    """Characters about which it was."""

    @classmethod
    def none(cls) -> Readings:
        """Nothing was read."""
        nowhere = np.zeros(0, np.int64)
        return cls(nowhere, nowhere, np.zeros((0, len(CLASSES)), np.float32))

    @property
    def characters(self) -> int:
        """How much was read."""
        return int((self.ends - self.starts).sum())


def read(text: str, terms: Ints, persons: Ints, room: Room) -> Readings:
    """Read the sentences in which terms stand and those beside them, then those that hold persons, then a sample.

    ``terms`` and ``persons`` are places in characters, in order. What has no room for all is spread over the text.
    """
    starts, ends = sentences_of(text)
    if not len(starts):
        return Readings.none()
    lengths = ends - starts
    chosen = np.zeros(len(starts), np.bool_)
    left = room.read
    for places, near in ((terms, _NEAR), (persons, _NEAR)):
        left -= _choose(chosen, _with_neighbours(_holding(starts, places), near, len(starts)), lengths, left)
    reasons = _with_neighbours(_holding(starts, np.concatenate((terms, persons))), _NEAR, len(starts))
    crowded = int(lengths[reasons & ~chosen].sum())
    sampled = _choose(chosen, ~reasons, lengths, min(room.sample, left))
    starts, ends = starts[chosen], ends[chosen]
    some = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    again = reconsidered(some, chances_of(some), room.doubts)
    return Readings(starts, ends, again.chances, sampled, crowded, again.doubts, again.asked)


def _holding(starts: Ints, places: Ints) -> Ints:
    return np.searchsorted(starts, places, "right") - 1


def _with_neighbours(numbers: Ints, near: int, count: int) -> NDArray[np.bool_]:
    wanted = np.zeros(count, np.bool_)
    around = numbers[:, None] + np.arange(-near, near + 1)
    wanted[np.clip(around, 0, count - 1)] = True
    return wanted


def _choose(chosen: NDArray[np.bool_], wanted: NDArray[np.bool_], lengths: Ints, room: int) -> int:
    """Choose of what is wanted as much as there is room for; returns how many characters more were chosen."""
    some = _spread(np.flatnonzero(wanted & ~chosen), lengths, room)
    chosen[some] = True
    return int(lengths[some].sum())


def _spread(numbers: Ints, lengths: Ints, room: int) -> Ints:
    """Some of these sentences, evenly, of ``room`` characters in all or little more."""
    total = int(lengths[numbers].sum())
    if total <= room:
        return numbers
    if room <= 0:
        return numbers[:0]
    passed = np.cumsum(lengths[numbers]) * room // total
    taken: NDArray[np.bool_] = passed // _PIECE != np.concatenate(([-1], passed[:-1])) // _PIECE
    return numbers[taken]
