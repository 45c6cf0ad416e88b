"""Bank accounts and cards; each docstring gives the random pass rate of the check."""

from __future__ import annotations

from recognizers.validators.checksums import compact, digits_only, luhn, varied

_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 "
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
    "UA29 VA22 VG24 XK20 YE30"
)
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
"""Length by country, SWIFT IBAN registry (release 99)."""

_VALUES = {char: str(number) for number, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_RIB_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")

_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
_ISO_3166 = frozenset(_COUNTRIES.split())


def iban(value: str) -> bool:
    """IBAN by country length and modulo 97 (ISO 13616, ISO 7064): 1 % of what has the shape."""
    text = compact(value)
    if IBAN_LENGTHS.get(text[:2]) != len(text) or not text.isascii() or not text.isalnum() or not text[2:4].isdigit():
        return False
    return int("".join(_VALUES[char] for char in text[4:] + text[:4])) % 97 == 1 and len(set(text[4:])) > 1


def bic(value: str) -> bool:
    """BIC of 8 or 11 characters with an ISO 3166 country in the middle (ISO 9362): no check digit."""
    text = value.strip().upper()
    return len(text) in (8, 11) and text.isalnum() and text[:4].isalpha() and text[4:6] in _ISO_3166


def bic_like(value: str) -> bool:
    """BIC that cannot be a word: it has a digit, or ends in the double letters of many head offices."""
    doubled = ("PP", "XX", "MM", "LL", "FF", "SS", "BB")
    return bic(value) and (any(map(str.isdigit, value)) or value.strip()[6:8] in doubled)


def rib(value: str) -> bool:
    """French RIB: bank, branch, account with letters by table, key modulo 97 (CFONB): 1 %."""
    text = compact(value)
    if len(text) != 23 or not text.isalnum() or not text.isascii() or not varied(text[:21]):
        return False
    plain = text.translate(_RIB_LETTERS)
    if not (text[:10] + text[21:]).isdigit() or not 1 <= int(text[21:]) <= 97:
        return False
    bank, branch, account = int(plain[:5]), int(plain[5:10]), int(plain[10:21])
    return int(text[21:]) == 97 - (89 * bank + 15 * branch + 3 * account) % 97


_PREFIXES: tuple[tuple[int, int, frozenset[int]], ...] = tuple(
    (low, high, frozenset(lengths))
    for low, high, lengths in (
        (400000, 499999, (13, 16, 19)),  # Visa
        (510000, 559999, (16,)),  # Mastercard
        (222100, 272099, (16,)),
        (340000, 349999, (15,)),  # American Express
        (370000, 379999, (15,)),
        (300000, 305999, range(14, 20)),  # Diners
        (309500, 309599, range(14, 20)),
        (360000, 369999, range(14, 20)),
        (380000, 399999, range(14, 20)),
        (601100, 601199, range(16, 20)),  # Discover
        (644000, 659999, range(16, 20)),
        (352800, 358999, range(16, 20)),  # JCB
        (180000, 180099, (15,)),
        (213100, 213199, (15,)),
        (620000, 629999, range(16, 20)),  # UnionPay
        (500000, 509999, range(12, 20)),  # Maestro
        (560000, 589999, range(12, 20)),
        (630400, 630499, range(12, 20)),
        (675900, 675999, range(12, 20)),
        (676100, 676399, range(12, 20)),
    )
)


def payment_card(value: str) -> bool:
    """Card number by issuer prefix, its lengths and Luhn (ISO/IEC 7812): 10 % of what has prefix and length."""
    digits = compact(value)
    if not 12 <= len(digits) <= 19 or not digits_only(digits, len(digits)) or not varied(digits):
        return False
    prefix = int(digits[:6])
    known = any(low <= prefix <= high and len(digits) in lengths for low, high, lengths in _PREFIXES)
    return known and luhn(digits)


def card_shape(value: str) -> bool:
    """Sixteen digits with Luhn, whoever issued them (ISO/IEC 7812): 10 %."""
    digits = compact(value)
    return digits_only(digits, 16) and varied(digits) and luhn(digits)


def card_track(value: str) -> bool:
    """Magnetic track 1 or 2 whose card number passes prefix, length and Luhn (ISO/IEC 7813): 0.01 %."""
    number = value.lstrip("%;Bb").replace(" ", "")
    end = next((at for at, char in enumerate(number) if not char.isdigit()), len(number))
    return payment_card(number[:end])


def rib_spread(value: str) -> bool:
    """A RIB whose four parts stand in columns of a line: 1 %."""
    return rib("".join(char for char in value if char.isalnum()))
