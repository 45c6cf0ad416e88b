"""Documents, mail, tables and databases that are broken, looped or not what they say."""

from __future__ import annotations

import base64
import io
import random
import sqlite3
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from .packed import LINE, zipped

SUFFIXES = (
    "csv tsv json jsonl ndjson xml yaml yml sql sqlite db parquet arrow feather orc xlsx xls ods docx doc "
    "odt rtf pptx ppt pdf html htm eml mbox msg pst vcf ics zip tar tgz gz bz2 xz zst 7z rar jar txt log "
    "md ini toml conf png jpg gif mp4 exe so pem key kdbx epub pages numbers "
)
RANDOM = "csv json sql pdf docx xlsx db parquet eml zip xml yaml 7z gz msg doc xls rtf html mbox tar orc"
MAGIC = {
    "xlsx": b"PK\x03\x04",
    "pdf": b"%PDF-1.7\n",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "db": b"SQLite format 3\0",
    "parquet": b"PAR1",
    "orc": b"ORC",
    "gz": b"\x1f\x8b\x08\0",
    "7z": b"7z\xbc\xaf\x27\x1c\0\4",
    "rtf": b"{\\rtf1 ",
    "bz2": b"BZh9",
    "xz": b"\xfd7zXZ\0",
    "zst": b"\x28\xb5\x2f\xfd",
    "arrow": b"ARROW1\0\0",
    "tnef": b"\x78\x9f\x3e\x22",
    "rar": b"Rar!\x1a\x07\1\0",
    "ar": b"!<arch>\n",
}


def plant(folder: Path) -> None:
    """Write them all."""
    for make in (_empty, _noise, _pdfs, _office, _mail, _tables, _lies):
        for name, data in make().items():
            (folder / name).write_bytes(data)


def _empty() -> dict[str, bytes]:
    return {f"vide.{suffix}": b"" for suffix in SUFFIXES.split()}


def _noise() -> dict[str, bytes]:
    source = random.Random(11)
    files = {f"hasard.{suffix}": source.randbytes(40_000) for suffix in RANDOM.split()}
    return files | {f"debut.{suffix}": magic + source.randbytes(20_000) for suffix, magic in MAGIC.items()}


