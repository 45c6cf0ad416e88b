"""All rules over bytes at once: the same spans and levels as each rule finds alone, in arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers.automata.machine import Bytes, Machine, Rows
from recognizers.automata.program import Program
from recognizers.automata.syntax import Node, parse
from recognizers.pattern import LONGEST, Pattern
from recognizers.rule import Rule
from recognizers.vocabulary import word_pattern
from scanner.recognition.found import Found, Kinds
from scanner.recognition.lexertables import Folding, Pivots, RuleTables
from scanner.recognition.settling import near, select, settle, stand

_MOST_VERDICTS = 1 << 17
"""Values whose check is remembered, for as long as the process works; then they are forgotten and checked anew."""


class Lexer:
    """The first two lanes: shapes, keywords and checks of all rules, in one pass over the bytes of a text."""

    def __init__(self, rules: Sequence[Rule], kinds: Kinds) -> None:
        self.tables = RuleTables(rules, kinds)
        pivots = Pivots(self.tables.patterns)
        self._pivots = pivots
        general = [at for at, one in enumerate(self.tables.patterns) if one.when != "column" and not pivots.has(at)]
        self._machine, self._owners = _machine(self.tables, general, self.tables.words)
        self._signs = self._machine.signs(pivots.first)
        self._turning, self._turned = _machine(self.tables, pivots.numbers, ())
        self._columns: dict[int, tuple[Machine, NDArray[np.int64]]] = {}
        self._behind = _looking([self.tables.behind_tree(words) for words in self.tables.behind_sets], folded=True)
        self._ahead = _looking([parse(text) for text in self.tables.ahead_sets], folded=False)
        self._verdicts: dict[tuple[int, bytes, bytes], bool] = {}

    def find(self, data: Bytes, named: frozenset[str] = frozenset()) -> Found:
        """Spans of all rules in byte offsets; of ``named`` entity types, a column's name already gives the context."""
        rows, turns = self._machine.scan(data, self._signs)
        words = rows[rows[:, 2] >= len(self._owners)]
        rows = _numbered(rows[rows[:, 2] < len(self._owners)], self._owners)
        given = self.tables.given(named)
        parts = [rows]
        if turns.size:
            parts.append(_numbered(self._turning.scan_at(data, self._pivots.places(data, turns)), self._turned))
        parts += [self._in_column(data, rule) for rule in self.tables.rules_of(named)]
        rows = np.concatenate([part for part in parts if len(part)]) if any(map(len, parts)) else rows
        if not len(rows):
            return Found.none()
        return self._judged(data, rows, words, given)

    def _in_column(self, data: Bytes, rule: int) -> Rows:
        """The patterns that only a column's name lets run."""
        if rule not in self._columns:
            numbers = [at for at in self.tables.patterns_of(rule) if self.tables.patterns[at].when == "column"]
            self._columns[rule] = _machine(self.tables, numbers, ())
        machine, owners = self._columns[rule]
        if not len(owners):
            return np.empty((0, 3), np.int64)
        return _numbered(machine.scan(data, machine.signs())[0], owners)

    def _judged(self, data: Bytes, rows: Rows, words: Rows, given: NDArray[np.bool_]) -> Found:
        tables = self.tables
        places = tables.places_of_words(words, len(self._owners))
        waits = tables.needs_context[rows[:, 2]] & ~given[rows[:, 2]]
        if waits.any():
            rows = rows[~waits | places.known[tables.rule[rows[:, 2]]]]
        rows, spans = self._spans(data, rows)
        for sift in (self._beside, self._after, self._before, self._checked):
            kept = sift(data, rows, spans)
            rows, spans = rows[kept], spans[kept]
        # Each pattern's matches come by their starts already.
        order = np.argsort(rows[:, 2].astype(np.int16), kind="stable")
        rows, spans = rows[order], spans[order]
        kept = select(rows, spans)
        pattern, spans = rows[kept, 2], spans[kept]
        rule = tables.rule[pattern]
        context = given[pattern] | tables.own_context[pattern]
        near(data, spans, rule, places.offsets, places.starts, places.ends, tables.windows, context)
        kept = context | ~tables.needs_context[pattern]
        pattern, rule, spans, context = pattern[kept], rule[kept], spans[kept], context[kept]
        level = np.where(context, tables.level_near[pattern], tables.level_alone[pattern])
        order = np.argsort(_rank(rule, spans, level), kind="stable")
        kept = order[settle(rule[order], spans[order], level[order])]
        level = level[kept]
        return Found(spans[kept, 0].copy(), spans[kept, 1].copy(), tables.kind[rule[kept]], level, tables.scores[level])

    def _spans(self, data: Bytes, rows: Rows) -> tuple[Rows, Rows]:
        """The part of each match that is the value: its first group, where the pattern has any."""
        spans = rows[:, :2].copy()
        for at in np.flatnonzero(self.tables.grouped[rows[:, 2]]):
            start, end, number = rows[at]
            spans[at] = _group(data, int(start), int(end), self.tables.patterns[number])
        kept = spans[:, 1] > spans[:, 0]
        return rows[kept], spans[kept]

    def _beside(self, data: Bytes, rows: Rows, spans: Rows) -> NDArray[np.bool_]:
        kept: NDArray[np.bool_] = stand(data, spans, self.tables.edge[rows[:, 2]])
        return kept

    def _after(self, data: Bytes, rows: Rows, spans: Rows) -> NDArray[np.bool_]:
        return self._looks(self._ahead, self.tables.ahead[rows[:, 2]], data, rows[:, 1], wanted=True)

    def _before(self, data: Bytes, rows: Rows, spans: Rows) -> NDArray[np.bool_]:
        return self._looks(self._behind, self.tables.behind[rows[:, 2]], data, spans[:, 0], wanted=False)

    def _looks(
        self, machine: Machine | None, sets: NDArray[np.int64], data: Bytes, places: Rows, *, wanted: bool
    ) -> NDArray[np.bool_]:
        """Whether the expression of its own set stands beside each place, as it should or should not."""
        kept = np.ones(len(sets), np.bool_)
        asked = np.flatnonzero(sets >= 0)
        if machine is not None and asked.size:
            bits = machine.look(data, np.ascontiguousarray(places[asked]), forward=wanted)
            kept[asked] = ((bits >> sets[asked]) & 1 == 1) == wanted
        return kept

    def _checked(self, data: Bytes, rows: Rows, spans: Rows) -> NDArray[np.bool_]:
        kept = np.ones(len(rows), np.bool_)
        for at in np.flatnonzero(self.tables.checked[rows[:, 2]]):
            kept[at] = self._passes(data, rows[at], spans[at])
        return kept

    def _passes(self, data: Bytes, row: Rows, span: Rows) -> bool:
        """The validator's word on a value, asked once for each."""
        pattern = self.tables.patterns[row[2]]
        value = data[span[0] : span[1]].tobytes()
        match = data[row[0] : row[1]].tobytes() if pattern.checks_match else b""
        key = (int(row[2]), value, match)
        verdict = self._verdicts.get(key)
        if verdict is None:
            if len(self._verdicts) >= _MOST_VERDICTS:
                self._verdicts.clear()
            verdict = self._verdicts[key] = pattern.passes(value, match)
        return verdict


