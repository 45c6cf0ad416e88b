"""Web archives (WARC, ISO 28500): what crawlers and website backups keep of pages, in one pass."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.chunked import unchunk
from scanner.formats.markup import decode_text
from scanner.formats.members import BLOCK, BlockStream, Names, SliceStream, binary, refuse
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

LINE = 1 << 16
HEADERS = 1 << 20
"""Of one record, or of one page: more is no header."""
TOLD = 1 << 18
"""Headers that are given out together."""
NAME = 250


class WarcReader:
    """Headers of records and of pages as text, what came with them as members."""

    name: ClassVar[str] = "warc"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/warc"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Records in order; bytes between them are a gap."""
        records, names, held = _Records(source.stream), Names(), _Held()
        try:
            for head, block in records:
                yield from held.add(head.text)
                yield from _record(head, block, names, held)
                block.skip()
                if block.left:
                    raise Unreadable(Kind.CORRUPT, "truncated record")
        except Unreadable as stop:
            yield from held.flush()
            raise stop from None
        yield from held.flush()
        if records.lost:
            yield Gap(Problem(Kind.CORRUPT, "bytes between records"), records.lost)


@dataclass(frozen=True, slots=True)
class _Head:
    """Header lines, of a record or of a page."""

    text: str

    def get(self, name: str) -> str:
        """Value of the first line of this name."""
        wanted = name.lower()
        for line in self.text.splitlines():
            key, colon, value = line.partition(":")
            if colon and key.strip().lower() == wanted:
                return value.strip()
        return ""

    @property
    def length(self) -> int:
        """Bytes that follow; none when the header does not say."""
        digits = self.get("content-length")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


class _Held:
    """Headers until there is a passage of them."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._size = 0

    def add(self, text: str) -> Iterator[Content]:
        self._texts.append(text)
        self._size += len(text)
        if self._size > TOLD:
            yield from self.flush()

    def flush(self) -> Iterator[Content]:
        if self._size:
            yield Passage("\n".join(self._texts), "headers")
        self._texts, self._size = [], 0


class _Records:
    """Head and block of each record; ``lost`` counts the bytes that belong to none."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.lost = 0

    def __iter__(self) -> Iterator[tuple[_Head, SliceStream]]:
        while line := self.stream.readline(LINE):
            if line.startswith(b"WARC/"):
                head = _Head(decode_text(line + self._lines()))
                yield head, SliceStream(self.stream, head.length)
            elif line.strip():
                self.lost += len(line)

    def _lines(self) -> bytes:
        lines, size = [], 0
        while (line := self.stream.readline(LINE)).strip():
            size += len(line)
            if size > HEADERS:
                raise Unreadable(Kind.CORRUPT, "header of a record without an end")
            lines.append(line)
        return b"".join(lines)


def _record(head: _Head, block: SliceStream, names: Names, held: _Held) -> Iterator[Content]:
    """The page in a record, or the record's own block."""
    stored, encoding, begun = block.left, "", b""
    page = _Head("")
    if head.get("content-type").lower().startswith("application/http"):
        page_text, begun = _split(block)
        page = _Head(decode_text(page_text))
        yield from held.add(page.text)
        encoding = page.get("content-encoding").lower()
    if not begun and not block.left:
        return
    name = names.distinct(_name(head), "record")
    blocks = _blocks(begun, block)
    if page.get("transfer-encoding").lower().endswith("chunked"):
        blocks = unchunk(blocks)
    yield Embedded(name, partial(_open, blocks, encoding), None, stored)


def _split(block: SliceStream) -> tuple[bytes, bytes]:
    """Headers of a page, and what was read of its body."""
    data = b""
    while len(data) < HEADERS and (more := block.read(LINE)):
        data += more
        ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark)) >= 0]
        if ends:
            at, size = min(ends)
            return data[: at + size], data[at + size :]
    return (data, b"") if not block.left else (b"", data)


def _blocks(begun: bytes, block: SliceStream) -> Iterator[bytes]:
    if begun:
        yield begun
    while data := block.read(BLOCK):
        yield data


def _open(blocks: Iterator[bytes], encoding: str) -> BinaryIO:
    """Gzip and zstandard are known by their bytes, and entered as any compressed file."""
    if encoding in {"deflate", "x-deflate"}:
        blocks = _inflated(blocks)
    elif encoding not in {"", "identity", "gzip", "x-gzip", "zstd", "none", "utf-8"}:
        refuse(Kind.UNSUPPORTED, "brotli" if encoding == "br" else "content encoding of a page")
    return binary(BlockStream(blocks))


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Servers send both the zlib format, which is meant, and the bare one."""
    first = next((block for block in blocks if block), b"")
    wrapped = first[:1] and first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    decoder = zlib.decompressobj(15 if wrapped else -15)
    for block in chain([first], blocks):
        pending = block
        while pending and not decoder.eof:
            try:
                yield decoder.decompress(pending, BLOCK)
            except zlib.error:
                raise Unreadable(Kind.CORRUPT, "compressed page") from None
            pending = decoder.unconsumed_tail
    if first and not decoder.eof:
        raise Unreadable(Kind.CORRUPT, "compressed page")


def _name(head: _Head) -> str:
    """Last part of the target's path, or the type of the record."""
    target = head.get("warc-target-uri").strip("<>").partition("#")[0].partition("?")[0]
    path = target.partition("://")[2] or target
    return path.rpartition("/")[2][:NAME] or head.get("warc-type")[:NAME]
