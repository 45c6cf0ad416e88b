"""Packs of Git: objects, whole or as differences from others (gitformat-pack)."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.model import Kind

BLOCK = 1 << 16
OBJECT_LIMIT = 256 << 20
"""An object is decoded in memory."""
KEPT = 64 << 20
"""Bytes of objects that others differ from, in hand."""
KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
BY_OFFSET, BY_NAME = 6, 7
CHAIN = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a pack; ``base`` is the place of what it differs from, or its name."""

    at: int
    kind: int
    size: int
    data: int
    stored: int
    base: int | bytes | None


class Pack:
    """The objects of a pack that begins at ``start`` of a seekable stream."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self.stream = stream
        self.start = start
        self.broken = False
        self.entries = {entry.at: entry for entry in self._entries()}
        self.places: dict[bytes, int] = {}
        """Where objects are whose names are known."""
        self._kept: OrderedDict[int, tuple[int, bytes]] = OrderedDict()
        self._size = 0

    def read(self, entry: Entry) -> tuple[int, bytes]:
        """Kind and content of an object; ``Unreadable`` when what it differs from is not here."""
        chain: list[Entry] = []
        at: int | None = entry.at
        while at is not None and at not in self._kept:
            one = self.entries.get(at)
            if one is None or len(chain) > CHAIN:
                raise Unreadable(Kind.CORRUPT, "difference from an object that is not in the pack")
            chain.append(one)
            at = self._base(one)
        kind, data = self._kept[at] if at is not None else (chain[-1].kind, self._inflate(chain.pop()))
        while chain:
            one = chain.pop()
            data = apply(data, self._inflate(one))
            self._keep(one.at, kind, data)
        return kind, data

    def _base(self, entry: Entry) -> int | None:
        if isinstance(entry.base, bytes):
            return self.places.get(entry.base, -1)
        return entry.base

    def _keep(self, at: int, kind: int, data: bytes) -> None:
        self._kept[at] = (kind, data)
        self._size += len(data)
        while self._size > KEPT and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1][1])

    def _inflate(self, entry: Entry) -> bytes:
        if entry.size > OBJECT_LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"object over {OBJECT_LIMIT >> 20} MB")
        self.stream.seek(entry.data)
        try:
            data = zlib.decompressobj().decompress(self.stream.read(entry.stored), entry.size + 1)
        except zlib.error as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        if len(data) != entry.size:
            raise Unreadable(Kind.CORRUPT, "wrong size of an object")
        if entry.base is None:
            self._keep(entry.at, entry.kind, data)
        return data

    def _entries(self) -> Iterator[Entry]:
        """All objects by decoding them once: only so is it known where they end."""
        self.stream.seek(self.start)
        head = self.stream.read(12)
        if head[:4] != b"PACK" or len(head) < 12:
            raise Unreadable(Kind.CORRUPT, "no pack")
        at = self.start + 12
        for _ in range(int.from_bytes(head[8:], "big")):
            entry = self._entry(at)
            if entry is None:
                self.broken = True
                return
            yield entry
            at = entry.data + entry.stored

    def _entry(self, at: int) -> Entry | None:
        self.stream.seek(at)
        head = self.stream.read(64)
        if len(head) < 2:
            return None
        byte, used = head[0], 1
        kind, size, shift = byte >> 4 & 7, byte & 15, 4
        while byte & 0x80 and used < 12:
            byte = head[used]
            size |= (byte & 0x7F) << shift
            used, shift = used + 1, shift + 7
        base: int | bytes | None = None
        if kind == BY_OFFSET:
            byte, used = head[used], used + 1
            back = byte & 0x7F
            while byte & 0x80 and used < 24:
                byte = head[used]
                back, used = (back + 1) << 7 | byte & 0x7F, used + 1
            base = at - back
        elif kind == BY_NAME:
            base, used = head[used : used + 20], used + 20
        elif kind not in KINDS:
            return None
        stored = self._stored(at + used)
        return None if stored is None else Entry(at, kind, size, at + used, stored, base)

    def _stored(self, at: int) -> int | None:
        """Length of the compressed data."""
        decoder, taken = zlib.decompressobj(), 0
        self.stream.seek(at)
        while not decoder.eof:
            block = self.stream.read(BLOCK)
            if not block:
                return None
            taken += len(block)
            try:
                while block and not decoder.eof:
                    decoder.decompress(block, 1 << 20)
                    block = decoder.unconsumed_tail
            except zlib.error:
                return None
        return taken - len(decoder.unused_data)


def apply(base: bytes, delta: bytes) -> bytes:
    """The object that a difference makes of its base; ``Unreadable`` when it does not fit."""
    try:
        _, at = _number(delta, 0)
        size, at = _number(delta, at)
        if size > OBJECT_LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"object over {OBJECT_LIMIT >> 20} MB")
        out = bytearray()
        while at < len(delta) and len(out) <= size:
            code, at = delta[at], at + 1
            if code & 0x80:
                place = length = 0
                for bit in range(7):
                    if code & 1 << bit:
                        place, length = (
                            (place | delta[at] << 8 * bit, length)
                            if bit < 4
                            else (place, length | delta[at] << 8 * (bit - 4))
                        )
                        at += 1
                out += base[place : place + (length or 0x10000)]
            else:
                out += delta[at : at + code]
                at += code
    except IndexError:
        raise Unreadable(Kind.CORRUPT, "truncated difference") from None
    if len(out) != size:
        raise Unreadable(Kind.CORRUPT, "wrong size of an object")
    return bytes(out)


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80 or shift > 63:
            return value, at
