"""Writes file formats byte for byte the same each time: fixed dates, fixed order, no random salt."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter  # type: ignore[import-untyped,unused-ignore]

WHEN = (2026, 11, 2, 8, 30, 0)
STAMP = 1793608200
Row = Sequence[object]


def table(rows: Iterable[Row], delimiter: str, encoding: str, newline: str = "\r\n") -> bytes:
    """Delimited text; the quoting is the csv module's."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue().encode(encoding)


def archive(members: Mapping[str, bytes], stored: Sequence[str] = ()) -> bytes:
    """A zip whose members all have the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, data)
    return out.getvalue()


def tarball(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as target:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), STAMP, 0o644
            info.uname = info.gname = "vauquelin"
            target.addfile(info, io.BytesIO(data))
    return compress(out.getvalue())


def compress(data: bytes) -> bytes:
    return gzip.compress(data, mtime=STAMP)


class ZipCrypto:
    """The old PKWARE cipher; weak, but it is what many a client's archive still has."""

    def __init__(self, password: bytes) -> None:
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for value in password:
            self._update(value)

    def _update(self, value: int) -> None:
        one, two, three = self.keys
        one = zlib.crc32(bytes([value]), one ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        three = zlib.crc32(bytes([two >> 24]), three ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        self.keys = [one, two, three]

    def encrypt(self, data: bytes) -> bytes:
        out = bytearray()
        for value in data:
            seed = (self.keys[2] | 2) & 0xFFFF
            out.append(value ^ ((seed * (seed ^ 1)) >> 8) & 0xFF)
            self._update(value)
        return bytes(out)


def locked(name: str, data: bytes, password: bytes) -> bytes:
    """A zip with one member under a password, its header bytes fixed instead of drawn."""
    crc = zlib.crc32(data)
    body = ZipCrypto(password).encrypt(b"vauquelin!!" + bytes([crc >> 24]) + data)
    day = ((WHEN[0] - 1980) << 9) | (WHEN[1] << 5) | WHEN[2]
    hour = (WHEN[3] << 11) | (WHEN[4] << 5)
    path = name.encode()
    shared = struct.pack("<HHHHHLLLHH", 20, 1, 0, hour, day, crc, len(body), len(data), len(path), 0)
    local = b"PK\x03\x04" + shared + path + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<HHHLL", 0, 0, 0, 0o644 << 16, 0) + path
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def docx(paragraphs: Iterable[str], author: str = "Ateliers Vauquelin") -> bytes:
    """A word-processor document with a core-properties part, as small as Word accepts."""
    space = "http://schemas.openxmlformats.org"
    types = f"{space}/package/2006/content-types"
    word = f"{space}/wordprocessingml/2006/main"
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in paragraphs)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kind = "application/vnd.openxmlformats-"
    members = {
        "[Content_Types].xml": f'{head}<Types xmlns="{types}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{kind}officedocument.wordprocessingml.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{kind}package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{space}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{space}/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'{head}<cp:coreProperties xmlns:cp="{space}/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>',
    }
    return archive({name: text.encode() for name, text in members.items()})


def odt(paragraphs: Iterable[str]) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in paragraphs)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return archive({name: text.encode() for name, text in members.items()}, stored=("mimetype",))


def pdf(lines: Sequence[str], title: str) -> bytes:
    """One or more pages of Helvetica, WinAnsi encoding, streams left uncompressed."""
    pages = [lines[at : at + 52] for at in range(0, len(lines), 52)]
    kids = " ".join(f"{4 + 2 * rank} 0 R" for rank in range(len(pages)))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for rank, page in enumerate(pages):
        stream = b"BT /F1 10 Tf 50 800 Td 14 TL\n" + b"".join(_shown(line) for line in page) + b"ET"
        sheet = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        parts += [
            f"{sheet}/Contents {5 + 2 * rank} 0 R>>".encode(),
            f"<</Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream",
        ]
    parts.append(b"<</Title(" + title.encode("cp1252") + b")/Producer(Paie Facile)>>")
    return _assembled(parts)


def _shown(line: str) -> bytes:
    text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + text.encode("cp1252") + b") Tj T*\n"


def _assembled(parts: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for rank, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{rank} 0 obj\n".encode() + part + b"\nendobj\n"
    rows = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    size = len(parts) + 1
    tail = f"trailer <</Size {size}/Root 1 0 R/Info {len(parts)} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    return out + f"xref\n0 {size}\n0000000000 65535 f \n".encode() + rows + tail


def workbook(sheets: Mapping[str, Sequence[Row]], hidden: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(*WHEN), "author": "Ateliers Vauquelin"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name in hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def database(script: str, inserts: Mapping[str, Sequence[Row]]) -> bytes:
    """An SQLite file; the writer's version number in its header is fixed, or it would follow the machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.db"
        link = sqlite3.connect(path)
        link.executescript(script)
        for statement, rows in inserts.items():
            link.executemany(statement, rows)
        link.commit()
        link.close()
        data = bytearray(path.read_bytes())
    data[96:100] = (3_040_000).to_bytes(4, "big")
    return bytes(data)


def picture(width: int = 64, height: int = 24) -> bytes:
    """A plain PNG: something that holds no text."""
    line = b"\x00" + b"\x8b\x5a\x2b" * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(line * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
