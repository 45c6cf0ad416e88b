"""Rich Text Format, as word processors, mail programs and medical software keep letters."""

from __future__ import annotations

import binascii
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import BLOCK, stretches
from scanner.formats.members import Names
from scanner.formats.rtf import strip_rtf
from scanner.model import Content, Embedded, Kind, Passage

LIMIT = 256 << 20
"""A document is parsed in memory."""
_OBJECT = re.compile(rb"\\objdata\b[ \r\n]*([0-9A-Fa-f\s]+)")
_PICTURE = re.compile(rb"\\(pngblip|jpegblip|emfblip)\b[^{}]{0,400}?[ \r\n]([0-9A-Fa-f\r\n]{64,})")
_SUFFIXES = {b"pngblip": ".png", b"jpegblip": ".jpg", b"emfblip": ".emf"}
_STARTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-")
"""Files that stand behind the head of an object ([MS-OLEDS] 2.2)."""


class RtfReader:
    """All text of an RTF, hidden, deleted, in notes, heads and properties too; objects and pictures as members."""

    name: ClassVar[str] = "rtf"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/rtf"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """The text, then what was put into it."""
        data = source.stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"document over {LIMIT >> 20} MB", bytes_read=0)
        text = strip_rtf(data)
        blocks = (text[at : at + BLOCK] for at in range(0, len(text), BLOCK))
        yield from (Passage(part) for part in stretches(blocks) if part.strip())
        found = bool(text.strip())
        for inner in _inserted(data):
            found = True
            yield inner
        if not found:
            raise Unreadable(Kind.NO_TEXT, "no text in the document")


def _inserted(data: bytes) -> Iterator[Embedded]:
    names = Names()
    for match in _OBJECT.finditer(data):
        raw = _bytes(match[1])
        start = min((at for mark in _STARTS if (at := raw.find(mark)) >= 0), default=0)
        yield _member(names.distinct("object"), raw[start:], len(match[1]))
    for match in _PICTURE.finditer(data):
        yield _member(names.distinct("picture" + _SUFFIXES[match[1]]), _bytes(match[2]), len(match[2]))


def _bytes(digits: bytes) -> bytes:
    bare = digits.translate(None, b" \t\r\n\f\v")
    return binascii.unhexlify(bare[: len(bare) // 2 * 2])


def _member(name: str, data: bytes, stored: int) -> Embedded:
    return Embedded(name, partial(io.BytesIO, data), len(data), stored)
