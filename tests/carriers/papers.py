"""Office, PDF and web documents that hold the letter in a place that is easily passed over."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from html import escape

import xlsxwriter

from .letter import LINES, ROW, TEXT
from .packed import zipped

SPACE = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{SPACE}/wordprocessingml/2006/main"'
KIND = "application/vnd.openxmlformats-officedocument."
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def carriers() -> dict[str, bytes]:
    old = {f"{place}.doc": old_word(rank) for rank, place in ((0, "body"), (2, "heads"), (4, "comments"))}
    return {**old, **_word(), **_slides(), **_sheets(), **_open(), **_pdfs(), **_web()}


def parts(members: dict[str, str | bytes]) -> bytes:
    return zipped({name: data if isinstance(data, bytes) else data.encode() for name, data in members.items()})


def word(body: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    kinds = {"header1": "header", "footnotes": "footnotes", "comments": "comments"}
    more = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{KIND}wordprocessingml.{kind}+xml"/>'
        for part, kind in kinds.items()
        if f"word/{part}.xml" in (extra or {})
    )
    types = (
        f'{XML}<Types xmlns="{SPACE}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{KIND}wordprocessingml.document.main+xml"/>{more}</Types>'
    )
    rels = (
        f'{XML}<Relationships xmlns="{SPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{SPACE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = f"{XML}<w:document {W}><w:body>{body}</w:body></w:document>"
    return parts({"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": document, **(extra or {})})


def runs(before: str = "", tag: str = "w:t") -> str:
    """A paragraph a line, each cut into two runs in the middle of a word, as editors do."""
    cut = [(line[: len(line) // 2], line[len(line) // 2 :]) for line in LINES]
    return "".join(
        "<w:p>"
        + "".join(f'<w:r>{before}<{tag} xml:space="preserve">{escape(half)}</{tag}></w:r>' for half in halves)
        + "</w:p>"
        for halves in cut
    )


EMPTY = "<w:p><w:r><w:t>Voir ailleurs.</w:t></w:r></w:p>"


def _word() -> dict[str, bytes]:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    removed = "".join(
        f'<w:p><w:del w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>{escape(line)}</w:delText>'
        "</w:r></w:del></w:p>"
        for line in LINES
    )
    box = f"<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{runs()}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    comment = f'{XML}<w:comments {W}><w:comment w:id="0" w:author="A">{runs()}</w:comment></w:comments>'
    note = f'{XML}<w:footnotes {W}><w:footnote w:id="2">{runs()}</w:footnote></w:footnotes>'
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>' for cell in pair)}</w:tr>"
        for pair in (("Nom", ROW["nom_complet"]), ("Date de naissance", ROW["date_naissance"]),
                     ("Adresse", ROW["adresse"]), ("N° de sécurité sociale", ROW["num_secu"]),
                     ("Téléphone", ROW["telephone"]), ("Courriel", ROW["courriel"]), ("IBAN", ROW["iban"]),
                     ("Carte bancaire", ROW["carte_bancaire"]))
    )  # fmt: skip
    inner = {"word/embeddings/Microsoft_Word_Document.docx": word(runs())}
    return {
        "body.docx": word(runs()),
        "hidden.docx": word(runs(hidden)),
        "deleted.docx": word(removed),
        "textbox.docx": word(box),
        "table.docx": word(f"<w:tbl>{table}</w:tbl>"),
        "header.docx": word(EMPTY, {"word/header1.xml": f"{XML}<w:hdr {W}>{runs()}</w:hdr>"}),
        "comment.docx": word(EMPTY, {"word/comments.xml": comment}),
        "footnote.docx": word(EMPTY, {"word/footnotes.xml": note}),
        "embedded.docx": word(EMPTY, {**inner}),
    }


def old_word(part: int) -> bytes:
    """A Word 97 document with two pieces, one of each width, the letter in one of its eight parts ([MS-DOC] 2.5)."""
    from .mails import compound

    text = ("".join(f"{line}\r" for line in LINES)).replace("\n", "\r")
    parts = ["Voir ailleurs.\r", "", "", "", "", "", "", ""]
    parts[part] = text
    whole = "".join(parts)
    cut = len(whole) // 2
    narrow, wide = whole[:cut].encode("cp1252"), whole[cut:].encode("utf-16-le")
    head = bytearray(2048)
    struct.pack_into("<HH6xH", head, 0, 0xA5EC, 193, 0x0200)
    struct.pack_into("<8i", head, 0x4C, *map(len, parts))
    place = len(head)
    pieces = struct.pack("<3I", 0, cut, len(whole))
    pieces += struct.pack("<HIH", 0, place * 2 | 0x40000000, 0) + struct.pack("<HIH", 0, place + len(narrow), 0)
    clx = b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + narrow + wide, "1Table": clx})


def slide(root: str, lines: Sequence[str] = LINES) -> str:
    text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return (
        f'{XML}<p:{root} xmlns:p="{SPACE}/presentationml/2006/main" xmlns:a="{SPACE}/drawingml/2006/main"><p:cSld>'
        f"<p:spTree><p:sp><p:txBody>{text}</p:txBody></p:sp></p:spTree></p:cSld></p:{root}>"
    )


def _slides() -> dict[str, bytes]:
    types = (
        f'{XML}<Types xmlns="{SPACE}/package/2006/content-types"><Override PartName="/ppt/presentation.xml" '
        f'ContentType="{KIND}presentationml.presentation.main+xml"/></Types>'
    )
    start: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "ppt/presentation.xml": f'{XML}<p:presentation xmlns:p="{SPACE}/presentationml/2006/main"/>',
    }
    return {
        "slide.pptx": parts({**start, "ppt/slides/slide1.xml": slide("sld")}),
        "notes.pptx": parts({**start, "ppt/notesSlides/notesSlide1.xml": slide("notes")}),
    }


def _sheets() -> dict[str, bytes]:
    return {"cells.xlsx": _book("cells"), "hidden.xlsx": _book("hidden"), "comment.xlsx": _book("comment"),
            "properties.xlsx": _book("properties")}  # fmt: skip


def _book(where: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Accueil")
        sheet.write(0, 0, "Voir ailleurs")
        if where == "comment":
            sheet.write_comment(0, 0, TEXT)
        elif where == "properties":
            book.set_properties({"author": LINES[1], "comments": TEXT})
        else:
            other = book.add_worksheet("Clients")
            other.write_row(4, 2, list(ROW))
            other.write_row(5, 2, list(ROW.values()))
            if where == "hidden":
                other.very_hidden()
    return out.getvalue()


ODF = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def _odt(body: str) -> bytes:
    content = f"{XML}<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return parts({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _open() -> dict[str, bytes]:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{''.join(f'<p>{escape(line)}</p>' for line in LINES)}</body></html>"
    rtf = "".join(rtf_text(line) + "\\par\n" for line in LINES)
    return {
        "body.odt": _odt(lines),
        "annotation.odt": _odt(f"<text:p>Voir<office:annotation>{lines}</office:annotation></text:p>"),
        "deleted.odt": _odt(
            f"<text:tracked-changes><text:changed-region><text:deletion>{lines}</text:deletion></text:changed-region>"
            "</text:tracked-changes><text:p>Voir ailleurs.</text:p>"
        ),
        "letter.epub": parts(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"/>',
                "OEBPS/chapitre.xhtml": page,
            }
        ),
        "letter.fb2": (
            f'{XML}<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section>'
            f"{''.join(f'<p>{escape(line)}</p>' for line in LINES)}</section></body></FictionBook>"
        ).encode(),
        "letter.rtf": ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + rtf + "}").encode("ascii"),
        "hidden.rtf": ("{\\rtf1\\ansi Voir{\\v " + rtf + "}{\\header rien}}").encode("ascii"),
        "object.rtf": b"{\\rtf1\\ansi Voir{\\object{\\*\\objdata 0105000002000000"
        + word(runs()).hex().encode()
        + b"}}}",
        "footnote.rtf": ("{\\rtf1\\ansi Voir ailleurs.{\\footnote " + rtf + "}}").encode("ascii"),
    }


def rtf_text(text: str) -> str:
    return "".join(char if char < "\x80" else f"\\u{ord(char)}?" for char in text)


def pdf(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 2 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out))  # fmt: skip


def _string(text: str) -> bytes:
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


def stream(data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n%s\nendstream" % (len(packed), head, packed)


def _page(lines: tuple[str, ...] = ("Voir ailleurs",), root: bytes = b"", page: bytes = b"", info: bytes = b"",
          more: tuple[bytes, ...] = ()) -> bytes:  # fmt: skip
    shown = b"BT /F1 10 Tf 14 TL 40 780 Td " + b"".join(
        b"(" + line.replace("’", "'").encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T* "
        for line in lines
    )
    return pdf([
        b"<< /Type /Catalog /Pages 3 0 R %s >>" % root, b"<< %s >>" % info,
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >> "
        b"%s >>" % page,
        stream(shown + b"ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", *more,
    ])  # fmt: skip


def _pdfs() -> dict[str, bytes]:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (lettre) /V %s /Rect [0 0 9 9] >>" % _string(TEXT)
    remark = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents %s >>" % _string(TEXT)
    return {
        "page.pdf": _page(LINES),
        "form.pdf": _page(root=b"/AcroForm << /Fields [7 0 R] >>", page=b"/Annots [7 0 R]", more=(field,)),
        "annotation.pdf": _page(page=b"/Annots [7 0 R]", more=(remark,)),
        "properties.pdf": _page(info=b"/Subject %s" % _string(TEXT)),
        "attachment.pdf": _page(
            root=b"/Names << /EmbeddedFiles << /Names [(lettre.txt) 7 0 R] >> >>",
            more=(
                b"<< /Type /Filespec /F (lettre.txt) /EF << /F 8 0 R >> >>",
                stream(TEXT.encode(), b"/Type /EmbeddedFile"),
            ),
        ),
    }


def _web() -> dict[str, bytes]:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in LINES)
    post = (
        f'{XML}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title><item><title>Lettre</title>'
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>"
    )
    entities = "".join(char if char < "\x80" else f"&#{ord(char)};" for char in body)
    return {
        "page.html": f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode(),
        "entities.html": f"<!DOCTYPE html><html><body>{entities}</body></html>".encode(),
        "hidden.html": f"<html><body><div style='display:none'>{body}</div></body></html>".encode(),
        "comment.html": f"<html><body>Voir<!-- {TEXT} --></body></html>".encode(),
        "export.wxr.xml": post.encode(),
        "letter.md": ("# Lettre\n\n" + "\n\n".join(f"* **{line}**" for line in LINES)).encode(),
    }
