"""Journals, event logs, property lists, directories, old tables: fields as columns, and damage of any kind."""

from __future__ import annotations

import plistlib
import struct
from datetime import datetime

import lz4.block
import pytest
import zstandard
from carriers import data as tables
from carriers import systems
from carriers.letter import LINES, ROW, TEXT
from reading import columns, read, text

from scanner.contracts import Reader, Unreadable
from scanner.model import Column, Embedded, Gap
from scanner.readers.berkeley import BerkeleyReader
from scanner.readers.dbf import DbfReader
from scanner.readers.evtx import EvtxReader
from scanner.readers.fixedwidth import FixedWidthReader
from scanner.readers.html import HtmlReader
from scanner.readers.journal import JournalReader
from scanner.readers.ldif import LdifReader
from scanner.readers.onenote import FILE_HEAD, OneNoteReader
from scanner.readers.plist import PlistReader
from scanner.readers.pst import PstReader
from scanner.readers.w3clogs import W3cLogReader
from scanner.readers.xmlsheets import XmlSheetReader

MADE = systems.carriers() | tables.carriers()
COMPRESSED = {
    1: None,
    2: lambda raw: struct.pack("<Q", len(raw)) + lz4.block.compress(raw, store_size=False),
    4: zstandard.compress,
}


def test_journals_binary_and_exported() -> None:
    for name in ("system.journal", "journal.export"):
        found = text(read(JournalReader, MADE[name], name))
        assert all(line in found for line in LINES)


@pytest.mark.parametrize("flag", [2, 4])
def test_compressed_fields_of_a_journal(flag: int) -> None:
    payload = COMPRESSED[flag](b"MESSAGE=" + TEXT.encode())  # type: ignore[misc]
    size = 64 + len(payload)
    entry = struct.pack("<BB6xQ", 1, flag, size) + bytes(48) + payload + bytes(-size % 8)
    head = MADE["system.journal"][:240]
    assert text(read(JournalReader, head + entry)).strip() == TEXT.strip()
    broken = entry[:80] + bytes(len(entry) - 80)
    assert any(isinstance(part, Gap) for part in read(JournalReader, head + broken))


def test_events_as_columns() -> None:
    found = columns(read(EvtxReader, MADE["Security.evtx"], "Security.evtx"))
    assert found["", "Event.EventData.iban"] == [ROW["iban"]]


def test_property_lists() -> None:
    tree = {
        "a": [{"nom": "Zoé"}, {"nom": "Léa"}],
        "le": datetime(2026, 11, 3),
        "image": b"\xff\xd8\xff",
        "mot": b"secret",
    }
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        found = read(PlistReader, plistlib.dumps(tree, fmt=form), "a.plist")
        assert columns(found)["", "a[].nom"] == ["Zoé", "Léa"]
        assert columns(found)["", "mot"] == ["secret"]
        assert [part.bytes_unread for part in found if isinstance(part, Gap)] == [3]


def test_w3c_logs_by_field_and_parameter() -> None:
    log = MADE["u_ex261103.log"] + b"trop court\r\n#Fields: date c-ip\r\n2026-11-04 198.51.100.9\r\n"
    found = read(W3cLogReader, log, "u_ex.log")
    assert columns(found)["", "cs-username"] == ["mkerbrat"] * 3
    assert columns(found)["", "cs-uri-query.nom"] == [ROW["nom_complet"]]
    assert columns(found)["", "c-ip"][-1] == "198.51.100.9"
    assert "trop court" in text(found)


def test_directory_exports() -> None:
    photograph = b"\xff\xd8\xff\xe0" * 20
    import base64

    data = (
        "# export\nversion: 1\n\ndn: uid=z,dc=example,dc=org\ncn:: " + base64.b64encode("Zoé Le Gall".encode()).decode()
    )
    data += "\ndescription: une ligne\n  qui continue\njpegPhoto:: " + base64.b64encode(photograph).decode() + "\n"
    found = read(LdifReader, data.encode(), "a.ldif")
    assert columns(found)["", "cn"] == ["Zoé Le Gall"]
    assert columns(found)["", "description"] == ["une ligne qui continue"]
    assert [part.open().read() for part in found if isinstance(part, Embedded)] == [photograph]


