"""Text in blocks: decoded as it streams, cut into passages, gathered into columns; what readers of text share."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa

from scanner.model import Column, Content, Passage

BLOCK = 1 << 20
"""Bytes read at a time, and about the length of a passage."""

BATCH_CHARS = 8 << 20
BATCH_VALUES = 1 << 16
_LONG = 4096
_MOST_PATHS = 20_000
_SEPARATORS = (" ", "\t", ",", ";", "|", ">", "}")


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 in a UTF-8 file are mostly lines of an older program, written in cp1252."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
    raise error


codecs.register_error("recense.western", _western)


def decoded(stream: BinaryIO, encoding: str, size: int = BLOCK) -> Iterator[str]:
    """The text of a stream, block by block; what cannot be decoded is replaced, never raised."""
    encoding = encoding or "utf-8"
    errors = "recense.western" if encoding.replace("_", "-").startswith("utf-8") else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    first = True
    while chunk := stream.read(size):
        text = decoder.decode(chunk)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        if text:
            yield text
    rest = decoder.decode(b"", final=True)
    if rest:
        yield rest


def passages(blocks: Iterable[str], line: int = 1, place: str = "") -> Iterator[Passage]:
    """Blocks as passages that end where a line ends, or where they must."""
    for text in stretches(blocks):
        yield Passage(text, place, line)
        line += count_lines(text)


def stretches(blocks: Iterable[str], longest: int = BLOCK) -> Iterator[str]:
    """Blocks cut again where lines end; a line longer than ``longest`` is cut where it must be."""
    rest = ""
    for block in blocks:
        # The text in hand waits for the next block, so that a last line without an end stays with the others.
        cut = _cut(rest, longest)
        if cut:
            yield rest[:cut]
        rest = rest[cut:] + block
    while rest:
        cut = (_cut(rest, longest) if len(rest) > 2 * longest else 0) or len(rest)
        yield rest[:cut]
        rest = rest[cut:]


def count_lines(text: str) -> int:
    """Line ends of a text, whichever of the three kinds it uses."""
    return text.count("\n") or text.count("\r")


def _cut(text: str, longest: int) -> int:
    end = text.rfind("\n") + 1 or (0 if text.endswith("\r") else text.rfind("\r") + 1)
    if end or len(text) < longest:
        return end
    tail = len(text) - (1 << 16)
    return max(text.rfind(mark, tail) + 1 for mark in _SEPARATORS) or len(text)


def string_array(values: list[str | None]) -> pa.Array:
    """Values as an Arrow array; lone surrogates, which no encoding has, become question marks."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowException):
        return pa.array([v if v is None else v.encode("utf-8", "replace").decode() for v in values], pa.string())


class Gathered:
    """Values that come one by one under their paths, given out as columns when enough have come together.

    Long values with spaces are prose: they come out as passages.
    """

    def __init__(self, table: str = "") -> None:
        self.table = table
        self._values: dict[str, list[str | None]] = {}
        self._known: dict[str, list[int]] = {}
        self._prose: list[Passage] = []
        self._chars = 0
        self._count = 0

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return self._chars > BATCH_CHARS or self._count > BATCH_VALUES

    def add(self, path: str, value: str, line: int = 0) -> None:
        """Take one value."""
        self._chars += len(value)
        self._count += 1
        if len(value) > _LONG and " " in value:
            self._prose.append(Passage(value, path, line))
            return
        values = self._values.get(path)
        if values is None:
            values = self._values[path] = []
            self._chars += len(path)
        values.append(value)

    def flush(self) -> Iterator[Content]:
        """Give out what has come, path by path, in the order of their first sight."""
        for path, values in self._values.items():
            # Data used as keys could make paths without end: past a bound they share one nameless column.
            known_path = path if path in self._known or len(self._known) < _MOST_PATHS else ""
            known = self._known.setdefault(known_path, [len(self._known), 1])
            yield Column(self.table, known_path, known[0], string_array(values), known[1])
            known[1] += len(values)
        yield from self._prose
        self._values, self._prose, self._chars, self._count = {}, [], 0, 0
