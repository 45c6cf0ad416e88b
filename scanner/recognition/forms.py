"""Tables that are records about persons by their very form: known columns with known values, as in a standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import re2
import yaml

from scanner.model import Level
from scanner.recognition.columnlevels import SHARE
from scanner.recognition.columnvalues import ColumnFacts
from scanner.taxonomy import taxonomy

_COLUMN_KEYS = frozenset({"column", "values"})
_FILE = "forms.yaml"
_REQUIRED = frozenset({"name", "entity_type", "level", "why", "column"})
_KEYS = _COLUMN_KEYS | {"name", "entity_type", "level", "why", "most", "beside", "persons"}


@dataclass(frozen=True, slots=True)
class Known:
    """Columns of such a name, with one such value (or any); ``most`` asks it of most values."""

    column: Any
    values: Any = None
    most: bool = False

    def fits(self, facts: ColumnFacts) -> bool:
        """Whether a column is one of them."""
        if not facts.values or self.column.fullmatch(facts.name) is None:
            return False
        if self.values is None:
            return True
        fitting = (self.values.fullmatch(value.strip()) is not None for value in facts.sample)
        return sum(fitting) >= SHARE * len(facts.sample) > 0 if self.most else any(fitting)


@dataclass(frozen=True, slots=True)
class Form:
    """What such a table is; ``beside`` are columns that it must have too."""

    name: str
    entity_type: str
    level: Level
    known: Known
    beside: tuple[Known, ...]
    persons: bool


class FormErrors(ValueError):
    """All mistakes of the file of forms, each with the form that it is in."""


@lru_cache(maxsize=1)
def load_forms() -> tuple[Form, ...]:
    """The forms, in the order of their file; raises ``FormErrors``."""
    return forms_in((resources.files("recognizers") / _FILE).read_text("utf-8"))


def forms_in(text: str) -> tuple[Form, ...]:
    """The forms of a file, all of whose mistakes are told at once."""
    try:
        listed = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["forms"]  # noqa: S506 - safe
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise FormErrors(f"{_FILE}: no list of forms ({type(error).__name__})") from None
    problems = [
        f"{_FILE}: {_title(given, at)}: {why}" for at, given in enumerate(listed, 1) for why in _mistakes(given)
    ]
    names = [given["name"] for given in listed if isinstance(given, dict) and "name" in given]
    problems += [f"{_FILE}: {name}: twice" for name in sorted({name for name in names if names.count(name) > 1})]
    if problems:
        raise FormErrors(" ; ".join(problems))
    return tuple(map(_form, listed))


def _title(given: Any, at: int) -> str:
    return str(given["name"]) if isinstance(given, dict) and "name" in given else f"form {at}"


def _mistakes(given: Any) -> Iterator[str]:
    if not isinstance(given, dict):
        yield "no mapping"
        return
    for key in sorted(_REQUIRED - set(given)):
        yield f"{key} is missing"
    for key in sorted(set(given) - _KEYS):
        yield f"unknown key {key}"
    if "level" in given and given["level"] not in Level.__members__:
        yield f"no level {given['level']}"
    if "entity_type" in given and given["entity_type"] not in taxonomy().types:
        yield f"no type {given['entity_type']} in categories.yaml"
    for key in ("most", "persons"):
        if not isinstance(given.get(key, False), bool):
            yield f"{key} is neither true nor false"
    beside = given.get("beside", [])
    if not isinstance(beside, list):
        yield "beside is no list"
        beside = []
    yield from _wrong_patterns(given)
    for one in beside:
        if not isinstance(one, dict) or "column" not in one or set(one) - _COLUMN_KEYS:
            yield "beside: a column, and values if need be"
        else:
            yield from _wrong_patterns(one)


def _wrong_patterns(given: dict[str, Any]) -> Iterator[str]:
    for key in sorted(_COLUMN_KEYS & set(given)):
        try:
            re2.compile(given[key], _quietly())
        except (re2.error, TypeError):
            yield f"{key}: no expression of RE2"


def _quietly() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options


def _form(given: dict[str, Any]) -> Form:
    return Form(
        given["name"],
        given["entity_type"],
        Level[given["level"]],
        _known(given),
        tuple(map(_known, given.get("beside", ()))),
        given.get("persons", False),
    )


def _known(given: dict[str, Any]) -> Known:
    values = re2.compile(given["values"]) if "values" in given else None
    return Known(re2.compile(given["column"]), values, given.get("most", False))


def forms_of(columns: Sequence[ColumnFacts], persons: bool) -> Iterator[tuple[Form, ColumnFacts, Level]]:
    """The forms that a table has, each with its first column that shows it and how sure that is."""
    for form in load_forms():
        shown = next((facts for facts in columns if form.known.fits(facts)), None)
        if shown is not None and all(any(map(one.fits, columns)) for one in form.beside):
            yield form, shown, form.level if persons or not form.persons else Level.INDICE
