"""Telephone numbers, by the numbering plans that phonenumbers carries, compiled to linear-time patterns."""

from __future__ import annotations

from functools import cache
from typing import Any

import re2

_PERSONAL = ("fixed_line", "mobile", "voip", "personal_number", "pager")


def _digits(value: str) -> str:
    return "".join(char for char in value if char.isascii() and char.isdigit())


_FICTION = {
    33: ("19900", "26191", "35301", "46571", "53649", "63998"),
    44: ("7700900", "2079460", "1632960", "1134960"),
}
"""Ranges that ARCEP and Ofcom keep for films and examples: test data uses them, so they count as numbers."""


@cache
def _plan(code: int, kinds: tuple[str, ...] = _PERSONAL) -> Any:
    """All numbers of these kinds under one country calling code, as one pattern; None when there is no such code."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata  # noqa: PLC0415

    shapes = []
    for region in COUNTRY_CODE_TO_REGION_CODE.get(code, ()):
        metadata = PhoneMetadata.metadata_for_region(region)
        for kind in kinds if metadata else ():
            shape = getattr(metadata, kind)
            if shape is not None and shape.national_number_pattern not in (None, "NA"):
                shapes.append(f"(?:{shape.national_number_pattern})")
    return re2.compile("|".join(sorted(set(shapes)))) if shapes else None


def _planned(code: int, national: str) -> bool:
    if any(national.startswith(prefix) for prefix in _FICTION.get(code, ())):
        return True
    plan = _plan(code)
    return plan is not None and len(national) >= 7 and plan.fullmatch(national) is not None


def _repetitive(national: str) -> bool:
    """Fillers such as 00 00 00 or 99999999."""
    return len(set(national)) <= 2 and len(national) > 7


def phone_fr(value: str) -> bool:
    """French number in a national or +33 form, a line of a person (ARCEP plan): 80 % of ten digits from 01 to 09."""
    digits = _digits(value)
    if value.lstrip("( ").startswith("+") or digits.startswith("0033"):
        digits = digits.removeprefix("00").removeprefix("33").removeprefix("0")
    elif digits.startswith("0"):
        digits = digits[1:]
    else:
        return False
    counted = digits == "102030405"  # bytes of a dump, or an example; by its shape alone it may still be a number
    right = len(digits) == 9 and not counted and not _repetitive(digits)
    return right and any(_planned(code, digits) for code in _FRENCH)


_FRENCH = (33, 262, 590, 594, 596, 508)
"""Metropolitan France, then the overseas departments, whose national form begins with 0 as well."""


def phone_fr_shape(value: str) -> bool:
    """Ten digits grouped as French numbers are, though the plan has not given them out: 90 %."""
    digits = _digits(value)
    digits = digits.removeprefix("00").removeprefix("33").removeprefix("0") if len(digits) > 10 else digits[1:]
    return len(digits) == 9 and digits[0] != "0" and not _repetitive(digits)


def phone_shape(value: str) -> bool:
    """Seven to fifteen digits that are neither a date nor a filler; the word before says that it is a phone."""
    digits = _digits(value)
    parts = value.replace(".", "-").replace("/", "-").replace(" ", "-").split("-")
    dated = [len(part) for part in parts] in ([4, 2, 2], [2, 2, 4]) and len(digits) == 8
    return 7 <= len(digits) <= 15 and not dated and not _repetitive(digits)


def phone_fr_bare(value: str) -> bool:
    """French mobile number whose 0 a spreadsheet took away: nine digits from 6 or 7."""
    return phone_fr("0" + _digits(value))


def phone_fr_special(value: str) -> bool:
    """French 08 number or other non-geographic one: a service, not a person."""
    digits = _digits(value).removeprefix("0033").removeprefix("33")
    digits = digits if digits.startswith("0") else "0" + digits
    return len(digits) == 10 and digits.startswith("08") and not _repetitive(digits)


def phone_international(value: str) -> bool:
    """International number, + or 00 then a country's plan (ITU-T E.164): 30 % of what has the shape."""
    digits = _digits(value).removeprefix("00")
    if not 8 <= len(digits) <= 15:
        return False
    bare = value.replace("(0)", "")
    digits = _digits(bare).removeprefix("00")
    for length in (1, 2, 3):
        national = digits[length:]
        if not _repetitive(national) and (_planned(int(digits[:length]), national) or _trunk(digits, length)):
            return True
    return False


def phone_country(value: str) -> bool:
    """International form of a country that exists, in a range that its plan has not given out: 80 %."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415

    digits = _digits(value)
    known = digits != "" and any(int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE for length in (1, 2, 3))
    return 9 <= len(digits) <= 15 and known and not _repetitive(digits[3:])


def _trunk(digits: str, length: int) -> bool:
    """People write +33 06 or +44 020: the national 0 left in."""
    return digits[length : length + 1] == "0" and _planned(int(digits[:length]), digits[length + 1 :])


def phone_us(value: str) -> bool:
    """North American number of ten digits, area and exchange assigned (NANP): 60 %."""
    digits = _digits(value)
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return len(digits) == 10 and not _repetitive(digits) and _planned(1, digits)


def phone_uk(value: str) -> bool:
    """British number in its national form (Ofcom plan): 70 %."""
    digits = _digits(value)
    return digits.startswith("0") and not _repetitive(digits) and _planned(44, digits[1:])
