"""UTF-8 that slides over a stream, which JSON values are cut from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.model import Passage

LOOK = 1 << 20
"""A value that ends within this many bytes is parsed whole; a longer one is entered."""
LONGEST = 16 << 20
_FIRST = 1 << 12
_NEAR = 16

# Objects become tuples of pairs, so that double keys are kept; numbers keep their digits as written.
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str)
_SPACE = re.compile(rb"(?:[ \t\r\n\x1e]|\xef\xbb\xbf)*")


class MalformedError(Exception):
    """Not JSON from here on; says nothing of what is there."""


class Window:
    """The bytes in hand, and how far they are taken."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.data = b""
        self.array: NDArray[np.uint8] = np.frombuffer(b"", np.uint8)
        self.pos = 0
        self._blocks = blocks
        self._line = 1

    def more(self) -> bool:
        """Read on, dropping what was taken; false at the end."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._line = self.line_number()
        self.data = self.data[self.pos :] + block
        self.array = np.frombuffer(self.data, np.uint8)
        self.pos = 0
        return True

    def peek(self) -> bytes:
        """The next byte that is not space, or nothing at the end."""
        while True:
            match = _SPACE.match(self.data, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.data) or not self.more():
                return self.data[self.pos : self.pos + 1]

    def value(self, within: int) -> Any:
        """The value here, if it ends within so many bytes."""
        size = _FIRST
        while True:
            text = self.data[self.pos : self.pos + size].decode("utf-8", "ignore")
            value, end = _decode(text)
            # A number at the end of the text may go on.
            if 0 <= end < len(text) or (end > 0 and text[end - 1] in '"}]'):
                self.pos += len(text[:end].encode())
                return value
            if self.pos + size < len(self.data):
                size *= 4
            elif end > 0:
                if not self.more():
                    self.pos += len(text[:end].encode())
                    return value
            elif len(self.data) - self.pos > within or not self._double():
                raise MalformedError

    def _double(self) -> bool:
        wanted = 2 * (len(self.data) - self.pos)
        grew = False
        while len(self.data) - self.pos < wanted and self.more():
            grew = True
        return grew

    def fill(self) -> None:
        """Have at least the look-ahead in hand, if there is so much."""
        while len(self.data) - self.pos < LOOK and self.more():
            pass

    def skip(self, byte: bytes) -> None:
        """Pass over one byte that must be here."""
        if self.peek() != byte:
            raise MalformedError
        self.pos += 1

    def line_number(self) -> int:
        """Line of the current position."""
        return self._line + (self.data.count(b"\n", 0, self.pos) or self.data.count(b"\r", 0, self.pos))

    def rest(self) -> Iterator[bytes]:
        """All that was not taken."""
        yield self.data[self.pos :]
        yield from self._blocks

    def take_line(self) -> Passage:
        """The rest of this line, as text."""
        line = self.line_number()
        while (end := self.data.find(b"\n", self.pos)) < 0 and len(self.data) - self.pos < LONGEST and self.more():
            pass
        start = self.data.rfind(b"\n", 0, self.pos) + 1
        stop = end + 1 if end >= 0 else len(self.data)
        self.pos = stop
        return Passage(self.data[start:stop].decode("utf-8", "replace"), "", line)


def _decode(text: str) -> tuple[Any, int]:
    """The value at the beginning of a text and where it ends; -1 where it may go on beyond the text."""
    try:
        return _DECODER.raw_decode(text)
    except RecursionError:
        raise MalformedError from None
    except json.JSONDecodeError as error:
        # Only what is near the end, or a string, can be a matter of more text.
        if error.pos + _NEAR < len(text) and not error.msg.startswith("Unterminated"):
            raise MalformedError from None
        return None, -1
