"""All rules over bytes at once: the same spans and levels as each rule finds alone, in arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers.automata.machine import Bytes, Machine, Rows
from recognizers.edges import sift, stand
from recognizers.pattern import LONGEST, Pattern
from recognizers.rule import Rule
from recognizers.validators.compiled import Checks
from recognizers.vocabulary import SAME_LINE
from scanner.recognition.found import Found, Kinds
from scanner.recognition.lexertables import Pivots, RuleTables
from scanner.recognition.machines import machines_of, patterns_of
from scanner.recognition.settling import near, part, select, settle

_MOST_VERDICTS = 1 << 17
"""Values whose check is remembered, for as long as the process works; then they are forgotten and checked anew."""


class Lexer:
    """The first two lanes: shapes, keywords and checks of all rules, in one pass over the bytes of a text."""

    def __init__(self, rules: Sequence[Rule], kinds: Kinds) -> None:
        self.tables = RuleTables(rules, kinds)
        self._pivots = Pivots(self.tables.patterns)
        machines = machines_of(self.tables, self._pivots)
        self._machine, self._owners = machines.general, self.tables.general(self._pivots)
        self._signs = self._machine.signs(self._pivots.first)
        self._turning, self._turned = machines.turning, np.array(self._pivots.numbers, np.int64)
        self._behind, self._ahead, self._allowed = machines.behind, machines.ahead, machines.allowed
        self._columns: dict[int, tuple[Machine, NDArray[np.int64]]] = {}
        self._checks = Checks()
        self._verdicts: dict[tuple[int, bytes, bytes], bool] = {}

    def find(self, data: Bytes, named: frozenset[str] = frozenset()) -> Found:
        """Spans of all rules in byte offsets; of ``named`` entity types, a column's name already gives the context."""
        rows, turns = self._machine.scan(data, self._signs)
        rows, words = part(rows, self._owners)
        given = self.tables.given(named)
        parts = [rows]
        if turns.size:
            parts.append(_numbered(self._turning.scan_at(data, self._pivots.places(data, turns)), self._turned))
        parts += [self._in_column(data, rule) for rule in self.tables.rules_of(named)]
        parts = [some for some in parts if len(some)]
        if parts:
            rows = np.concatenate(parts) if len(parts) > 1 else parts[0]
        if not len(rows):
            return Found.none()
        return self._judged(data, rows, words, given)

    def _in_column(self, data: Bytes, rule: int) -> Rows:
        """The patterns that only a column's name lets run."""
        if rule not in self._columns:
            numbers = [at for at in self.tables.patterns_of(rule) if self.tables.patterns[at].when == "column"]
            self._columns[rule] = patterns_of(self.tables, numbers), np.array(numbers, np.int64)
        machine, owners = self._columns[rule]
        if not len(owners):
            return np.empty((0, 3), np.int64)
        return _numbered(machine.scan(data, machine.signs())[0], owners)

    def _judged(self, data: Bytes, rows: Rows, words: Rows, given: NDArray[np.bool_]) -> Found:
        tables = self.tables
        places = tables.places_of_words(words, len(self._owners))
        spans, pattern = self._standing(data, rows, tables.needs_context & ~given & ~places.known[tables.rule])
        for sieve in (self._after, self._before, self._checked):
            kept = sieve(data, spans, pattern)
            if not kept.all():
                spans, pattern = spans[kept], pattern[kept]
        # Each pattern's matches come by their starts already.
        taken = select(np.argsort(pattern, kind="stable"), pattern, spans)
        spans, pattern = spans[taken], pattern[taken]
        rule = tables.rule[pattern]
        context = given[pattern] | tables.own_context[pattern]
        near(data, spans, rule, places.offsets, places.starts, places.ends, tables.windows, SAME_LINE, context)
        kept = context | ~tables.needs_context[pattern]
        if not kept.all():
            pattern, rule, spans, context = pattern[kept], rule[kept], spans[kept], context[kept]
        level = np.where(context, tables.level_near[pattern], tables.level_alone[pattern])
        order = np.argsort(_rank(rule, spans, level), kind="stable")
        kept = settle(order, rule, spans, level)
        level = level[kept]
        return Found(spans[kept, 0].copy(), spans[kept, 1].copy(), tables.kind[rule[kept]], level, tables.scores[level])

    def _standing(self, data: Bytes, rows: Rows, dropped: NDArray[np.bool_]) -> tuple[Rows, NDArray[np.int16]]:
        """Matches by their values, whose neighbours let them stand; each row of spans is value and match."""
        tables = self.tables
        spans, kept = np.empty((len(rows), 4), np.int64), np.empty(len(rows), np.int16)
        count = sift(data, rows, dropped | tables.asked, tables.edge, tables.heads, tables.tails, spans, kept)
        spans, kept = spans[:count], kept[:count]
        asked = rows[(tables.asked & ~dropped)[rows[:, 2]]]
        if not asked.size:
            return spans, kept
        text, patterns = data.tobytes(), tables.patterns
        values = [_group(text, start, end, patterns[number]) for start, end, number in asked.tolist()]
        grouped = np.concatenate([np.array(values, np.int64), asked[:, :2]], axis=1)
        standing = (grouped[:, 0] < grouped[:, 1]) & stand(data, grouped, tables.edge[asked[:, 2]])
        return np.concatenate([spans, grouped[standing]]), np.concatenate([kept, asked[standing, 2].astype(np.int16)])

    def _after(self, data: Bytes, spans: Rows, pattern: NDArray[np.int16]) -> NDArray[np.bool_]:
        return self._looks(self._ahead, self.tables.ahead[pattern], data, spans[:, 3], wanted=True)

    def _before(self, data: Bytes, spans: Rows, pattern: NDArray[np.int16]) -> NDArray[np.bool_]:
        return self._looks(self._behind, self.tables.behind[pattern], data, spans[:, 0], wanted=False)

    def _looks(
        self, machine: Machine, sets: NDArray[np.int64], data: Bytes, places: Rows, *, wanted: bool
    ) -> NDArray[np.bool_]:
        """Whether the expression of its own set stands beside each place, as it should or should not."""
        kept = np.ones(len(sets), np.bool_)
        asked = np.flatnonzero(sets >= 0)
        if asked.size:
            bits = machine.look(data, np.ascontiguousarray(places[asked]), forward=wanted)
            kept[asked] = ((bits >> sets[asked]) & 1 == 1) == wanted
        return kept

    def _checked(self, data: Bytes, spans: Rows, pattern: NDArray[np.int16]) -> NDArray[np.bool_]:
        """What the compiled validators say; Python is asked where they cannot, and for published examples."""
        tables = self.tables
        values = spans[:, :2].copy()
        whole = tables.checks_match[pattern]
        values[whole] = spans[whole, 2:]
        verdict = self._checks.verdicts(data, values, tables.check[pattern])
        verdict[tables.unchecked[pattern]] = 1
        asked = np.flatnonzero(tables.allows[pattern] & (verdict == 1))
        bits = self._allowed.look(data, np.ascontiguousarray(spans[asked, 0]), forward=True)
        verdict[asked[bits != 0]] = -1
        asked = np.flatnonzero(verdict < 0)
        verdict[asked] = [self._passes(data, int(pattern[at]), spans[at].tolist()) for at in asked.tolist()]
        passed: NDArray[np.bool_] = verdict == 1
        return passed

    def _passes(self, data: Bytes, number: int, span: list[int]) -> bool:
        """The validator's word on a value, asked once for each."""
        pattern = self.tables.patterns[number]
        value = data[span[0] : span[1]].tobytes()
        match = data[span[2] : span[3]].tobytes() if pattern.checks_match else b""
        key = (number, value, match)
        verdict = self._verdicts.get(key)
        if verdict is None:
            if len(self._verdicts) >= _MOST_VERDICTS:
                self._verdicts.clear()
            verdict = self._verdicts[key] = pattern.passes(value, match)
        return verdict


def _numbered(rows: Rows, owners: NDArray[np.int64]) -> Rows:
    """Rows whose expressions are told by the numbers of their patterns."""
    if len(rows):
        rows[:, 2] = owners[rows[:, 2]]
    return rows


def _rank(rule: NDArray[np.int64], spans: Rows, level: NDArray[np.int8]) -> NDArray[np.int64]:
    """One number to sort by: rule, start, falling level, falling length (which has a bound)."""
    length = np.minimum(spans[:, 1] - spans[:, 0], LONGEST)
    rank: NDArray[np.int64] = ((rule << 40 | spans[:, 0]) << 3 | 4 - level) << 12 | LONGEST - length
    return rank


def _group(text: bytes, start: int, end: int, pattern: Pattern) -> tuple[int, int]:
    """The span of a match by RE2, which knows its groups."""
    match = pattern.expression.match(text, start)
    if match is not None and match.end() != end:
        match = pattern.expression.match(text[: start + LONGEST], start)
    return (start, start) if match is None else pattern.span_of(match)
