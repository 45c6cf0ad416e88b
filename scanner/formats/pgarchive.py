"""Archives of pg_dump (custom, directory, tar): their table of contents and their blocks, up to PostgreSQL 17."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from scanner.contracts import Unreadable
from scanner.formats.members import taken
from scanner.model import Kind

MAGIC = b"PGDMP"
CUSTOM = 1
DATA, BLOBS = 1, 3
NONE, GZIP, LZ4, ZSTD = range(4)
_LONGEST_TEXT = 64 << 20
_MOST_ENTRIES = 1_000_000
_NEWEST = (1, 16)
_ENCODINGS = {
    "latin1": "latin-1",
    "latin9": "iso8859-15",
    "win1252": "cp1252",
    "win1250": "cp1250",
    "win1251": "cp1251",
}


class Bytes(Protocol):
    """A stream as what is here needs it."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, fewer only at the end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the archive: its definition, and for data the statement that loads it."""

    number: int
    kind: str
    name: str
    definition: str
    load: str
    file: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the table of contents says."""

    format: int
    packing: int
    server: str
    encoding: str
    entries: tuple[Entry, ...]

    @property
    def definitions(self) -> bytes:
        """Every statement that makes something, in the order in which it would be restored."""
        return "\n".join(entry.definition for entry in self.entries if entry.definition.strip()).encode()

    def entry(self, number: int) -> Entry | None:
        """The entry of that number."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def of_file(self, file: str) -> Entry | None:
        """The entry whose data is in that file of the same folder."""
        return next((entry for entry in self.entries if entry.file == file and entry.kind == "TABLE DATA"), None)


class Archive:
    """Reads an archive from its beginning on; ``at`` is how far it came, also when it stops."""

    def __init__(self, stream: Bytes) -> None:
        self._stream = stream
        self.at = 0
        self._width = 4
        self._offset = 8
        self._version = (1, 0)

    def take(self, size: int) -> bytes:
        """Exactly so many bytes."""
        data = taken(self._stream, size)
        self.at += len(data)
        if len(data) < size:
            raise Unreadable(Kind.CORRUPT, f"the dump ends at byte {self.at}", self.at)
        return data

    def number(self) -> int:
        """The next integer: a sign, then its bytes."""
        data = self.take(1 + self._width)
        value = int.from_bytes(data[1:], "little")
        return -value if data[0] else value

    def text(self) -> str:
        """The next text, empty where there is none."""
        size = self.number()
        if size > _LONGEST_TEXT:
            raise self._damaged()
        return self.take(size).decode("utf-8", "replace") if size > 0 else ""

    def _texts(self) -> None:
        """Texts up to one that is none."""
        while (size := self.number()) >= 0:
            if size > _LONGEST_TEXT:
                raise self._damaged()
            self.take(size)

    def _damaged(self) -> Unreadable:
        return Unreadable(Kind.CORRUPT, f"damaged at byte {self.at}", self.at)

    def contents(self) -> Contents:
        """The head and the table of contents."""
        head = self.take(11)
        self._version, self._width, self._offset, kind = (head[5], head[6]), head[8], head[9], head[10]
        if head[:5] != MAGIC or not 1 <= self._width <= 8 or not 1 <= self._offset <= 8:
            raise self._damaged()
        if not (1, 12) <= self._version <= _NEWEST:
            raise Unreadable(Kind.UNSUPPORTED, f"archive version {head[5]}.{head[6]}: read it with pg_restore -f", 0)
        packing = self._packing()
        for _ in range(7):
            self.number()
        self.text()
        server = self.text()
        self.text()
        count = self.number()
        if not 0 <= count <= _MOST_ENTRIES:
            raise self._damaged()
        entries = tuple(self._entry(kind) for _ in range(count))
        return Contents(kind, packing, server, _encoding(entries), entries)

    def _packing(self) -> int:
        if self._version >= (1, 15):
            return self.take(1)[0]
        return GZIP if self.number() else NONE

    def _entry(self, kind: int) -> Entry:
        number = self.number()
        self.number()
        self.text()
        self.text()
        name, what = self.text(), self.text()
        self.number()
        definition = self.text()
        self.text()
        load = self.text()
        for _ in range(2 + (self._version >= (1, 14))):
            self.text()
        if self._version >= (1, 16):
            self.number()
        self.text()
        self.text()
        self._texts()
        if kind != CUSTOM:
            return Entry(number, what, name, definition, load, self.text())
        self.take(1 + self._offset)
        return Entry(number, what, name, definition, load, "")

    def block(self) -> tuple[int, int] | None:
        """Kind and number of the block that comes next; None at the end."""
        kind = self._stream.read(1)
        if not kind:
            return None
        self.at += 1
        if kind[0] not in (DATA, BLOBS):
            raise self._damaged()
        return kind[0], self.number()

    def pieces(self) -> Iterator[bytes]:
        """Pieces of one packed value, up to the empty one that ends it."""
        while size := self.number():
            if not 0 < size <= _LONGEST_TEXT:
                raise self._damaged()
            yield self.take(size)


def _encoding(entries: tuple[Entry, ...]) -> str:
    """The encoding of the data, as Python calls it."""
    said = next((entry.definition for entry in entries if entry.kind == "ENCODING"), "")
    name = said.partition("'")[2].partition("'")[0].lower().replace("_", "").replace("-", "")
    return _ENCODINGS.get(name, name if name.startswith(("iso8859", "euc", "koi8", "sjis")) else "utf-8")
