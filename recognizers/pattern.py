"""One compiled pattern of a rule, as RE2 runs it: candidates in bytes, neighbours and check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from recognizers.edges import NAMES, inside_word, stands
from recognizers.subject import Subject, fold
from recognizers.vocabulary import compiled
from scanner.model import Level

SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}
LONGEST = 2048
"""Bytes of a match, at most, so that hostile lines cost linear time: beyond, the text counts as ended."""
_BEHIND = 80
"""Characters before a match in which the words may stand that say it is something else, joints included."""


def level_of(rate: float, in_context: bool) -> Level:
    """The level that the random pass rate of the whole check earns, with or without context."""
    if rate <= 0.01:
        return Level.CERTAIN if in_context else Level.PROBABLE
    if rate <= 0.5 and in_context:
        return Level.PROBABLE
    return Level.POSSIBLE


@dataclass(frozen=True)
class Pattern:
    """An expression with its check; ``when`` says whether it runs always, near context or in columns.

    Expressions are compiled when they are first asked: where automata read, few are.
    """

    name: str
    regex: str
    rate: float
    when: str
    own_context: bool
    edges: str
    check: Callable[[str], bool] | None
    checks_match: bool
    not_after: tuple[str, ...]
    allow_list: tuple[str, ...]
    followed_by: str | None
    pivot: tuple[str, ...]

    @cached_property
    def expression(self) -> Any:
        """What RE2 runs."""
        return compiled(self.regex)

    @cached_property
    def _not_after(self) -> Any:
        return compiled(before_words(self.not_after)) if self.not_after else None

    @cached_property
    def _allowed(self) -> Any:
        return compiled("|".join(f"(?:{entry})" for entry in self.allow_list)) if self.allow_list else None

    def candidates(self, subject: Subject) -> Iterator[tuple[int, int]]:
        """Spans in bytes that pass neighbours and check; a refused one does not hide the next inside it."""
        data, at = subject.data, 0
        while (match := self._search(data, at)) is not None:
            first, last = self.span_of(match)
            if (
                first < last
                and not inside_word(subject.array, match.start())
                and self._holds(subject, first, last, match)
            ):
                yield first, last
                at = max(last, match.start() + 1)
            else:
                at = _next_character(data, match.start())

    def _search(self, data: bytes, at: int) -> Any:
        """The next match from ``at`` on, cut where it is too long; None when there is none."""
        while (match := self.expression.search(data, at)) is not None and match.end() - match.start() > LONGEST:
            shorter = self.expression.match(data[: match.start() + LONGEST], match.start())
            if shorter is not None:
                return shorter
            at = _next_character(data, match.start())
        return match

    def span_of(self, match: Any) -> tuple[int, int]:
        """The first group that took part, or the whole match when there are no groups."""
        groups = (match.span(group) for group in range(1, self.expression.groups + 1))
        found: tuple[int, int] = next((span for span in groups if span[0] >= 0), match.span())
        return found

    def _holds(self, subject: Subject, first: int, last: int, match: Any) -> bool:
        if not stands(subject.array, first, last, NAMES.index(self.edges)):
            return False
        if self.followed_by is not None and compiled(self.followed_by).match(subject.data, match.end()) is None:
            return False
        if self._not_after is not None:
            start = subject.chars(first)
            if self._not_after.search(subject.folded[max(0, start - _BEHIND) : start]):
                return False
        return self.passes(subject.data[first:last], match.group())

    def passes(self, value: bytes, match: bytes) -> bool:
        """Whether the value is no published example and passes the validator."""
        text = value.decode("utf-8", "surrogatepass")
        if self._allowed is not None and self._allowed.fullmatch(text):
            return False
        if self.check is None:
            return True
        return self.check(match.decode("utf-8", "surrogatepass") if self.checks_match else text)


def before_words(words: Iterable[str]) -> str:
    """The words that stand right before a match and say that it is something else, as one expression on folded text.

    After a word that ends with ``…`` thirty characters may follow on its line: a company's name before its address.
    """
    parts = [_spaced(word.removesuffix("…")) + r"[^\n]{0,30}" * word.endswith("…") for word in words]
    joints = r"(?:[\s.:=#°№\"'\]()-]|n[°or]|numero|number|est|is){0,6}"
    return rf"(?:^|[^a-z0-9])(?:{'|'.join(parts)})e?s?{joints}$" if parts else ""


def _spaced(words: str) -> str:
    return r"[ _.'-]{0,2}".join(re2.escape(part) for part in fold(words).split())


def _next_character(data: bytes, at: int) -> int:
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at
