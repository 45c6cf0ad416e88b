"""JSON: values under their paths, such as ``clients[].email``, from documents of any size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from scanner.contracts import Source
from scanner.formats.blocks import Gathered, count_lines, decoded, passages
from scanner.model import Content, Passage

_LOOK = 1 << 20
"""A value that ends within this many characters is parsed whole; a longer one is entered."""
_LONGEST = 16 << 20
_DEEPEST = 100
_MAP_KEYS = 64

# Objects become tuples of pairs, so that double keys are kept; numbers keep their digits as written.
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str)
_SPACE = " \t\r\n\ufeff\x1e"


class JsonReader:
    """One JSON document, several in a row, or one a line; what is not JSON is read as text."""

    name: ClassVar[str] = "json"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/json", "application/x-ndjson"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by path; from where it is malformed, the line (JSON lines) or the rest is given as text."""
        window = _Window(decoded(source.stream, source.encoding))
        gathered = Gathered()
        by_line = source.media_type == "application/x-ndjson"
        while window.peek():
            line_at = window.pos
            try:
                yield from _walk(window, "", gathered, 0)
            except _MalformedError:
                window.pos = max(window.pos, line_at) if not by_line else window.pos
                yield from gathered.flush()
                if not by_line:
                    yield from passages(window.rest(), window.line_number())
                    return
                yield window.take_line()
        yield from gathered.flush()


class _MalformedError(Exception):
    """Not JSON from here on; says nothing of what is there."""


class _Window:
    """Text that slides over a stream, which values are cut from."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self.text = ""
        self.pos = 0
        self._blocks = blocks
        self._line = 1

    def more(self) -> bool:
        """Read on, dropping what was taken; false at the end."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._line += count_lines(self.text[: self.pos])
        self.text = self.text[self.pos :] + block
        self.pos = 0
        return True

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        while True:
            text, pos = self.text, self.pos
            while pos < len(text) and text[pos] in _SPACE:
                pos += 1
            self.pos = pos
            if pos < len(text):
                return text[pos]
            if not self.more():
                return ""

    def value(self, within: int) -> Any:
        """The value here, if it ends within so many characters."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.pos)
            except RecursionError:
                raise _MalformedError from None
            except ValueError:
                end = -1
            # A number at the end of the text may go on in the next block.
            if 0 <= end < len(self.text) or (end >= 0 and not self.more_after(end)):
                self.pos = end
                return value
            if end < 0 and (len(self.text) - self.pos > within or not self._double()):
                raise _MalformedError

    def more_after(self, end: int) -> bool:
        """Whether more text came, for a value that touched the end; closed values need none."""
        return self.text[end - 1] not in '"}]' and self.more()

    def _double(self) -> bool:
        wanted = 2 * (len(self.text) - self.pos)
        grew = False
        while len(self.text) - self.pos < wanted and self.more():
            grew = True
        return grew

    def fill(self) -> None:
        """Have at least the look-ahead in hand, if there is so much."""
        while len(self.text) - self.pos < _LOOK and self.more():
            pass

    def skip(self, char: str) -> None:
        """Pass over one character that must be here."""
        if self.peek() != char:
            raise _MalformedError
        self.pos += 1

    def line_number(self) -> int:
        """Line of the current position."""
        return self._line + count_lines(self.text[: self.pos])

    def rest(self) -> Iterator[str]:
        """All text that was not taken."""
        yield self.text[self.pos :]
        yield from self._blocks

    def take_line(self) -> Passage:
        """The rest of this line, as text."""
        line = self.line_number()
        while (end := self.text.find("\n", self.pos)) < 0 and len(self.text) - self.pos < _LONGEST and self.more():
            pass
        start = self.text.rfind("\n", 0, self.pos) + 1
        stop = end + 1 if end >= 0 else len(self.text)
        self.pos = stop
        return Passage(self.text[start:stop], "", line)


def _walk(window: _Window, path: str, gathered: Gathered, depth: int) -> Iterator[Content]:
    """Take the value here: whole when it is short, else its parts one by one."""
    char = window.peek()
    window.fill()
    if char in ("{", "["):
        try:
            value = window.value(_LOOK)
        except _MalformedError:
            if depth > _DEEPEST:
                raise
            yield from (_enter_array if char == "[" else _enter_object)(window, path, gathered, depth + 1)
            return
    else:
        value = window.value(_LONGEST)
    try:
        _spread(value, path, gathered.add)
    except RecursionError:
        raise _MalformedError from None
    if gathered.full:
        yield from gathered.flush()


def _enter_array(window: _Window, path: str, gathered: Gathered, depth: int) -> Iterator[Content]:
    window.skip("[")
    while window.peek() != "]":
        yield from _walk(window, path + "[]", gathered, depth)
        if window.peek() != "]":
            window.skip(",")
    window.skip("]")


def _enter_object(window: _Window, path: str, gathered: Gathered, depth: int) -> Iterator[Content]:
    window.skip("{")
    count = 0
    while window.peek() != "}":
        if window.peek() != '"':
            raise _MalformedError
        key = window.value(_LONGEST)
        count += 1
        window.skip(":")
        yield from _walk(window, _step(path, key, count > _MAP_KEYS, gathered.add), gathered, depth)
        if window.peek() != "}":
            window.skip(",")
    window.skip("}")


def _step(path: str, key: str, many: bool, add: Callable[[str, str], None]) -> str:
    """Path of a member; keys that are data and no names are values of ``path{}``, and share ``path.*``."""
    if many or not key or len(key) > 64 or "@" in key or key[0].isdigit():
        add(path + "{}", key)
        return path + ".*"
    return f"{path}.{key}" if path else key


def _spread(value: Any, path: str, add: Callable[[str, str], None]) -> None:
    if type(value) is str:
        add(path, value)
    elif type(value) is tuple:
        many = len(value) > _MAP_KEYS
        for key, inner in value:
            _spread(inner, _step(path, key, many, add), add)
    elif type(value) is list:
        for inner in value:
            _spread(inner, path + "[]", add)
    elif value is not None:
        add(path, "true" if value else "false")
