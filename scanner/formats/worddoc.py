"""Text of Word 97-2003 documents by their table of pieces ([MS-DOC] 2.4.1): all of it, wherever it stands."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from scanner.contracts import Unreadable
from scanner.formats.compound import CompoundFile
from scanner.model import Content, Kind, Marks, Passage

LIMIT = 512 << 20
CHARS = 1 << 20
MARK, FIRST = 0xA5EC, 101
"""Of the main stream, and the first version that has pieces."""
SECOND_TABLE, COMPRESSED = 0x0200, 0x40000000
COUNTS = 0x4C
PLACES = ("", "footnotes", "heads and feet", "macros", "comments", "endnotes", "text boxes", "text boxes in heads")
"""Parts of the text in their order; their lengths stand one after the other in the head."""
_SIGNS = {7: "\t", 11: "\n", 12: "\n", 13: "\n", 19: " ", 20: " ", 21: " ", 30: "-", 160: " "}
_SIGNS |= dict.fromkeys((*range(7), 8, *range(14, 19), *range(22, 30)), " ")


def read_word(compound: CompoundFile) -> Iterator[Content]:
    """Passages of each part, hidden and deleted text too; ``Unreadable`` when the document has no pieces."""
    main = _stream(compound, "WordDocument")
    if len(main) < 0x1AA or struct.unpack_from("<H", main)[0] != MARK or int.from_bytes(main[2:4], "little") < FIRST:
        raise Unreadable(Kind.UNSUPPORTED, "older than Word 97")
    flags = int.from_bytes(main[10:12], "little")
    table = _stream(compound, "1Table" if flags & SECOND_TABLE else "0Table")
    at, size = struct.unpack_from("<II", main, 0x1A2)
    text = "".join(_pieces(main, table[at : at + size]))
    start = 0
    for place, count in zip(PLACES, struct.unpack_from("<8i", main, COUNTS), strict=True):
        yield from _passages(text[start : start + max(0, count)], place)
        start += max(0, count)
    yield from _passages(text[start:], "beyond the parts")


def _stream(compound: CompoundFile, name: str) -> bytes:
    entry = next((entry for entry in compound.entries if entry.path == (name,)), None)
    if entry is None:
        raise Unreadable(Kind.CORRUPT, "a stream is missing")
    return compound.read(entry, LIMIT)


def _pieces(main: bytes, clx: bytes) -> Iterator[str]:
    """Stretches of the main stream in the order of the text."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # properties that pieces share
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    plain = clx[at + 5 :]
    count = (int.from_bytes(clx[at + 1 : at + 5], "little") - 4) // 12
    if clx[at : at + 1] != b"\2" or count < 1 or 4 + 12 * count > len(plain):
        raise Unreadable(Kind.CORRUPT, "no table of pieces")
    ends = struct.unpack_from(f"<{count + 1}I", plain)
    left = len(main)
    for number in range(count):
        place = int.from_bytes(plain[4 * (count + 1) + 8 * number + 2 :][:4], "little")
        size = ends[number + 1] - ends[number]
        narrow = bool(place & COMPRESSED)
        left -= size * (1 if narrow else 2)
        if size < 0 or left < 0:
            raise Unreadable(Kind.CORRUPT, "pieces beyond the stream")
        start = (place & ~COMPRESSED) // (2 if narrow else 1)
        raw = main[start : start + size * (1 if narrow else 2)]
        yield raw.decode("cp1252" if narrow else "utf-16-le", "replace").ljust(size)


def _passages(text: str, place: str) -> Iterator[Content]:
    """Paragraphs as lines; the marks that end cells are ends of paragraphs too."""
    text = text.replace("\x1f", "")
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    starts = np.concatenate(([0], np.flatnonzero((signs == 13) | (signs == 7)) + 1))
    text = text.translate(_SIGNS)
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at <= CHARS else text.rfind("\n", at, at + CHARS) + 1
        end = end if end > at else at + CHARS
        part = text[at:end]
        if part.strip():
            first = int(np.searchsorted(starts, at, "right")) - 1
            inside = starts[first : int(np.searchsorted(starts, end))] - at
            yield Passage(part, place, marks=Marks("paragraph", first + 1, np.maximum(inside, 0)))
        at = end