def _machine(tables: RuleTables, numbers: Sequence[int], words: Sequence[str]) -> tuple[Machine, NDArray[np.int64]]:
    """A machine of patterns, then of words in folded text; and which pattern each of its first expressions is."""
    program = Program()
    for number in numbers:
        program.add(parse(tables.regexes[number]))
    for word in words:
        program.add(Folding.tree(parse(word_pattern(word))), prefix="f")
    return Machine(program), np.array(numbers, np.int64)


def _looking(trees: Sequence[Node], *, folded: bool) -> Machine | None:
    program = Program()
    for tree in trees:
        program.add(tree, backwards=folded)
    return Machine(program) if trees else None


def _numbered(rows: Rows, owners: NDArray[np.int64]) -> Rows:
    """Rows whose expressions are told by the numbers of their patterns."""
    if len(rows):
        rows[:, 2] = owners[rows[:, 2]]
    return rows


def _rank(rule: NDArray[np.int64], spans: Rows, level: NDArray[np.int8]) -> NDArray[np.int64]:
    """One number to sort by: rule, start, falling level, falling length (which has a bound)."""
    length = np.minimum(spans[:, 1] - spans[:, 0], LONGEST)
    return ((rule << 40 | spans[:, 0]) << 3 | 4 - level) << 12 | LONGEST - length


def _group(data: Bytes, start: int, end: int, pattern: Pattern) -> tuple[int, int]:
    """The span of a match by RE2, which knows its groups; a few bytes around let its assertions hold."""
    low = max(0, start - 1)
    window = data[low : end + 4].tobytes()
    match = pattern.expression.match(window, start - low)
    if match is None or match.end() != end - low:
        match = pattern.expression.match(window[: end - low], start - low)
    if match is None:
        return start, start
    first, last = pattern.span_of(match)
    return low + first, low + last
