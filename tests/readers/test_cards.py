"""Cards: each property is a column of its own, and nothing that no column holds is lost."""

from __future__ import annotations

import pytest
from reading import columns, read, text

from scanner.model import Column
from scanner.readers.cards import CardReader

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Le Gall;Zoé;Anne;Dr;\r\nFN:Zoé Le Gall\r\nNICKNAME:zozo\r\n"
    "item1.EMAIL;TYPE=INTERNET:zoe@example.org\r\nEMAIL:z.legall@example.net\r\nTEL;VALUE=uri:tel:+33639980000\r\n"
    "ADR;TYPE=HOME:;;4 rue des Lilas\\, bât. B;Quimper;;29000;France\r\nBDAY:19810312\r\nORG:Conserverie;Quai\r\n"
    "TITLE:Soudeuse\r\nURL:https://example.org/zoe\r\nNOTE:préfère le soir\\nappeler avant\r\nEND:VCARD\r\n"
)


def test_properties_are_columns_and_the_rest_is_text() -> None:
    found = read(CardReader, CARD.encode())
    assert columns(found) == {
        ("vcard", "last name"): ["Le Gall"],
        ("vcard", "first name"): ["Zoé Anne"],
        ("vcard", "salutation"): ["Dr"],
        ("vcard", "full name"): ["Zoé Le Gall"],
        ("vcard", "nickname"): ["zozo"],
        ("vcard", "birthday"): ["19810312"],
        ("vcard", "email"): ["zoe@example.org", "z.legall@example.net"],
        ("vcard", "phone"): ["+33639980000"],
        ("vcard", "address"): ["4 rue des Lilas, bât. B, 29000 Quimper, France"],
        ("vcard", "employer"): ["Conserverie, Quai"],
        ("vcard", "job title"): ["Soudeuse"],
    }
    lines = [line for line in text(found).splitlines() if line]
    assert lines == ["URL:https://example.org/zoe", "Zoé Le Gall - NOTE:préfère le soir appeler avant"]
    assert text(found).splitlines()[12].startswith("URL")


def test_rows_are_cards() -> None:
    card = "BEGIN:VCARD\nFN:Paul Roy {0}\n{1}END:VCARD\n"
    data = "".join(card.format(i, f"BDAY:--03{i % 28 + 1:02}\n" if i % 3 == 0 else "") for i in range(1, 60_001))
    for part in read(CardReader, data.encode(), piece=1 << 16):
        if isinstance(part, Column) and part.name == "full name":
            assert part.values.to_pylist()[7] == f"Paul Roy {part.first_row + 7}"
        elif isinstance(part, Column):
            assert part.first_row % 3 == 0
            assert part.values.to_pylist()[:4:3] == [f"--03{(part.first_row + i) % 28 + 1:02}" for i in (0, 3)]


def test_values_far_apart_are_runs_of_one_column() -> None:
    data = "BEGIN:VCARD\nTEL:1\n" + "BEGIN:VCARD\n" * 5000 + "TEL:2\n"
    found = [(c.first_row, c.values.to_pylist()) for c in read(CardReader, data.encode()) if isinstance(c, Column)]
    assert found == [(1, ["1"]), (5001, ["2"])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_marks(encoding: str) -> None:
    assert columns(read(CardReader, CARD.encode(encoding)))["vcard", "full name"] == ["Zoé Le Gall"]


def test_quoted_printable_with_line_ends_inside() -> None:
    data = b"BEGIN:VCARD\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=E9\n"
    data += b"ADR;ENCODING=QUOTED-PRINTABLE:;;4 rue=0D=0ATEL:x;Brest;;29200;\nEND:VCARD\n"
    assert columns(read(CardReader, data)) == {
        ("vcard", "full name"): ["Zoé"],
        ("vcard", "address"): ["4 rue TEL:x, 29200 Brest"],
    }


def test_what_is_no_card_or_too_much_stays_in_the_text() -> None:
    data = "FN:avant\nBEGIN:VCARD\nFN:Zoé\n" + "".join(f"EMAIL:{i}@example.org\n" for i in range(12))
    data += 'TEL;X="tel:12":34\nsans deux points\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-12\nEND:VCARD\n'
    found = read(CardReader, data.encode(), media_type="text/vcard")
    assert len(columns(found)["vcard", "email"]) == 8
    assert columns(found)["vcard", "phone"] == ["34"]
    assert columns(found)["vcard", "birthday"] == ["--03-12"]
    for kept in ("FN:avant", "EMAIL:11@example.org", 'TEL;X="tel:12":34', "sans deux points"):
        assert kept in text(found)


def test_calendars_are_text() -> None:
    data = b"BEGIN:VCALENDAR\nATTENDEE;CN=Paul\n  Roy:mailto:paul@example.org\nEND:VCALENDAR\n"
    assert text(read(CardReader, data)) == data.replace(b"\n ", b"").decode()
