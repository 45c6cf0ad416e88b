"""Expressions in the syntax of RE2 (the part that rules use), read into trees of code point sets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

Ranges = tuple[tuple[int, int], ...]
LAST = 0x10FFFF


class Chars(NamedTuple):
    """One character of a set, as sorted ranges of code points."""

    ranges: Ranges


class Sequence(NamedTuple):
    """Parts one after the other."""

    parts: tuple[Node, ...]


class Choice(NamedTuple):
    """Alternatives, the first that leads to a match preferred."""

    parts: tuple[Node, ...]


class Repeat(NamedTuple):
    """A part repeated; ``most`` is -1 when there is no bound."""

    part: Node
    least: int
    most: int
    greedy: bool


class Assertion(NamedTuple):
    """A condition between two characters: ``b``, ``B``, ``^`` (text), ``(?m)^``, ``$`` (text) or ``(?m)$``."""

    kind: str


class Group(NamedTuple):
    """A capturing group; automata look through it."""

    part: Node


Node = Chars | Sequence | Choice | Repeat | Assertion | Group

EMPTY = Sequence(())
_NAMED: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20)),
}
_CONTROL = {"n": 0x0A, "t": 0x09, "r": 0x0D, "f": 0x0C, "v": 0x0B, "a": 0x07}
_FOLDS = {"k": 0x212A, "s": 0x17F}
"""Code points beyond Latin letters that RE2 takes for a letter when case does not count (Kelvin sign, long s)."""


def merged(ranges: list[tuple[int, int]]) -> Ranges:
    """Sorted ranges without overlaps."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges) -> Ranges:
    """Every other code point."""
    out, at = [], 0
    for low, high in merged(list(ranges)):
        if low > at:
            out.append((at, low - 1))
        at = high + 1
    return (*out, (at, LAST)) if at <= LAST else tuple(out)


def _cases(code: int) -> list[tuple[int, int]]:
    char = chr(code)
    found = {code} | {ord(other) for other in (char.lower(), char.upper()) if len(other) == 1}
    found |= {_FOLDS[char.lower()]} if char.lower() in _FOLDS else set()
    return [(one, one) for one in found]


def any_case(ranges: Ranges) -> Ranges:
    """The set with the other case of each of its letters up to Latin Extended-B."""
    out = list(ranges)
    for low, high in ranges:
        for code in range(low, min(high, 0x24F) + 1):
            out += _cases(code)
    return merged(out)


@dataclass(frozen=True, slots=True)
class _Flags:
    fold: bool = False
    lines: bool = False
    dot_all: bool = False


