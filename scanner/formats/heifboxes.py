"""What is written into a HEIC picture beside its pixels, found without its decoder (ISO 23008-12, ISO 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

_HELD = 16 << 20
"""The largest directory that is held."""
_LONGEST = 1 << 20
"""Bytes of one item."""
_MOST = 10_000
"""Boxes, items and extents that are looked at."""
_IN_FILE, _IN_DIRECTORY = 0, 1


def written_in(stream: BinaryIO, size: int) -> tuple[bytes, bytes]:
    """EXIF, from the head of its TIFF on, and XMP; nothing where there is none, or where the boxes lie."""
    try:
        directory = next((data for kind, data in _top(stream, size) if kind == b"meta"), b"")
        parts = dict(_boxes(directory[4:]))
        kinds = dict(_kinds(parts.get(b"iinf", b"")))
        found = {kinds[item]: data for item, data in _items(parts, kinds, stream)}
    except (struct.error, ValueError, OSError):
        return b"", b""
    exif = found.get(b"Exif", b"")
    return exif[4 + int.from_bytes(exif[:4], "big") :], found.get(b"mime", b"")


def _top(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Boxes of the file; only the directory is read."""
    at = 0
    for _ in range(_MOST):
        stream.seek(at)
        head = stream.read(16)
        if len(head) < 8:
            return
        length, kind, skip = _head(head, size - at)
        if length < skip:
            return
        stream.seek(at + skip)
        yield kind, stream.read(min(length - skip, _HELD)) if kind == b"meta" else b""
        at += length


def _head(head: bytes, left: int) -> tuple[int, bytes, int]:
    """Size and kind of a box, and where its data begins."""
    length, kind = struct.unpack_from(">I4s", head)
    if length == 1:
        return struct.unpack_from(">Q", head, 8)[0], kind, 16
    return length or left, kind, 8


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, kind, skip = _head(data[at : at + 16].ljust(16, b"\0"), len(data) - at)
        if length < skip:
            return
        yield kind, data[at + skip : at + length]
        at += length


def _kinds(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The items that say something, by their number (14496-12, 8.11.6)."""
    for kind, entry in _boxes(data[6 if data[:1] == b"\0" else 8 :]):
        if kind == b"infe" and entry[:1] in (b"\2", b"\3"):
            item, _, what = struct.unpack_from(">HH4s" if entry[0] == 2 else ">IH4s", entry, 4)
            if what == b"Exif" or (what == b"mime" and b"application/rdf+xml\0" in entry):
                yield item, what


def _items(parts: dict[bytes, bytes], wanted: dict[int, bytes], stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The data of the wanted items, from all of their extents (8.11.3)."""
    fields = _Fields(parts.get(b"iloc", b""))
    version, _, sizes, bases = fields.take(1), fields.take(3), fields.take(1), fields.take(1)
    index_size = bases & 15 if version else 0
    for _ in range(min(fields.take(4 if version == 2 else 2), _MOST)):
        item = fields.take(4 if version == 2 else 2)
        method = fields.take(2) & 15 if version else _IN_FILE
        fields.take(2)
        base, data = fields.take(bases >> 4), b""
        for _ in range(fields.take(2)):
            fields.take(index_size)
            at, length = base + fields.take(sizes >> 4), fields.take(sizes & 15)
            if item in wanted and len(data) < _LONGEST:
                data += _extent(method, at, min(length or _LONGEST, _LONGEST), parts, stream)
        if item in wanted:
            yield item, data


def _extent(method: int, at: int, length: int, parts: dict[bytes, bytes], stream: BinaryIO) -> bytes:
    if method == _IN_DIRECTORY:
        return parts.get(b"idat", b"")[at : at + length]
    if method != _IN_FILE:
        return b""
    stream.seek(at)
    return stream.read(length)


class _Fields:
    """Numbers of any width one after the other; one that is cut off is an error."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> int:
        """The next number; of no width, it is none."""
        part = self._data[self._at : self._at + size]
        if len(part) < size:
            raise ValueError("a number is cut off")
        self._at += size
        return int.from_bytes(part, "big")
