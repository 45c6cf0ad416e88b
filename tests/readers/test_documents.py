"""Documents: everything typed in them comes out, also what is hidden, and damage is told."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from carriers.letter import LINES
from carriers.papers import old_word

from scanner.contracts import Reader, Source, Unreadable
from scanner.formats.compound import CompoundFile
from scanner.formats.iwork import unpack
from scanner.formats.markup import strip_markup
from scanner.model import Content, Embedded, Gap, Kind, Passage
from scanner.readers.documents import DocumentReader
from scanner.readers.html import HtmlReader
from scanner.readers.office import OfficeReader
from scanner.readers.remnants import RemnantReader
from scanner.readers.rtf import RtfReader
from scanner.readers.slides import SlidesReader

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def contents(reader: type[Reader], data: bytes, media_type: str = "", encoding: str = "") -> list[Content]:
    source = Source(io.BytesIO(data), "x", len(data), media_type, encoding)
    return [held(content) for content in reader().read(source)]


def held(content: Content) -> Content:
    """Members are read while their container is open, as the walk does."""
    return (
        replace(content, open=partial(io.BytesIO, content.open().read())) if isinstance(content, Embedded) else content
    )


def text(found: list[Content]) -> str:
    return "\n".join(c.text for c in found if isinstance(c, Passage))


def places(found: list[Content]) -> set[str]:
    return {c.place for c in found if isinstance(c, Passage)}


def members(found: list[Content]) -> dict[str, bytes]:
    return {c.name: c.open().read() for c in found if isinstance(c, Embedded)}


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        f"<w:p>{run('Nom : Le')}{run('Goff')}</w:p>"
        f'<w:p><w:del w:author="Ana Ruiz"><w:r><w:delText>supprimé</w:delText></w:r></w:del></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('gauche')}</w:p></w:tc><w:tc><w:p>{run('droite')}</w:p></w:tc></w:tr></w:tbl>"
    )
    link = '<Relationship TargetMode="External" Target="mailto:ana@example.org"/><Relationship Target="styles.xml"/>'
    return archive(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/comments.xml": f'<w:c {W}><w:comment w:author="Ivo Bel"><w:p>{run("avis")}</w:p></w:comment></w:c>',
            "word/header1.xml": f"<w:hdr {W}><w:p>{run('en-tête')}</w:p></w:hdr>",
            "word/styles.xml": "<w:styles>style</w:styles>",
            "word/_rels/document.xml.rels": f"<Relationships>{link}</Relationships>",
            "docProps/core.xml": "<c><creator>Paul Roy</creator></c>",
            "word/media/image1.png": b"\x89PNG",
            "word/embeddings/table.xlsx": b"PK",
        }
    )


def test_docx_whole() -> None:
    found = contents(OfficeReader, docx())
    whole = text(found)
    for expected in (
        "Nom : LeGoff\n",
        "Ana Ruiz",
        "supprimé",
        "caché",
        "Ivo Bel",
        "avis",
        "en-tête",
        "creator: Paul Roy",
    ):
        assert expected in whole
    assert "mailto:ana@example.org" in whole
    assert "gauchedroite" not in whole
    assert "style" not in whole
    assert places(found) == {"", "comments", "header", "properties", "document.xml.rels"}
    assert members(found) == {"word/media/image1.png": b"\x89PNG", "word/embeddings/table.xlsx": b"PK"}


def test_slides_and_opendocument_places() -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>titre</a:t></a:r></a:p></p:sld>'
    assert places(contents(OfficeReader, archive({"ppt/slides/slide3.xml": slide}))) == {"slide 3"}
    content = '<o xmlns:t="t" xmlns:d="d"><t:p>un<t:tab/>deux</t:p><d:creator>Zoé</d:creator><t:p>trois</t:p></o>'
    assert "un\tdeux\n" in text(contents(OfficeReader, archive({"content.xml": content})))


def test_encrypted_documents_are_told() -> None:
    manifest = "<m><file-entry><encryption-data/></file-entry></m>"
    with pytest.raises(Unreadable, match="encrypted"):
        contents(OfficeReader, archive({"META-INF/manifest.xml": manifest, "content.xml": b"\0\1\2"}))
    with pytest.raises(Unreadable, match="encrypted"):
        contents(DocumentReader, b"x", "application/x-ooxml-protected")


def test_entities_do_not_grow_and_broken_xml_is_still_read() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx">]><a>&b;reste</a>'
    found = contents(OfficeReader, archive({"word/document.xml": bomb}))
    assert "reste" in text(found)
    assert [c.problem.kind for c in found if isinstance(c, Gap)] == [Kind.CORRUPT]
    found = contents(OfficeReader, archive({"word/document.xml": "<a><p>avant</p><p>cassé</a>"}))
    assert "avant" in text(found)
    assert "cassé" in text(found)


def pdf(extra: bytes = b"", page: bytes = b"BT /F1 12 Tf 20 100 Td (Bonjour Madame Roux) Tj ET") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += extra
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table


def test_pdf_pages_forms_and_attachments() -> None:
    attached = zlib.compress(b"nom;ville\n")
    accented = "Zoé".encode("utf-16-be").hex().encode()
    extra = (
        b"10 0 obj\n<< /FT /Tx /T (prenom) /V <FEFF" + accented + b"> >>\nendobj\n"
        b"11 0 obj\n<< /Type /Filespec /F (a.csv) /UF (liste.csv) /EF << /F 12 0 R >> >>\nendobj\n"
        b"12 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(attached), attached)
    )
    found = contents(DocumentReader, pdf(extra), "application/pdf")
    first = found[0]
    assert isinstance(first, Passage)
    assert first.place == "page 1"
    assert "Bonjour Madame Roux" in first.text
    assert "Zoé" in text(found)
    assert members(found) == {"liste.csv": b"nom;ville\n"}


def test_pdf_without_text_is_not_read() -> None:
    with pytest.raises(Unreadable, match="no_text"):
        contents(DocumentReader, pdf(page=b"0 0 10 10 re f"), "application/pdf")
    with pytest.raises(Unreadable):
        contents(DocumentReader, b"%PDF-1.4\nnothing", "application/pdf")


def test_rtf() -> None:
    raw = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Pr\'e9nom Zo\'e9\par }"
    assert "Prénom Zoé" in text(contents(RtfReader, raw, "application/rtf"))


def test_html_text_attributes_and_encodings() -> None:
    page = "<style>p{}</style><p>Caf&eacute; <b>Du</b>pont<!-- note --></p>"
    page += "<input value='ana@example.org'><td>a</td><td>b</td>"
    whole = text(contents(HtmlReader, page.encode(), "text/html", "utf-8"))
    for expected in ("Café Dupont", "note", "ana@example.org", "a\t"):
        assert expected in whole
    assert "p{}" not in whole
    assert "été" in text(contents(HtmlReader, "<p>été</p>".encode("utf-16"), "text/html", "utf-16"))
    assert strip_markup("<" * 100_000).count("<") == 100_000


def records() -> bytes:
    def record(kind: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHI", version, kind, len(body)) + body

    return record(1006, record(4000, "Équipe".encode("utf-16-le")) + record(4008, b"texte"), 15)


def compound(name: str, data: bytes) -> bytes:
    """A compound file with one stream, in sectors of 512 bytes."""
    data = data.ljust(4096, b"\0")
    sectors = len(data) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = label.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBB3I", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    directory = (entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, len(data))).ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:36]
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + fat + directory + data


def test_compound_file_and_old_slides() -> None:
    data = compound("PowerPoint Document", records())
    opened = CompoundFile(io.BytesIO(data))
    assert [entry.path for entry in opened.entries] == [("PowerPoint Document",)]
    assert opened.read(opened.entries[0], 4096).startswith(records())
    assert "Équipe\ntexte" in text(contents(SlidesReader, data))


def test_remnants_are_partial() -> None:
    data = bytes(500) + "Dossier de Zoé Le Gall".encode("utf-16-le") + bytes(500) + b"adresse postale" + bytes(99)
    found = contents(RemnantReader, data)
    assert "Dossier de Zoé Le Gall" in text(found)
    assert "adresse postale" in text(found)
    assert isinstance(found[-1], Gap)
    assert found[-1].bytes_unread == len(data) - 44 - 15
    with pytest.raises(Unreadable, match="no_text"):
        contents(RemnantReader, bytes(5000))


def test_snappy_literals_and_copies() -> None:
    assert unpack(bytes([10, 4 << 2 | 0]) + b"abcde" + bytes([1 << 2 | 1, 5])) == b"abcdeabcde"
    with pytest.raises(Unreadable):
        unpack(bytes([10, 1, 9]))


CASES: list[tuple[type[Reader], Callable[[], bytes], str]] = [
    (OfficeReader, docx, ""),
    (DocumentReader, pdf, "application/pdf"),
    (DocumentReader, lambda: compound("WordDocument", b"\xec\xa5" + bytes(600) + b"texte"), "application/msword"),
    (SlidesReader, lambda: compound("PowerPoint Document", records()), ""),
    (RemnantReader, lambda: compound("Contents", b"texte du fichier"), ""),
]


@pytest.mark.parametrize(("reader", "build", "media_type"), CASES)
def test_damage_of_any_kind_raises_nothing_but_unreadable(
    reader: type[Reader], build: Callable[[], bytes], media_type: str
) -> None:
    whole, dice = build(), random.Random(5)
    for _ in range(40):
        data = bytearray(whole[: dice.choice([len(whole), dice.randrange(1, len(whole))])])
        for _ in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(Unreadable):
            members(contents(reader, bytes(data), media_type))


def test_all_parts_of_an_old_word_document() -> None:
    found = contents(DocumentReader, old_word(4), "application/msword")
    assert {"", "comments"} <= places(found)
    assert all(line in text(found) for line in LINES)
    broken = bytearray(old_word(0))
    broken[broken.index(b"\2\x1c\0\0\0") + 5] = 0xFF
    assert any(isinstance(part, Gap) for part in contents(DocumentReader, bytes(broken), "application/msword"))


def test_objects_and_pictures_in_rich_text() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(60)
    raw = b"{\\rtf1 a{\\pict\\pngblip\\picw9 " + picture.hex().encode() + b"}{\\object{\\*\\objdata 0105 "
    raw += b"PK\3\4".hex().encode() + b"\r\n00}}}"
    assert members(contents(RtfReader, raw, "application/rtf")) == {"object": b"PK\3\4\0", "picture.png": picture}
