"""Single compressed files: gzip, bzip2, xz, lzma, lzip, zstd, lz4, brotli, compress, zlib."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import BLOCK, BlockStream, binary
from scanner.formats.streamcodecs import Brotli, Lzip, Lzw
from scanner.model import Content, Embedded, Kind

ZSTD_FEED = 2048
"""zstd cannot bound its output; this much input gives at most some tens of megabytes."""
ZSTD_WINDOW = 1 << 28
MEMORY_LIMIT = 1 << 29
SUFFIXES = {
    "tgz": ".tar",
    "taz": ".tar",
    "tbz": ".tar",
    "tbz2": ".tar",
    "txz": ".tar",
    "tlz": ".tar",
    "tzst": ".tar",
    "tlz4": ".tar",
    "tbr": ".tar",
    "svgz": ".svg",
    "emz": ".emf",
    "wmz": ".wmf",
}
PLAIN_SUFFIXES = frozenset({"gz", "gzip", "z", "bz2", "bz", "xz", "lzma", "zst", "zstd", "lz4", "lz", "br", "zz"})


class CompressedReader:
    """The one file inside gzip, bzip2, xz, lzma, lzip, zstd, lz4, brotli, compress, zlib; appended ones too."""

    name: ClassVar[str] = "compressed"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            "application/gzip",
            "application/x-gzip",
            "application/x-bzip2",
            "application/x-xz",
            "application/x-lzma",
            "application/zstd",
            "application/x-zstd",
            "application/x-lz4",
            "application/x-lzip",
            "application/x-brotli",
            "application/x-compress",
            "application/zlib",
        }
    )
    gives: ClassVar[str] = "members"
    single: ClassVar[bool] = True
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """One member, decompressed as it is read."""
        make = _decoder(source.media_type)
        feed = ZSTD_FEED if source.media_type.endswith("zstd") else BLOCK
        yield Embedded(
            inner_name(source.name),
            partial(_open, source.stream, make, feed),
            None,
            source.size if source.size else None,
        )


def inner_name(name: str) -> str:
    """``dump.sql.gz`` holds ``dump.sql``; a name without a known suffix is kept."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    if not dot or not stem:
        return base or "content"
    if suffix.lower() in PLAIN_SUFFIXES:
        return stem
    return stem + SUFFIXES[suffix.lower()] if suffix.lower() in SUFFIXES else base


def _decoder(media_type: str) -> Callable[[], Any]:
    """What makes a decoder for one member of the stream."""
    if media_type.endswith("gzip"):
        from isal import igzip_lib

        return partial(igzip_lib.IgzipDecompressor, flag=igzip_lib.DECOMP_GZIP)
    if media_type.endswith("zstd"):
        import zstandard

        return zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj
    if media_type.endswith("bzip2"):
        return bz2.BZ2Decompressor
    if media_type.endswith("lz4"):
        from lz4.frame import LZ4FrameDecompressor

        return partial(LZ4FrameDecompressor)
    if media_type.endswith("zlib"):
        from isal import igzip_lib

        return partial(igzip_lib.IgzipDecompressor, flag=igzip_lib.DECOMP_ZLIB)
    own: dict[str, Callable[[], Any]] = {"x-lzip": Lzip, "x-brotli": Brotli, "x-compress": Lzw}
    return own.get(media_type.partition("/")[2], partial(lzma.LZMADecompressor, memlimit=MEMORY_LIMIT))


def _errors() -> tuple[type[Exception], ...]:
    import zstandard
    from isal import igzip_lib, isal_zlib

    decoders: list[Any] = [igzip_lib.error, isal_zlib.error, zlib.error, lzma.LZMAError, zstandard.ZstdError]
    return (*decoders, OSError, EOFError, ValueError, RuntimeError)


def _open(stream: BinaryIO, make: Callable[[], Any], feed: int) -> BinaryIO:
    return binary(BlockStream(_blocks(stream, make, feed)))


def _blocks(stream: BinaryIO, make: Callable[[], Any], feed: int) -> Iterator[bytes]:
    """Decompressed blocks of all members; an error comes after what could be decompressed."""
    errors = _errors()
    pending, first = stream.read(feed), True
    while pending:
        if not first and not (pending := _unpadded(stream, pending, feed)):
            return
        decoder = make()
        try:
            pending = yield from _one_member(stream, decoder, pending, feed)
        except errors as error:
            detail = type(error).__name__ if first else "data after the end of the compressed file"
            raise Unreadable(Kind.CORRUPT, detail) from None
        pending, first = pending or stream.read(feed), False


def _one_member(stream: BinaryIO, decoder: Any, pending: bytes, feed: int) -> Generator[bytes, None, bytes]:
    bounded = hasattr(decoder, "needs_input")
    while True:
        block = decoder.decompress(pending, BLOCK * 4) if bounded else decoder.decompress(pending)
        if block:
            yield block
        if decoder.eof:
            return bytes(decoder.unused_data or b"")
        pending = b""
        if not bounded or decoder.needs_input:
            pending = stream.read(feed)
            if not pending and not hasattr(decoder, "ends_with_file"):
                raise Unreadable(Kind.CORRUPT, "truncated")


def _unpadded(stream: BinaryIO, pending: bytes, feed: int) -> bytes:
    """Padding of zeros after a member is no data."""
    while pending and not (pending := pending.lstrip(b"\0")):
        pending = stream.read(feed)
    return pending
