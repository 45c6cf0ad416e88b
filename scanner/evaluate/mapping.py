"""What the labels of a corpus mean here: ``recognizers/corpora.yaml``, or a file of the user's with the same keys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import re2
import yaml
from pydantic import Field, ValidationError

from scanner.taxonomy import Record

OTHER = "OTHER"
"""None of the classes: what is found there is wrong."""
NEUTRAL = "NEUTRAL"
"""Cannot be judged either way: what is found there does not count."""
SHARE = 0.5


class Class(Record):
    """What is measured as one: the types of each tool, and the classes that it holds in itself."""

    types: tuple[str, ...] = ()
    presidio: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Labels(Record):
    """One set: its labels, which records are test, what of it cannot be measured."""

    what: str = ""
    licence: str = ""
    defects: str = ""
    test_share: float = Field(default=SHARE, ge=0, le=1)
    labels: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    partial: tuple[str, ...] = ()
    neutral_text: str = ""
    neutral_before: str = ""
    except_neutral: tuple[str, ...] = ()
    documents: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, str] = Field(default_factory=dict)
    headers: dict[str, str] = Field(default_factory=dict)

    def meaning(self, label: str, text: str, start: int, end: int) -> str:
        """The class of a labelled span, OTHER or NEUTRAL."""
        if self._is_neutral(label, text, start, end):
            return NEUTRAL
        known = self.labels.get(label, OTHER)
        if isinstance(known, str):
            return known
        value = text[start:end]
        return next((name for pattern, name in known.items() if _holds(pattern, value)), OTHER)

    def _is_neutral(self, label: str, text: str, start: int, end: int) -> bool:
        if label in self.except_neutral:
            return False
        before = text[max(0, start - 20) : start]
        return bool(
            (self.neutral_text and _holds(self.neutral_text, text[start:end]))
            or (self.neutral_before and _holds(self.neutral_before, before))
        )

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes that spans of this set are labelled with, in the order of its labels."""
        named: dict[str, None] = {}
        for known in self.labels.values():
            named |= dict.fromkeys([known] if isinstance(known, str) else known.values())
        return tuple(name for name in named if name not in (OTHER, NEUTRAL))


class Mapping(Record):
    """All classes and sets."""

    classes: dict[str, Class]
    sets: dict[str, Labels] = Field(default_factory=dict)

    def named(self, name: str, used: Iterable[str] = ()) -> Labels:
        """The labels of a set; of one that is not listed, the ``used`` labels that name a class or a type mean it."""
        if name in self.sets:
            return self.sets[name]
        known = {**self.class_of("types"), **self.class_of("presidio"), **{one: one for one in self.classes}}
        plain = {label: known[label.upper()] for label in used if label.upper() in known}
        return Labels(labels={**plain}, columns=plain, headers=plain)

    def class_of(self, tool: str) -> dict[str, str]:
        """Class of each type of a tool: ``types`` (ours) or ``presidio``."""
        return {one: name for name, known in self.classes.items() for one in getattr(known, tool)}

    @cached_property
    def wholes(self) -> dict[str, tuple[str, ...]]:
        """The parts of each class that has some."""
        return {name: known.parts for name, known in self.classes.items() if known.parts}

    def problems(self) -> list[str]:
        """What contradicts itself: classes that do not exist, types in two classes."""
        found = []
        for tool in ("types", "presidio"):
            types = [one for known in self.classes.values() for one in getattr(known, tool)]
            found += [f"{one} belongs to several classes" for one in sorted({t for t in types if types.count(t) > 1})]
        valid = {*self.classes, OTHER, NEUTRAL}
        for name, one in self.sets.items():
            named = {*one.classes, *one.partial, *one.documents.values(), *one.columns.values(), *one.headers.values()}
            found += [f"sets.{name}: no class {unknown}" for unknown in sorted(named - valid)]
        return found


def load_mapping(path: Path | None = None) -> Mapping:
    """The shipped mapping, or a file's; raises ``click.ClickException`` with all that is wrong with it."""
    if path is None:
        return _shipped()
    try:
        return _checked(path.read_bytes(), path.name)
    except OSError:
        raise click.ClickException(f"{path}: cannot be read") from None


@lru_cache(maxsize=1)
def _shipped() -> Mapping:
    return _checked(files("recognizers").joinpath("corpora.yaml").read_bytes(), "corpora.yaml")


def _checked(raw: bytes, source: str) -> Mapping:
    try:
        mapping = Mapping.model_validate(yaml.safe_load(raw))
    except yaml.YAMLError:
        raise click.ClickException(f"{source}: not YAML") from None
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)]
        raise click.ClickException(f"{source}: {'; '.join(wrong)}") from None
    if problems := mapping.problems():
        raise click.ClickException(f"{source}: {'; '.join(problems)}")
    return mapping


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False  # its log would quote what it was given
    return re2.compile(pattern, options)


def _holds(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None
