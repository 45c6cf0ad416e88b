"""Text in the archives of Pages, Numbers and Keynote: protocol buffers in frames of snappy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.model import Content, Kind, Passage

LIMIT = 64 << 20
# Bounded below only: a single class, so linear. Bytes over 0x7f are parts of UTF-8 characters.
_RUN = re.compile(rb"[\t\n\r\x20-\x7e\xc2-\xf4\x80-\xbf]{4,}")


def read_archive(stream: BinaryIO, name: str) -> Iterator[Content]:
    """Runs of text, in their order; the structure around them is not interpreted."""
    with stream:
        while head := _exactly(stream, 4):
            if len(head) < 4 or head[0] != 0:
                raise Unreadable(Kind.CORRUPT, "frame header")
            frame = unpack(_exactly(stream, int.from_bytes(head[1:], "little")))
            runs = (run.decode("utf-8", "ignore") for run in _RUN.findall(frame))
            text = "\n".join(run for run in runs if any(c.isalnum() for c in run))
            if text:
                yield Passage(text, name.rsplit("/", 1)[-1].removesuffix(".iwa"))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size and (block := stream.read(size - len(data))):
        data += block
    return data


def unpack(data: bytes) -> bytes:
    """One block of raw snappy."""
    try:
        return _unpack(data)
    except (IndexError, ValueError):
        raise Unreadable(Kind.CORRUPT, "compressed frame") from None


def _unpack(data: bytes) -> bytes:
    size, at = _varint(data)
    if size > LIMIT:
        raise Unreadable(Kind.TOO_LARGE, f"frame over {LIMIT >> 20} MB")
    out = bytearray()
    while at < len(data) and len(out) < size:
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                width = length - 59
                length = int.from_bytes(data[at : at + width], "little")
                at += width
            out += data[at : at + length + 1]
            at += length + 1
        else:
            at = _copy(data, at, tag, out)
    return bytes(out)


def _copy(data: bytes, at: int, tag: int, out: bytearray) -> int:
    """Repeats what stands ``offset`` bytes back, which may overlap with what it writes."""
    if tag & 3 == 1:
        length, offset, width = 4 + (tag >> 2 & 7), (tag >> 5) << 8 | data[at], 1
    else:
        width = 2 if tag & 3 == 2 else 4
        length, offset = (tag >> 2) + 1, int.from_bytes(data[at : at + width], "little")
    if not 0 < offset <= len(out):
        raise ValueError
    start = len(out) - offset
    piece = bytes(out[start : start + length])
    while len(piece) < length:
        piece += piece[: length - len(piece)]
    out += piece
    return at + width


def _varint(data: bytes) -> tuple[int, int]:
    value = 0
    for at in range(5):
        value |= (data[at] & 127) << 7 * at
        if data[at] < 128:
            return value, at + 1
    raise ValueError
