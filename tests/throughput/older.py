"""Formats of an office suite, laid out by their descriptions, for machines without one: plainer than what it writes."""

from __future__ import annotations

import struct
from html import escape
from random import Random

from tests.carriers.papers import ODF, XML, parts

from .papers import Make
from .prose import Prose

SECTOR = 512
FREE, END, OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of at most 7 MB: its table, the directory, then the streams."""
    padded = [data.ljust(max(4096, -(-len(data) // SECTOR) * SECTOR), b"\0") for data in streams.values()]
    folders = -(-(len(streams) + 1) // 4)
    whole = folders + sum(map(len, padded)) // SECTOR
    tables = -(-whole // (SECTOR // 4 - 1))
    chain = [OF_TABLE] * tables + [*range(tables + 1, tables + folders), END]
    rows = _entry("Root Entry", 5, FREE, 1, END, 0)
    for number, (name, data) in enumerate(zip(streams, padded, strict=True), 2):
        rows += _entry(name, 2, number if number <= len(streams) else FREE, FREE, len(chain), len(data))
        chain += [*range(len(chain) + 1, len(chain) + len(data) // SECTOR), END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    table = struct.pack(f"<{tables * 128}I", *chain, *[FREE] * (tables * 128 - len(chain)))
    return head + table + rows.ljust(folders * SECTOR, b"\0") + b"".join(padded)


def _entry(label: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = label.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBB3I", len(raw), kind, 1, FREE, right, child)
    return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def doc(size: int, prose: Prose, chance: Random) -> bytes:
    """Word 97 ([MS-DOC] 2.5) with all of its text in one piece."""
    text = "".join(f"{one}\r" for one in prose.paragraphs(size)).encode("cp1252", "replace")
    head = bytearray(2048)
    struct.pack_into("<HH6xH", head, 0, 0xA5EC, 193, 0x0200)
    struct.pack_into("<8i", head, 0x4C, len(text), *[0] * 7)
    pieces = struct.pack("<2I", 0, len(text)) + struct.pack("<HIH", 0, len(head) * 2 | 0x40000000, 0)
    clx = b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + text, "1Table": clx})


def xls(size: int, prose: Prose, chance: Random) -> bytes:
    """Excel 97 ([MS-XLS] 2.1.4): one sheet, a record for each cell."""
    book = _record(0x809, struct.pack("<4H2I", 0x600, 5, 0x0DBB, 1996, 0, 6))
    title = "Feuille".encode("utf-16-le")
    sheet = [_record(0x809, struct.pack("<4H2I", 0x600, 0x10, 0x0DBB, 1996, 0, 6))]
    for rank, row in enumerate([prose.head, *prose.rows(max(2, size // 400))]):
        for index, cell in enumerate(row):
            raw = cell.encode("latin-1", "replace")
            sheet.append(_record(0x204, struct.pack("<4HB", rank, index, 15, len(raw), 0) + raw))
    place = len(book) + 4 + 8 + len(title) + 4
    book += _record(0x85, struct.pack("<IHBB", place, 0, len(title) // 2, 1) + title) + _record(0x0A, b"")
    return compound({"Workbook": book + b"".join(sheet) + _record(0x0A, b"")})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def ppt(size: int, prose: Prose, chance: Random) -> bytes:
    """PowerPoint 97 ([MS-PPT] 2.1.2): a document with slides, each with its texts."""
    slides = b"".join(
        _atom(0x03EE, _atom(0x0FA0, text.encode("utf-16-le"), 0), 0xF) for text in prose.paragraphs(size // 2)
    )
    return compound({"PowerPoint Document": _atom(0x03E8, slides, 0xF), "Current User": bytes(20)})


def _atom(kind: int, data: bytes, version: int) -> bytes:
    return struct.pack("<HHI", version, kind, len(data)) + data


def odp(size: int, prose: Prose, chance: Random) -> bytes:
    texts = prose.paragraphs(int(size * 4.2))
    pages = "".join(
        f'<draw:page draw:name="p{at}"><draw:frame><draw:text-box>'
        + "".join(f"<text:p>{escape(one)}</text:p>" for one in texts[at : at + 5])
        + "</draw:text-box></draw:frame></draw:page>"
        for at in range(0, len(texts), 5)
    )
    return _open("presentation", f"<office:presentation>{pages}</office:presentation>")


def ods(size: int, prose: Prose, chance: Random) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in [prose.head, *prose.rows(max(2, size // 110))]
    )
    return _open(
        "spreadsheet",
        f'<office:spreadsheet><table:table table:name="f">{rows}</table:table></office:spreadsheet>',
    )


def _open(kind: str, body: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("table", "table"), ("draw", "drawing"))
        if f"xmlns:{name}=" not in ODF
    )
    content = f"{XML}<office:document-content {ODF}{spaces}><office:body>{body}</office:body></office:document-content>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return parts({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


OLDER: dict[str, Make] = {"doc": doc, "xls": xls, "ods": ods, "ppt": ppt, "odp": odp}