def _pdfs() -> dict[str, bytes]:
    loop = _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 3 0 R>>"])
    own = _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", b"3 0 R"])
    good = good_pdf()
    nested = _pdf([b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 50_000 + b">>", b"<</Type/Pages/Kids[]/Count 0>>"])
    return {
        "boucle.pdf": loop,
        "soi-meme.pdf": own,
        "coupe.pdf": good[: len(good) // 2],
        "sans-table.pdf": good[: good.index(b"xref")],
        "profond.pdf": nested,
        "table-folle.pdf": good.replace(b"startxref\n", b"startxref\n9"),
    }


def good_pdf() -> bytes:
    """A page with a line of text."""
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length 44>>stream\nBT /F 12 Tf 20 100 Td (bonjour a tous) Tj ET\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def _pdf(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def _office() -> dict[str, bytes]:
    book, paper = _workbook(100), _paper(b"<w:p><w:r><w:t>bonjour</w:t></w:r></w:p>" * 50)
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><x>&d;</x>'
    )
    return {
        "cent-feuilles.xlsx": book,
        "coupe.xlsx": book[: len(book) // 2],
        "coupe.docx": paper[: len(paper) // 2],
        "profond.docx": _paper(b"<w:p>" * 20_000),
        "entites.docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bomb}),
        "gonfle.docx": _paper(b"<w:p><w:r><w:t>" + b"x" * 60_000_000 + b"</w:t></w:r></w:p>"),
        "lignes-folles.xlsx": _far_cell(),
    }


def _workbook(sheets: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"F{number}")
            for row in range(20):
                sheet.write_row(row, 0, [f"v{row}", number, "texte"])
    return out.getvalue()


def _far_cell() -> bytes:
    """Two cells, at both ends of the largest sheet there is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "debut")
        sheet.write(1_048_575, 16_383, "fin")
    return out.getvalue()


def _paper(body: bytes) -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/word/document.xml" ContentType="' + kind + b'"/></Types>'
    )
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {
            "[Content_Types].xml": types,
            "word/document.xml": b'<w:document xmlns:w="' + space + b'"><w:body>' + body + b"</w:body></w:document>",
        }
    )


def _mail() -> dict[str, bytes]:
    head = b"From: a@example.org\nTo: b@example.org\nSubject: essai\nMIME-Version: 1.0\n"
    nested = b"Content-Type: text/plain\n\nau fond\n"
    for level in range(200):
        bound = b"b%d" % level
        nested = b'Content-Type: multipart/mixed; boundary="%b"\n\n--%b\n%b\n--%b--\n' % (bound, bound, nested, bound)
    attached = head + b"\nau fond\n"
    for _ in range(100):
        attached = head + b"Content-Type: message/rfc822\n\n" + attached
    parts = b"".join(b"--x\nContent-Type: text/plain\n\npartie %d\n" % n for n in range(5000))
    one = b"From a Mon Jan  5 10:00:00 2026\nSubject: essai\n\nbonjour\n\n"
    broken = base64.b64encode(LINE * 50)[:-3].replace(b"A", b"*")
    return {
        "parties.eml": head + nested,
        "poupees.eml": attached,
        "large.eml": head + b'Content-Type: multipart/mixed; boundary="x"\n\n' + parts,
        "base64.eml": head + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + broken,
        "jeu.eml": head + b'Content-Type: text/plain; charset="klingon-7"\n\n\xe9\xff texte\n',
        "nul.eml": head + b"\n\x00\xff texte\n",
        "entetes.eml": b"".join(b"X-%d: y\n" % n for n in range(50_000)) + b"\ncorps\n",
        "plis.eml": b"Subject: " + b"x\n " * 100_000 + b"\n\ncorps\n",
        "mots.eml": b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\n\ncorps\n",
        "bornes.eml": head + b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n" * 50_000,
        "dix-mille.mbox": one * 10_000,
        "sans-fin.mbox": b"From a@example.org Mon Jan  5 10:00:00 2026\n" + b"From \n" * 200_000,
    }


def _tables() -> dict[str, bytes]:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(5000)), "b": [f"texte {n}" for n in range(5000)]}), out)
    frame = out.getvalue()
    middle = bytearray(frame)
    middle[200:2000] = b"\xff" * 1800
    base = _database()
    holed = bytearray(base)
    holed[8192:24576] = b"\xa5" * 16384
    return {
        "pied-coupe.parquet": frame[:-20],
        "coupe.parquet": frame[: len(frame) // 2],
        "milieu.parquet": bytes(middle),
        "milieu.db": bytes(holed),
        "coupe.db": base[: len(base) // 2],
        "entete.db": base[:100],
        "pages.db": base[:28] + b"\xff\xff\xff\xff" + base[32:],
    }


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB)")
    connection.executemany("INSERT INTO t (b, c) VALUES (?, ?)", [(f"texte {n}", b"\0" * 50) for n in range(3000)])
    connection.execute("CREATE VIEW v AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT x FROM r")
    connection.execute('CREATE TABLE "t""; DROP TABLE t; --\n=1" ("a\nb" TEXT)')
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def _lies() -> dict[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), b"application/vnd.oasis.opendocument.text")
    return {
        "texte.pdf": LINE * 100,
        "texte.xlsx": LINE * 100,
        "texte.parquet": LINE * 100,
        "texte.db": LINE * 100,
        "zip.txt": zipped({"a.txt": LINE}),
        "pdf.csv": _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        "parquet.json": _tables()["coupe.parquet"],
        "sans-suffixe": LINE * 10,
        "coquille.odt": out.getvalue(),
        "sqlite.docx": _database(),
    }
