"""Values of Redis as its dumps pack them: plain, compressed (LZF), and small collections in one string."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 512 << 20


class Damaged(Exception):
    """Bytes that no version of the format has there."""


def lzf(data: bytes, size: int) -> bytes:
    """What LZF packed."""
    out, at, end = bytearray(), 0, len(data)
    while at < end:
        control = data[at]
        at += 1
        if control < 32:
            out += data[at : at + control + 1]
            at += control + 1
            continue
        length = control >> 5
        if length == 7:
            length += data[at]
            at += 1
        back = len(out) - ((control & 0x1F) << 8) - data[at] - 1
        at += 1
        if back < 0 or len(out) > size:
            raise Damaged
        length += 2
        while length > 0:  # a run may repeat what it has just written
            piece = bytes(out[back : back + length])
            out += piece
            back, length = back + len(piece), length - len(piece)
    if len(out) != size:
        raise Damaged
    return bytes(out)


def listpack(data: bytes) -> Iterator[bytes]:
    """Elements of a listpack."""
    at = 6
    while data[at] != 0xFF:
        value, size = _listpack_element(data, at)
        yield value
        at += size + (1 if size < 128 else 2 if size < 16384 else 3 if size < 1 << 21 else 4 if size < 1 << 28 else 5)


def _listpack_element(data: bytes, at: int) -> tuple[bytes, int]:
    """One element, and the bytes that it takes without the length behind it."""
    byte = data[at]
    if byte < 0x80:
        return b"%d" % byte, 1
    if byte < 0xC0:
        size = byte & 0x3F
        return data[at + 1 : at + 1 + size], 1 + size
    if byte < 0xE0:
        value = (byte & 0x1F) << 8 | data[at + 1]
        return b"%d" % (value - (1 << 13) if value >> 12 else value), 2
    if byte < 0xF0:
        size = (byte & 0x0F) << 8 | data[at + 1]
        return data[at + 2 : at + 2 + size], 2 + size
    if byte == 0xF0:
        size = int.from_bytes(data[at + 1 : at + 5], "little")
        return data[at + 5 : at + 5 + size], 5 + size
    width = {0xF1: 2, 0xF2: 3, 0xF3: 4, 0xF4: 8}.get(byte)
    if width is None:
        raise Damaged
    return b"%d" % int.from_bytes(data[at + 1 : at + 1 + width], "little", signed=True), 1 + width


def ziplist(data: bytes) -> Iterator[bytes]:
    """Elements of a ziplist, which Redis wrote before version 7."""
    at = 10
    while data[at] != 0xFF:
        at += 5 if data[at] == 0xFE else 1
        byte = data[at]
        if byte < 0xC0:
            size, head = _ziplist_string(data, at)
            yield data[at + head : at + head + size]
            at += head + size
            continue
        if byte >= 0xF1:
            yield b"%d" % (byte - 0xF1)
            at += 1
            continue
        width = {0xC0: 2, 0xD0: 4, 0xE0: 8, 0xF0: 3, 0xFE: 1}.get(byte)
        if width is None:
            raise Damaged
        yield b"%d" % int.from_bytes(data[at + 1 : at + 1 + width], "little", signed=True)
        at += 1 + width


def _ziplist_string(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    if byte < 0x40:
        return byte, 1
    if byte < 0x80:
        return (byte & 0x3F) << 8 | data[at + 1], 2
    return int.from_bytes(data[at + 1 : at + 5], "big"), 5


def intset(data: bytes) -> Iterator[bytes]:
    """Elements of a set of integers."""
    width = int.from_bytes(data[:4], "little")
    if width not in (2, 4, 8):
        raise Damaged
    for at in range(8, len(data) - width + 1, width):
        yield b"%d" % int.from_bytes(data[at : at + width], "little", signed=True)
