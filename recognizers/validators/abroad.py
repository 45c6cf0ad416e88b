"""Personal numbers of countries that do not touch France; each docstring gives the random pass rate of the check."""

from __future__ import annotations

from recognizers.validators.checksums import compact, digits_only, is_date, luhn, varied, weighted

_IRISH = "WABCDEFGHIJKLMNOPQRSTUV"
_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_FINNISH_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def ie_pps(value: str) -> bool:
    """Irish PPS number: seven digits, check letter modulo 23, since 2013 a second letter (S.I. 146/1993): 4 %."""
    text = compact(value)
    if len(text) not in (8, 9) or not digits_only(text[:7], 7) or text[8:] not in ("", *"ABCDEFGHIWTX"):
        return False
    second = _IRISH.index(text[8]) if text[8:] and text[8] in _IRISH[:10] else 0
    return _IRISH[(weighted(text[:7], range(8, 1, -1)) + 9 * second) % 23] == text[7] and varied(text[:7])


def at_svnr(value: str) -> bool:
    """Austrian insurance number: serial, check digit modulo 11, birth date DDMMYY (ASVG § 31): below 1 %."""
    digits = compact(value)
    if not digits_only(digits, 10) or digits[0] == "0" or not _dated(digits[8:], digits[6:8], digits[4:6], spare=True):
        return False
    return weighted(digits, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(digits[3])


def _dated(year: str, month: str, day: str, *, spare: bool = False) -> bool:
    """A day of this or the last century; ``spare`` months 13 to 15 stand for births whose day is used up."""
    number = int(month)
    if spare and number in (13, 14, 15):
        number = 12
    return is_date(1900 + int(year), number, int(day)) or is_date(2000 + int(year), number, int(day))


def se_pnr(value: str) -> bool:
    """Swedish personnummer or samordningsnummer (day + 60): birth date and Luhn on ten digits (SFS 1991:481): 1 %."""
    digits = compact(value).replace("+", "")
    if not (digits_only(digits, 10) or (digits_only(digits, 12) and digits[:2] in ("18", "19", "20"))):
        return False
    century, digits = digits[:-10], digits[-10:]
    day = int(digits[4:6]) - 60 * (int(digits[4:6]) > 60)
    if century and not is_date(int(century + digits[:2]), int(digits[2:4]), day):
        return False
    return _dated(digits[:2], digits[2:4], str(day)) and varied(digits) and luhn(digits)


def dk_cpr(value: str) -> bool:
    """Danish CPR number by its birth date DDMMYY; the modulo 11 check is no longer kept since 2007: 4 %."""
    digits = compact(value)
    return digits_only(digits, 10) and _dated(digits[4:6], digits[2:4], digits[:2]) and varied(digits)


def fi_hetu(value: str) -> bool:
    """Finnish henkilötunnus: birth date, century sign, individual number, check modulo 31 (asetus 128/2010): 0.1 %."""
    text = value.strip().upper()
    if len(text) != 11 or text[6] not in _FINNISH_CENTURIES or not digits_only(text[:6] + text[7:10], 9):
        return False
    year = _FINNISH_CENTURIES[text[6]] + int(text[4:6])
    if not is_date(year, int(text[2:4]), int(text[:2])) or int(text[7:10]) < 2:
        return False
    return _FINNISH[int(text[:6] + text[7:10]) % 31] == text[10]


def ro_cnp(value: str) -> bool:
    """Romanian CNP: sex and century, birth date, county, check modulo 11 (Legea 105/1996): below 1 %."""
    digits = compact(value)
    if not digits_only(digits, 13) or digits[0] == "0" or not (1 <= int(digits[7:9]) <= 48 or digits[7:9] in _ABROAD):
        return False
    century = {"3": 1800, "4": 1800, "5": 2000, "6": 2000}.get(digits[0], 1900)
    if not is_date(century + int(digits[1:3]), int(digits[3:5]), int(digits[5:7])):
        return False
    rest = weighted(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return int(digits[12]) == (1 if rest == 10 else rest)


_ABROAD = ("51", "52", "70", "80", "81", "82", "83")
"""Counties of a Romanian number beside the forty-eight: later districts and people registered abroad."""


def cz_rc(value: str) -> bool:
    """Czech or Slovak rodné číslo of ten digits: birth date (women + 50, spare + 20), modulo 11 (133/2000 Sb.): 1 %."""
    digits = compact(value)
    if not digits_only(digits, 10):
        return False
    month = int(digits[2:4]) % 50
    month -= 20 * (month > 20)
    year = int(digits[:2]) + (1900 if int(digits[:2]) >= 54 else 2000)
    if not is_date(year, month, int(digits[4:6])):
        return False
    rest = int(digits[:9]) % 11
    return rest % 10 == int(digits[9]) if year < 1986 else rest == int(digits[9])


def bg_egn(value: str) -> bool:
    """Bulgarian EGN: birth date with the century in the month, weights modulo 11 (ZGR): below 2 %."""
    digits = compact(value)
    if not digits_only(digits, 10):
        return False
    coded = int(digits[2:4])
    century = 2000 if coded > 40 else 1800 if coded > 20 else 1900
    if not is_date(century + int(digits[:2]), coded % 20, int(digits[4:6])) or coded % 20 == 0:
        return False
    return weighted(digits, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(digits[9])


def gr_amka(value: str) -> bool:
    """Greek AMKA: birth date DDMMYY and Luhn (ν. 3655/2008): below 1 %."""
    digits = compact(value)
    return digits_only(digits, 11) and _dated(digits[4:6], digits[2:4], digits[:2]) and luhn(digits)


def us_ssn(value: str) -> bool:
    """American social security number of an area that is given out (SSA, 2011): no check digit, 88 % of nine digits."""
    digits = compact(value)
    if not digits_only(digits, 9) or digits in _ADVERTISED or not varied(digits):
        return False
    if all(len(set(part)) == 1 for part in (digits[:3], digits[3:5], digits[5:])):
        return False  # 111-22-3333, as in examples
    return digits[:3] not in ("000", "666") and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


_ADVERTISED = frozenset({"078051120", "219099999", "457555462", "123456789"})
"""Numbers that were printed in advertisements and belong to nobody."""
