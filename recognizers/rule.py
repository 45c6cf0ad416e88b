"""Rules: one YAML file each, from which one object that finds spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from recognizers.pattern import SCORES, Pattern, level_of
from recognizers.schema import PatternFile, RuleErrors, RuleFile, read_files, read_known
from recognizers.subject import Subject, fold
from recognizers.validators import VALIDATORS
from recognizers.vocabulary import Screen, Surroundings, compiled, word_pattern
from scanner.model import Span

__all__ = ["Rule", "RuleErrors", "Subject", "load_rules"]

FOLDERS = ("common", "eu", "fr")


class Screens:
    """What the rules of one set share, so that a text is looked through once for all of them."""

    def __init__(self, files: Iterable[RuleFile]) -> None:
        files = tuple(files)
        self.words = Screen(word_pattern(word) for file in files for word in file.context)
        self.shapes = Screen(one.regex for file in files for one in file.patterns if one.when == "always")

    def spoken(self, subject: Subject) -> frozenset[int]:
        """Which words of context the text has anywhere."""
        return self.words.present(subject, subject.plain)

    def shown(self, subject: Subject) -> frozenset[int]:
        """Which patterns the text matches anywhere."""
        return self.shapes.present(subject, subject.data)


class Rule:
    """Finds the spans of one entity type; satisfies the contract of recognizers."""

    def __init__(self, file: RuleFile, screens: Screens | None = None) -> None:
        self.file = file
        self.name = file.name
        self.entity_type = file.entity_type
        self.entity_types = frozenset({file.entity_type})
        self.patterns = tuple(_compile(pattern, file) for pattern in file.patterns)
        self._screens = screens or Screens([file])
        self._words = frozenset(self._screens.words.index(word_pattern(word)) for word in file.context)
        # The shortest first: where one word begins another, it is the one that is surely inside a window.
        words = sorted(file.context, key=lambda word: len(fold(word)))
        self._words_of_context = "|".join(map(word_pattern, words))
        self._shapes = tuple(
            self._screens.shapes.index(pattern.regex) if pattern.when == "always" else None for pattern in file.patterns
        )

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[RuleFile]]:
        return Rule, (self.file,)

    @property
    def random_pass_rate(self) -> float:
        """What a column's share of valid values is compared with: the loosest pattern that runs without context.

        Patterns above one half (special addresses, service numbers) prove nothing and do not count.
        """
        rates = [one.rate for one in self.patterns if one.when == "always" and one.rate <= 0.5]
        return max(rates, default=min(one.rate for one in self.patterns))

    def find(self, subject: Subject | str, *, in_context: bool = False) -> list[Span]:
        """Spans in characters, in order, none overlapping; ``in_context`` when a column's name is the context."""
        shared = isinstance(subject, Subject) and not in_context
        subject = subject if isinstance(subject, Subject) else Subject(subject)
        near = None
        if self._words and not in_context and self._words & self._screens.spoken(subject):
            near = Surroundings(subject, compiled(self._words_of_context), self.file.context_window)
        shapes = self._screens.shown(subject) if shared else None
        spans: list[Span] = []
        for pattern, shape in zip(self.patterns, self._shapes, strict=True):
            runs = in_context or shape is not None or (pattern.when == "context" and near is not None)
            if runs and (shapes is None or shape is None or shape in shapes):
                spans += self._spans(pattern, subject, near, in_context)
        return _settle(spans) if len(self.patterns) > 1 else spans

    def _spans(self, pattern: Pattern, subject: Subject, near: Surroundings | None, in_context: bool) -> Iterator[Span]:
        given = in_context or pattern.own_context
        for start, end in pattern.candidates(subject):
            context = given or (near is not None and near.around(start, end))
            if context or pattern.when == "always":
                level = level_of(pattern.rate, context)
                first, last = subject.chars(start), subject.chars(end)
                yield Span(self.entity_type, first, last, SCORES[level], self.name, level)


def _settle(spans: list[Span]) -> list[Span]:
    """Of overlapping spans the surest stays, then the longest, then the first."""
    kept: list[Span] = []
    reach = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.level, -one.end)):
        if span.start >= reach:
            kept.append(span)
        elif (span.level, span.end - span.start) > (kept[-1].level, kept[-1].end - kept[-1].start):
            kept[-1] = span
        reach = kept[-1].end
    return kept


def _compile(pattern: PatternFile, file: RuleFile) -> Pattern:
    validator = pattern.validator or file.validator
    not_after = file.not_after if pattern.not_after is None else pattern.not_after
    return Pattern(
        name=pattern.name,
        regex=pattern.regex,
        rate=pattern.random_pass_rate,
        when=pattern.when,
        own_context=pattern.own_context,
        edges=pattern.edges or file.edges,
        check=None if validator in (None, "none") else VALIDATORS[validator],
        checks_match=pattern.checks_match,
        not_after=tuple(not_after),
        allow_list=file.allow_list,
        followed_by=pattern.followed_by,
        pivot=tuple(pattern.pivot),
    )


def builtin_folders() -> tuple[Traversable, ...]:
    """The folders of rules that the package ships."""
    return tuple(resources.files("recognizers") / name for name in FOLDERS)


@cache
def _builtin() -> tuple[Rule, ...]:
    return _build(read_known(builtin_folders()))


def _build(files: list[RuleFile]) -> tuple[Rule, ...]:
    screens = Screens(files)
    return tuple(Rule(file, screens) for file in files)


def load_rules(folders: Iterable[Path | Traversable] | None = None) -> tuple[Rule, ...]:
    """All rules of these folders (the shipped ones if none are given), sorted by name; raises ``RuleErrors``."""
    return _builtin() if folders is None else _build(read_files(folders))
