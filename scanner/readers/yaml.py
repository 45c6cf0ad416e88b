"""YAML: scalars under their paths, read as events, so that no tag builds an object and no alias is expanded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import re2

from scanner.contracts import Source
from scanner.formats.blocks import Gathered, decoded, passages
from scanner.model import Content, Passage

_LARGEST = 8 << 20
"""Longer files are read as text: the parser takes several times their size."""
_DEEPEST = 200
_COMMENT = re2.compile(r"(?m)(?:^|[ \t])#[^\n]*")


class YamlReader:
    """Configuration, playbooks, exports; what the parser refuses (templates, say) is read as text."""

    name: ClassVar[str] = "yaml"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/yaml"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by path, and the comments as text."""
        blocks = decoded(source.stream, source.encoding)
        text = ""
        for block in blocks:
            text += block
            if len(text) > _LARGEST:
                break
        gathered = None if len(text) > _LARGEST else _parse(text)
        if gathered is None:
            yield from passages(_chain(text, blocks))
            return
        yield from gathered.flush()
        comments = "\n".join(match.strip() for match in _COMMENT.findall(text))
        if comments:
            yield Passage(comments, "comments", 0)


def _chain(text: str, blocks: Iterator[str]) -> Iterator[str]:
    yield text
    yield from blocks


class _Frame:
    """One open mapping or sequence; a mapping takes keys and values in turn."""

    __slots__ = ("is_map", "key", "path")

    def __init__(self, path: str, is_map: bool) -> None:
        self.path = path
        self.is_map = is_map
        self.key: str | None = None

    def place(self) -> str:
        """Path of the next value here."""
        if not self.is_map:
            return self.path + "[]"
        key, self.key = self.key or "", None
        return f"{self.path}.{key}" if self.path else key


def _parse(text: str) -> Gathered | None:
    """All scalars by path, or nothing when this is not YAML after all."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    gathered = Gathered()
    try:
        _follow(yaml.parse(text, Loader=loader), gathered)
    except (yaml.YAMLError, _TooDeepError, ValueError):
        return None
    return gathered


class _TooDeepError(Exception):
    """More nesting than any person writes."""


def _follow(events: Iterator[Any], gathered: Gathered) -> None:
    stack: list[_Frame] = []
    for event in events:
        kind = type(event).__name__
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(stack) > _DEEPEST:
                raise _TooDeepError
            path = stack[-1].place() if stack else ""
            stack.append(_Frame(path, kind == "MappingStartEvent"))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            stack.pop()
        elif kind == "ScalarEvent":
            _scalar(stack, event.value, event.start_mark.line + 1, gathered)
        elif kind == "AliasEvent" and stack:
            if stack[-1].is_map and stack[-1].key is None:
                stack[-1].key = "*"
            else:
                stack[-1].place()


def _scalar(stack: list[_Frame], value: str, line: int, gathered: Gathered) -> None:
    top = stack[-1] if stack else _Frame("", False)
    if top.is_map and top.key is None:
        top.key = value
        if len(value) > 64 or "@" in value or value[:1].isdigit():
            gathered.add(top.path + "{}", value, line)
            top.key = "*"
    else:
        path = top.place()
        if value:
            gathered.add(path, value, line)
