"""Bytes first, name second."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from scanner.sniff import Sniffed, sniff

FRENCH = "Le père Noël a été reçu à l'hôtel de la forêt, où l'élève français mangeait des pâtes brûlées.\n"
OOXML = "application/vnd.openxmlformats-officedocument."


def zipped(*members: tuple[str, str], deflate: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return out.getvalue()


def tarred(name: str = "a") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return out.getvalue()


def old_tar() -> bytes:
    block = bytearray(tarred()[:512])
    block[257:265] = bytes(8)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + bytes(1024)


def ole(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


def types_part(word: str) -> str:
    return f'<Types><Override PartName="/x" ContentType="{OOXML}{word}.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"", "a.csv", "inode/x-empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a.txt", "application/pdf"),
        (b"{\\rtf1\\ansi bonjour}", "a.doc", "application/rtf"),
        (gzip.compress(b"x"), "a.csv", "application/gzip"),
        (bz2.compress(b"x"), "a", "application/x-bzip2"),
        (bz2.compress(b""), "a", "application/x-bzip2"),
        (lzma.compress(b"x"), "a", "application/x-xz"),
        (zstandard.compress(b"x"), "a", "application/zstd"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x01\x00", "a", "application/vnd.rar"),
        (tarred(), "a.csv", "application/x-tar"),
        (old_tar(), "a", "application/x-tar"),
        (tarred("%PDF-1.4"), "a.pdf", "application/x-tar"),
        (tarred("PK\3\4"), "a.zip", "application/x-tar"),
        (zipped(("a.txt", "x")), "a.docx.zip", "application/zip"),
        (
            zipped(("[Content_Types].xml", "x"), ("word/document.xml", "x")),
            "a.csv",
            OOXML + "wordprocessingml.document",
        ),
        (zipped(("[Content_Types].xml", "x"), ("xl/workbook.xml", "x")), "a.csv", OOXML + "spreadsheetml.sheet"),
        (
            zipped(("[Content_Types].xml", types_part("presentationml.presentation"))),
            "a.bin",
            OOXML + "presentationml.presentation",
        ),
        (
            zipped(("[Content_Types].xml", "x"), ("xl/workbook.bin", "x")),
            "a.xls",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        ),
        (
            zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "x"), deflate=False),
            "a.xls",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            zipped(("content.xml", "x"), ("mimetype", "application/vnd.oasis.opendocument.text")),
            "a.zip",
            "application/vnd.oasis.opendocument.text",
        ),
        (zipped(("mimetype", "application/epub+zip"), deflate=False), "a", "application/epub+zip"),
        (zipped(("index.xml", "x")), "a.pages", "application/vnd.apple.pages"),
        (ole("WordDocument"), "a.xls", "application/msword"),
        (ole("Workbook"), "a", "application/vnd.ms-excel"),
        (ole("PowerPoint Document"), "a", "application/vnd.ms-powerpoint"),
        (ole("__properties_version1.0"), "a", "application/vnd.ms-outlook"),
        (ole("EncryptedPackage"), "a.docx", "application/x-ooxml-protected"),
        (ole("Unknown"), "a.doc", "application/msword"),
        (ole("Unknown"), "a", "application/x-ole-storage"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a", "image/heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a", "video/mp4"),
        (b"\x7fELF\x02\x01\x01\0", "a", "application/x-elf"),
        (b"MZ\x90\0\x03\0\0\0", "a", "application/vnd.microsoft.portable-executable"),
        (b"!BDN\0\0\0\0", "a", "application/vnd.ms-outlook-pst"),
        (b"\x78\x9f\x3e\x22\0\0", "winmail.dat", "application/vnd.ms-tnef"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "a.asc", "application/pgp-encrypted"),
        (b"\x85\x01\x0c\x03\xff\x00" * 9, "a.gpg", "application/pgp-encrypted"),
        (b"\x30\x82\x01\x00\x02\x01\x03" + bytes(range(90)), "a.p12", "application/x-pkcs12"),
        (b"Obj\x01\x04\x16avro.schema", "a.csv", "application/avro"),
        (b"\x00\x01\x02\x03\x04" * 40, "a.bin", "application/octet-stream"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nMIIB\n", "id_rsa", "text/plain"),
        (b"Received: from a\r\nFrom: x@example.org\r\nSubject: y\r\n\r\nz", "a", "message/rfc822"),
        (b"From x@example.org Mon Jan  1 00:00:00 2024\nFrom: x\nSubject: y\n\nz", "a", "application/mbox"),
        (b"From here on we walk\nwith no header\n", "a.txt", "text/plain"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "a", "text/vcard"),
        (b"BEGIN:VCALENDAR\r\n", "a", "text/calendar"),
        (b"<!DOCTYPE html>\n<html><body>x</body></html>", "a.xls", "text/html"),
        (b"<table><tr><td>x</td></tr></table>", "a.xls", "text/html"),
        (b"<?xml version='1.0'?><root/>", "a.csv", "application/xml"),
        (b"<root><a>x</a></root>", "a", "application/xml"),
        (b"<?php echo 1;", "a.txt", "text/x-php"),
        (b'{"a": 1}', "a.csv", "application/json"),
        (b'{"a": 1}\n{"a": 2}\n', "a.csv", "application/x-ndjson"),
        (b'[{"a": 1}, {"a": 2}]', "a", "application/json"),
        (b"[12.01 10:00:00] start\n[12.01 10:00:01] stop\n", "a.log", "text/plain"),
        (b"a: 1\nb:\n  - c\n", "a.yml", "application/yaml"),
        (b"---\na: 1\nb: 2\n", "a", "application/yaml"),
        (b"DB_HOST=x\nDB_PASSWORD=y\n", ".env.local", "text/x-dotenv"),
        (b"DB_HOST=x\nDB_PASSWORD=y\n", "production", "text/x-dotenv"),
        (b"[client]\nuser=x\npassword=y\n", "my.cnf", "text/x-ini"),
        (b"a.b=1\nc.d=2\n", "app.properties", "text/x-ini"),
        (b"[tool]\na = 1\n", "a.toml", "application/toml"),
        (b"-- MySQL dump 10.13\n--\n", "save.txt", "application/sql"),
        (b"--\n-- PostgreSQL database dump\n--\n", "save", "application/sql"),
        (b"/* x */\nINSERT INTO `t` VALUES (1);\n", "save.bak", "application/sql"),
        (b"COPY public.t (a) FROM stdin;\n1\n\\.\n", "x", "application/sql"),
        (b"a;b;c\n1;2;3\n4;5;6\n", "export.txt", "text/csv"),
        (b"a\tb\tc\n1\t2\t3\n4\t5\t6\n", "export", "text/tab-separated-values"),
        (b"x@example.org\ny@example.org\n", "list.csv", "text/csv"),
        (b"Bonjour, voici le texte.\nIl a, dit-on, des virgules, et des lignes.\n", "a.txt", "text/plain"),
        (b"import os\nprint(os)\n", "a.py", "text/x-python"),
    ],
)
def test_media_type(head: bytes, name: str, media_type: str) -> None:
    assert sniff(head, name).media_type == media_type


def test_databases(tmp_path: Path) -> None:
    path = tmp_path / "x"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    assert sniff(path.read_bytes(), "a.csv").media_type == "application/vnd.sqlite3"
    pq.write_table(pa.table({"a": [1]}), path)
    assert sniff(path.read_bytes(), "a.csv").media_type == "application/vnd.apache.parquet"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32-le", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_encoding_of_french(encoding: str, found: str) -> None:
    sniffed = sniff((FRENCH * 5).encode(encoding), "a.txt")
    assert sniffed == Sniffed("text/plain", found)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Москва является столицей России и крупнейшим городом страны. " * 4, "cp1251"),
        ("Москва является столицей России и крупнейшим городом страны. " * 4, "koi8-r"),
        ("東京は日本の首都であり、世界最大の都市のひとつです。" * 4, "shift_jis"),
        ("東京は日本の首都であり、世界最大の都市のひとつです。" * 4, "euc_jp"),
        ("北京是中华人民共和国的首都，也是全国的政治中心。" * 4, "gb18030"),
        ("Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και η μεγαλύτερη πόλη. " * 4, "cp1253"),
        ("東京は日本の首都です。" * 4, "iso2022_jp"),
    ],
)
def test_encoding_of_the_world(text: str, encoding: str) -> None:
    sniffed = sniff(text.encode(encoding), "a.txt")
    assert text.encode(encoding).decode(sniffed.encoding) == text


def test_names_in_short_lists_of_code_pages() -> None:
    names = "nom;prénom\nLefèvre;Hélène\nBénard;Zoé\nGarçon;François\n"
    for page in ("cp1252", "cp850", "mac-roman"):
        assert sniff(names.encode(page), "a.csv") == Sniffed("text/csv", page)


def test_a_character_cut_at_the_end_is_no_error() -> None:
    head = ("é" * 40000).encode()[: (1 << 16) - 1]
    assert sniff(b"x" + head, "a.txt").encoding == "utf-8"


def test_utf8_with_a_few_foreign_bytes_stays_utf8() -> None:
    head = (FRENCH * 20).encode() + "été\n".encode("cp1252")
    assert sniff(head, "a.log").encoding == "utf-8"


def test_logs_with_zeros_are_text() -> None:
    head = b"Jan  1 00:00:00 host service: started\n" * 50 + bytes(200) + b"Jan  1 00:00:01 host service: stopped\n"
    assert sniff(head, "syslog").media_type == "text/plain"


def test_declared_encoding_is_believed_when_it_fits() -> None:
    head = '<?xml version="1.0" encoding="iso-8859-2"?><a>źródło zażółć</a>'.encode("iso-8859-2")
    assert sniff(head, "a.xml").encoding == codecs.lookup("iso-8859-2").name
    lie = b'<?xml version="1.0" encoding="rot13"?><a>\xe9t\xe9 \xe0 la montagne</a>'
    assert sniff(lie, "a.xml").encoding == "cp1252"


def test_any_bytes_give_an_answer() -> None:
    for first in range(256):
        for second in (0, 10, 65, 200, 255):
            sniffed = sniff(bytes((first, second)) * 20, "a")
            assert sniffed.media_type
            if sniffed.encoding:
                codecs.lookup(sniffed.encoding)
