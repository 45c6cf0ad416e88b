"""Unpacks the pieces of one compressed value, in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scanner.contracts import Unreadable
from scanner.model import Kind

_STEP = 1 << 20
_FEED = 2048
"""What decoders that cannot bound their output are given at a time."""


def unpacked(pieces: Iterable[bytes], make: Callable[[], Any] | None) -> Iterator[bytes]:
    """The value in blocks; ``make`` gives its decoder. What was unpacked before a fault comes first."""
    if make is None:
        yield from pieces
        return
    decoder, bounded = make(), make is zlib_decoder
    for piece in pieces:
        yield from _fed(decoder, piece, bounded)
    if not decoder.eof:
        raise Unreadable(Kind.CORRUPT, "a packed value ends too early")


def _fed(decoder: Any, piece: bytes, bounded: bool) -> Iterator[bytes]:
    parts = [piece] if bounded else [piece[at : at + _FEED] for at in range(0, len(piece), _FEED)]
    for part in parts:
        rest = part
        while rest and not decoder.eof:
            try:
                block = decoder.decompress(rest, _STEP) if bounded else decoder.decompress(rest)
            except Exception as error:  # noqa: BLE001 - each decoder has errors of its own
                raise Unreadable(Kind.CORRUPT, f"damaged packed value ({type(error).__name__})") from None
            rest = decoder.unconsumed_tail if bounded else b""
            if block:
                yield block


def zlib_decoder() -> Any:
    """Decoder of zlib streams."""
    return zlib.decompressobj()


def lz4_decoder() -> Any:
    """Decoder of one frame of LZ4."""
    import lz4.frame

    return lz4.frame.LZ4FrameDecompressor()


def zstd_decoder() -> Any:
    """Decoder of one frame of Zstandard."""
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=1 << 28).decompressobj()
