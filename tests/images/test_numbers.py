"""Numbers as OCR gives them: blanks lost, digits taken for letters; put right by their checks alone."""

from __future__ import annotations

import pytest

from scanner.sight.numbers import mended

IBAN = "FR76 3000 6000 0112 3456 7890 189"
NIR = "2 88 04 31 042 017 37"


@pytest.mark.parametrize(
    "read",
    ["FR76 30006000 0112 3456 7890 189", "FR7630006000011234567890189", "FR76 3OOO 6000 0112 3456 7890 I89", IBAN],
)
def test_accounts_come_in_fours(read: str) -> None:
    assert mended(f"IBAN: {read} BIC") == f"IBAN: {IBAN} BIC"


@pytest.mark.parametrize("read", ["2880431042017 37", "288 04 31 042 01737", "2 88 O4 31 042 0I7 37", NIR])
def test_social_security_numbers_come_in_their_groups(read: str) -> None:
    assert mended(f"N° {read}, née") == f"N° {NIR}, née"


@pytest.mark.parametrize(
    "text",
    ["FR76 3000 6000 0112 3456 7890 188", "2 88 04 31 042 017 38", "ISSB 0000 0000 0000 000", "Total 1 204 118 221 33"],
)
def test_what_passes_no_check_stays(text: str) -> None:
    assert mended(text) == text
