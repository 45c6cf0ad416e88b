"""The frame of an Avro file: its header, and its blocks decompressed within bounds, from a stream that cannot seek."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from scanner.contracts import Unreadable
from scanner.model import Kind

LIMIT = 32 << 20
"""Of a block, before and after decompression."""
MAGIC = b"Obj\x01"
SYNC = 16
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Block:
    """Records as written, in ``stored`` bytes of the file; not ``whole`` where the file ends before they do."""

    records: int
    data: bytes
    stored: int
    whole: bool


class AvroFile:
    """Header and blocks of one file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = self._good = 0
        if self._take(4) != MAGIC:
            self._stop(Kind.CORRUPT, "no Avro header")
        self.metadata = self._metadata()
        self._sync = self._take(SYNC)
        self.codec = self.metadata.get(b"avro.codec", b"null").decode("ascii", "replace") or "null"

    def blocks(self) -> Iterator[Block]:
        """Blocks in order; the part of the last one that is there comes before its end is told."""
        if self.codec not in _CODECS:
            self._stop(Kind.UNSUPPORTED, "compression of an Avro file")
        self._good = self._at
        while first := self._stream.read(1):
            self._at += 1
            records, size = self._long(first), self._long()
            if records < 0 or size < 0:
                self._stop(Kind.CORRUPT, "size of a block")
            if size > LIMIT:
                self._stop(Kind.TOO_LARGE, f"block over {LIMIT >> 20} MB")
            data = self._read(size)
            whole = len(data) == size
            yield Block(records, self._decompressed(data, whole), len(data), whole)
            if not whole or self._read(SYNC) != self._sync:
                self._stop(Kind.CORRUPT, "truncated or damaged block")
            self._good = self._at

    def _decompressed(self, data: bytes, whole: bool) -> bytes:
        try:
            inflated = _CODECS[self.codec](data)
        except (ValueError, EOFError, OSError, zlib.error, lzma.LZMAError, IndexError):
            if whole:
                self._stop(Kind.CORRUPT, "compressed block")
            return b""
        if len(inflated) > LIMIT:
            self._stop(Kind.TOO_LARGE, f"block over {LIMIT >> 20} MB")
        return inflated

    def _metadata(self) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        while count := self._long():
            if count < 0:
                self._long()
            for _ in range(abs(count)):
                key = self._take(self._long())
                found[key] = self._take(self._long())
                if self._at > LIMIT:
                    self._stop(Kind.TOO_LARGE, "header of an Avro file")
        return found

    def _long(self, first: bytes = b"") -> int:
        """A number in zigzag coding, of at most ten bytes."""
        value = shift = 0
        while shift < 70:
            byte = (first or self._take(1))[0]
            first = b""
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return (value >> 1) ^ -(value & 1)
        raise Unreadable(Kind.CORRUPT, "number", bytes_read=self._good)

    def _take(self, size: int) -> bytes:
        data = self._read(size) if 0 <= size <= LIMIT else b""
        if len(data) != size or not 0 <= size <= LIMIT:
            self._stop(Kind.CORRUPT, "truncated or damaged header")
        return data

    def _read(self, size: int) -> bytes:
        parts, left = [], size
        while left and (part := self._stream.read(min(left, _PIECE * 16))):
            parts.append(part)
            left -= len(part)
        self._at += size - left
        return b"".join(parts)

    def _stop(self, kind: Kind, detail: str) -> NoReturn:
        raise Unreadable(kind, detail, bytes_read=self._good)


def _bounded(decoder: Any, data: bytes) -> bytes:
    """One byte over the limit at most, whatever the block promises."""
    inflated: bytes = decoder.decompress(data, LIMIT + 1)
    return inflated


def _zstandard(data: bytes) -> bytes:
    import zstandard

    with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as stream:
        try:
            return stream.read(LIMIT + 1)
        except zstandard.ZstdError:
            raise ValueError from None


def _snappy(data: bytes) -> bytes:
    """A raw block, which starts with its size, and a checksum after it."""
    size = shift = at = 0
    while True:
        size |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            break
    return _by_arrow("snappy", data[:-4], size)


def _lz4(data: bytes) -> bytes:
    return _by_arrow("lz4_raw", data[4:], int.from_bytes(data[:4], "little"))


def _by_arrow(codec: str, data: bytes, size: int) -> bytes:
    import pyarrow as pa

    if size > LIMIT:
        return bytes(LIMIT + 1)
    inflated: bytes = pa.Codec(codec).decompress(data, size, asbytes=True)
    return inflated


_CODECS: dict[str, Callable[[bytes], bytes]] = {
    "null": bytes,
    "deflate": lambda data: _bounded(zlib.decompressobj(-15), data),
    "bzip2": lambda data: _bounded(bz2.BZ2Decompressor(), data),
    "xz": lambda data: _bounded(lzma.LZMADecompressor(memlimit=1 << 28), data),
    "zstandard": _zstandard,
    "snappy": _snappy,
    "lz4": _lz4,
}
