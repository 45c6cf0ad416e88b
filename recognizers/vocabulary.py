"""Words of context: how they are written as patterns, and which of them a text has, in one pass for all rules."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import re2

from recognizers.subject import Subject, fold

_SERIAL = itertools.count()
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


class Vocabulary:
    """The words of several rules as one automaton."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({fold(word) for word in words}))
        self._serial = next(_SERIAL)
        self._index = {word: at for at, word in enumerate(self.words)}
        self._set = re2.Set.SearchSet(options(64 << 20))
        for word in self.words:
            self._set.Add(word_pattern(word))
        self._set.Add(r"(?s:.)")  # always there: when it is missing, the automaton ran out of memory
        self._set.Compile()

    def indices(self, words: Iterable[str]) -> frozenset[int]:
        """The places of these words in the vocabulary."""
        return frozenset(self._index[fold(word)] for word in words)

    def present(self, subject: Subject) -> frozenset[int]:
        """Which words the text has; all of them when the automaton could not say."""
        if self._serial not in subject.notes:
            found = frozenset(self._set.Match(subject.plain.data))
            failed = len(self.words) not in found
            subject.notes[self._serial] = frozenset(range(len(self.words))) if failed else found
        return subject.notes[self._serial]


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
