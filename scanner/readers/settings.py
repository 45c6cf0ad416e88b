"""Settings: each key is a column, so that a ``DB_PASSWORD`` is judged by its name; comments are text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import re2

from scanner.contracts import Source
from scanner.formats.blocks import decoded, string_array
from scanner.model import Column, Content, Passage

_PAIR = re2.compile(r"\s*(?:export\s+|set\s+)?[\"']?([A-Za-z_][\w.\-\[\]/: ]{0,120}?)[\"']?\s*[=:]\s*(.*)")
_SECTION = re2.compile(r"\s*\[+([^\]\n]{1,200})\]+\s*(?:[#;].*)?")
_QUOTES = ('"""', "'''", '"', "'")
_LONGEST_VALUE = 1 << 16
_COMMENTS = ("#", ";", "//", "!")


class SettingsReader:
    """``.env``, ``.ini``, ``.properties`` and TOML, line by line: all four are keys and values in sections."""

    name: ClassVar[str] = "settings"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-dotenv", "text/x-ini", "application/toml"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """One column per key of a section, passages for all other lines."""
        lines = _Lines(_lines(decoded(source.stream, source.encoding)))
        file = _File()
        for line in lines:
            yield from file.take(line, lines)
        yield from file.end()


def _lines(blocks: Iterator[str]) -> Iterator[str]:
    rest = ""
    for block in blocks:
        text = rest + block
        cut = text.rfind("\n") + 1 or (len(text) if len(text) > 1 << 20 else 0)
        rest = text[cut:]
        yield from text[:cut].splitlines()
    yield from rest.splitlines()


class _Lines:
    """Lines with the number of the last one taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line


class _File:
    """Keys of the section in hand, and the lines that are no settings."""

    def __init__(self) -> None:
        self._section = ""
        self._values: dict[str, tuple[int, list[str | None]]] = {}
        self._other: list[str] = []
        self._other_at = 0
        self._held = 0

    def take(self, line: str, lines: _Lines) -> Iterator[Content]:
        """Sort one line; quoted and continued values take further ones."""
        number = lines.number
        section = _SECTION.fullmatch(line)
        stripped = line.strip()
        if section and "=" not in line:
            yield from self.end()
            self._section = section.group(1)
        elif not stripped or stripped.startswith(_COMMENTS) or not (pair := _PAIR.fullmatch(line)):
            yield from self._aside(line, number)
        else:
            value, beside = _value(pair.group(2).strip(), lines)
            self._values.setdefault(pair.group(1).strip(), (number, []))[1].append(value)
            self._held += len(value)
            if beside:
                yield from self._aside(beside, number)
            if self._held > 1 << 20:
                yield from self.end()

    def _aside(self, line: str, number: int) -> Iterator[Content]:
        if (self._other and number != self._other_at + len(self._other)) or len(self._other) > 5000:
            yield from self._passage()
        if not self._other:
            self._other_at = number
        self._other.append(line)

    def _passage(self) -> Iterator[Content]:
        text = "\n".join(self._other)
        if text.strip():
            yield Passage(text, "", self._other_at)
        self._other = []

    def end(self) -> Iterator[Content]:
        """Give out the section in hand."""
        yield from self._passage()
        for index, (name, (row, values)) in enumerate(self._values.items()):
            yield Column(self._section, name, index, string_array(values), row)
        self._values, self._held = {}, 0


def _value(text: str, lines: _Lines) -> tuple[str, str]:
    """A value without its quotes, and what stands beside it."""
    quote = next((q for q in _QUOTES if text.startswith(q)), "")
    if not quote:
        while text.endswith("\\") and len(text) < _LONGEST_VALUE and (more := next(lines, None)) is not None:
            text = f"{text[:-1].rstrip()}\n{more.strip()}"
        return text, ""
    body = text[len(quote) :]
    while (end := body.find(quote)) < 0 and len(body) < _LONGEST_VALUE and (more := next(lines, None)) is not None:
        body += "\n" + more
    if end < 0:
        return body, ""
    closing = body.find(quote, end)
    return body[:closing], body[closing + len(quote) :].strip()
