"""Runs of text, in UTF-16 and in 8-bit characters, in bytes of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from scanner.formats.markup import decode_text
from scanner.model import Passage

BLOCK = 1 << 20
OVERLAP = 4096
# A repeated class each, so that matching is linear; Latin letters and common signs beyond ASCII count as text.
_NARROW = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{5,}")
_WIDE = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x01\x03\x04\x20]){5,}")
_WORDS = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ]{3}")
_ASCII = re.compile(rb"[\t\n\r\x20-\x7e]")


def _whole(stream: BinaryIO) -> bytes:
    """A full block but for the last: some streams give small ones, which would cut runs."""
    parts, size = [], 0
    while size < BLOCK and (part := stream.read(BLOCK - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


class TextRuns:
    """Counts what it found: ``total`` bytes seen, ``covered`` of them in runs, ``chars`` of text."""

    def __init__(self) -> None:
        self.total = self.covered = self.chars = 0

    def read(self, stream: BinaryIO) -> Iterator[Passage]:
        """A passage for each block of the stream that has any."""
        held = b""
        while block := _whole(stream):
            self.total += len(block)
            held += block
            # A run that reaches the end of the block may go on in the next.
            cut = len(held) - OVERLAP if len(block) == BLOCK else len(held)
            yield from self._passage(held[:cut])
            held = held[cut:]
        yield from self._passage(held)

    def _passage(self, data: bytes) -> Iterator[Passage]:
        text = "\n".join(self._runs(data))
        if text:
            self.chars += len(text)
            yield Passage(text, "text runs")

    def _runs(self, data: bytes) -> Iterator[str]:
        """In the order of the bytes."""
        at = 0
        for match in _WIDE.finditer(data):
            yield from self._narrow(data[at : match.start()])
            yield from self._told(match[0].decode("utf-16-le", "ignore"), len(match[0]))
            at = match.end()
        yield from self._narrow(data[at:])

    def _narrow(self, data: bytes) -> Iterator[str]:
        for match in _NARROW.finditer(data):
            run = match[0]
            if len(_ASCII.findall(run)) * 4 >= len(run) * 3:
                yield from self._told(decode_text(run), len(run))

    def _told(self, text: str, size: int) -> Iterator[str]:
        if _WORDS.search(text):
            self.covered += size
            yield text.strip()
