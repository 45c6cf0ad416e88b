"""French numbers of persons, organisations and things; each docstring gives the random pass rate of the check."""

from __future__ import annotations

from recognizers.validators.checksums import compact, digits_only, luhn, varied

_DEPARTMENTS = {f"{number:02d}" for number in range(1, 96)} | {"2A", "2B"}
_SIV = frozenset("ABCDEFGHJKLMNPQRSTVWXYZ")
_MOD23 = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _nir_structure(body: str) -> bool:
    """Month, department, commune and order of the 13 characters (INSEE, CNAM nir-validation)."""
    month, department = body[3:5], body[5:7]
    if not (body[:5].isdigit() and body[7:].isdigit() and len(body) == 13 and body.isascii()):
        return False
    if not (1 <= int(month) <= 12 or int(month) >= 20):
        return False
    known = department in ("2A", "2B") or (department.isdigit() and department != "00")
    return known and body[7:10] != "000" and body[10:] != "000"


def _nir_key(body: str) -> int:
    """97 minus the rest of the 13 digits, Corsica's letters read as 19 and 18."""
    return 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97


def _keyed(digits: str, first: str) -> bool:
    """Fifteen characters with this first digit, the structure and the key of a NIR."""
    if len(digits) != 15 or digits[0] not in first or not _nir_structure(digits[:13]):
        return False
    return digits[13:].isdigit() and int(digits[13:]) == _nir_key(digits[:13])


def nir(value: str) -> bool:
    """NIR of 15 characters, sex 1 or 2, key modulo 97 (INSEE; decree 82-103): 1 % pass by chance."""
    return _keyed(compact(value), "12")


def nir_short(value: str) -> bool:
    """NIR of 13 characters without its key: only the structure, about a quarter pass by chance."""
    digits = compact(value)
    return len(digits) == 13 and digits[0] in "12" and _nir_structure(digits)


def nia(value: str) -> bool:
    """Waiting number NIA, as the NIR with first digit 3, 4, 7 or 8: 1 % pass by chance."""
    return _keyed(compact(value), "3478")


def ins(value: str) -> bool:
    """Identité nationale de santé: a NIR or a NIA with its key (ANS, référentiel INS): 1 %."""
    return nir(value) or nia(value)


def spi(value: str) -> bool:
    """Numéro fiscal of 13 digits, first 0 to 3, last three = first ten modulo 511 (DGFiP): 0.2 %."""
    digits = compact(value)
    if not digits_only(digits, 13) or digits[0] not in "0123" or not varied(digits):
        return False
    return int(digits[:10]) % 511 == int(digits[10:])


def siren(value: str) -> bool:
    """SIREN, Luhn on 9 digits (INSEE; decree 97-497): 10 % pass by chance."""
    digits = compact(value)
    return digits_only(digits, 9) and varied(digits) and luhn(digits)


def siret(value: str) -> bool:
    """SIRET, Luhn on the SIREN and on the 14 digits; La Poste's own by the sum modulo 5 (INSEE): 1 %."""
    digits = compact(value)
    if not digits_only(digits, 14) or not siren(digits[:9]):
        return False
    if digits.startswith("356000000") and digits != "35600000000048":
        return sum(map(int, digits)) % 5 == 0
    return digits[9:] != "00000" and luhn(digits)


