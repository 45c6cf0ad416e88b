"""Machine-readable zones among lines as OCR gives them: read, repaired where check digits decide, never guessed."""

from __future__ import annotations

import pytest
from picture_pages import zone_cni, zone_td1, zone_td2, zone_td3

from scanner.sight.zones import Zone, shaped_as, zones_of

PASSPORT = zone_td3("TRILLAUD<<BARNABE<LOUIS", "15BE69365", "791107", "M", "330214")
FOREIGN = zone_td3("VERNIER<<PAUL", "D2314589", "740812", "M", "290415", "UTO")
CARD = zone_td1("COURTEPAILLE<<YSALINE<MARTHE", "X4RTBPFW4", "880412", "F", "310903")
OLD = zone_cni("MARCHAND", "ELODIE<<JEANNE", "120475100123", "850714", "F")
ABROAD = zone_td2("VERNIER<<PAUL", "D23145890", "740812", "M", "290415", "UTO")
ALL = {"td3": PASSPORT, "td1": CARD, "cni": OLD, "td2": ABROAD}


def zones(*lines: str) -> list[Zone]:
    return zones_of(lines, 2026)


def said(zone: Zone) -> dict[str, str]:
    return {field.entity_type: field.value for field in zone.fields}


@pytest.mark.parametrize("shape", ALL)
def test_a_clean_zone_is_read_among_other_lines(shape: str) -> None:
    (zone,) = zones("RÉPUBLIQUE FRANÇAISE", "Nom : X", *ALL[shape].split("\n"), "suite")
    assert (zone.shape, zone.first, "\n".join(zone.lines)) == (shape, 2, ALL[shape])
    assert zone.kind == ("passport" if shape == "td3" else "id_card")


def test_fields_have_the_types_of_the_project() -> None:
    assert said(*zones(*PASSPORT.split("\n"))) == {
        "FR_PASSPORT": "15BE69365",
        "PERSON": "TRILLAUD BARNABE LOUIS",
        "DATE_OF_BIRTH": "07/11/1979",
        "SEX": "M",
        "NATIONALITY": "FRA",
    }
    assert said(*zones(*CARD.split("\n")))["FR_CNI"] == "X4RTBPFW4"
    assert said(*zones(*OLD.split("\n")))["PERSON"] == "MARCHAND ELODIE JEANNE"
    assert said(*zones(*FOREIGN.split("\n")))["NATIONAL_ID"] == "D2314589"
    assert said(*zones(*ABROAD.split("\n")))["NATIONAL_ID"] == "D23145890"


def test_a_birth_lies_in_the_past() -> None:
    young = zone_td3("ROUX<<LEA", "15BE69365", "240301", "F", "330214")
    old = zone_td3("ROUX<<LEA", "15BE69365", "270301", "F", "330214")
    assert said(*zones(*young.split("\n")))["DATE_OF_BIRTH"] == "01/03/2024"
    assert said(*zones(*old.split("\n")))["DATE_OF_BIRTH"] == "01/03/1927"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("15BE69365", "I5BE69365"),
        ("15BE69365", "158E69365"),
        ("15BE69365", "1SBE6936S"),
        ("791107", "79II07"),
        ("330214", "33O214"),
    ],
)
def test_signs_that_look_alike_are_put_right(before: str, after: str) -> None:
    first, second = PASSPORT.split("\n")
    (zone,) = zones(first, second.replace(before, after, 1))
    assert "\n".join(zone.lines) == PASSPORT


def test_fillers_may_be_miscounted_and_read_as_quotes_or_blanks() -> None:
    first, second = PASSPORT.split("\n")
    assert zones(first[:-2], second) == zones(first, second)
    assert zones(first + "<<<", second) == zones(first, second)
    assert zones(first.replace("<<", "«", 1), second) == zones(first, second)
    assert zones(first, second[:20] + " " + second[20:]) == zones(first, second)
    assert zones(first, second[:30] + second[32:]) == zones(first, second)
    assert zones(first.lower(), second) == zones(first, second)


@pytest.mark.parametrize("shape", ALL)
def test_a_wrong_digit_is_no_zone(shape: str) -> None:
    lines = ALL[shape].split("\n")
    line = 1
    at = {"td3": 15, "td2": 15, "td1": 3, "cni": 29}[shape]
    digit = str((int(lines[line][at]) + 1) % 10)
    lines[line] = lines[line][:at] + digit + lines[line][at + 1 :]
    assert zones(*lines) == []
    assert shaped_as(["x", *lines]) == ("passport" if shape == "td3" else "id_card")


def test_nothing_else_is_a_zone() -> None:
    first, second = PASSPORT.split("\n")
    assert zones(first) == []
    assert zones(second, first) == []
    assert zones("Passeport n° 15BE69365", "valable jusqu'au 14/02/2033", "", "I" * 36, "A" * 36, "0" * 44) == []
    assert zones(*["<" * 44] * 40, *["P" * 44] * 40) == []
    assert shaped_as(["<" * 44] * 40 + ["P" * 44] * 40 + ["I" * 30] * 3 + ["P<" * 22] * 2) == ""
