"""The rows of one table from a dump that keeps them apart from the statement that loads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.contracts import Unreadable
from scanner.formats.members import BlockStream
from scanner.formats.sqltext.dump import BLOCK, Defined, Dump
from scanner.model import Content, Passed

_STANDARD = b"standard_conforming_strings = on"
_END = b"\n\\.\n"


class Loaded:
    """Reads packed rows; what came before a fault is delivered, and ``fault`` says what it was."""

    def __init__(self, load: str, blocks: Iterable[bytes], encoding: str, known: Defined = ()) -> None:
        self._load = load
        self._blocks = blocks
        self._encoding = encoding
        self._known = known
        self.fault: Unreadable | None = None

    def read(self) -> Iterator[Content]:
        """Columns, and as text whatever is no row."""
        dump = Dump(BlockStream(self._stream()), self._encoding)
        for content in dump.read_section(_STANDARD, self._known):
            if not isinstance(content, Passed):
                yield content

    def _stream(self) -> Iterator[bytes]:
        if self._load:
            yield self._load.strip().encode(self._encoding, "replace") + b"\n"
        yield from self._together()
        yield _END if self._load else b"\n"

    def _together(self) -> Iterator[bytes]:
        """Blocks of a size that is worth reading: each costs every column something."""
        held: list[bytes] = []
        size = 0
        try:
            for block in self._blocks:
                held.append(block)
                size += len(block)
                if size >= BLOCK:
                    yield b"".join(held)
                    held, size = [], 0
        except Unreadable as fault:
            self.fault = fault
        if size:
            yield b"".join(held)