_VAT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def _vat_letters(key: str, number: int) -> bool:
    """Alphanumeric keys of the French VAT number, 34 symbols without I and O."""
    first, second = (_VAT_ALPHABET.find(char) for char in key)
    if first < 0 or second < 0:
        return False
    code = first * 24 + second - 10 if key[0].isdigit() else first * 34 + second - 100
    return (number + 1 + code // 11) % 11 == code % 11


def vat_fr(value: str) -> bool:
    """French VAT number, key and SIREN; Monaco's begin with 000 and follow no Luhn (CGI art. 286 ter): 0.1 %."""
    text = compact(value)
    if len(text) != 13 or not text.startswith("FR") or not digits_only(text[4:], 9):
        return False
    number = int(text[4:])
    if text[4:7] != "000" and not siren(text[4:]):
        return False
    if text[2:4].isdigit():
        return int(text[2:4]) == (12 + 3 * (number % 97)) % 97
    return _vat_letters(text[2:4], number)


def rpps(value: str) -> bool:
    """RPPS of 11 digits beginning with 1, Luhn (ANS): 10 %."""
    digits = compact(value)
    return digits_only(digits, 11) and digits[0] == "1" and varied(digits) and luhn(digits)


def rpps_shape(value: str) -> bool:
    """RPPS of 11 digits beginning with 10, without the check that some published numbers fail."""
    digits = compact(value)
    return digits_only(digits, 11) and digits.startswith("10") and varied(digits)


def _department(text: str) -> bool:
    return text[:2] in _DEPARTMENTS or text[:2] in ("97", "98")


def adeli(value: str) -> bool:
    """ADELI of 9 characters: department, profession, serial, Luhn key (DREES): 10 %."""
    text = compact(value)
    if len(text) != 9 or not _department(text) or not text[2:].isdigit():
        return False
    return not text.isdigit() or luhn(text)


def finess(value: str) -> bool:
    """FINESS of 9 characters beginning with a department, Luhn when all are digits (DREES): 10 %."""
    text = compact(value)
    if len(text) != 9 or not _department(text) or not text[2:].isdigit() or not varied(text):
        return False
    return not text.isdigit() or luhn(text)


def uai(value: str) -> bool:
    """UAI (ex-RNE) of a school, 7 digits from the department on, letter modulo 23 (DEPP): 4 %."""
    text = compact(value)
    if len(text) != 8 or not text[:7].isdigit() or not 1 <= int(text[:3]) <= 988:
        return False
    return _MOD23[int(text[:7]) % 23] == text[7]


def plate_siv(value: str) -> bool:
    """SIV plate AA-123-AA, no I, O, U, no 000, no SS or WW pair at the start (arrêté du 9 février 2009): 60 %."""
    text = compact(value)
    if len(text) != 7 or not text[2:5].isdigit() or text[2:5] == "000":
        return False
    letters = text[:2] + text[5:]
    return set(letters) <= _SIV and text[:2] not in ("SS", "WW") and text[5:] != "SS"


def plate_fni(value: str) -> bool:
    """FNI plate 1234 AB 75, by its department (code de la route before 2009): no check digit."""
    text = value.translate(str.maketrans("", "", " -"))
    return text[-2:] in _DEPARTMENTS or text[-3:-1] == "97" or text[-2:] in ("2A", "2B")


def document_12(value: str) -> bool:
    """Old identity card or driving licence of 12 digits: year, month and department plausible, about 10 %."""
    text = compact(value)
    if len(text) != 12 or not text[:4].isdigit() or not varied(text):
        return False
    return 1 <= int(text[2:4]) <= 12 and _department(text[4:])


def licence_12(value: str) -> bool:
    """Driving licence before 2013, 12 digits with a month in 3 and 4: no check digit, about 12 %."""
    text = compact(value)
    return digits_only(text, 12) and 1 <= int(text[2:4]) <= 12 and varied(text)


def mixed_9(value: str) -> bool:
    """Nine characters, letters and digits both, as on the identity card of 2021: no check digit."""
    text = compact(value)
    return len(text) == 9 and not text.isdigit() and sum(map(str.isdigit, text)) >= 2


def cadastre(value: str) -> bool:
    """Parcel id of 14 characters: department, commune, prefix, section with a letter, plan (DGFiP): no check."""
    text = compact(value)
    if len(text) != 14 or not _department(text) or not text[10:].isdigit():
        return False
    return text[2:5] != "000" and text[10:] != "0000" and any(map(str.isalpha, text[8:10]))