def test_dbase_tables_deleted_rows_and_code_pages() -> None:
    found = columns(read(DbfReader, tables.dbf(), "clients.dbf"))
    assert found["", "NOM"] == ["Maëlle Kerbrat"] * 2
    told = bytearray(tables.dbf())
    told[29] = 0
    assert columns(read(DbfReader, bytes(told), "clients.dbf"))["", "NOM"] == ["Maëlle Kerbrat"] * 2


def test_fixed_width_tables() -> None:
    found = columns(read(FixedWidthReader, MADE["fixed.txt"], "fixed.txt"))
    assert found["", "date_naissance"] == [ROW["date_naissance"]] * 3
    prose = (
        "Madame, vous avez écrit  hier. Nous vous\nrépondrons  bientôt, dès que nous\naurons lu la lettre  du mois.\n"
        * 5
    )
    assert columns(read(FixedWidthReader, prose.encode(), "a.txt")) == {}


def test_tables_in_pages_and_layout_that_is_none() -> None:
    cells = "".join(f"<td>{value}</td>" for value in ROW.values())
    head = "".join(f"<th>{name}</th>" for name in ROW)
    page = (
        f"<html><body><p>Avant</p><table border=1><tr>{head}</tr>\n<tr>{cells}</tr></table><p>Après</p></body></html>"
    )
    found = read(HtmlReader, page.encode(), "a.html")
    assert columns(found)["table 1", "date_naissance"] == [ROW["date_naissance"]]
    assert text(found).split() == ["Avant", "Après"]
    layout = "<table><tr><td>Menu<td><table><tr><td>Bonjour<td>Zoé</table></table>"
    assert not [part for part in read(HtmlReader, layout.encode(), "a.html") if isinstance(part, Column)]


def test_spreadsheets_in_xml() -> None:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in (list(ROW), list(ROW.values()))
    )
    book = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Author>Zoé</Author><Worksheet ss:Name="Clients">'
        f"<Table>{rows}</Table></Worksheet></Workbook>"
    )
    found = read(XmlSheetReader, book.encode(), "a.xls")
    assert columns(found)["Clients", "iban"] == [ROW["iban"]]
    assert "Zoé" in text(found)


def test_notes_with_inserted_files() -> None:
    inserted = b"%PDF-1.4 " + bytes(50)
    data = (
        bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
        + bytes(100)
        + "Dossier de Zoé".encode("utf-16-le")
        + bytes(20)
    )
    data += FILE_HEAD + struct.pack("<QIQ", len(inserted), 0, 0) + inserted + bytes(30) + b"adresse postale\0\0"
    found = read(OneNoteReader, data, "a.one")
    assert "Dossier de Zoé" in text(found)
    assert "adresse postale" in text(found)
    assert [part.open().read() for part in found if isinstance(part, Embedded)] == [inserted]


def test_keys_and_values_of_a_tree() -> None:
    page = bytearray(4096)
    struct.pack_into("<HH", page, 20, 2, 4000)
    page[24], page[25] = 1, 5
    struct.pack_into("<HH", page, 26, 4080, 4000)
    page[4080:4087] = struct.pack("<HB", 4, 1) + b"alix"
    page[4000:4015] = struct.pack("<HB", 12, 1) + b"alix@mail.ex"
    head = bytearray(4096)
    head[12:16] = b"\x62\x31\x05\x00"
    struct.pack_into("<I", head, 20, 4096)
    found = columns(read(BerkeleyReader, bytes(head + page), "aliases.db"))
    assert found == {("", "key"): ["alix"], ("", "value"): ["alix@mail.ex"]}
    cut = bytes(12) + b"\x62\x31\x05\x00" + bytes(60) + b"alix@mail.ex " * 9
    with pytest.raises(Unreadable, match="runs of text"):
        read(BerkeleyReader, cut, "aliases.db")


def test_outlook_store_that_does_not_open() -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        read(PstReader, b"!BDN" + bytes(2000), "a.pst")


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        (JournalReader, "system.journal"), (JournalReader, "journal.export"), (EvtxReader, "Security.evtx"),
        (PlistReader, "prefs.plist"), (PlistReader, "prefs_binary.plist"), (DbfReader, "clients.dbf"),
        (FixedWidthReader, "fixed.txt"), (W3cLogReader, "u_ex261103.log"),
    ],
)  # fmt: skip
def test_damage_of_any_kind_raises_nothing_but_unreadable(reader: type[Reader], name: str) -> None:
    data = MADE[name][:6000]
    for at in range(1, len(data), max(1, len(data) // 40)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                read(reader, damaged, name)
            except Unreadable:
                continue
