"""Looks through the records of an old Excel workbook for what would make a parser take all memory ([MS-XLS])."""

from __future__ import annotations

import struct
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.compound import CompoundFile
from scanner.model import Kind

LIMIT = 512 << 20
DIMENSIONS, FILE_PASS = 0x0200, 0x002F
# Records of cells begin with row and column.
CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
LAST_COLUMN = 255


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
