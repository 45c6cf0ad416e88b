"""Office documents and PDF of any size, as editors lay them out: styles, headings, tables, heads, at times a picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from random import Random

import numpy as np
import xlsxwriter
from PIL import Image

from tests.carriers import papers
from tests.carriers.papers import ODF, SPACE, XML, W, parts

from .prose import Prose

Make = Callable[[int, Prose, Random], bytes]
"""One file of about so many bytes."""
LINE, LINES_OF_PAGE = 92, 48
ROW = 175
"""Bytes of text in a row of the table."""


def photograph(size: int, chance: Random) -> bytes:
    """A JPEG with the marks of a camera."""
    side = max(64, int((size * 2.2) ** 0.5))
    noise = np.random.default_rng(chance.getrandbits(32)).integers(0, 255, (side // 4 + 1, side // 4 + 1, 3), np.uint8)
    picture, marks, out = Image.fromarray(noise).resize((side, side)), Image.Exif(), io.BytesIO()
    marks[0x010F], marks[0x013B] = "Fabrique", "Accueil"
    picture.save(out, "JPEG", quality=chance.choice((80, 88, 93)), exif=marks)
    return out.getvalue()


def _pictured(size: int, chance: Random) -> tuple[int, bytes]:
    """What is left for text, and a picture that takes two thirds of every third document."""
    if chance.random() > 1 / 3:
        return size, b""
    picture = photograph(size * 2 // 3, chance)
    return max(4_000, size - len(picture)), picture


def docx(size: int, prose: Prose, chance: Random) -> bytes:
    size, picture = _pictured(size, chance)
    body = "".join(_paragraph(text, chance) for text in prose.paragraphs(int(size * 2.6)))
    table = "".join(f"<w:tr>{''.join(map(_cell, row[:7]))}</w:tr>" for row in prose.rows(max(1, size // 4_000)))
    head = f"{XML}<w:hdr {W}><w:p><w:r><w:t>{escape(prose.paragraphs(80)[0][:90])}</w:t></w:r></w:p></w:hdr>"
    extra: dict[str, str | bytes] = {"word/header1.xml": head, "docProps/core.xml": _core()}
    return papers.word(
        f"{body}<w:tbl>{table}</w:tbl>", extra | ({"word/media/image1.jpeg": picture} if picture else {})
    )


def _core() -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{SPACE}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Accueil</dc:creator></cp:coreProperties>'
    )


def _paragraph(text: str, chance: Random) -> str:
    """In two runs, with the numbers of sessions that editors leave."""
    mark, cut = f"{chance.getrandbits(32):08X}", len(text) // 2
    style = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>' if len(text) < 60 else '<w:pPr><w:jc w:val="both"/></w:pPr>'
    runs = "".join(
        f'<w:r w:rsidR="{mark}"><w:rPr><w:rFonts w:ascii="Calibri"/><w:lang w:val="fr-FR"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:cut], text[cut:])
    )
    return f'<w:p w:rsidR="{mark}">{style}{runs}</w:p>'


def _cell(text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1200"/></w:tcPr><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>'


def odt(size: int, prose: Prose, chance: Random) -> bytes:
    size, picture = _pictured(size, chance)
    body = "".join(
        f'<text:h text:outline-level="2">{escape(text)}</text:h>'
        if len(text) < 60
        else f'<text:p text:style-name="P{chance.randrange(9)}">{escape(text)}</text:p>'
        for text in prose.paragraphs(int(size * 2.7))
    )
    content = f"{XML}<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    members: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return parts(members | ({"Pictures/1.jpg": picture} if picture else {}))


def pptx(size: int, prose: Prose, chance: Random) -> bytes:
    size, picture = _pictured(size, chance)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{SPACE}/package/2006/content-types"/>',
        "ppt/presentation.xml": f'{XML}<p:presentation xmlns:p="{SPACE}/presentationml/2006/main"/>',
    }
    texts = prose.paragraphs(int(size * 2.2))
    for number, start in enumerate(range(0, len(texts), 5), 1):
        members[f"ppt/slides/slide{number}.xml"] = papers.slide("sld", texts[start : start + 4])
        members[f"ppt/notesSlides/notesSlide{number}.xml"] = papers.slide("notes", texts[start + 4 : start + 5])
    return parts(members | ({"ppt/media/image1.jpeg": picture} if picture else {}))


def xlsx(size: int, prose: Prose, chance: Random) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        left = max(3, size // 95)
        for number in range(chance.choice((1, 1, 2, 4))):
            sheet = book.add_worksheet(f"Feuille {number + 1}")
            rows = prose.rows(max(2, left // (number + 1)))
            for rank, row in enumerate([prose.head, *rows]):
                sheet.write_row(rank, 0, row)
                sheet.write_number(rank, len(row), rank * 1.5)
            left -= len(rows)
            if left <= 0:
                break
    return out.getvalue()


def rtf(size: int, prose: Prose, chance: Random) -> bytes:
    body = "".join(
        papers.rtf_text(text) + "\\par\\pard\\plain\\f0\\fs22 \n" for text in prose.paragraphs(int(size / 1.25))
    )
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + body + "}").encode("ascii")


def pdf(size: int, prose: Prose, chance: Random) -> bytes:
    """Pages of text, and every third file with a photograph that takes two thirds of it."""
    size, picture = _pictured(size, chance)
    lines = [line for text in prose.paragraphs(int(size * 1.5)) for line in _lines(text)]
    pages = [lines[at : at + LINES_OF_PAGE] for at in range(0, len(lines), LINES_OF_PAGE)]
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 3 0 R >>", b"<< /Author (Accueil) /Title (Rapport) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]  # fmt: skip
    shown = b"/XObject << /I %d 0 R >>" % (5 + 2 * len(pages)) if picture else b""
    for number, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 4 0 R >> %s >> >>"
            % (6 + 2 * number, shown)
        )
        objects.append(papers.stream(_drawn(page, bool(picture) and number == 0, chance)))
    if picture:
        side = Image.open(io.BytesIO(picture)).size[0]
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
            b"/Length %d >>\nstream\n%s\nendstream" % (side, side, len(picture), picture)
        )
    return papers.pdf(objects)


def _lines(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        end = text.rfind(" ", at, at + LINE) + 1 if len(text) - at > LINE else len(text)
        end = end if end > at else at + LINE
        found.append(text[at:end].rstrip())
        at = end
    return found


def _drawn(page: list[str], pictured: bool, chance: Random) -> bytes:
    """Lines in pieces set closer or wider, as editors justify and kern them."""
    lines = b""
    for line in page:
        text = line.encode("cp1252", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
        pieces = (b"(%s)%d" % (text[at : at + 5], chance.randint(-40, 40)) for at in range(0, len(text), 5))
        lines += b"[" + b"".join(pieces) + b"] TJ T* "
    return (b"q 200 0 0 200 300 40 cm /I Do Q " if pictured else b"") + b"BT /F1 10 Tf 16 TL 40 800 Td " + lines + b"ET"
