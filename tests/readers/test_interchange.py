"""SYLK and DIF: what spreadsheets exchanged before they had CSV, by the records that their descriptions give."""

from __future__ import annotations

import pytest
from readers.reading import columns, read, text

from scanner.model import Column, Gap
from scanner.readers.dif import DifReader
from scanner.readers.sylk import SylkReader
from scanner.sniff import sniff

SYLK = """ID;PWXL;N;E
P;PGeneral
P;Pdd/mm/yyyy
P;FCalibri;M220
F;P0;DG0G8;M300
B;Y4;X4;D0 0 3 3
O;L;D;V0;K47;G100 0.001
C;Y1;X1;K"Nom"
C;X2;K"Prénom"
C;X3;K"Naissance"
C;X4;K"Code postal"
C;Y2;X1;K"Le Gall;; épouse Roux"
C;X2;K"Ren\x1bNBe"
F;P1;FG0G;X3
C;K29221
C;X4;K"01000"
C;Y4;X1;K"Prigent"
C;X2;K"Zoé"
F;P1;FG0G;X3
C;K31048.5
C;X4;K29200;E"a"&RC[-1];Avu par Ana
NN;Nclients;ER1C1:R4C4
E
"""


def numbers(data: bytes, name: str) -> dict[str, int]:
    reader = SylkReader if name.endswith("slk") else DifReader
    return {c.name: c.first_row for c in read(reader, data, name) if isinstance(c, Column)}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_sylk_is_columns_with_their_days(encoding: str) -> None:
    data = SYLK.encode(encoding)
    assert sniff(data, "a").media_type == "text/x-sylk"
    found = read(SylkReader, data, "a.slk", piece=7)
    assert columns(found) == {
        ("", "Nom"): ["Le Gall; épouse Roux", None, "Prigent"],
        ("", "Prénom"): ["René", None, "Zoé"],
        ("", "Naissance"): ["1980-01-01", None, "1985-01-01 12:00:00"],
        ("", "Code postal"): ["01000", None, "29200"],
    }
    assert set(numbers(data, "a.slk").values()) == {2}
    assert not any(isinstance(one, Gap) for one in found)


def test_sylk_tells_what_is_beside_the_cells() -> None:
    beside = text(read(SylkReader, SYLK.encode(), "a.slk"))
    assert "vu par Ana" in beside
    assert "clients" in beside
    assert '"a"&RC[-1]' in beside
    assert "Calibri" not in beside


def test_sylk_by_columns_far_rows_and_a_wide_corner() -> None:
    lines = [
        "ID;P",
        'C;Y1;X1;K"Nom"',
        'C;Y2;K"Roux"',
        'C;Y9000000;K"Prigent"',
        'C;Y1;X2;K"Ville"',
        'C;Y2;K"29200 Brest"',
    ]
    lines += ['C;Y3;X999999999;K"loin"', 'C;Y0;X0;K"nulle part"', "E"]
    found = read(SylkReader, "\r\n".join(lines).encode(), "a.slk")
    assert columns(found) == {("", "Nom"): ["Roux", "Prigent"], ("", "Ville"): ["29200 Brest"]}
    assert [c.first_row for c in found if isinstance(c, Column)] == [2, 2, 9_000_000]
    assert {"loin", "nulle part"} <= set(text(found).split("\n"))


def test_rows_with_a_cell_in_the_last_column_take_no_memory() -> None:
    lines = ["ID;P", *(f'C;Y{row};X16384;K"Roux {row}"' for row in range(1, 4_001)), "E"]
    found = read(SylkReader, "\n".join(lines).encode(), "a.slk")
    assert not columns(found)
    assert "Roux 4000" in text(found)


def test_a_sylk_that_breaks_off_is_told() -> None:
    found = read(SylkReader, SYLK.encode()[:300], "a.slk")
    assert "Le Gall; épouse Roux" in str(columns(found))
    assert any(isinstance(one, Gap) for one in found)


def test_a_table_whose_first_column_is_called_id_is_no_sylk() -> None:
    assert sniff(b"ID;Prenom\n1;Ana\n2;Luc\n3;Eva\n", "a.csv").media_type == "text/csv"
    assert sniff(b"ID;Prenom\nC12;Ana\nC13;Luc\nC14;Eva\n", "a.csv").media_type == "text/csv"


DIF = '''TABLE
0,1
"EXCEL ""clients"""
VECTORS
0,3
""
TUPLES
0,3
""
LABEL
1,0
"à rappeler"
DATA
0,0
""
-1,0
BOT
1,0
"Nom"
1,0
"Prénom"
1,0
"Solde"
-1,0
BOT
1,0
"Le ""Gall""
fils"
1,0
Ana
0,12.50
V
-1,0
BOT
1,0
"Roux"
0,0
NA
0,1
TRUE
-1,0
EOD
'''


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_dif_is_columns(end: str) -> None:
    data = DIF.replace("\n", end).encode("cp1252")
    assert sniff(data, "a").media_type == "text/x-dif"
    found = read(DifReader, data, "a.dif", piece=11)
    assert columns(found) == {
        ("", "Nom"): ['Le "Gall"\nfils', "Roux"],
        ("", "Prénom"): ["Ana", None],
        ("", "Solde"): ["12.50", "true"],
    }
    assert set(numbers(data, "a.dif").values()) == {2}
    assert {'EXCEL "clients"', "à rappeler"} <= set(text(found).split("\n"))
    assert not any(isinstance(one, Gap) for one in found)


def test_damaged_dif_loses_nothing() -> None:
    whole = text(read(DifReader, DIF.encode()[:-6] + b"suite, Ana Ruiz\n", "a.dif"))
    assert "suite, Ana Ruiz" in whole
    cut = read(DifReader, DIF.encode()[: DIF.encode().index(b"0,12.50")], "a.dif")
    assert any(isinstance(one, Gap) for one in cut)
    assert "Ana" in str(columns(cut))
    unclosed = read(DifReader, DIF.replace('fils"', "fils").encode(), "a.dif")
    assert "Roux" in str(columns(unclosed)) + text(unclosed)


def test_what_comes_behind_the_end_of_a_dif_is_text() -> None:
    assert "Prigent" in text(read(DifReader, DIF.encode() + b"Prigent\n", "a.dif"))