def parse(expression: str) -> Node:
    """The tree of an expression; raises ``ValueError`` with the place of what it does not know."""
    parser = _Parser(expression)
    node = parser.choice(_Flags())
    if parser.at < len(expression):
        raise ValueError(f"unbalanced parenthesis at {parser.at}")
    return node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.flags = _Flags()

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        self.at += 1
        return self.text[self.at - 1]

    def choice(self, flags: _Flags) -> Node:
        """Alternatives until the group ends; flags set inside hold until there."""
        self.flags = flags
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._peek() and self._peek() not in "|)":
            atom = self._atom()
            parts.append(self._repeated(atom))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, atom: Node) -> Node:
        bounds = self._bounds()
        while bounds is not None:
            greedy = self._peek() != "?"
            self.at += not greedy
            atom = Repeat(atom, *bounds, greedy)
            bounds = self._bounds()
        return atom

    def _bounds(self) -> tuple[int, int] | None:
        char = self._peek()
        if char and char in "*+?":
            self.at += 1
            return {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[char]
        if char != "{":
            return None
        end = self.text.find("}", self.at)
        least, comma, most = self.text[self.at + 1 : end].partition(",")
        if end < 0 or not least.isdigit() or not (most.isdigit() or most == ""):
            return None
        self.at = end + 1
        return int(least), int(most) if most else -1 if comma else int(least)

    def _atom(self) -> Node:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return Chars(self._class())
        if char == "\\":
            return self._escape()
        if char == ".":
            return Chars(((0, LAST),) if self.flags.dot_all else complement(((10, 10),)))
        if char in "^$":
            return Assertion(f"(?m){char}" if self.flags.lines else char)
        return self._literal(ord(char))

    def _literal(self, code: int) -> Node:
        return Chars(any_case(((code, code),)) if self.flags.fold else ((code, code),))

    def _group(self) -> Node:
        outer, captures = self.flags, self._peek() != "?"
        flags = outer
        if not captures:
            end = min(at for at in (self.text.find(":", self.at), self.text.find(")", self.at)) if at >= 0)
            flags = self._with(self.text[self.at + 1 : end])
            self.at = end + 1
            if self.text[end] == ")":
                self.flags = flags
                return EMPTY
        node = self.choice(flags)
        if self._peek() != ")":
            raise ValueError(f"missing ) at {self.at}")
        self.at += 1
        self.flags = outer
        return Group(node) if captures else node

    def _with(self, letters: str) -> _Flags:
        flags = self.flags
        for letter in letters:
            name = {"i": "fold", "m": "lines", "s": "dot_all"}.get(letter)
            if name is None:
                raise ValueError(f"unknown flag at {self.at}")
            flags = replace(flags, **{name: True})
        return flags

    def _escape(self) -> Node:
        char = self._take()
        if char in "bB":
            return Assertion(char)
        if char in "Az":
            return Assertion("^" if char == "A" else "$")
        if char.lower() in _NAMED:
            ranges = _NAMED[char.lower()]
            return Chars(ranges if char.islower() else complement(ranges))
        return self._literal(self._code(char))

    def _code(self, char: str) -> int:
        if char == "x":
            if self._peek() == "{":
                end = self.text.index("}", self.at)
                digits, self.at = self.text[self.at + 1 : end], end + 1
            else:
                digits, self.at = self.text[self.at : self.at + 2], self.at + 2
            return int(digits, 16)
        if char in _CONTROL:
            return _CONTROL[char]
        if char.isalnum():
            raise ValueError(f"unknown escape at {self.at}")
        return ord(char)

    def _class(self) -> Ranges:
        negated = self._peek() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        first = True
        while first or self._peek() != "]":
            first = False
            low = self._member(ranges)
            if low is None:
                continue
            high = low
            if self._peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self._member(ranges) or 0
            ranges.append((low, high))
        self.at += 1
        whole = any_case(merged(ranges)) if self.flags.fold else merged(ranges)
        return complement(whole) if negated else whole

    def _member(self, ranges: list[tuple[int, int]]) -> int | None:
        """The code point of one member; a named set goes into ``ranges`` at once."""
        char = self._take()
        if char == "[" and self._peek() == ":":
            raise ValueError(f"named class at {self.at}")
        if char != "\\":
            return ord(char)
        char = self._take()
        if char.lower() in _NAMED:
            ranges.extend(_NAMED[char] if char.islower() else complement(_NAMED[char.lower()]))
            return None
        return self._code(char)


def reversed_tree(node: Node) -> Node:
    """The tree of the same texts read backwards; assertions at the ends change places."""
    if isinstance(node, Sequence):
        return Sequence(tuple(reversed_tree(part) for part in reversed(node.parts)))
    if isinstance(node, Choice):
        return Choice(tuple(map(reversed_tree, node.parts)))
    if isinstance(node, Repeat):
        return node._replace(part=reversed_tree(node.part))
    if isinstance(node, Group):
        return reversed_tree(node.part)
    if isinstance(node, Assertion):
        return Assertion(node.kind.translate(str.maketrans("^$", "$^")))
    return node


def mapped(node: Node, change: object) -> Node:
    """The tree with every character set put through ``change``."""
    if isinstance(node, Chars):
        return Chars(change(node.ranges))  # type: ignore[operator]
    if isinstance(node, (Sequence, Choice)):
        return type(node)(tuple(mapped(part, change) for part in node.parts))
    if isinstance(node, (Repeat, Group)):
        return node._replace(part=mapped(node.part, change))
    return node
