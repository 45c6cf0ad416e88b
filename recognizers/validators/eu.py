"""Numbers of the neighbouring countries; each docstring gives the random pass rate of the check."""

from __future__ import annotations

from recognizers.validators.checksums import compact, digits_only, is_date, luhn, varied, verhoeff, weighted

_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_CF_HEAD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_CF_ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (*_CF_HEAD, *_CF_HEAD, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)
_CF_MONTHS = "ABCDEHLMPRST"


def be_nn(value: str) -> bool:
    """Belgian national number: birth date (BIS months +20, +40) and key modulo 97: below 1 %."""
    digits = compact(value)
    if not digits_only(digits, 11) or int(digits[2:4]) >= 60:
        return False
    key, number = int(digits[9:]), int(digits[:9])
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    for century, prefix in ((1900, 0), (2000, 2_000_000_000)):
        if key == 97 - (number + prefix) % 97 and _plausible(century + int(digits[:2]), month, day):
            return True
    return False


def _plausible(year: int, month: int, day: int) -> bool:
    """A real date, or the zeros that registers write when month or day are unknown."""
    return month in range(13) and (day == 0 or is_date(year, month or 1, day))


def be_eid(value: str) -> bool:
    """Belgian identity card number: twelve digits, the last two are the others modulo 97, 97 for 0 (IBZ): 1 %."""
    digits = compact(value)
    return digits_only(digits, 12) and varied(digits[:10]) and int(digits[10:]) == (int(digits[:10]) % 97 or 97)


def lu_matricule(value: str) -> bool:
    """Luxembourg matricule: birth date, serial, Luhn and Verhoeff over eleven digits (loi du 19 juin 2013): 0.1 %."""
    digits = compact(value)
    if not digits_only(digits, 13) or not 1850 <= int(digits[:4]) <= 2100:
        return False
    dated = is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return dated and luhn(digits[:12]) and verhoeff(digits[:11] + digits[12])


def ch_uid(value: str) -> bool:
    """Swiss enterprise number: CHE, then nine digits with weights 5 4 3 2 7 6 5 4 modulo 11 (LIDE, art. 3): 9 %."""
    text = compact(value).removesuffix("TVA").removesuffix("MWST").removesuffix("IVA").removesuffix("HR")
    if not text.startswith("CHE") or not digits_only(text[3:], 9) or not varied(text[3:]):
        return False
    check = 11 - weighted(text[3:], (5, 4, 3, 2, 7, 6, 5, 4)) % 11
    return check != 10 and check % 11 == int(text[11])


def de_idnr(value: str) -> bool:
    """German tax id: one digit occurs twice or three times in ten, ISO 7064 mod 11,10 (BZSt): about 2 %."""
    digits = compact(value)
    if not digits_only(digits, 11) or digits[0] == "0":
        return False
    counts = sorted(digits[:10].count(digit) for digit in set(digits[:10]))
    if counts[-1] not in (2, 3) or counts[:-1] != [1] * (len(counts) - 1) or digits[0] * 3 in digits[:10]:
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10 == int(digits[10])


def es_dni(value: str) -> bool:
    """Spanish DNI, 8 digits and the letter of the rest by 23 (RD 1553/2005): 4 %."""
    text = compact(value)
    return len(text) == 9 and digits_only(text[:8], 8) and _DNI[int(text[:8]) % 23] == text[8] and varied(text[:8])


def es_nie(value: str) -> bool:
    """Spanish NIE, X, Y or Z for 0, 1, 2, then as the DNI (RD 557/2011): 4 %."""
    text = compact(value)
    if len(text) != 9 or text[0] not in "XYZ" or not text[1:8].isdigit():
        return False
    return _DNI[int("012"["XYZ".index(text[0])] + text[1:8]) % 23] == text[8]


def it_cf(value: str) -> bool:
    """Italian codice fiscale of a person, omocodia letters allowed (DM 23/12/1976): below 1 %."""
    text = compact(value)
    if len(text) != 16 or not text.isalnum() or not text.isascii():
        return False
    year, day = text[6:8].translate(_OMOCODIA), text[9:11].translate(_OMOCODIA)
    if not text[:6].isalpha() or text[8] not in _CF_MONTHS or not (year + day).isdigit():
        return False
    if not text[12:15].translate(_OMOCODIA).isdigit() or not 1 <= int(day) % 40 <= 31:
        return False
    odd = sum(_CF_ODD[char] for char in text[0:15:2])
    even = sum(int(char) if char.isdigit() else ord(char) - 65 for char in text[1:15:2])
    return chr(65 + (odd + even) % 26) == text[15]


def uk_nino(value: str) -> bool:
    """UK national insurance number by its allowed letters (HMRC NIM39110): no check digit."""
    text = compact(value)
    if len(text) != 9 or not text[2:8].isdigit() or not text[:2].isalpha() or text[8] not in "ABCD":
        return False
    wrong = text[0] in "DFIQUV" or text[1] in "DFIOQUV" or text[:2] in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
    return not wrong and varied(text[2:8])


def uk_nhs(value: str) -> bool:
    """NHS number of 10 digits, weights 10 to 2 modulo 11 (NHS Data Dictionary): 9 %."""
    digits = compact(value)
    if not digits_only(digits, 10) or not varied(digits):
        return False
    check = 11 - weighted(digits, range(10, 1, -1)) % 11
    return check != 10 and check % 11 == int(digits[9])


def ch_avs(value: str) -> bool:
    """Swiss AVS number, 756 and the EAN-13 check (OFAS): 0.01 % of 13-digit numbers."""
    digits = compact(value)
    if not digits_only(digits, 13) or not digits.startswith("756"):
        return False
    return weighted(digits, (1, 3) * 6 + (1,)) % 10 == 0


def nl_bsn(value: str) -> bool:
    """Dutch BSN, weights 9 to 2 and -1 modulo 11 (Wet algemene bepalingen BSN): 9 %."""
    digits = compact(value)
    if not digits_only(digits, 9) or not varied(digits):
        return False
    return weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def pt_nif(value: str) -> bool:
    """Portuguese NIF, weights 9 to 2 modulo 11 (DL 14/2013): 9 %."""
    digits = compact(value)
    if not digits_only(digits, 9) or digits[0] in "04" or not varied(digits):
        return False
    return (11 - weighted(digits[:8], range(9, 1, -1)) % 11) % 11 % 10 == int(digits[8])


def pl_pesel(value: str) -> bool:
    """Polish PESEL: birth date with the century in the month, weights 1 3 7 9 (ustawa 24/09/2010): below 2 %."""
    digits = compact(value)
    if not digits_only(digits, 11):
        return False
    month, century = int(digits[2:4]) % 20, (1900, 2000, 2100, 2200, 1800)[int(digits[2:4]) // 20]
    if not is_date(century + int(digits[:2]), month, int(digits[4:6])):
        return False
    return weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def ehic(value: str) -> bool:
    """European health card: 20 digits, 80 then an ISO 3166 numeric country (CEN EN 1867), no check digit."""
    digits = compact(value)
    return digits_only(digits, 20) and digits.startswith("80") and digits[2:5] in _EHIC_COUNTRIES


_EHIC = (
    "040 056 100 191 196 203 208 233 246 250 276 300 348 352 372 380 428 438 440 442 470 528 578 616 620 642 703 705 "
    "724 752 756 826"
)
_EHIC_COUNTRIES = frozenset(_EHIC.split())
