"""French checks beside independent ones, both ways: values made by rule pass both, and near misses fail both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import schwifty
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import nif, nir, siren, siret, tva

from recognizers.validators import VALIDATORS
from recognizers.validators.checksums import varied

Check = Callable[[str], bool]
NUMBERS = st.text("0123456789", min_size=15, max_size=15).filter(lambda text: varied(text[:8]))
DEPARTMENTS = st.sampled_from(["01", "13", "33", "59", "69", "75", "95"])


def registered(first: str, digits: str, place: str) -> str:
    body = f"{first}{digits[:2]}{int(digits[2:4]) % 12 + 1:02d}{place}{int(digits[4:7]) % 399 + 1:03d}"
    body += f"{int(digits[7:10]) % 998 + 1:03d}"
    return str(body + nir.calc_check_digits(body))


def company(digits: str) -> str:
    return digits[:8] + str(luhn.calc_check_digit(digits[:8]))


def establishment(digits: str) -> str:
    body = company(digits) + f"{int(digits[8:12]) % 9998 + 1:04d}"
    return body + str(luhn.calc_check_digit(body))


def taxpayer(digits: str) -> str:
    body = str(int(digits[0]) % 4) + digits[1:10]
    return body + f"{int(body) % 511:03d}"


def intra(digits: str) -> str:
    number = company(digits)
    return f"FR{(12 + 3 * (int(number) % 97)) % 97:02d}{number}"


def account(digits: str) -> str:
    """A French BBAN; the letters of the account are what its first digits say."""
    body = digits[:10] + "ABJKSTZ"[int(digits[0]) % 7] + digits[4:14]
    plain = body.translate(str.maketrans("ABJKSTZ", "1212239"))
    return body + f"{97 - int(plain + '00') % 97:02d}"


def in_iban(value: str) -> bool:
    """What schwifty says of the account inside a French IBAN with the right key."""
    parts = {"bank_code": value[:5], "branch_code": value[5:10], "account_code": value[10:21]}
    try:
        return bool(schwifty.IBAN.generate("FR", **parts).bban[21:] == value[21:])
    except ValueError:
        return False


CASES: dict[str, tuple[Callable[[str], str], Check]] = {
    "siren": (company, siren.is_valid),
    "siret": (establishment, siret.is_valid),
    "spi": (taxpayer, nif.is_valid),
    "vat_fr": (intra, tva.is_valid),
    "rib": (account, in_iban),
    "nir": (lambda digits: registered("12"[int(digits[10]) % 2], digits, "59"), nir.is_valid),
    "rpps": (lambda digits: luhned("10" + digits[:8]), luhn.is_valid),
}


def luhned(body: str) -> str:
    return body + str(luhn.calc_check_digit(body))


def stricter(name: str, value: str) -> bool:
    """Where we refuse on purpose what the sum alone takes."""
    if name == "nir":
        month = int(value[3:5])
        places = value[5:7] == "00" or value[7:10] == "000" or value[10:13] == "000"
        return value[0] not in "12" or month == 0 or 12 < month < 20 or places
    if name == "siret":
        return value.endswith("00000")
    return name == "rpps" and value[0] != "1"


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=80, deadline=None, derandomize=True)
@given(digits=NUMBERS, data=st.data())
def test_both_ways(name: str, digits: str, data: st.DataObject) -> None:
    make, oracle = CASES[name]
    value = make(digits)
    assert oracle(value)
    assert VALIDATORS[name](value)
    at = data.draw(st.integers(0, len(value) - 1).filter(lambda place: value[place].isdigit()))
    for digit in "0123456789":
        near = value[:at] + digit + value[at + 1 :]
        ours, theirs = VALIDATORS[name](near), oracle(near)
        assert ours == theirs or (theirs and (stricter(name, near) or not varied(near[:9]))), name


@settings(max_examples=80, deadline=None, derandomize=True)
@given(NUMBERS, st.sampled_from("3478"), st.sampled_from(["2A", "2B", "75", "99"]))
def test_waiting_numbers_have_the_key_of_the_nir(digits: str, first: str, place: str) -> None:
    value = registered(first, digits, place)
    assert VALIDATORS["nia"](value)
    assert VALIDATORS["ins"](value)
    assert not VALIDATORS["nir"](value)
    passing = [key for key in range(100) if VALIDATORS["nia"](value[:13] + f"{key:02d}")]
    assert passing == [int(value[13:])]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(NUMBERS, st.sampled_from(["2A", "2B"]))
def test_corsica(digits: str, place: str) -> None:
    value = registered("1", digits, place)
    numeric = value[:13].replace("2A", "19").replace("2B", "18")
    assert int(value[13:]) == 97 - int(numeric) % 97
    assert VALIDATORS["nir"](value)
    assert VALIDATORS["nir"](value.lower())


@pytest.mark.parametrize("name", ["adeli", "finess"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(digits=NUMBERS, department=DEPARTMENTS)
def test_numbers_of_health_professionals_and_places(name: str, digits: str, department: str) -> None:
    value = luhned(department + digits[:6])
    assert VALIDATORS[name](value)
    others = [value[:8] + digit for digit in "0123456789" if digit != value[8]]
    assert not any(map(VALIDATORS[name], others))
    assert not VALIDATORS[name](luhned("00" + digits[:6]))
    assert not VALIDATORS[name](luhned("96" + digits[:6]))


PUBLISHED = [
    ("siren", "353695174", True),
    ("siret", "35600000000048", True),
    ("siret", "35600000000041", False),
    ("spi", "30 23 217 600 053", True),
    ("vat_fr", "FR 83 404 833 048", True),
    ("nir", "253072B07300470", True),
    ("nir", "253072A07300470", False),
    ("rpps", "10001288385", False),
    ("rpps_shape", "10001288385", True),
    ("mixed_9", "X4RTBPFW4", True),
    ("mixed_9", "D2H6862M2", True),
    ("rib", "20041 01005 0500013M026 06", True),
    ("plate_siv", "SS-123-AB", False),
]


@pytest.mark.parametrize(("name", "value", "valid"), PUBLISHED)
def test_published_values(name: str, value: str, valid: bool) -> None:
    assert VALIDATORS[name](value) is valid
