"""The chunked transfer encoding of HTTP (RFC 9112, 7.1), undone."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.contracts import Unreadable
from scanner.model import Kind

_LONGEST = 1 << 12
_DIGITS = frozenset(b"0123456789abcdefABCDEF")


def unchunk(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks of the body; one that is declared chunked and is not comes out as it is."""
    held, begun = bytearray(), False
    while (size := _size(held, blocks)) > 0:
        begun = True
        while size:
            held += b"" if held else next(blocks, b"")
            if not held:
                raise Unreadable(Kind.CORRUPT, "chunked body")
            part = bytes(held[:size])
            yield part
            del held[: len(part)]
            size -= len(part)
    if size < 0 and begun:
        raise Unreadable(Kind.CORRUPT, "chunked body")
    if size < 0:
        # Many crawlers undo the encoding and keep the header that names it.
        yield bytes(held)
        yield from blocks


def _size(held: bytearray, blocks: Iterator[bytes]) -> int:
    """Size of the next chunk, whose line is taken; -1 when no size stands there."""
    while True:
        start = 2 if held.startswith(b"\r\n") else 1 if held.startswith(b"\n") else 0
        end = held.find(b"\n", start, start + _LONGEST)
        if end >= 0:
            digits = bytes(held[start:end]).partition(b";")[0].strip()
            if not digits or len(digits) > 15 or not _DIGITS.issuperset(digits):
                return -1
            del held[: end + 1]
            return int(digits, 16)
        block = next(blocks, b"") if len(held) < _LONGEST else b""
        if not block:
            return -1
        held += block
