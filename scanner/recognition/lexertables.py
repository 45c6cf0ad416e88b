"""What the lexer knows of rules, as arrays by pattern and by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizers.automata import kernels
from recognizers.automata.machine import Bytes, Rows
from recognizers.automata.program import utf8_pieces
from recognizers.automata.syntax import (
    Assertion,
    Chars,
    Choice,
    Group,
    Node,
    Repeat,
    parse,
)
from recognizers.automata.syntax import (
    Sequence as Parts,
)
from recognizers.edges import NAMES
from recognizers.kept import code, kept
from recognizers.pattern import SCORES, Pattern, level_of
from recognizers.rule import Rule
from recognizers.validators.compiled import COMPILED
from scanner.model import Level
from scanner.recognition.found import Kinds


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """Where words of context stand, rule after rule; ``offsets[rule]`` is where a rule's places begin."""

    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rules have any."""
        return np.diff(self.offsets) > 0


class RuleTables:
    """One row for each pattern of each rule, in the order of the rules."""

    def __init__(self, rules: Sequence[Rule], kinds: Kinds) -> None:
        self.rules = tuple(rules)
        self.patterns: tuple[Pattern, ...] = tuple(pattern for rule in rules for pattern in rule.patterns)
        self.rule = np.array([at for at, rule in enumerate(rules) for _ in rule.patterns], np.int64)
        self.kind = np.array([kinds.index(rule.entity_type, rule.name) for rule in rules], np.int16)
        self.needs_context = np.array([one.when != "always" for one in self.patterns])
        self.own_context = np.array([one.own_context for one in self.patterns])
        grouped, self.heads, self.tails = self._groups()
        self.asked = grouped & (self.heads + self.tails == 0)
        self.unchecked = np.array([one.check is None for one in self.patterns])
        self.checks_match = np.array([one.checks_match for one in self.patterns])
        self.check = np.array([COMPILED.get(name, -1) for name in self._validators()], np.int64)
        self.allows = np.array([bool(one.allow_list) for one in self.patterns])
        self.allowed = sorted({entry for rule in rules for entry in rule.file.allow_list})
        self.edge = np.array([NAMES.index(one.edges) for one in self.patterns], np.int64)
        self.level_near = np.array([level_of(one.rate, True) for one in self.patterns], np.int8)
        self.level_alone = np.array([level_of(one.rate, False) for one in self.patterns], np.int8)
        self.scores = np.array([SCORES.get(Level(at), 0.0) if at else 0.0 for at in range(5)], np.float32)
        self.windows = np.array([rule.file.context_window for rule in rules], np.int64)
        self._sets()
        self._words()

    def _validators(self) -> list[str]:
        return [one.validator or rule.file.validator or "" for rule in self.rules for one in rule.file.patterns]

    def _groups(self) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
        """Whether each pattern has groups, and what it reads before and after its only one, where that is fixed."""
        own = Path(__file__).read_bytes()
        sources = (own, *code("recognizers.automata"), *(one.regex.encode() for one in self.patterns))
        found = kept("groups", sources, lambda: [_grouped(parse(one.regex)) for one in self.patterns])
        groups, heads, tails = np.array(found, np.int64).T
        return groups > 0, heads.copy(), tails.copy()

    def _sets(self) -> None:
        behind: dict[tuple[str, ...], int] = {}
        ahead: dict[str, int] = {}
        self.behind = np.full(len(self.patterns), -1, np.int64)
        self.ahead = np.full(len(self.patterns), -1, np.int64)
        numbered = ((rule.file, one) for rule in self.rules for one in rule.file.patterns)
        for at, (file, one) in enumerate(numbered):
            words = file.not_after if one.not_after is None else one.not_after
            if words:
                self.behind[at] = behind.setdefault(tuple(words), len(behind))
            if one.followed_by:
                self.ahead[at] = ahead.setdefault(one.followed_by, len(ahead))
        self.behind_sets, self.ahead_sets = tuple(behind), tuple(ahead)

    def _words(self) -> None:
        numbers: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            for word in rule.file.context:
                numbers.setdefault(word, []).append(at)
        self.words = tuple(numbers)
        self._users = np.array([rule for word in self.words for rule in numbers[word]], np.int64)
        self._counts = np.array([len(numbers[word]) for word in self.words], np.int64)

    def given(self, named: frozenset[str]) -> NDArray[np.bool_]:
        """Which patterns a column's name gives the context."""
        return np.isin(self.rule, self.rules_of(named)) if named else np.zeros(len(self.patterns), np.bool_)

    def rules_of(self, named: frozenset[str]) -> list[int]:
        """The rules of these entity types."""
        return [at for at, rule in enumerate(self.rules) if rule.entity_type in named]

    def general(self, pivots: Pivots) -> NDArray[np.int64]:
        """The patterns that run on any text, from its words on."""
        chosen = [at for at, one in enumerate(self.patterns) if one.when != "column" and not pivots.has(at)]
        return np.array(chosen, np.int64)

    def patterns_of(self, rule: int) -> list[int]:
        """The patterns of a rule."""
        return np.flatnonzero(self.rule == rule).tolist()

    def places_of_words(self, rows: Rows, first: int) -> WordPlaces:
        """Matches of words, numbered from ``first`` on, spread to the rules that they give context."""
        words = rows[:, 2] - first
        counts = self._counts[words] if len(words) else words
        heads = np.cumsum(self._counts) - self._counts if len(self._counts) else self._counts
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rules = self._users[np.repeat(heads[words], counts) + within] if len(words) else words
        spread = np.repeat(np.arange(len(words)), counts)
        order = np.argsort(rules.astype(np.int16), kind="stable")
        spread = spread[order]
        offsets = np.searchsorted(rules[order], np.arange(len(self.rules) + 1))
        return WordPlaces(offsets.astype(np.int64), rows[spread, 0], rows[spread, 1])


