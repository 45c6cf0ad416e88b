"""States of many expressions at once, made when a text first needs them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers.automata.kernels import EDGE, LETTER, NEWLINE, WORD, byte_kind
from recognizers.automata.packing import Packed, Rows, pack
from recognizers.automata.program import Closure, Program, byte_classes

DEAD = 0
UNKNOWN = -1
_MOST = 60_000
"""States kept; hostile text could ask for more without end, so past this all are forgotten and made anew."""

State = tuple[tuple[int, ...], int, tuple[int, ...]]
"""Places in order of preference, the kind of the last character, and the expressions that ended before it."""


class Automaton:
    """Tables for the kernels, one row of ``moves`` for each state, all in one line.

    ``moves[row + class]`` is twice the row of the next state, plus one when expressions ended before the byte just
    read; ``moves[row + stride - 1]`` is where their list begins in ``lists``: its length, then their numbers.
    """

    def __init__(self, program: Program, known: tuple[list[int], list[int], list[int]] | None = None) -> None:
        self.program = program
        self.count = len(program.starts)
        self._all = tuple(program.starts)
        self._closure = Closure(program)
        if known is None:
            first = [self._first_bytes(start) for start in program.starts]
            known = byte_classes(program.masks), sorted(self._looking_back()), first
        self._known = known
        classes, needs_before, self._first = known
        self._needs_before = frozenset(needs_before)
        self.classes: NDArray[np.uint8] = np.array(classes, np.uint8)
        self.width = max(classes) + 2  # one more for the end of the text
        self.stride = self.width + 1
        self._kept: Packed | None
        self._numbers: dict[State, int]
        self._states: list[State]
        self._lists: dict[tuple[int, ...], int]
        self._samples = [classes.index(one) for one in range(self.width - 1)]
        self._clear()

    def as_values(self) -> tuple[object, ...]:
        """All that is known so far, as plain values."""
        if self._kept is not None:
            self._recall()
        rows = self.moves[: len(self) * self.stride]
        states = pack([part for places, kind, ended in self._states for part in (places, (kind,), ended)])
        return self.program.as_values(), self._known, states, rows.tobytes(), self.lists.tobytes()

    @classmethod
    def of_values(cls, values: tuple[Any, ...]) -> Automaton:
        """The automaton that gave these values."""
        program, known, packed, moves, lists = values
        own = cls(Program.of_values(program), known)
        own._kept = packed
        own.moves, own.lists = np.frombuffer(moves, np.int32).copy(), np.frombuffer(lists, np.int32).copy()
        return own

    def _recall(self) -> None:
        """The states that were kept, made when the first new one is needed; their tables served well until then."""
        parts, self._kept = Rows(self._kept or (b"", b""))[:], None
        states = zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
        self._states = [self._whole((places, kind, ended)) for places, (kind,), ended in states]
        self._numbers = {state: number for number, state in enumerate(self._states)}
        last = self.moves[self.stride - 1 :: self.stride].tolist()
        self._lists = {ended: last[at] for at, (_, _, ended) in enumerate(self._states)}

    def _whole(self, state: State) -> State:
        """States at a start share one list of places, by which they are known."""
        return (self._all, *state[1:]) if state[0] == self._all else state

    def _clear(self) -> None:
        self._kept = None
        self._numbers = {}
        self._states = []
        self._lists = {(): 0}
        self.lists: NDArray[np.int32] = np.zeros(1, np.int32)
        self.moves: NDArray[np.int32] = np.full(256 * self.stride, UNKNOWN, np.int32)
        self._number(((), 0, ()))
        self.starts = np.array([self._start(kind) * self.stride for kind in range(16)], np.int64)

    def __len__(self) -> int:
        return len(self._states)

    def _start(self, kind: int) -> int:
        return self._number((self._all, kind, ()))

    def first_bytes(self) -> NDArray[np.bool_]:
        """Which bytes can begin a match of any expression."""
        union = 0
        for mask in self._first:
            union |= mask
        return np.array([bool(union >> byte & 1) for byte in range(256)])

    def _first_bytes(self, start: int) -> int:
        union = 0
        for before in (0, WORD | LETTER, LETTER, NEWLINE, EDGE):
            for after in (0, WORD | LETTER, LETTER, NEWLINE, EDGE):
                for place in self._closure.of(start, before, after):
                    union |= self.program.masks[place] if place >= 0 else (1 << 256) - 1
        return union

    def _looking_back(self) -> frozenset[int]:
        """Places whose closure depends on what stands before."""
        program = self.program
        back: set[int] = {at for at, kind in enumerate(program.asserts) if kind and not kind.endswith("$")}
        reached_by: dict[int, list[int]] = {}
        for at, targets in enumerate(program.after):
            if not program.masks[at]:
                for target in targets:
                    reached_by.setdefault(target, []).append(at)
        stack = list(back)
        while stack:
            for at in reached_by.get(stack.pop(), ()):
                if at not in back:
                    back.add(at)
                    stack.append(at)
        return frozenset(back)

    def _number(self, state: State) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            if number * self.stride >= len(self.moves):
                self.moves = np.concatenate([self.moves, np.full_like(self.moves, UNKNOWN)])
            row = self.moves[number * self.stride : (number + 1) * self.stride]
            if not state[0]:
                row[:] = DEAD
            row[-1] = self._list(state[2])
        return number

    def _list(self, ended: tuple[int, ...]) -> int:
        at = self._lists.get(ended)
        if at is None:
            at = self._lists[ended] = len(self.lists)
            self.lists = np.append(self.lists, np.array([len(ended), *ended], np.int32))
        return at

    def learn(self, missed: int) -> None:
        """Make the move that a kernel missed, told by its place in ``moves``."""
        if self._kept is not None:
            self._recall()
        if len(self) > _MOST:
            self._clear()
            return
        number, symbol = divmod(missed, self.stride)
        state = self._step(self._states[number], symbol)
        row = self._number(state) * self.stride
        self.moves[missed] = 2 * row + bool(state[2])

    def _step(self, state: State, symbol: int) -> State:
        places, before, _ = state
        last = symbol == self.width - 1
        byte = 0 if last else self._samples[symbol]
        continues = 0x80 <= byte < 0xC0
        after = EDGE if last else before if continues else byte_kind(byte)
        bit = 0 if last else 1 << byte
        owners, reads = self.program.owner, self._closure.reads
        onward: dict[int, None] = {}
        ended: dict[int, None] = {}
        for place in self._plausible(places, bit, last):
            owner = owners[place]
            if owner in ended:
                continue  # a preferred way is through already
            for mask, then in reads(place, before, after):
                if mask & bit:
                    onward[then] = None
                elif not mask:
                    ended[owner] = None
        nexts = tuple(onward)
        kind = after if byte >= 0x80 or any(place in self._needs_before for place in nexts) else 0
        return nexts, kind if nexts else 0, tuple(sorted(ended))

    def _plausible(self, places: tuple[int, ...], bit: int, last: bool) -> tuple[int, ...]:
        """At a start, only the expressions that can begin with this byte are worth a closure."""
        if last or places is not self._all:
            return places
        return tuple(place for place, first in zip(places, self._first, strict=True) if first & bit)
