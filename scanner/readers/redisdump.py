"""Dumps of Redis (RDB, versions 1 to 12): keys and values as columns, by the pattern of the key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.formats.members import taken
from scanner.formats.redisvalues import LONGEST, Damaged, intset, listpack, lzf, ziplist
from scanner.model import Content, Kind

_VARYING = re.compile(r"(?<![A-Za-z])(?:\d+|[0-9a-fA-F-]{16,})(?![A-Za-z])|[^\s:@/|]+@[^\s:@/|]+")
_LISTS, _PAIRS = "", "."
# Kind of value -> whether its elements come in pairs, and what unpacks them when they are packed in one string.
_PACKED: dict[int, tuple[str, Callable[[bytes], Iterator[bytes]]]] = {
    10: (_LISTS, ziplist), 11: (_LISTS, intset), 12: (_PAIRS, ziplist), 13: (_PAIRS, ziplist),
    16: (_PAIRS, listpack), 17: (_PAIRS, listpack), 20: (_LISTS, listpack),
}  # fmt: skip
_SCORED = frozenset({3, 5, 12, 17})


class RedisReader:
    """Streams a dump; a key like ``panier:4411`` gives its values to the column ``panier:*``."""

    name: ClassVar[str] = "redis"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-redis-dump"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Keys and values, database by database."""
        dump = _Dump(source.stream)
        fault = None
        try:
            for gathered in dump.entries():
                if gathered.full:
                    yield from gathered.flush()
        except (Damaged, IndexError):
            fault = Unreadable(Kind.CORRUPT, f"damaged before byte {dump.at}", dump.at)
        except Unreadable as stop:
            fault = stop
        for gathered in dump.databases.values():
            yield from gathered.flush()
        if fault is not None:
            raise fault


class _Dump:
    """The bytes of a dump as they come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.at = 0
        self.databases: dict[int, Gathered] = {}

    def _take(self, size: int) -> bytes:
        data = taken(self._stream, size) if size <= LONGEST else b""
        self.at += len(data)
        if len(data) < size:
            raise Unreadable(Kind.CORRUPT, f"the dump ends at byte {self.at}", self.at)
        return data

    def _length(self) -> tuple[int, bool]:
        """A length, or (True) the number of a special encoding."""
        byte = self._take(1)[0]
        if byte >> 6 == 0:
            return byte & 0x3F, False
        if byte >> 6 == 1:
            return (byte & 0x3F) << 8 | self._take(1)[0], False
        if byte >> 6 == 3:
            return byte & 0x3F, True
        return int.from_bytes(self._take(8 if byte & 1 else 4), "big"), False

    def _string(self) -> bytes:
        size, special = self._length()
        if not special:
            return self._take(size)
        if size < 3:
            return b"%d" % int.from_bytes(self._take(1 << size), "little", signed=True)
        if size > 3:
            raise Damaged
        packed, plain = self._length()[0], self._length()[0]
        if plain > LONGEST:
            raise Damaged
        return lzf(self._take(packed), plain)

    def entries(self) -> Iterator[Gathered]:
        """Reads on; gives what was added to, once per key."""
        self._take(9)
        gathered = self.databases.setdefault(0, Gathered("db0"))
        while (code := self._take(1)[0]) != 0xFF:
            if code == 0xFE:
                number = self._length()[0]
                gathered = self.databases.setdefault(number, Gathered(f"db{number}"))
            elif not self._skipped(code):
                self._entry(code, gathered)
                yield gathered

    def _skipped(self, code: int) -> bool:
        """Whether this was no key, but something about the dump or the next key."""
        if code == 0xFA:
            self._string()
            self._string()
        elif code == 0xFB:
            self._length()
            self._length()
        elif code in (0xFC, 0xFD):
            self._take(8 if code == 0xFC else 4)
        elif code == 0xF8:
            self._length()
        elif code == 0xF9:
            self._take(1)
        elif code == 0xF5:
            self._string()
        else:
            if code > 0xF0:
                raise Unreadable(Kind.UNSUPPORTED, f"part {code} of the dump at byte {self.at}", self.at)
            return False
        return True

    def _entry(self, kind: int, gathered: Gathered) -> None:
        key = self._string().decode("utf-8", "replace")
        pattern = _VARYING.sub("*", key)
        gathered.add("(key)", key)
        pairs, elements = self._elements(kind)
        if not pairs:
            for value in elements:
                gathered.add(pattern, value.decode("utf-8", "replace"))
            return
        for name in elements:
            value = next(elements, b"")
            if kind in _SCORED:
                gathered.add(pattern, name.decode("utf-8", "replace"))
            else:
                gathered.add(f"{pattern}.{name.decode('utf-8', 'replace')}", value.decode("utf-8", "replace"))

    def _elements(self, kind: int) -> tuple[str, Iterator[bytes]]:
        if kind in _PACKED:
            pairs, unpack = _PACKED[kind]
            return pairs, unpack(self._string())
        if kind == 0:
            return _LISTS, iter((self._string(),))
        if kind in (1, 2):
            return _LISTS, (self._string() for _ in range(self._length()[0]))
        if kind in (3, 5):
            return _PAIRS, self._scores(kind)
        if kind == 4:
            return _PAIRS, (self._string() for _ in range(2 * self._length()[0]))
        if kind in (14, 18):
            return _LISTS, self._quicklist(kind)
        raise Unreadable(Kind.UNSUPPORTED, f"value of kind {kind} (stream or module) at byte {self.at}", self.at)

    def _scores(self, kind: int) -> Iterator[bytes]:
        for _ in range(self._length()[0]):
            yield self._string()
            if kind == 5:
                self._take(8)
            elif (size := self._take(1)[0]) < 253:
                self._take(size)
            yield b""

    def _quicklist(self, kind: int) -> Iterator[bytes]:
        for _ in range(self._length()[0]):
            plain = kind == 18 and self._length()[0] == 1
            node = self._string()
            if plain:
                yield node
            else:
                yield from ziplist(node) if kind == 14 else listpack(node)
