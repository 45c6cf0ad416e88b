"""Which words and shapes a text has, in one pass for all rules, and where the words of one rule stand."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import re2

from recognizers.subject import Encoded, Subject, fold

_SERIAL = itertools.count()
_MEMORY = 64 << 20
_AFTER_AT_MOST = 300
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
        self._set = re2.Set.SearchSet(options(_MEMORY))
        for expression in self.expressions:
            self._set.Add(expression)
        self._set.Add(r"(?s:.)")  # always there: when it is missing, the automaton ran out of memory
        self._set.Compile()

    def present(self, subject: Subject, text: Encoded) -> frozenset[int]:
        """Which expressions occur in this text of the subject; all of them when the automaton could not say."""
        if self._serial not in subject.notes:
            found = frozenset(self._set.Match(text.data) or ())  # None when it ran out of memory
            failed = len(self.expressions) not in found
            subject.notes[self._serial] = frozenset(range(len(self.expressions))) if failed else found
        return subject.notes[self._serial]

    def index(self, expression: str) -> int:
        """The place of an expression in the screen."""
        return self.expressions.index(expression)


class Surroundings:
    """Where the words of one rule stand in one text, found when first asked."""

    def __init__(self, subject: Subject, pattern: Any, window: tuple[int, int]) -> None:
        self._subject, self._pattern, self._window = subject, pattern, window
        self._starts: Sequence[int] | None = None
        self._ends: Sequence[int] = ()

    def _locate(self) -> Sequence[int]:
        plain = self._subject.plain
        spans = [match.span() for match in self._pattern.finditer(plain.data)]
        self._starts = [plain.chars(start) for start, _ in spans]
        self._ends = [plain.chars(end) for _, end in spans]
        return self._starts

    def around(self, start: int, end: int) -> bool:
        """Whether a word stands in the window before and after, or on the same line."""
        starts = self._starts if self._starts is not None else self._locate()
        text = self._subject.text
        line_start = text.rfind("\n", max(0, start - _AFTER_AT_MOST), start) + 1 or max(0, start - _AFTER_AT_MOST)
        line_end = text.find("\n", end, end + _AFTER_AT_MOST)
        line_end = line_end if line_end >= 0 else end + _AFTER_AT_MOST
        first = bisect_left(starts, min(start - self._window[0], line_start) - 1)
        stop = max(end + self._window[1], line_end) + 1
        return first < len(starts) and self._ends[first] <= stop
