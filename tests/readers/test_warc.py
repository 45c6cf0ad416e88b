"""Web archives: every record and page comes out, whatever a server or a crawler made of its bytes."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from reading import Sequential, text

from scanner.config import Limits, Settings
from scanner.contracts import Source, Unreadable
from scanner.model import Content, Embedded, Gap, Item, ItemRow, Kind, Locator, Passage, Status
from scanner.readers.warc import WarcReader
from scanner.sight.eye import Eye
from scanner.sniff import sniff
from scanner.walk import Walk

BLIND = Eye(Settings(today=date(2026, 11, 24)))

PAGE = "<p>Hélène Roux, 06 39 98 00 12</p>".encode()


def record(kind: str, uri: str, block: bytes, content_type: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def page(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", "")).encode() + body


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def contents(data: bytes, piece: int = 1 << 30) -> tuple[list[Content], dict[str, bytes | Kind]]:
    found: list[Content] = []
    inside: dict[str, bytes | Kind] = {}
    stream: Any = io.BytesIO(data) if piece > 1 << 20 else Sequential(data, piece)
    for part in WarcReader().read(Source(stream, "a.warc", len(data), "application/warc")):
        found.append(part)
        if isinstance(part, Embedded):
            try:
                inside[part.name] = part.open().read()
            except Unreadable as stop:
                inside[part.name] = stop.problem.kind
    return found, inside


def test_records_pages_and_their_names() -> None:
    data = record("warcinfo", "", b"operator: Paul Roy\r\n", "application/warc-fields")
    data += record("response", "https://example.org/a/fiche.html?id=1#x", page(PAGE, "Set-Cookie: sid=abc"))
    data += record("request", "https://example.org/a/fiche.html", b"GET /a HTTP/1.1\r\nCookie: sid=abc\r\n\r\n")
    data += record("resource", "<https://example.org/a/fiche.html>", b"corps", "text/plain")
    data += record("response", "https://example.org/", page(b"accueil"))
    found, inside = contents(data)
    assert inside == {
        "warcinfo": b"operator: Paul Roy\r\n",
        "fiche.html": PAGE,
        "fiche.html#2": b"corps",
        "response": b"accueil",
    }
    assert {part.place for part in found if isinstance(part, Passage)} == {"headers"}
    assert text(found).count("sid=abc") == 2
    assert "fiche.html?id=1" in text(found)
    assert not [part for part in found if isinstance(part, Gap)]


@pytest.mark.parametrize("piece", [3, 1 << 30])
@pytest.mark.parametrize("size", [1, 7, 5000])
def test_chunks_are_undone(size: int, piece: int) -> None:
    body = PAGE * 50
    data = record("response", "x://y/a", page(chunked(body, size), "Transfer-Encoding: chunked"))
    assert contents(data, piece)[1] == {"a": body}


def test_chunks_that_are_none_or_broken() -> None:
    header = "Transfer-Encoding: chunked"
    data = record("response", "x://y/plain", page(PAGE, header))
    data += record("response", "x://y/cut", page(chunked(PAGE, 9)[:25], header))
    data += record("response", "x://y/none", page(b"", header))
    assert contents(data)[1] == {"plain": PAGE, "cut": Kind.CORRUPT}


def test_content_encodings() -> None:
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    bodies = {
        "deflate": zlib.compress(PAGE),
        "Deflate": bare.compress(PAGE) + bare.flush(),
        "gzip": gzip.compress(PAGE),
        "br": b"\x8b\x02\x80",
    }
    data = b"".join(record("response", f"x://y/{k}", page(v, f"Content-Encoding: {k}")) for k, v in bodies.items())
    data += record("response", "x://y/half", page(bodies["deflate"][:-9], "Content-Encoding: deflate"))
    assert contents(data)[1] == {
        "deflate": PAGE,
        "Deflate": PAGE,
        "gzip": bodies["gzip"],
        "br": Kind.UNSUPPORTED,
        "half": Kind.CORRUPT,
    }


def test_members_that_nobody_opens_are_passed_over() -> None:
    data = record("response", "x://y/a", page(PAGE * 9000)) + record("response", "x://y/b", page(PAGE))
    stream: Any = io.BytesIO(data)
    found = list(WarcReader().read(Source(stream, "a", len(data), "application/warc")))
    assert [part.name for part in found if isinstance(part, Embedded)] == ["a", "b"]


def test_truncated_and_misaligned_records() -> None:
    one = record("response", "x://y/a", page(PAGE))
    found, inside = contents(one + b"debris\n" + one)
    assert list(inside) == ["a", "a#2"]
    assert [part.bytes_unread for part in found if isinstance(part, Gap)] == [7]
    with pytest.raises(Unreadable, match="truncated"):
        contents(one + one[:-20])


def test_a_compressed_archive_is_entered_to_its_pages(tmp_path: Any) -> None:
    records = [record("response", "x://y/a.html", page(gzip.compress(PAGE), "Content-Encoding: gzip"))]
    records += [record("response", "x://y/photo.png", page(b"\x89PNG\r\n\x1a\n" + bytes(40)))]
    path = tmp_path / "site.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, records)))
    stat = path.stat()
    item = Item(Locator("filesystem", path.name), stat.st_size, stat.st_mtime_ns)
    visits = list(Walk(Limits(), b"k" * 16, BLIND).visit(item, lambda: path.open("rb"), path))
    assert any(isinstance(part, Passage) and "Hélène Roux" in part.text for _, part in visits)
    rows = {part.path: part for _, part in visits if isinstance(part, ItemRow)}
    assert rows["site.warc.gz!site.warc"].status is Status.READ
    assert rows["site.warc.gz!site.warc"].media_type == "application/warc"
    assert rows["site.warc.gz!site.warc!photo.png"].status is Status.UNREAD


def test_sniffed_by_its_first_bytes() -> None:
    assert sniff(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "a.txt").media_type == "application/warc"
    assert sniff(b"WARC/etc is a folder\n", "a.txt").media_type == "text/plain"


def test_damage_of_any_kind_raises_nothing_but_unreadable() -> None:
    whole = record("response", "x://y/a", page(chunked(PAGE, 5), "Transfer-Encoding: chunked"))
    whole += record("response", "x://y/b", page(zlib.compress(PAGE), "Content-Encoding: deflate"))
    dice = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 10)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(Unreadable):
            contents(bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
