"""Spreadsheets: columns with their headers, values as a person reads them, everything beside the cells as text."""

from __future__ import annotations

import datetime
import io
import random
import struct
import zipfile
from collections.abc import Sequence
from contextlib import suppress

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter
from carriers import binarybook
from carriers.binarybook import Cell
from carriers.mails import compound
from openpyxl.comments import Comment  # type: ignore[import-untyped]

from scanner.contracts import Source, Unreadable
from scanner.formats.biff import are_sound, read_beside
from scanner.formats.biff12 import reach
from scanner.formats.headers import find_header
from scanner.model import Column, Content, Embedded, Gap, Passage
from scanner.readers.spreadsheets import SpreadsheetReader
from scanner.sniff import sniff


def contents(data: bytes) -> list[Content]:
    return list(SpreadsheetReader().read(Source(io.BytesIO(data), "x.xlsx", len(data), "")))


def columns(found: list[Content]) -> dict[tuple[str, str, int], list[str]]:
    return {(c.table, c.name, c.index): c.values.to_pylist() for c in found if isinstance(c, Column)}


def text(found: list[Content]) -> str:
    return "\n".join(c.text for c in found if isinstance(c, Passage))


def workbook() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Salariés"
    sheet.append(["Liste du personnel de l'agence de Brest"])
    sheet.append([])
    sheet.append([None, "Nom", "CP", "Entrée", "Effectif", "Taux"])
    sheet.append([None, "Le Gall", "01000", datetime.date(2026, 11, 2), 12, 1.5])
    sheet.append([None, "Roux", "29200", datetime.date(2025, 1, 31), 7, 2])
    sheet["B4"].comment = Comment("à rappeler", "Ana Ruiz")
    hidden = book.create_sheet("cachée")
    hidden.sheet_state = "hidden"
    hidden.append(["a@example.org", "12"])
    hidden.append(["b@example.org", "13"])
    book.properties.creator = "Zoé Prigent"
    book.save(out)
    return out.getvalue()


def test_columns_values_and_rows() -> None:
    found = contents(workbook())
    values = columns(found)
    assert values[("Salariés", "Nom", 1)] == ["Le Gall", "Roux"]
    assert values[("Salariés", "CP", 2)] == ["01000", "29200"]
    assert values[("Salariés", "Entrée", 3)][0].startswith("2026-11-02")
    assert values[("Salariés", "Effectif", 4)] == ["12", "7"]
    assert values[("Salariés", "Taux", 5)] == ["1.5", "2"]
    assert values[("cachée", "", 0)] == ["a@example.org", "b@example.org"]
    rows = {c.table: c.first_row for c in found if isinstance(c, Column)}
    assert rows == {"Salariés": 4, "cachée": 1}


def test_titles_comments_and_properties_are_text() -> None:
    whole = text(contents(workbook()))
    for expected in ("Liste du personnel de l'agence de Brest", "à rappeler", "Ana Ruiz", "Zoé Prigent"):
        assert expected in whole


def test_empty_columns_and_rows_before_the_table_keep_the_numbers() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("f")
        for at, row in enumerate([["Nom", "Âge"], ["Roux", 41], ["Le Bris", 39]]):
            sheet.write_row(4 + at, 2, row)
    found = [c for c in contents(out.getvalue()) if isinstance(c, Column)]
    assert [(c.name, c.index, c.first_row) for c in found] == [("Nom", 2, 6), ("Âge", 3, 6)]


def test_long_sheets_come_in_runs() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["numéro"])
        for row in range(1, 45_001):
            sheet.write_number(row, 0, row)
    found = [c for c in contents(out.getvalue()) if isinstance(c, Column)]
    assert [(c.first_row, len(c.values)) for c in found] == [(2, 20_000), (20_002, 20_000), (40_002, 5_000)]
    assert found[-1].values[-1].as_py() == "45000"


