"""Berkeley databases: keys and values of all pages, as old mail, address and package programs keep them."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Kind

LEAVES = frozenset({2, 5, 12, 13})
"""Types of pages that hold items: hash (2 unsorted, 13 sorted), leaf of a tree, duplicates."""
OVERFLOW = 7
HEAD = 26


class BerkeleyReader:
    """Keys and values of Berkeley databases in the order of their pages, deleted ones that are still there too."""

    name: ClassVar[str] = "berkeley"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-berkeley-db"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Keys and values as two columns."""
        head = source.stream.read(512)
        order = "<" if head[12:16] in (b"\x62\x31\x05\x00", b"\x61\x15\x06\x00", b"\x53\x22\x04\x00") else ">"
        size = struct.unpack_from(order + "I", head.ljust(32, b"\0"), 20)[0]
        if size not in {1 << power for power in range(9, 17)} or len(head) < 512:
            yield from TextRuns().read(io.BytesIO(head))
            yield from TextRuns().read(source.stream)
            raise Unreadable(Kind.CORRUPT, "no size of pages: only runs of text were read")
        source.stream.read(size - 512)
        gathered = Gathered()
        while page := source.stream.read(size):
            for number, item in enumerate(_items(page, order)):
                text = item.decode("utf-8", "replace").replace("\0", " ").strip()
                if text:
                    gathered.add("value" if number % 2 else "key", text)
            if gathered.full:
                yield from gathered.flush()
        yield from gathered.flush()


def _items(page: bytes, order: str) -> Iterator[bytes]:
    if len(page) < HEAD:
        return
    count, free = struct.unpack_from(order + "HH", page, 20)
    kind = page[25]
    if kind == OVERFLOW:
        yield b""
        yield page[HEAD : HEAD + free]
    if kind not in LEAVES or HEAD + 2 * count > len(page):
        return
    places = struct.unpack_from(f"{order}{count}H", page, HEAD)
    ends = dict(zip(sorted(places), [*sorted(places)[1:], len(page)], strict=True))
    for at in places:
        if kind in (2, 13):
            yield page[at + 1 : ends[at]] if at < len(page) and page[at] == 1 else b""
        else:
            length = int.from_bytes(page[at : at + 2], "little" if order == "<" else "big")
            yield page[at + 3 : at + 3 + length] if page[at + 2 : at + 3] in (b"\1", b"\x81") else b""
