"""Methods of ZIP members that the standard library does not know (APPNOTE 4.4.5)."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.members import BLOCK, BlockStream, binary
from scanner.model import Kind

DEFLATE64, ZSTD_OLD, ZSTD, XZ, PPMD = 9, 20, 93, 95, 98
METHODS = frozenset({DEFLATE64, ZSTD_OLD, ZSTD, XZ, PPMD})
FEED = 1 << 12
"""Deflate64 and zstd cannot bound their output; this much input gives at most some megabytes."""
WINDOW = 1 << 28


def open_packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """The decoded member; its sum is checked at its end."""
    raw: Any = archive.fp
    raw.seek(info.header_offset)
    head = raw.read(30)
    if len(head) < 30 or head[:4] != b"PK\3\4":
        raise Unreadable(Kind.CORRUPT, "no local header")
    start = info.header_offset + 30 + sum(struct.unpack_from("<HH", head, 26))
    return binary(BlockStream(_checked(raw, start, info)))


def _checked(raw: BinaryIO, start: int, info: zipfile.ZipInfo) -> Iterator[bytes]:
    import zstandard

    crc = 0
    try:
        packed = _packed(raw, start, info.compress_size)
        blocks = (
            _ppmd(packed, info.file_size)
            if info.compress_type == PPMD
            else _decoded(_decoder(info.compress_type), packed)
        )
        for block in blocks:
            crc = zlib.crc32(block, crc)
            yield block
    except (lzma.LZMAError, zstandard.ZstdError, zlib.error, ValueError, EOFError, OSError) as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
    if crc != info.CRC:
        raise Unreadable(Kind.CORRUPT, "wrong sum")


def _packed(raw: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    """The compressed bytes; others may seek in the archive meanwhile."""
    while size:
        raw.seek(start)
        block = raw.read(min(BLOCK, size))
        if not block:
            raise EOFError
        start, size = start + len(block), size - len(block)
        for at in range(0, len(block), FEED):
            yield block[at : at + FEED]


def _decoder(method: int) -> Any:
    if method == DEFLATE64:
        import inflate64

        return inflate64.Inflater().inflate
    if method == XZ:
        return lzma.LZMADecompressor(memlimit=1 << 29)
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj().decompress


def _decoded(decoder: Any, packed: Iterator[bytes]) -> Iterator[bytes]:
    for part in packed:
        if isinstance(decoder, lzma.LZMADecompressor):
            if not decoder.eof:
                yield decoder.decompress(part, BLOCK)
            while not decoder.eof and not decoder.needs_input:
                yield decoder.decompress(b"", BLOCK)
        else:
            yield bytes(decoder(part))


def _ppmd(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    """PPMd variant I; order, memory and method stand in the first two bytes (APPNOTE 5.10)."""
    import pyppmd

    data = next(packed, b"")
    word = int.from_bytes(data[:2], "little")
    decoder = pyppmd.Ppmd8Decoder((word & 15) + 1, ((word >> 4 & 0xFF) + 1) << 20, word >> 12)
    data = data[2:]
    while size > 0:
        block = bytes(decoder.decode(data, min(size, BLOCK)))
        size -= len(block)
        yield block
        data = next(packed, b"") if decoder.needs_input else b""
        if not block and not data:
            raise EOFError
