"""A binary workbook by its records ([MS-XLSB] 2.3 and 2.4), as small as readers take it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BINARY = "application/vnd.ms-excel"
Cell = str | float | bool | None
DAY = 1
"""The style of cells that are written as days."""


def record(kind: int, data: bytes = b"") -> bytes:
    """Kind and size in seven bits a byte, the lowest first (2.1.4)."""
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found, number = found + bytes([number & 0x7F | 0x80]), number >> 7
    return found + bytes([number])


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def sheet(rows: dict[int, Sequence[Cell]], shared: list[str], days: frozenset[int] = frozenset()) -> bytes:
    """Rows by their number from 0; every other text is shared, the rest stands in its cell."""
    body = (
        record(129) + record(148, struct.pack("<4I", 0, max(rows), 0, max(map(len, rows.values())) - 1)) + record(145)
    )
    for number, cells in rows.items():
        body += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for at, cell in enumerate(cells):
            body += _cell(struct.pack("<II", at, DAY if at in days and isinstance(cell, float) else 0), cell, shared)
    return body + record(146) + record(130)


def _cell(head: bytes, cell: Cell, shared: list[str]) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, bool):
        return record(4, head + bytes([cell]))
    if isinstance(cell, float):
        return record(5, head + struct.pack("<d", cell))
    if len(cell) % 2:
        return record(6, head + wide(cell))
    shared.append(cell)
    return record(7, head + struct.pack("<I", len(shared) - 1))


def workbook(sheets: dict[str, bytes], shared: Sequence[str], extra: dict[str, bytes] | None = None) -> bytes:
    """The package around sheets; ``extra`` are other parts."""
    book = record(131) + record(143)
    for number, name in enumerate(sheets, 1):
        book += record(156, struct.pack("<II", 0, number) + wide(f"rId{number}") + wide(name))
    texts = record(159, struct.pack("<II", len(shared), len(shared)))
    texts += b"".join(record(19, b"\0" + wide(text)) for text in shared) + record(160)
    links = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    links += [("rId90", "sharedStrings", "sharedStrings.bin"), ("rId91", "styles", "styles.bin")]
    parts = {
        "[Content_Types].xml": _types().encode(),
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": _rels(links),
        "xl/sharedStrings.bin": texts,
        "xl/styles.bin": _styles(),
        **{f"xl/worksheets/sheet{number}.bin": data for number, data in enumerate(sheets.values(), 1)},
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _styles() -> bytes:
    """Two forms of cells: plain, and number 14, which is a day."""
    forms = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, form, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    return record(278) + record(617, struct.pack("<I", 2)) + forms + record(618) + record(279)


def _types() -> str:
    return (
        f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" '
        f'ContentType="{_BINARY}.sheet.binary.macroEnabled.main"/></Types>'
    )


def _rels(links: Sequence[tuple[str, str, str]]) -> bytes:
    body = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in links
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'.encode()
