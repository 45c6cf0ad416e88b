"""Labelled corpora: one JSON record a line, of a text with its spans, of a table, or of a name of a column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import click

from recognizers.splits import is_test

T = TypeVar("T")
PARTS = ("test", "dev", "all")


@dataclass(frozen=True, slots=True)
class Labelled:
    """``text[start:end]`` has this label in its set."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Text:
    """One record of a labelled text; ``lang`` is ``fr`` or ``en``."""

    id: str
    lang: str
    text: str
    spans: tuple[Labelled, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledColumn:
    """A column with its name (empty: none), its label and its values."""

    name: str
    label: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One record of labelled columns."""

    id: str
    columns: tuple[LabelledColumn, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The name of a column, alone, with its label."""

    id: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records of a set are measured: a part of it, and at most so many (0: all), drawn by their identifiers."""

    part: str = "all"
    sample: int = 0

    def of(self, records: list[T], identity: Callable[[T], str], share: float) -> list[T]:
        """The chosen records, in the order of the file."""
        if self.part != "all":
            records = [one for one in records if is_test(identity(one), share) == (self.part == "test")]
        if not self.sample or len(records) <= self.sample:
            return records
        drawn = sorted(records, key=lambda one: _digest(identity(one)))[: self.sample]
        kept = {identity(one) for one in drawn}
        return [one for one in records if identity(one) in kept]


def texts(path: Path) -> list[Text]:
    """All texts of a file; what is no such record stops with its line, never with its content."""
    return list(_read(path, _text, '{"id", "lang", "text", "spans"}'))


def tables(path: Path) -> list[Table]:
    """All tables of a file."""
    return list(_read(path, _table, '{"id", "columns": [{"name", "label", "values"}]}'))


def headers(path: Path) -> list[Header]:
    """All names of columns of a file."""
    return list(_read(path, _header, '{"lang", "column_name", "label"}'))


def holds_headers(path: Path) -> bool:
    """Whether the file lists names of columns and no values."""
    with path.open(encoding="utf-8") as file:
        return '"column_name"' in file.readline()


def _read(path: Path, make: Callable[[dict[str, Any]], T], expected: str) -> Iterator[T]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{path}: cannot be read as UTF-8") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                made = make(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise click.ClickException(f"{path.name}, line {number}: expected {expected}") from None
            yield made


def _text(data: dict[str, Any]) -> Text:
    text = str(data["text"])
    spans = []
    for one in data.get("spans", ()):
        start, end = int(one["start"]), int(one["end"])
        if not 0 <= start < end <= len(text):
            raise ValueError
        spans.append(Labelled(start, end, str(one["label"])))
    labels = tuple(map(str, data.get("doc_labels", ())))
    return Text(str(data["id"]), "en" if data.get("lang") == "en" else "fr", text, tuple(spans), labels)


def _table(data: dict[str, Any]) -> Table:
    columns = [
        LabelledColumn(str(one.get("name") or ""), str(one["label"]), tuple(map(_cell, one["values"])))
        for one in data["columns"]
    ]
    return Table(str(data["id"]), tuple(columns))


def _cell(value: Any) -> str | None:
    return None if value is None else str(value)


def _header(data: dict[str, Any]) -> Header:
    name = str(data["column_name"])
    return Header(str(data.get("id", f"{data.get('lang', '')}:{name}")), name, str(data["label"]))


def _digest(identity: str) -> bytes:
    return blake2b(identity.encode(), digest_size=8, key=b"sample").digest()
