"""Database files that nothing at hand opens: what is readable in them is read, and the rest told."""

from __future__ import annotations

import pytest
from reading import read, text

from scanner.model import Gap, Kind
from scanner.readers.remnants import RemnantReader
from scanner.sniff import sniff

ROW = "\x03\x07Zoé Le Gall\x13zoe@example.org".encode("cp1252")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x03\x00\x40\x00", "client.MYD"),
        (b"\xfe\x01\x0a\x0c\x12\x00", "client.frm"),
    ],
)
def test_database_files(head: bytes, name: str) -> None:
    data = head + bytes(30) + ROW * 3 + bytes(200)
    assert sniff(data, name).media_type in RemnantReader.media_types
    found = read(RemnantReader, data, name)
    assert "Zoé Le Gall" in text(found)
    assert "zoe@example.org" in text(found)
    assert [part.problem.kind for part in found if isinstance(part, Gap)] == [Kind.UNSUPPORTED]
