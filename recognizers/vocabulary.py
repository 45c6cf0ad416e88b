"""Which words and shapes a text has, in one pass for all rules, and where the words of one rule stand."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any

import re2

from recognizers.subject import Subject, fold

_SERIAL = itertools.count()
_MEMORY = 64 << 20
SAME_LINE = 300
"""How far a line counts as the same line; minified files are one line."""


def word_pattern(word: str) -> str:
    """The word in folded text, its parts joined by nothing or by a space, ``_``, ``-``, ``.`` or an apostrophe."""
    parts = (re2.escape(part) for part in fold(word).split())
    return r"(?:\b|_)" + r"[ _.'-]{0,2}".join(parts) + r"e?s?(?:\b|_|[0-9])"


def options(max_mem: int = 8 << 20) -> Any:
    """Compile options: quiet, since RE2's own log would print the text it was given."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = max_mem
    return chosen


@cache
def compiled(expression: str) -> Any:
    """The expression, compiled once for as long as the process lives."""
    return re2.compile(expression, options())


class Screen:
    """Many expressions as one automaton that says, in one pass, which of them occur in a text at all."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self.expressions = tuple(dict.fromkeys(expressions))
        self._serial = next(_SERIAL)
        self._places = {expression: place for place, expression in enumerate(self.expressions)}

    @cached_property
    def _set(self) -> Any:
        made = re2.Set.SearchSet(options(_MEMORY))
        for expression in self.expressions:
            made.Add(expression)
        made.Add(r"(?s:.)")  # always there: when it is missing, the automaton ran out of memory
        made.Compile()
        return made

    def present(self, subject: Subject, data: bytes) -> frozenset[int]:
        """Which expressions occur in these bytes of the subject; all of them when the automaton could not say."""
        if self._serial not in subject.notes:
            found = frozenset(self._set.Match(data) or ())  # None when it ran out of memory
            failed = len(self.expressions) not in found
            subject.notes[self._serial] = frozenset(range(len(self.expressions))) if failed else found
        return subject.notes[self._serial]

    def index(self, expression: str) -> int:
        """The place of an expression in the screen."""
        return self._places[expression]


class Surroundings:
    """Where the words of one rule stand in one text, found when first asked."""

    def __init__(self, subject: Subject, pattern: Any, window: tuple[int, int]) -> None:
        self._subject, self._pattern, self._window = subject, pattern, window
        self._starts: Sequence[int] | None = None
        self._ends: Sequence[int] = ()

    def _locate(self) -> Sequence[int]:
        subject, at = self._subject, 0
        starts, ends = [], []
        while (match := self._pattern.search(subject.plain, at)) is not None:
            starts.append(subject.bytes_of(match.start()))
            ends.append(subject.bytes_of(match.end()))
            at = match.start() + 1
        self._starts, self._ends = starts, ends
        return starts

    def around(self, start: int, end: int) -> bool:
        """Whether a word stands in the window (bytes before and after), or on the same line."""
        starts = self._starts if self._starts is not None else self._locate()
        data = self._subject.data
        line_start = data.rfind(b"\n", max(0, start - SAME_LINE), start) + 1 or max(0, start - SAME_LINE)
        line_end = data.find(b"\n", end, end + SAME_LINE)
        line_end = line_end if line_end >= 0 else end + SAME_LINE
        first = bisect_left(starts, min(start - self._window[0], line_start) - 1)
        stop = max(end + self._window[1], line_end) + 1
        return any(self._ends[at] <= stop for at in range(first, bisect_left(starts, stop)))