def test_opendocument_comments_and_password() -> None:
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    note = "Roux</text:p><office:annotation><text:p>note privée</text:p></office:annotation><text:p>"
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
        for row in [["Nom", "Ville"], [note, "Brest 29200"]]
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='f'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"

    def packed(manifest: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            parts = {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest}
            for name, data in parts.items():
                target.writestr(name, data)
        return out.getvalue()

    found = contents(packed("<m/>"))
    assert columns(found)[("f", "Ville", 1)] == ["Brest 29200"]
    assert "Roux" in columns(found)[("f", "Nom", 0)][0]
    assert "note privée" in text(found)
    with pytest.raises(Unreadable, match="encrypted"):
        contents(packed("<m><encryption-data/></m>"))


def test_a_cell_in_the_last_corner_costs_no_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("f")
        sheet.write(0, 0, "Le Gall")
        sheet.write(1_048_575, 16_383, "Roux")
    found = contents(out.getvalue())
    assert "Le Gall" in text(found)
    assert "Roux" in text(found)
    assert any(isinstance(c, Gap) for c in found)


def test_old_workbooks_with_impossible_records_are_not_given_to_the_parser() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    sound = record(0x200, struct.pack("<IIHHH", 0, 10, 0, 5, 0)) + record(0x203, struct.pack("<HHHd", 1, 2, 0, 1.5))
    assert are_sound(sound)
    assert not are_sound(sound + record(0x200, struct.pack("<IIHHH", 9000, 10, 0, 5, 0)))
    assert not are_sound(sound + record(0x203, struct.pack("<HHHd", 1, 40_000, 0, 1.5)))
    with pytest.raises(Unreadable, match="encrypted"):
        are_sound(record(0x2F, bytes(54)) + sound)


def test_what_is_no_workbook_is_told() -> None:
    with pytest.raises(Unreadable):
        contents(b"\0" * 2000)
    with pytest.raises(Unreadable):
        contents(workbook()[:3000])
    found = contents(b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(50) + b"Adresse de Zoe Prigent" + bytes(50))
    assert "Zoe Prigent" in text(found)
    assert any(isinstance(c, Gap) for c in found)


@pytest.mark.parametrize(
    ("rows", "names", "doubtful"),
    [
        ([["Nom", "Âge"], ["Roux", "41"]], ("Nom", "Âge"), 0),
        ([["Roux", "Brest"], ["Le Gall", "Lyon"]], ("Roux", "Brest"), 1),
        ([["1", "2"], ["3", "4"]], (), 0),
        ([["a@example.org", "b"], ["c@example.org", "d"]], (), 0),
        ([], (), 0),
    ],
)
def test_header(rows: list[list[str]], names: tuple[str, ...], doubtful: int) -> None:
    header = find_header(rows)
    assert (header.names, header.doubtful) == (names, doubtful)


def test_damage_of_any_kind_raises_nothing_but_unreadable() -> None:
    whole, dice = workbook(), random.Random(5)
    for _ in range(60):
        data = bytearray(whole[: dice.choice([len(whole), dice.randrange(1, len(whole))])])
        for _ in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(Unreadable):
            for content in SpreadsheetReader().read(Source(io.BytesIO(bytes(data)), "x", len(data), "")):
                if isinstance(content, Embedded):
                    content.open().read()


def test_comments_heads_and_links_of_old_workbooks() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    box = "Rappeler Zoé Le Gall".encode("utf-16-le")
    link = bytes(20) + "mailto:zoe@example.org".encode("utf-16-le") + bytes(2)
    book = (
        record(0x1B6, bytes(10) + struct.pack("<HHI", 20, 16, 0))
        + record(0x3C, b"\1" + box[:20])
        + record(0x3C, b"\1" + box[20:])
        + record(0x3C, bytes(16))
        + record(0x14, struct.pack("<HB", 8, 0) + "Léa Roux".encode("cp1252"))
        + record(0x1B8, link)
    )
    found = text(read_beside(io.BytesIO(compound({"Workbook": book}))))
    assert all(value in found for value in ("Rappeler Zoé Le Gall", "Léa Roux", "mailto:zoe@example.org"))


def binary(rows: dict[int, Sequence[Cell]], extra: dict[str, bytes] | None = None) -> bytes:
    shared: list[str] = []
    return binarybook.workbook({"Salariés": binarybook.sheet(rows, shared, frozenset({2}))}, shared, extra)


def test_binary_workbooks_are_columns() -> None:
    data = binary(
        {
            0: ["Nom", "CP", "Entrée", "Solde", "Actif"],
            1: ["Le Gall", "01000", 29221.0, 12.5, True],
            4: ["Roux", "29200", 31048.0, 7.0, None],
        }
    )
    assert sniff(data, "x").media_type.startswith("application/vnd.ms-excel.sheet.binary")
    found = contents(data)
    values = columns(found)
    assert values[("Salariés", "Nom", 0)] == ["Le Gall", "", "", "Roux"]
    assert values[("Salariés", "CP", 1)] == ["01000", "", "", "29200"]
    assert values[("Salariés", "Entrée", 2)] == ["1980-01-01", "", "", "1985-01-01"]
    assert values[("Salariés", "Solde", 3)] == ["12.5", "", "", "7"]
    assert values[("Salariés", "Actif", 4)] == ["true", "", "", ""]
    assert not any(isinstance(c, Gap | Embedded) for c in found)


def test_comments_in_binary_workbooks_are_text() -> None:
    author, note = binarybook.wide("Ana Ruiz"), b"\0" + binarybook.wide("à rappeler demain")
    comments = binarybook.record(632, author) + binarybook.record(637, note) + binarybook.record(636)
    found = contents(binary({0: ["Nom", "CP"], 1: ["Roux", "29200"]}, {"xl/comments1.bin": comments}))
    assert [c.text.split("\n") for c in found if isinstance(c, Passage) and c.place == "comments"] == [
        ["Ana Ruiz", "à rappeler demain"]
    ]


def test_a_cell_in_the_last_corner_of_a_binary_workbook_costs_no_memory() -> None:
    found = contents(binary({0: ["Le Gall"], 1_048_575: [*[None] * 16_383, "Ana Ruiz"]}))
    assert {"Le Gall", "Ana Ruiz"} <= set(text(found).split("\n"))
    assert any(isinstance(c, Gap) for c in found)


@pytest.mark.parametrize(
    "data", [b"", b"\x07", b"\x00\x04\x05", b"\xff\xff\xff\xff\xff\xff\xff", b"\x07\x02ab\x00\x01"]
)
def test_cut_records_reach_as_far_as_they_go(data: bytes) -> None:
    rows, last = reach(io.BytesIO(data))
    assert rows <= 1 << 32
    assert last <= 1 << 32
