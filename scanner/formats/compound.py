"""OLE2 compound files ([MS-CFB]): the container of old Office documents and of Outlook messages."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.members import BlockStream, binary
from scanner.model import Kind

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA
"""Sector numbers from here on mean something else: end of chain, free, table."""
ENTRIES_LIMIT = 200_000
STORAGE, STREAM, ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream, with the names of the storages it is in."""

    path: tuple[str, ...]
    start: int
    size: int

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


class CompoundFile:
    """Lists and opens the streams; whatever does not follow the format is ``Unreadable(CORRUPT)``."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.size = stream.seek(0, 2)
        stream.seek(0)
        head = stream.read(512)
        if len(head) < 512 or not head.startswith(MAGIC):
            raise Unreadable(Kind.CORRUPT, "no compound file header")
        shift, small_shift = struct.unpack_from("<2H", head, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise Unreadable(Kind.CORRUPT, "sector size")
        self.sector, self.small = 1 << shift, 1 << small_shift
        directory, self.cutoff, small_table, far_table = struct.unpack_from("<I4xI I4xI", head, 48)
        self.table = self._table(head, far_table)
        self.small_table = self._numbers(self._chain(small_table))
        self.root = Entry(("",), LAST, 0)
        self.entries = list(self._list(b"".join(self._chain(directory))))

    def open(self, entry: Entry) -> BinaryIO:
        """The stream of an entry, read as it is asked for."""
        return binary(BlockStream(self._blocks(entry)))

    def read(self, entry: Entry, limit: int) -> bytes:
        """The first ``limit`` bytes of an entry."""
        return b"".join(islice(self._blocks(entry), limit // self.small + 1))[:limit] if entry.size else b""

    def _blocks(self, entry: Entry) -> Iterator[bytes]:
        left = entry.size
        small = entry.size < self.cutoff
        for block in self._small_chain(entry.start) if small else self._chain(entry.start):
            if left <= 0:
                return
            yield block[:left]
            left -= len(block)
        if left > 0:
            raise Unreadable(Kind.CORRUPT, "truncated stream")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.sector
        if at >= self.size:
            raise Unreadable(Kind.CORRUPT, "sector beyond the end")
        self.stream.seek(at)
        return self.stream.read(self.sector)

    def _chain(self, start: int) -> Iterator[bytes]:
        """Sectors of a chain; one longer than the file goes in circles."""
        for _ in range(self.size // self.sector + 1):
            if start >= LAST:
                return
            yield self._sector(start)
            start = self.table[start] if start < len(self.table) else LAST
        raise Unreadable(Kind.CORRUPT, "circular chain")

    def _small_chain(self, start: int) -> Iterator[bytes]:
        """Small streams live together in the stream of the root."""
        store = self._root_sectors()
        per_sector = self.sector // self.small
        for _ in range(len(self.small_table) + 1):
            if start >= LAST:
                return
            index, part = divmod(start, per_sector)
            if index >= len(store) or start >= len(self.small_table):
                raise Unreadable(Kind.CORRUPT, "small sector beyond the end")
            self.stream.seek((store[index] + 1) * self.sector + part * self.small)
            yield self.stream.read(self.small)
            start = self.small_table[start]
        raise Unreadable(Kind.CORRUPT, "circular chain")

    def _root_sectors(self) -> array[int]:
        if not hasattr(self, "_store"):
            self._store: array[int] = array("I")
            number, most = self.root.start, self.size // self.sector + 1
            while number < len(self.table) and len(self._store) <= most:
                self._store.append(number)
                number = self.table[number]
        return self._store

    def _table(self, head: bytes, far: int) -> array[int]:
        """The allocation table: its first 109 sectors stand in the header, the others in a chain."""
        numbers = list(struct.unpack_from("<109I", head, 76))
        per_sector, seen = self.sector // 4 - 1, 0
        while far < LAST and seen <= self.size // self.sector:
            listed = self._numbers([self._sector(far)])
            numbers.extend(listed[:per_sector])
            far = listed[per_sector] if len(listed) > per_sector else LAST
            seen += 1
        return self._numbers(self._sector(number) for number in numbers[: self.size // self.sector] if number < LAST)

    @staticmethod
    def _numbers(blocks: Iterator[bytes] | list[bytes]) -> array[int]:
        numbers = array("I")
        for block in blocks:
            numbers.frombytes(block[: len(block) // 4 * 4])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def _list(self, directory: bytes) -> Iterator[Entry]:
        """Streams in the order of the tree, which a damaged file can make circular."""
        count = min(len(directory) // 128, ENTRIES_LIMIT)
        pending: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        seen: set[int] = set()
        while pending:
            index, parents = pending.pop()
            if index >= count or index in seen:
                continue
            seen.add(index)
            raw = directory[index * 128 : index * 128 + 128]
            length, kind, left, right, child, start, size = struct.unpack_from("<HBx3I36xIQ", raw, 64)
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            path = (*parents, name) if kind != ROOT else ()
            size = size if self.sector > 512 else size & 0xFFFFFFFF
            if kind == ROOT:
                self.root = Entry(("",), start, size)
            pending.extend([(right, parents), (child, path), (left, parents)])
            if kind == STREAM:
                yield Entry(path, start, size)
