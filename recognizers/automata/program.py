"""Trees compiled to programs over bytes: the instructions that the states of an automaton are made of."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from collections.abc import Sequence as Order
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import zip_longest
from operator import or_
from typing import Any

import numpy as np

from recognizers.automata.kernels import EDGE, LETTER, NEWLINE, WORD, byte_kind
from recognizers.automata.packing import Numbered, Rows, number, pack
from recognizers.automata.syntax import Assertion, Chars, Choice, Group, Node, Ranges, Repeat, Sequence

_LENGTHS = ((0x80, 1), (0x800, 2), (0x10000, 3), (0x110000, 4))
_SURROGATES = (0xD800, 0xDFFF)

Piece = tuple[tuple[int, int], ...]
"""Ranges of bytes, one after the other."""


def utf8_pieces(low: int, high: int) -> Iterator[Piece]:
    """The UTF-8 forms of a range of code points (the ranges of Thompson's UTF-8, as in RE2)."""
    floor = 0
    for ceiling, length in _LENGTHS:
        first, last = max(low, floor), min(high, ceiling - 1)
        if first <= last:
            yield from _split(first, last, length)
        floor = ceiling


def _split(low: int, high: int, length: int) -> Iterator[Piece]:
    for shift in range(6, 6 * length, 6):
        mask = (1 << shift) - 1
        if low & ~mask != high & ~mask:
            if low & mask:
                yield from _split(low, low | mask, length)
                yield from _split((low | mask) + 1, high, length)
                return
            if high & mask != mask:
                yield from _split(low, (high & ~mask) - 1, length)
                yield from _split(high & ~mask, high, length)
                return
    first, last = chr(low), chr(high)
    pairs = zip_longest(first.encode("utf-8", "surrogatepass"), last.encode("utf-8", "surrogatepass"))
    yield tuple(pairs)


@lru_cache(maxsize=4096)
def _forms(ranges: Ranges) -> tuple[tuple[int, ...], ...]:
    """The UTF-8 forms of a set, each a mask of bytes for every place; forms that differ in one place are one."""
    pieces = (piece for low, high in ranges for piece in utf8_pieces(low, high))
    forms = {tuple(_mask(low, high) for low, high in piece) for piece in pieces}
    for place in (-1, 0):
        merged: dict[tuple[int, ...], list[int]] = {}
        for form in sorted(forms):
            at = place % len(form)
            merged.setdefault((len(form), *form[:at], *form[at + 1 :]), []).append(form[at])
        forms = set()
        for (length, *others), masks in merged.items():
            at = place % length
            forms.add((*others[:at], reduce(or_, masks), *others[at:]))
    return tuple(sorted(forms, key=lambda form: (len(form), form)))


def _mask(low: int, high: int) -> int:
    return (1 << (high + 1)) - (1 << low)


@dataclass(slots=True)
class Program:
    """Instructions of many expressions; each place knows which expression it belongs to."""

    masks: list[int] = field(default_factory=list)
    """Bytes that an instruction takes, as bits; 0 for the others."""
    after: list[tuple[int, ...]] = field(default_factory=list)
    """Where to go on, most preferred first."""
    asserts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    accepts: set[int] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    _backwards: bool = False

    def add(self, tree: Node, *, prefix: str = "", backwards: bool = False) -> int:
        """Compile one expression; its number. ``prefix`` is put before its assertions, to tell how they are judged."""
        number = len(self.starts)
        self._backwards = backwards
        end = self._emit(number, 0, ())
        self.accepts.add(end)
        self.starts.append(self._compile(tree, end, number, prefix))
        return number

    def as_values(self) -> tuple[object, ...]:
        """The whole program as plain values."""
        owner = np.array(self.owner, np.int32).tobytes()
        return number(self.masks), pack(self.after), number(self.asserts), owner, sorted(self.accepts), self.starts

    @classmethod
    def of_values(cls, values: tuple[Any, ...]) -> Program:
        """The program that gave these values."""
        masks, after, asserts, owner, accepts, starts = values
        # Read as the lists are that a program is written to; what came from disk is not written to.
        parts: Any = (Numbered(*masks), Rows(after), Numbered(*asserts), array("i", owner), set(accepts), starts)
        return cls(*parts)

    def _emit(self, owner: int, mask: int, after: tuple[int, ...], assertion: str = "") -> int:
        self.masks.append(mask)
        self.after.append(after)
        self.asserts.append(assertion)
        self.owner.append(owner)
        return len(self.masks) - 1

    def _compile(self, node: Node, goal: int, owner: int, prefix: str) -> int:
        """The place from which ``node`` and then ``goal`` are read."""
        if isinstance(node, Chars):
            return self._chars(node, goal, owner)
        if isinstance(node, Sequence):
            for part in reversed(node.parts):
                goal = self._compile(part, goal, owner, prefix)
            return goal
        if isinstance(node, Choice):
            ways = tuple(self._compile(part, goal, owner, prefix) for part in node.parts)
            return self._emit(owner, 0, ways)
        if isinstance(node, Assertion):
            return self._emit(owner, 0, (goal,), prefix + node.kind)
        if isinstance(node, Group):
            return self._compile(node.part, goal, owner, prefix)
        return self._repeat(node, goal, owner, prefix)

    def _repeat(self, node: Repeat, goal: int, owner: int, prefix: str) -> int:
        def ways(inside: int, outside: int) -> tuple[int, ...]:
            return (inside, outside) if node.greedy else (outside, inside)

        if node.most < 0:
            loop = self._emit(owner, 0, ())
            self.after[loop] = ways(self._compile(node.part, loop, owner, prefix), goal)
            goal = loop
        else:
            out = goal
            for _ in range(node.most - node.least):
                goal = self._emit(owner, 0, ways(self._compile(node.part, goal, owner, prefix), out))
        for _ in range(node.least):
            goal = self._compile(node.part, goal, owner, prefix)
        return goal

    def _chars(self, node: Chars, goal: int, owner: int) -> int:
        ways = []
        for form in _forms(node.ranges):
            at = goal
            for mask in form if self._backwards else reversed(form):
                at = self._emit(owner, mask, (at,))
            ways.append(at)
        return ways[0] if len(ways) == 1 else self._emit(owner, 0, tuple(ways))


class Closure:
    """What can be read next from a place, given what stands before and after it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self._reads: dict[tuple[int, int, int], tuple[tuple[int, int], ...]] = {}

    def of(self, place: int, before: int, after: int) -> tuple[int, ...]:
        """Reading instructions in order of preference; -1, which ends the list, when the expression is through."""
        key = (place, before, after)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._walk(place, before, after)
        return known

    def reads(self, place: int, before: int, after: int) -> tuple[tuple[int, int], ...]:
        """The same as which bytes are read and where that leads; no bytes, when the expression is through."""
        key = (place, before, after)
        known = self._reads.get(key)
        if known is None:
            masks, then = self._program.masks, self._program.after
            each = self._walk(place, before, after)
            known = self._reads[key] = tuple((masks[at], then[at][0]) if at >= 0 else (0, -1) for at in each)
        return known

    def _walk(self, place: int, before: int, after: int) -> tuple[int, ...]:
        program, seen = self._program, set()
        found: list[int] = []
        stack = [place]
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            if at in program.accepts:
                return (*found, -1)
            if program.masks[at]:
                found.append(at)
            elif not program.asserts[at] or holds(program.asserts[at], before, after):
                stack.extend(reversed(program.after[at]))
        return tuple(found)


def holds(kind: str, before: int, after: int) -> bool:
    """Whether an assertion holds between two kinds; ``f`` before it counts letters of any script as words."""
    word = LETTER if kind[0] == "f" else WORD
    plain = kind.removeprefix("f")
    if plain in "bB":
        return (bool(before & word) != bool(after & word)) == (plain == "b")
    if plain.endswith("^"):
        return bool(before & EDGE) or (plain != "^" and bool(before & NEWLINE))
    return bool(after & EDGE) or (plain != "$" and bool(after & NEWLINE))


def byte_classes(masks: Order[int]) -> list[int]:
    """The class of each byte; bytes that no instruction tells apart, and of one kind, share a class."""
    kinds = [1 << 8 | byte if byte in (0xC2, 0xE2) else byte_kind(byte) for byte in range(256)]
    signatures = [[kinds[byte], byte >= 0x80, byte >= 0xC0] for byte in range(256)]
    for mask in set(masks):
        for byte in range(256):
            signatures[byte].append(mask >> byte & 1)
    order: dict[tuple[int, ...], int] = {}
    return [order.setdefault(tuple(map(int, signature)), len(order)) for signature in signatures]
