"""Records of old Excel workbooks ([MS-XLS]): what would make a parser take all memory, and what is not in cells."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.compound import CompoundFile
from scanner.formats.oleparts import read_objects, read_properties
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Kind, Passage

LIMIT = 512 << 20
DIMENSIONS, FILE_PASS = 0x0200, 0x002F
# Records of cells begin with row and column.
CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
LAST_COLUMN = 255
HEADER, FOOTER, NOTE, USER, TEXT_BOX, LINK = 0x14, 0x15, 0x1C, 0x5C, 0x1B6, 0x1B8
"""Records that hold text outside cells: page heads and feet, comments and boxes, who wrote the file, links."""
ASIDES = frozenset({HEADER, FOOTER, NOTE, USER, TEXT_BOX, LINK})


def is_sound(stream: BinaryIO) -> bool:
    """False when a sheet claims cells beyond the last column, or ends before it begins."""
    stream.seek(0)
    try:
        compound = CompoundFile(stream)
        main = next((entry for entry in compound.entries if entry.name in {"Workbook", "Book"}), None)
        data = compound.read(main, LIMIT) if main is not None else b""
    except Unreadable:
        return False
    finally:
        stream.seek(0)
    return bool(data) and are_sound(data)


def are_sound(data: bytes) -> bool:
    """The same for the records themselves; a password is told."""
    at, end, head = 0, len(data) - 4, struct.Struct("<HH")
    while at <= end:
        kind, size = head.unpack_from(data, at)
        if kind == FILE_PASS:
            raise Unreadable(Kind.ENCRYPTED, "workbook with a password")
        if kind in CELLS and size >= 4 and data[at + 7 : at + 8] != b"\0":
            return False
        if kind == DIMENSIONS and size == 14 and not _spans(data[at + 4 : at + 18]):
            return False
        at += 4 + size
    return True


def _spans(body: bytes) -> bool:
    if len(body) < 14:
        return False
    first, last, left, right = struct.unpack("<IIHH", body[:12])
    return bool(first <= last <= 1 << 16 and left <= right <= LAST_COLUMN + 1)


def read_beside(stream: BinaryIO) -> Iterator[Content]:
    """Comments, text boxes, heads and feet of pages, links, properties and inserted objects."""
    stream.seek(0)
    compound = CompoundFile(stream)
    main = next((entry for entry in compound.entries if entry.name in {"Workbook", "Book"}), None)
    if main is not None:
        text = "\n".join(filter(str.strip, _asides(compound.read(main, LIMIT), main.name == "Book")))
        if text:
            yield Passage(text, "comments, boxes, heads and feet")
    yield from read_properties(compound)
    pools = sorted({entry.path[0] for entry in compound.entries if entry.path[0].startswith("MBD")})
    if pools:
        yield from read_objects(compound, tuple(pools))


def _asides(data: bytes, old: bool) -> Iterator[str]:
    """Texts outside cells; those of ``old`` workbooks (BIFF5) are 8-bit."""
    at, end, head = 0, len(data) - 4, struct.Struct("<HH")
    while at <= end:
        kind, size = head.unpack_from(data, at)
        body = data[at + 4 : at + 4 + size] if kind in ASIDES else b""
        at += 4 + size
        if kind == TEXT_BOX and len(body) >= 12:
            text, at = _continued(data, at, int.from_bytes(body[10:12], "little"))
            yield text
        elif kind == NOTE:
            yield body[6:].decode("cp1252", "replace") if old else _string(body[8:])
        elif body and kind == LINK:
            yield from (passage.text for passage in TextRuns().read(io.BytesIO(body)))
        elif body:
            yield body[1:].decode("cp1252", "replace") if old else _string(body)


def _string(body: bytes) -> str:
    """Length, a flag for wide characters, characters ([MS-XLS] 2.5.294)."""
    count = int.from_bytes(body[:2], "little")
    if body[2:3] == b"\1":
        return body[3 : 3 + 2 * count].decode("utf-16-le", "replace")
    return body[3 : 3 + count].decode("latin-1")


def _continued(data: bytes, at: int, count: int) -> tuple[str, int]:
    """The text of a box, which follows it in records of their own."""
    text = ""
    while len(text) < count and data[at : at + 2] == b"\x3c\0":
        size = int.from_bytes(data[at + 2 : at + 4], "little")
        body = data[at + 4 : at + 4 + size]
        at += 4 + size
        text += body[1:].decode("utf-16-le" if body[:1] == b"\1" else "latin-1", "replace")
    return text[:count], at
