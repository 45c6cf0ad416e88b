"""Which stretches of a text may hold a name or a town, so that the slower rules read those only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from recognizers import gates_kernels as kernels
from recognizers.folding import Folded, fold
from recognizers.gates_kernels import BORN, KEY, LIVED, PAIR, POSTED, RUN, SIGN, TOLD, Bytes, Offsets
from recognizers.gates_tables import inside, tables
from recognizers.gates_text import collect_addresses

__all__ = [
    "BORN",
    "KEY",
    "LIVED",
    "PAIR",
    "POSTED",
    "RUN",
    "SIGN",
    "TOLD",
    "Survey",
    "addresses",
    "everywhere",
    "mark",
    "survey",
]

_ROOM = 32
_BLOCK = 1 << 14
_SPARE = 8
_WORTH_A_GATE = 200_000
"""Characters that are read sooner than the tables are made."""
Windows = list[tuple[int, int]]

_INSIDE = {
    RUN: "'.-",
    TOLD: "'.-",
    PAIR: "'.-",
    KEY: "'.-:=()/&,_ \t",
    BORN: "'- ",
    SIGN: "",
    POSTED: "0123456789'-(), ",
    LIVED: "'- ",
}
"""Beside letters, the bytes of which the matches of each kind consist: none begins or ends beyond."""


@dataclass(frozen=True, slots=True)
class Survey:
    """One text, folded, and where the rules for names and towns have to look."""

    folded: Folded
    starts: Offsets
    ends: Offsets
    kinds: Bytes

    def matches(self, pattern: Any, *kinds: int) -> Iterator[Any]:
        """The matches of a pattern, in order, where these kinds of marks let it look."""
        for start, end in self.windows(*kinds):
            yield from pattern.finditer(self.folded.data, start, end)

    @property
    def data(self) -> Bytes:
        """The folded text as an array."""
        return np.frombuffer(self.folded.data, np.uint8)

    def holds(self, *kinds: int) -> bool:
        """Whether there are marks of these kinds."""
        return bool(self._of(kinds).any())

    def _of(self, kinds: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        chosen: npt.NDArray[np.bool_] = self.kinds == kinds[0]
        for kind in kinds[1:]:
            chosen |= self.kinds == kind
        return chosen

    def agreeing(self, people: Bytes) -> Survey:
        """Without mere capitals that no address repeats, and names that one may repeat as ``TOLD``.

        ``people`` are lines of what is before ``@``.
        """
        if not len(people) and not self.holds(PAIR):
            return self
        bits = np.zeros(1 << min(20, max(12, 2 + len(people).bit_length())), np.uint8)
        kernels.learn_addresses(people, tables().signs, bits)
        told = np.zeros(len(self.kinds), np.bool_)
        kernels.agree(self.data, self.starts, self.ends, tables().signs, bits, told)
        kinds = np.where((self.kinds == RUN) & told, np.uint8(TOLD), self.kinds)
        kept = (self.kinds != PAIR) | told
        return Survey(self.folded, self.starts[kept], self.ends[kept], kinds[kept])

    def windows(self, *kinds: int) -> Windows:
        """Stretches that hold every match of these kinds that counts, none of them cut."""
        chosen = self._of(kinds)
        starts, ends = self.starts[chosen], self.ends[chosen]
        if not len(starts):
            return []
        if len(kinds) > 1:
            order = np.argsort(starts, kind="stable")
            starts, ends = starts[order], ends[order]
        n = kernels.stretch(self.data, _inside(kinds[0]), starts, ends)
        return list(zip(starts[:n].tolist(), ends[:n].tolist(), strict=True))


@lru_cache(maxsize=8)
def _inside(kind: int) -> Bytes:
    return inside(_INSIDE[kind]) if kind != SIGN else np.zeros(256, np.uint8)


class _Latest:
    """The last text surveyed: the recognisers are asked about one text in turn. And how much was read so far."""

    text = ""
    survey: Survey | None = None
    read = 0


def survey(text: str, encoded: Bytes | None = None) -> Survey:
    """Fold a text and mark it, once for all recognisers that are asked about it one after the other.

    ``encoded`` is the text in UTF-8, where it is at hand: whoever asks first may save the others the encoding.
    """
    if _Latest.survey is None or _Latest.text is not text:
        _Latest.read += len(text)
        folded = fold(text, encoded)
        _Latest.text, _Latest.survey = text, mark(folded) if _Latest.read > _WORTH_A_GATE else everywhere(folded)
    return _Latest.survey


def mark(folded: Folded) -> Survey:
    """One pass over folded text, at the speed of memory where nothing is found."""
    data = np.frombuffer(folded.data, np.uint8)
    padded = np.zeros(len(data) + 2 * _SPARE, np.uint8)
    padded[_SPARE : len(data) + _SPARE] = data
    events = np.empty(_BLOCK, np.uint8)
    work = (padded, events, events.view(np.uint64), np.empty(_BLOCK, np.int64))
    table, pairs, room = tables(), b"@" in folded.data, len(data) // _ROOM + 64
    while True:
        marks = np.empty(room + 2, np.int64), np.empty(room + 2, np.int64), np.empty(room + 2, np.uint8)
        n = kernels.survey(data, *work, table.signs, table.memory, pairs, *marks)
        if n <= room:
            starts, ends, kinds = marks
            return Survey(folded, starts[:n], ends[:n], kinds[:n])
        room = n


def addresses(data: Bytes, most: int) -> tuple[bytes, bytes]:
    """What is before and after the ``@`` of the first e-mail addresses, and after ``www.``: in capitals, by line."""
    people, domains = np.empty(len(data), np.uint8), np.empty(len(data), np.uint8)
    n, m = collect_addresses(data, most, people, domains)
    return people[:n].tobytes(), domains[:m].tobytes()


def everywhere(folded: Folded) -> Survey:
    """A survey that lets every rule look at the whole text: slow, and what the gates are held against."""
    kinds = np.array([kind for kind in _INSIDE if kind not in (RUN, PAIR)], np.uint8)
    return Survey(folded, np.zeros(len(kinds), np.int64), np.full(len(kinds), len(folded.data), np.int64), kinds)
