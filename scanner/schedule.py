"""Hands out the work of a run: batches in their order, the sections of a big item, and what joins them again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanner.config import Settings
from scanner.contracts import Lost
from scanner.model import Kind, Problem
from scanner.tasks import Batch, Divided, Examined, Joint, Part, Piece, Work

Task = tuple[Work, tuple[Work, Settings, bytes], int]
"""What an engine takes: a label, arguments, seconds."""
Done = tuple[Batch, Examined | Lost]


class Schedule:
    """Which work is to be done next; what comes of it is told to ``take``, which may make more."""

    def __init__(self, batches: Iterable[Batch], settings: Settings, key: bytes) -> None:
        self._batches = batches
        self._settings = settings
        self._key = key
        self._ready: deque[Work] = deque()
        self._out = 0
        self._open: dict[int, dict[int, Part | Problem]] = {}

    def tasks(self) -> Iterator[Task | None]:
        """All work; None where there is none until something comes of what was handed out."""
        for batch in self._batches:
            while self._ready:
                yield self._hand_out(self._ready.popleft())
            yield self._hand_out(batch)
        while self._out or self._ready:
            yield self._hand_out(self._ready.popleft()) if self._ready else None

    def _hand_out(self, work: Work) -> Task:
        self._out += 1
        return work, (work, self._settings, self._key), seconds_of(work, self._settings)

    def take(self, work: Work, result: Examined | Divided | Part | Lost | None) -> Done | None:
        """What came of some work; a batch that is done now, if one is."""
        self._out -= 1
        if isinstance(work, Piece):
            if isinstance(result, Lost) and result.problem.kind is Kind.LOST and not work.again:
                self._ready.append(replace(work, again=True))  # whatever killed that worker may not be the section
            else:
                self._fit(work, result.problem if isinstance(result, Lost) else result)
            return None
        if isinstance(result, Divided):
            self._open[result.batch.number] = {}
            self._ready.extend(Piece(result, number) for number in (*range(len(result.sections)), -1))
            return None
        batch = work.of.batch if isinstance(work, Joint) else work
        if isinstance(result, Examined | Lost):
            return batch, result
        self._ready.append(replace(batch, whole=True))
        return None

    def _fit(self, piece: Piece, part: object) -> None:
        """Keep one part; the last one of an item lets them be joined, one that does not fit ends that."""
        batch = piece.of.batch
        parts = self._open.get(batch.number)
        if parts is None:  # given up meanwhile
            return
        if isinstance(part, Problem) or (isinstance(part, Part) and part.fits):
            parts[piece.number] = part
            if len(parts) > len(piece.of.sections):
                del self._open[batch.number]
                self._ready.append(Joint(piece.of, tuple(parts[number] for number in (*range(len(parts) - 1), -1))))
            return
        del self._open[batch.number]
        others = (work for work in self._ready if not (isinstance(work, Piece) and work.of is piece.of))
        self._ready = deque([*others, replace(batch, whole=True)])


def seconds_of(work: Work, settings: Settings) -> int:
    """The time limit of some work."""
    if isinstance(work, Batch):
        return settings.seconds_for(sum(item.size for item in work.items), len(work.items))
    return settings.seconds_for(work.size if isinstance(work, Piece) else 0)
