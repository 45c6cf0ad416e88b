"""Dumps of databases other than SQL text: archives of pg_dump of any version, MongoDB, Redis, directories."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable

import bson
import lz4.frame
import pytest
import zstandard
from reading import columns, read

from scanner.contracts import Source, Unreadable
from scanner.model import Column, Embedded, Gap
from scanner.readers.ldif import LdifReader
from scanner.readers.mongodump import MongoDumpReader
from scanner.readers.pgdump import PgDumpReader
from scanner.readers.redisdump import RedisReader
from scanner.readers.sqldump import SqlDumpReader
from scanner.readers.tablerows import TableRowsReader
from scanner.sniff import sniff

LOAD = "COPY public.clients (id, mail) FROM stdin;\n"
ROWS = b"1\tlea@example.org\n2\t\\N\n\\.\n\n\n"
CLIENTS = {("public.clients", "id"): ["1", "2"], ("public.clients", "mail"): ["lea@example.org", None]}


def number(value: int) -> bytes:
    return bytes([value < 0]) + abs(value).to_bytes(4, "little")


def text(value: str | None) -> bytes:
    return number(-1) if value is None else number(len(value.encode())) + value.encode()


def archive(minor: int, packing: int, form: int = 1, file: str = "") -> bytes:
    """A head and a table of contents as PostgreSQL writes them: 14 is of version 12 to 15, 15 of 16, 16 of 17."""
    head = (
        b"PGDMP" + bytes([1, minor, 0, 4, 8, form]) + (bytes([packing]) if minor > 14 else number(6 if packing else 0))
    )
    head += b"".join(map(number, (0, 0, 12, 1, 0, 126, 0))) + text("shop") + text("15.1") + text("15.1")
    listed = [(1, "ENCODING", "SET client_encoding = 'UTF8';\n", None), (2, "TABLE DATA", None, LOAD)]
    toc = number(len(listed))
    for at, kind, definition, load in listed:
        toc += number(at) + number(1) + text("0") + text("0") + text(kind) + text(kind) + number(3)
        toc += text(definition) + text(None) + text(load) + text("public") + text("") + text("")
        toc += (number(0) if minor > 15 else b"") + text("owner") + text("false") + text(None)
        toc += text(file) if form != 1 else b"\x02" + bytes(8)
    return head + toc


def block(kind: int, at: int, pieces: list[bytes]) -> bytes:
    return bytes([kind]) + number(at) + b"".join(number(len(p)) + p for p in pieces) + number(0)


PACKERS: list[tuple[int, int, Callable[[bytes], bytes]]] = [
    (14, 0, bytes),
    (14, 1, zlib.compress),
    (15, 0, bytes),
    (15, 1, zlib.compress),
    (15, 2, lz4.frame.compress),
    (15, 3, zstandard.compress),
    (16, 3, zstandard.compress),
]


@pytest.mark.parametrize(("minor", "packing", "pack"), PACKERS)
def test_archives_of_all_versions(minor: int, packing: int, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(ROWS)
    data = archive(minor, packing) + block(1, 2, [packed[:7], packed[7:]])
    assert sniff(data, "a.dump").media_type == "application/x-pgdump"
    assert columns(read(PgDumpReader, data, piece=5)) == CLIENTS


def test_large_objects_are_entered() -> None:
    blobs = b"\x03" + number(3) + number(77) + number(4) + b"abcd" + number(0) + number(0)
    content = read(PgDumpReader, archive(14, 0) + block(1, 2, [ROWS]) + blobs)
    assert [c.name for c in content if isinstance(c, Embedded)] == ["blob_77"]


def test_a_newer_archive_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="pg_restore"):
        read(PgDumpReader, archive(14, 0)[:6] + b"\x63" + archive(14, 0)[7:])


def test_rows_are_named_by_the_table_of_contents_beside_them() -> None:
    toc = archive(14, 1, 5, "3349.dat")
    source = Source(io.BytesIO(ROWS), "3349.dat", len(ROWS), "application/x-pgdump-data", "utf-8")
    source.beside = {"toc.dat": toc}.get  # type: ignore[assignment]
    assert columns(TableRowsReader().read(source)) == CLIENTS


def test_rows_of_mysqldump_tab() -> None:
    definition = b"-- MariaDB dump 10\nCREATE TABLE `a` (\n  `id` int,\n  `note` text\n);\n"
    rows = b"1\tun\\\tdeux\\\ntrois \\\\\n2\t\\N\n"
    source = Source(io.BytesIO(rows), "a.txt", len(rows), "application/x-mysql-tab", "utf-8")
    source.beside = lambda name: definition if name == "a.sql" else b""
    assert columns(TableRowsReader().read(source)) == {
        ("a", "id"): ["1", "2"],
        ("a", "note"): ["un\tdeux\ntrois \\", None],
    }


def test_mydumper_defines_its_tables_in_files_of_their_own() -> None:
    rows = b"INSERT INTO `a` VALUES (1,'lea@example.org');\n"
    source = Source(io.BytesIO(rows), "shop.a.00000.sql", len(rows), "application/sql", "utf-8")
    source.beside = lambda name: (
        b"CREATE TABLE `a` (\n`id` int,\n`mail` text\n);" if name == "shop.a-schema.sql" else b""
    )
    assert columns(SqlDumpReader().read(source)) == {("a", "id"): ["1"], ("a", "mail"): ["lea@example.org"]}


DOCUMENTS = [
    {"nom": "Martin", "adresse": {"ville": "Lyon"}, "mails": ["a@example.org", "b@example.org"]},
    {"nom": "Durand", "photo": b"\x89PNG\r\n\x1a\n" + bytes(20), "brut": bytes(range(30))},
]


def test_bson() -> None:
    data = b"".join(map(bson.encode, DOCUMENTS))
    assert sniff(data, "clients.bson").media_type == "application/bson"
    content = read(MongoDumpReader, data, "clients.bson")
    assert columns(content) == {
        ("clients", "nom"): ["Martin", "Durand"],
        ("clients", "adresse.ville"): ["Lyon"],
        ("clients", "mails"): ["a@example.org", "b@example.org"],
    }
    assert [c.name for c in content if isinstance(c, Embedded)] == ["clients.photo[2]"]
    assert [c.bytes_unread for c in content if isinstance(c, Gap)] == [30]


def test_archive_of_mongodump_joins_the_slices_of_a_collection() -> None:
    end = b"\xff" * 4
    data = b"\x6d\xe2\x99\x81" + bson.encode({"version": "0.1"}) + bson.encode({"db": "shop", "collection": "c"}) + end
    for document in DOCUMENTS[:1] * 2:
        data += bson.encode({"db": "shop", "collection": "c", "EOF": False}) + bson.encode(document) + end
    assert sniff(data, "a.archive").media_type == "application/x-mongodump-archive"
    assert columns(read(MongoDumpReader, data))["shop.c", "nom"] == ["Martin", "Martin"]


def short(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def test_redis() -> None:
    listpack = b"\0\0\0\0\4\0" + b"\x83nom\4" + b"\x86Martin\7" + b"\x81n\2" + b"\x05\1" + b"\xff"
    packed = b"\xc3\x06\x14" + b"\x01ab\xe0\x09\x01"  # two bytes, then eighteen that repeat them
    data = b"REDIS0011\xfa" + short(b"redis-ver") + short(b"7.0.1") + b"\xfe\x02\xfb\x03\x00"
    data += b"\0" + short(b"panier:4411") + short(b"lea@example.org")
    data += b"\x10" + short(b"client:7") + short(listpack)
    data += b"\xfc" + bytes(8) + b"\0" + short(b"n") + b"\xc1\x39\x30"
    data += b"\0" + short(b"long") + packed + b"\xff" + bytes(8)
    assert sniff(data, "dump.rdb").media_type == "application/x-redis-dump"
    assert columns(read(RedisReader, data)) == {
        ("db2", "(key)"): ["panier:4411", "client:7", "n", "long"],
        ("db2", "panier:*"): ["lea@example.org"],
        ("db2", "client:*.nom"): ["Martin"],
        ("db2", "client:*.n"): ["5"],
        ("db2", "n"): ["12345"],
        ("db2", "long"): ["ab" * 10],
    }


def test_ldif() -> None:
    cn = base64.b64encode("Léa Martin".encode()).decode()
    data = f"version: 1\ndn: uid=lm,dc=example,dc=org\ncn:: {cn}\nmail: lea.martin@exam\n ple.org\n"
    assert sniff(data.encode(), "a").media_type == "text/x-ldif"
    content = read(LdifReader, data.encode(), "a.ldif", piece=7)
    assert columns(content)["", "cn"] == ["Léa Martin"]
    assert columns(content)["", "mail"] == ["lea.martin@example.org"]
    assert all(isinstance(part, Column) for part in content)
