"""Texts as the files that offices keep them in: other encodings, Word and Excel documents."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_file(chance: Random, name: str, text: str) -> tuple[str, bytes]:
    """The name and bytes of a file that holds the text: one text in five as Word, one table in five as Excel."""
    stem, _, ending = name.rpartition(".")
    way = chance.random()
    if ending == "txt" and way < 0.2:
        return f"{stem}.docx", as_word(text)
    if ending == "csv" and way < 0.2:
        return f"{stem}.xlsx", as_workbook(text)
    if ending in {"txt", "csv", "sql"} and way < 0.35:
        return name, text.encode("cp1252", "replace")
    return name, text.encode()


def as_word(text: str) -> bytes:
    """A Word document, one paragraph a line."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.splitlines()
    )
    whole = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>'
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", whole)
    return stream.getvalue()


def as_workbook(text: str) -> bytes:
    """An Excel workbook of one sheet, all cells as text."""
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(StringIO(text), delimiter=delimiter)):
            sheet.write_row(number, 0, row)
    return stream.getvalue()
