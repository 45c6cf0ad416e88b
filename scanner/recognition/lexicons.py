"""The lexicons of the special categories: one linear-time pattern for all of them, behind a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import yaml

from recognizers.folding import listed
from recognizers.gates_terms import TermGate, gate_values
from recognizers.kept import code, kept
from recognizers.terms import compile_longest, term_pattern

_FOLDER = "special"
_CONTEXT = "context.yaml"
_REQUIRED = listed("name entity_type regime why source structured strong weak false_friends columns matches rejects")
_OPTIONAL = frozenset({"records", "setting", "frames", "objects", "appositives", "ambiguous_columns"})
_STEM = 6
_CACHED = 8192
_APART = 1500
"""Bytes beyond which terms have nothing to do with each other, generously: units end after 600."""
_WORTH_A_GATE = 6_000_000
"""Bytes that are read sooner than a gate is built."""


class Strength(IntEnum):
    """How much a hit of a lexicon says of a person."""

    SETTING = 0
    """Where such things happen, and who deals with them: backs another signal up, says nothing alone."""
    WEAK = 1
    STRONG = 2
    STRUCTURED = 3
    RECORD = 4
    """Structured, and a record about one person by its very form."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One regime's vocabulary, as its YAML file gives it."""

    name: str
    entity_type: str
    regime: str
    terms: Mapping[Strength, tuple[str, ...]]
    frames: tuple[str, ...]
    """Patterns of words (``sa``, ``managing``) that turn one of the ``objects`` after them into a strong term."""
    objects: tuple[str, ...]
    appositives: tuple[str, ...]
    """Words that describe a person when they stand alone between signs: ``Jean Dupont, diabétique,``."""
    false_friends: tuple[str, ...]
    columns: tuple[str, ...]
    ambiguous_columns: tuple[str, ...]
    matches: tuple[Mapping[str, str], ...]
    rejects: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of a lexicon in folded text; hits with the same ``stem`` are one signal."""

    start: int
    end: int
    lexicon: Lexicon
    strength: Strength
    stem: bytes


@lru_cache(maxsize=1)
def load_lexicons() -> tuple[Lexicon, ...]:
    """All the regimes, in the order of their file names; a mistake in a file stops here, with its name."""
    folder = resources.files("recognizers") / _FOLDER
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(_read(file.name, _data(file.read_text("utf-8"))) for file in files if file.name != _CONTEXT)


@lru_cache(maxsize=1)
def special_types() -> frozenset[str]:
    """The types of the special categories."""
    return frozenset(lexicon.entity_type for lexicon in load_lexicons())


def _data(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe


def _read(file: str, data: dict[str, Any]) -> Lexicon:
    unknown = sorted(set(data) - _REQUIRED - _OPTIONAL)
    missing = sorted(_REQUIRED - set(data))
    if unknown or missing or f"{data['name']}.yaml" != file:
        raise ValueError(f"{file}: unknown keys {unknown}, missing keys {missing}, name must be the file's")
    return Lexicon(
        data["name"],
        data["entity_type"],
        data["regime"],
        {
            Strength.SETTING: tuple(data.get("setting", ())),
            Strength.WEAK: tuple(data["weak"]),
            Strength.STRONG: tuple(data["strong"]),
            Strength.STRUCTURED: tuple(data["structured"]),
            Strength.RECORD: tuple(data.get("records", ())),
        },
        tuple(data.get("frames", ())),
        tuple(data.get("objects", ())),
        tuple(data.get("appositives", ())),
        tuple(data["false_friends"]),
        tuple(data["columns"]),
        tuple(data.get("ambiguous_columns", ())),
        tuple(data["matches"]),
        tuple(data["rejects"]),
    )


Windows = list[tuple[int, int]]
"""Stretches of a text, in order and apart."""


class Matcher:
    """Finds every term of every lexicon; where terms overlap, the first and longest counts."""

    def __init__(self) -> None:
        self._lexicons = load_lexicons()
        self._known: dict[bytes, tuple[tuple[Lexicon, Strength], ...]] = {}
        self._read = 0

    def find(self, data: bytes) -> list[Hit]:
        """The hits in folded text, in order; patterns read only what a quick pass lets through.

        Settings with no topic near are left out: they say nothing.
        """
        self._read += len(data)
        if self._read < _WORTH_A_GATE:
            return self.find_in(data, [(0, len(data))])
        return self.find_in(data, self.gate.windows(data, _APART))

    def find_in(self, data: bytes, windows: Windows) -> list[Hit]:
        """The hits in these stretches of folded text."""
        hits = []
        for start, end in windows:
            low = max(0, start - 1)
            near = data[low : end + 1].lower()  # one byte more on either side, for what stands beside a word
            for match in self._all.finditer(near, start - low, end - low):
                first, last = match.span()
                found = near[first:last]  # group() costs more than the match
                for lexicon, strength in self._classify(found):
                    hits.append(Hit(low + first, low + last, lexicon, strength, found[:_STEM]))
        return hits

    @cached_property
    def gate(self) -> TermGate:
        """Where the terms may be, and the false friends that would swallow them."""
        quiet, telling = self._patterns
        sources = ("\n".join(quiet).encode(), "\n".join(telling).encode(), *code("recognizers"))
        return TermGate(kept("term-gate", sources, lambda: gate_values(telling, quiet)))

    @property
    def patterns(self) -> list[str]:
        """Of all terms and false friends, each once."""
        return [pattern for each in self._patterns for pattern in each]

    @cached_property
    def _patterns(self) -> tuple[list[str], list[str]]:
        """Those that say nothing by themselves (false friends and settings), and the terms that do."""
        quiet: dict[str, None] = {}
        telling: dict[str, None] = {}
        for lexicon in self._lexicons:
            quiet |= dict.fromkeys(term_pattern(term) for term in lexicon.false_friends)
            for strength in Strength:
                found = telling if strength > Strength.SETTING else quiet
                found |= dict.fromkeys(_patterns(lexicon, strength))
        return [pattern for pattern in quiet if pattern not in telling], list(telling)

    @cached_property
    def _all(self) -> Any:
        return compile_longest("|".join(self.patterns))

    @cached_property
    def _friends(self) -> Any:
        return self._whole([term_pattern(term) for lexicon in self._lexicons for term in lexicon.false_friends])

    @cached_property
    def _classes(self) -> list[tuple[Lexicon, Strength, Any]]:
        return [
            (lexicon, strength, self._whole(_patterns(lexicon, strength)))
            for lexicon in self._lexicons
            for strength in Strength
            if lexicon.terms[strength]
        ]

    def _classify(self, found: bytes) -> tuple[tuple[Lexicon, Strength], ...]:
        known = self._known.get(found)
        if known is None:
            known = self._look_up(found)
            if len(self._known) < _CACHED:
                self._known[found] = known
        return known

    def _look_up(self, found: bytes) -> tuple[tuple[Lexicon, Strength], ...]:
        if self._friends.fullmatch(found):
            return ()
        best: dict[str, tuple[Lexicon, Strength]] = {}
        for lexicon, strength, pattern in self._classes:
            if pattern.fullmatch(found):
                best[lexicon.name] = (lexicon, strength)
        return tuple(best.values())

    @staticmethod
    def _whole(patterns: list[str]) -> Any:
        return compile_longest("|".join(patterns))


def _patterns(lexicon: Lexicon, strength: Strength) -> list[str]:
    terms = lexicon.terms[strength]
    if strength >= Strength.STRUCTURED:
        return list(terms)
    patterns = [term_pattern(term) for term in terms]
    if strength == Strength.STRONG and lexicon.frames:
        patterns.append(_framed(lexicon))
    if strength == Strength.STRONG and lexicon.appositives:
        patterns.append(_apposed(lexicon))
    return patterns


def _framed(lexicon: Lexicon) -> str:
    objects = "|".join(term_pattern(term) for term in lexicon.objects)
    return rf"\b(?:{'|'.join(lexicon.frames)})\s(?:[a-z0-9'-]{{1,20}}\s){{0,3}}(?:{objects})"


def _apposed(lexicon: Lexicon) -> str:
    words = "|".join(term_pattern(term) for term in lexicon.appositives)
    return rf"(?:[(,:;/]\s?|\s-\s)(?:{words})(?:\s?[),;:./\n]|\s-|\z)"


@lru_cache(maxsize=1)
def load_matcher() -> Matcher:
    """The matcher of this process."""
    return Matcher()


@lru_cache(maxsize=1)
def load_context() -> tuple[Any, Any]:
    """The patterns of subjects (who is spoken of) and of the marks of texts about a topic."""
    subjects, about = ("|".join(term_pattern(term) for term in context_words(key)) for key in ("subjects", "about"))
    return compile_longest(subjects), compile_longest(about)


@lru_cache(maxsize=1)
def kinds() -> Any:
    """The pattern of headings of texts about a subject: near the start of a line."""
    words = "|".join(term_pattern(term) for term in context_words("kinds"))
    return compile_longest(rf"(?:^|\n)[^\n]{{0,30}}(?:{words})")


def context_words(key: str) -> tuple[str, ...]:
    """The words of this kind around terms."""
    return tuple(_context()[key])


def own_words(lexicon: str) -> tuple[str, ...]:
    """Words of texts about subjects that are a lexicon's own."""
    return tuple(_context()["own"].get(lexicon, ()))


@lru_cache(maxsize=1)
def _context() -> Any:
    return _data((resources.files("recognizers") / _FOLDER / _CONTEXT).read_text("utf-8"))
