"""Address cards and calendars (vCard, iCalendar)."""

from __future__ import annotations

import base64
import binascii
import io
import quopri
import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.markup import decode_text
from scanner.formats.members import Names
from scanner.formats.vcards import Cards
from scanner.model import Content, Embedded, Passage

BLOCK = 1 << 20
# Linear: each alternative is a fixed word after a single class.
_UNFOLD = re.compile(rb"\r?\n[ \t]")
_QP = re.compile(rb"(?im)^[^:\r\n]{0,200};(?:ENCODING=)?QUOTED-PRINTABLE[^:\r\n]{0,200}:(?:=\r?\n|[^\r\n])*")
_BINARY = re.compile(
    rb"(?im)^(PHOTO|LOGO|SOUND|KEY|ATTACH)[^:\r\n]{0,200};(?:ENCODING=)?(?:BASE64|B)\b[^:\r\n]{0,200}:"
    rb"([A-Za-z0-9+/= \t]{40,})"
)
_SUFFIXES = {b"PHOTO": ".jpg", b"LOGO": ".jpg", b"SOUND": ".wav", b"KEY": ".key", b"ATTACH": ""}


class CardReader:
    """Cards as columns and the rest of them as text; calendars as text; pictures and attachments as members."""

    name: ClassVar[str] = "card"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/vcard", "text/x-vcard", "text/calendar"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """About a megabyte at a time, cut between entries."""
        encoding = "" if source.encoding.startswith("utf-8") else source.encoding
        told = "" if encoding.startswith("utf") else encoding
        names, cards, line = Names(), Cards(), 1
        for block in _entries(source, encoding):
            text = _UNFOLD.sub(b"", block)
            for kind, data in _BINARY.findall(text):
                yield from _binary(kind.upper(), data, names)
            text = _QP.sub(_unquoted, _BINARY.sub(rb"\1:", text))
            if source.media_type == "text/calendar":
                yield Passage(decode_text(text, told), "", line)
            else:
                yield from cards.read(text, told, line)
            line += block.count(b"\n")


def _entries(source: Source, encoding: str) -> Iterator[bytes]:
    held = b""
    while block := source.stream.read(BLOCK):
        held += block.decode(encoding, "replace").encode() if encoding.startswith("utf") else block
        at = held.rfind(b"\nEND:") if len(held) > BLOCK else -1
        end = held.find(b"\n", at + 1) if at >= 0 else -1
        if end >= 0:
            yield held[: end + 1]
            held = held[end + 1 :]
        elif len(held) > 16 * BLOCK:
            yield held
            held = b""
    if held:
        yield held


def _unquoted(match: re.Match[bytes]) -> bytes:
    # A line end inside a value is no end of its property: it is written as the other encodings write it.
    decoded = quopri.decodestring(match[0].replace(b"=\r\n", b"=\n"))
    return decoded.replace(b"\r", b"").replace(b"\n", b"\\n")


def _binary(kind: bytes, data: bytes, names: Names) -> Iterator[Content]:
    try:
        decoded = base64.b64decode(data.translate(None, b" \t") + b"==")
    except binascii.Error:
        return
    name = names.distinct(kind.decode().lower() + _SUFFIXES[kind])
    yield Embedded(name, partial(io.BytesIO, decoded), len(decoded), len(data))
