"""dBase tables, as accounting and municipal programs still exchange them; deleted rows are read too."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scanner.contracts import Source, Unreadable
from scanner.model import Column, Content, Gap, Kind, Problem
from scanner.sniff.encodings import find_encoding

ROWS = 1 << 14
PAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x04: "mac-roman", 0x57: "cp1252", 0x58: "cp1252",
         0x59: "cp1252",
         0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x6A: "cp737", 0xC8: "cp1250", 0xC9: "cp1251", 0xCB: "cp1253",
         0x0D: "cp437", 0x0E: "cp850", 0x1D: "cp850", 0x25: "cp850", 0x37: "cp850", 0x4D: "cp936"}  # fmt: skip
"""What the byte at 29 says of the language."""
TEXTS = frozenset("CNFDL")
MEMOS = frozenset("MGPWQV")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: str
    start: int
    width: int


class DbfReader:
    """Fields of dBase and FoxPro tables as columns, deleted rows too; memos stand in a file beside."""

    name: ClassVar[str] = "dbf"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-dbf"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Rows in batches."""
        stream = source.stream
        head = stream.read(32)
        start, width = struct.unpack("<HH", head[8:12]) if len(head) == 32 else (0, 0)
        described = stream.read(max(0, start - 32))
        fields = _fields(described, head[0] & 7 == 4)
        if not fields or width < 2 or fields[-1].start + fields[-1].width > width:
            raise Unreadable(Kind.CORRUPT, "no fields")
        page, first = PAGES.get(head[29], ""), 1
        while data := stream.read(ROWS * width):
            rows = len(data) // width
            if not rows:
                break
            page = page or _page(data)
            cells = np.frombuffer(data, np.uint8, rows * width).reshape(rows, width)
            if cells[0, 0] == 0x1A:
                break
            for index, field in enumerate(fields):
                values = _values(cells[:, field.start : field.start + field.width], field.kind, page)
                if values is not None:
                    yield Column("", field.name, index, values, first)
            first += rows
        if first == 1 and struct.unpack("<I", head[4:8])[0]:
            raise Unreadable(Kind.CORRUPT, "no rows where the head tells some")
        binary = sum(field.width for field in fields if field.kind not in TEXTS | MEMOS | {"I"}) * (first - 1)
        if binary:
            yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), binary)


def _fields(described: bytes, seventh: bool) -> list[_Field]:
    found, at = [], 1
    size, label = (48, 32) if seventh else (32, 11)
    data = described[36:] if seventh else described
    for place in range(0, len(data) - size + 1, size):
        part = data[place : place + size]
        if part[0] == 0x0D:
            break
        name = part[:label].split(b"\0", 1)[0].decode("cp850")
        kind, width = chr(part[label]), part[label + 1] if seventh else part[16]
        if kind == "C" and not seventh:
            width += part[17] << 8  # Clipper's and FoxPro's long texts
        found.append(_Field(name, kind, at, width))
        at += width
    return found


def _page(data: bytes) -> str:
    """Code page where the head says none."""
    found = find_encoding(data[: 1 << 16].replace(b"\0", b" "))
    return found if found and not found.startswith("utf-16") else "cp850"


def _values(cells: npt.NDArray[np.uint8], kind: str, page: str) -> pa.Array | None:
    if kind == "I":
        return (
            pa.array(np.ascontiguousarray(cells).view("<i4").ravel()).cast(pa.string()) if cells.shape[1] == 4 else None
        )
    if kind not in TEXTS or not cells.shape[1]:
        return None
    texts = pc.utf8_trim(_decoded(cells, page), " \t\x00")
    if kind == "D":
        texts = pc.replace_substring_regex(texts, r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3")
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _decoded(cells: npt.NDArray[np.uint8], page: str) -> pa.Array:
    """Bytes of equal width as texts; one code page decodes all at once when each byte is a character."""
    if page.startswith("utf") or page == "cp936":
        return pa.array([row.tobytes().decode(page, "replace") for row in cells], pa.string())
    table = np.array([ord(bytes([code]).decode(page, "replace")) for code in range(256)], np.uint32)
    return pa.array(np.ascontiguousarray(table[cells]).view(f"<U{cells.shape[1]}").ravel(), pa.string())
