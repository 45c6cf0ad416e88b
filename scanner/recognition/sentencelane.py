"""Which sentences the networks for special categories may read of a file, and how that is counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizers.sentences.choosing import Readings, Room, read
from scanner.recognition.pieces import Reason
from scanner.recognition.prose import is_prose
from scanner.recognition.shares import Budget, LaneShare, Limit

NAME, DOUBTS = "sentences", "meanings"
READ = Limit(20_000, 1 / 5_000)
"""Of each file the small networks read so many characters, and this part of what lies beyond: 25 ms."""
ASKED = Limit(5_000, 1 / 20_000)
"""The same of the encoder, which takes ten times as long and more."""
SAMPLE = Limit(4_000)
"""Characters of a file's prose in which nothing gives a reason, but which are read all the same."""
SHORT = 8_000
"""Characters up to which a text is read around its persons whatever it looks like: forms, lists, records."""
_NOWHERE = np.zeros(0, np.int64)
_SAMPLED = "sentences without a reason"


class SentenceLane:
    """Reads around the terms, wherever they stand; in prose and short texts around persons, and of prose a sample."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._last: tuple[str, Readings] = "", Readings.none()

    def read(
        self, text: str, terms: NDArray[np.int64], budget: Budget, persons: NDArray[np.int64] | None = None
    ) -> Readings:
        """The sentences that were read, within the budget of the file; of one text once, however often it is asked."""
        if self._last[0] is not text:
            self._last = text, self._read(text, terms, _NOWHERE if persons is None else persons, budget)
        return self._last[1]

    def _read(self, text: str, terms: NDArray[np.int64], persons: NDArray[np.int64], budget: Budget) -> Readings:
        share = budget.share.of(NAME)
        share.offered += len(text)
        if self.mode == "off":
            share.skip(Reason.OFF.value, len(text))
            return Readings.none()
        prose = is_prose(text)
        room = self._room(text, prose, budget)
        if not prose and len(text) > SHORT:
            persons = _NOWHERE
        if not len(terms) and not len(persons) and not room.sample:
            share.skip(Reason.NO_SIGN.value, len(text))
            return Readings.none()
        readings = read(text, terms, persons, room)
        _count(readings, len(text), share, budget)
        return readings

    def _room(self, text: str, prose: bool, budget: Budget) -> Room:
        doubts = len(text) if self.mode == "deep" else budget.left(DOUBTS, ASKED)
        return Room(budget.left(NAME, READ), budget.left(_SAMPLED, SAMPLE) if prose else 0, doubts)


def _count(readings: Readings, characters: int, share: LaneShare, budget: Budget) -> None:
    """Every character is read, had no room, or gave no reason; each in doubt was asked about, or had no room."""
    budget.spend(NAME, readings.characters)
    budget.spend(_SAMPLED, readings.sampled)
    share.read += readings.characters
    share.skip(Reason.OVER_BUDGET.value, readings.crowded)
    share.skip(Reason.NO_SIGN.value, characters - readings.characters - readings.crowded)
    if readings.doubts:
        budget.spend(DOUBTS, readings.asked)
        doubts = budget.share.of(DOUBTS)
        doubts.offered += readings.doubts
        doubts.read += readings.asked
        doubts.skip(Reason.OVER_BUDGET.value, readings.doubts - readings.asked)