class Pivots:
    """Patterns that could begin with any word: their beginnings are sought backwards from a sign."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.numbers = [at for at, one in enumerate(patterns) if one.pivot]
        signs = sorted({sign for at in self.numbers for sign in patterns[at].pivot})
        self.first = sorted({sign.encode()[0] for sign in signs})
        self._pairs = np.zeros((256, 257), np.bool_)
        for sign in signs:
            first, *rest = sign.encode()
            follows = [ord(case) for char in chr(rest[0]) for case in {char.lower(), char.upper()}] if rest else ...
            self._pairs[first, follows] = True
        self._within = np.zeros(256, np.bool_)
        self._reach = 0
        for at in self.numbers:
            read, reach = _before(patterns[at])
            self._within[sorted(read)] = True
            self._reach = max(self._reach, reach)

    def has(self, number: int) -> bool:
        """Whether a pattern is one of them."""
        return number in self.numbers

    def places(self, data: Bytes, turns: Rows) -> Rows:
        """Where matches can begin, in order."""
        out = np.empty(len(turns) * (self._reach + 1) if len(turns) < 64 else len(data), np.int64)
        return out[: kernels.places_before(data, turns, self._pairs, self._within, self._reach, out)]


def _before(pattern: Pattern) -> tuple[set[int], int]:
    """The bytes that can stand before a pivot, and how many at most, by what its expression can read at all."""
    tree = parse(pattern.regex)
    literal = {sign.encode()[:1] for sign in pattern.pivot}
    parts = tree.parts if isinstance(tree, Parts) else (tree,)
    read: set[int] = set()
    reach = 0
    for part in parts:
        if any(first[0] in _bytes_of(part) for first in literal):
            break
        read |= _bytes_of(part)
        reach += _longest(part)
    return read, reach


def _grouped(tree: Node) -> tuple[int, int, int]:
    groups = _groups(tree)
    return groups, *(_fixed(tree) if groups else (0, 0))


def _fixed(tree: Node) -> tuple[int, int]:
    """The length of the only group, where it is the same for all matches and the group begins or ends them."""
    parts = [part for part in (tree.parts if isinstance(tree, Parts) else (tree,)) if not isinstance(part, Assertion)]
    if not parts or sum(map(_groups, parts)) != 1:
        return 0, 0
    if isinstance(parts[0], Group):
        return _length(parts[0].part) or 0, 0
    return (0, _length(parts[-1].part) or 0) if isinstance(parts[-1], Group) else (0, 0)


def _groups(node: Node) -> int:
    if isinstance(node, Group):
        return 1 + _groups(node.part)
    if isinstance(node, (Parts, Choice)):
        return sum(map(_groups, node.parts))
    return _groups(node.part) if isinstance(node, Repeat) else 0


def _length(node: Node) -> int | None:
    """Bytes of all texts of a node, when they have equally many."""
    if isinstance(node, Chars):
        return 1 if node.ranges[-1][1] < 0x80 else None
    if isinstance(node, Parts):
        lengths = [_length(part) for part in node.parts]
        return None if None in lengths else sum(length or 0 for length in lengths)
    if isinstance(node, Choice):
        lengths = [_length(part) for part in node.parts]
        return lengths[0] if len(set(lengths)) == 1 else None
    if isinstance(node, Repeat):
        each = _length(node.part)
        return each * node.least if each is not None and node.least == node.most else None
    return _length(node.part) if isinstance(node, Group) else 0


def _bytes_of(node: Node) -> set[int]:
    if isinstance(node, Chars):
        pieces = (piece for low, high in node.ranges for piece in utf8_pieces(low, high))
        return {byte for piece in pieces for low, high in piece for byte in range(low, high + 1)}
    if isinstance(node, (Parts, Choice)):
        return set().union(*map(_bytes_of, node.parts)) if node.parts else set()
    return _bytes_of(node.part) if isinstance(node, (Repeat, Group)) else set()


def _longest(node: Node) -> int:
    """Bytes that a node can read, at most; a character has four."""
    if isinstance(node, Chars):
        return 1 if node.ranges[-1][1] < 0x80 else 4
    if isinstance(node, Parts):
        return sum(map(_longest, node.parts))
    if isinstance(node, Choice):
        return max(map(_longest, node.parts))
    if isinstance(node, Repeat):
        return _longest(node.part) * (node.most if node.most >= 0 else kernels.LONGEST)
    return _longest(node.part) if isinstance(node, Group) else 0
