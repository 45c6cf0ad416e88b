"""Identifiers of nobody by type, all valid: those of the neighbours, contacts and devices here, French ones beside."""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

import french
from french import HARD, fr_passport, grouped, joint, keyed, rib, some
from stdnum.be import nn
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.gb import nhs
from stdnum.iso7064 import mod_11_10, mod_97_10
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif


def until(valid: Callable[[str], bool], make: Callable[[], str]) -> str:
    """The first of what ``make`` gives that an independent check accepts."""
    while not valid(value := make()):
        pass
    return value


def iban(chance: Random) -> str:
    """Mostly French, else a neighbour's; glued or in fours."""
    country, body = chance.choice(
        [
            *[("FR", rib(chance))] * 4,
            ("DE", some(chance, 18)),
            ("BE", some(chance, 12)),
            ("ES", some(chance, 20)),
            ("NL", "ABNA" + some(chance, 10)),
            ("IT", "X" + some(chance, 22)),
            ("LU", some(chance, 16)),
            ("PT", some(chance, 21)),
            ("GB", "NWBK" + some(chance, 14)),
            ("CH", some(chance, 17)),
        ]
    )
    value = country + mod_97_10.calc_check_digits(body + country) + body
    if chance.random() < 0.4:
        return value
    return grouped(value, (4,) * -(-len(value) // 4), joint(chance))


def payment_card(chance: Random) -> str:
    """An issuer's prefix and length."""
    prefix, length = chance.choice([("4970", 16), ("4539", 16), ("5131", 16), ("5412", 16), ("2221", 16), ("3742", 15)])
    value = keyed(prefix + some(chance, length - 5))
    if chance.random() < 0.4:
        return value
    return grouped(value, (4, 6, 5) if length == 15 else (4, 4, 4, 4), chance.choice([" ", " ", "-"]))


def imei(chance: Random) -> str:
    """Reporting body 35."""
    return keyed("35" + some(chance, 12))


def bic(chance: Random) -> str:
    """An invented bank's head office."""
    return some(chance, 4, "BCFGKMPRTZ") + chance.choice(["FRPP", "FRPPXXX", "BEBB", "DEFF", "FRP1"])


def _born(chance: Random) -> str:
    return f"{chance.randint(40, 99):02d}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"


def be_nn(chance: Random) -> str:
    """Residents born in the last century."""

    def make() -> str:
        body = _born(chance) + f"{chance.randint(1, 997):03d}"
        return body + f"{97 - int(body) % 97:02d}"

    value = until(nn.is_valid, make)
    if chance.random() < 0.5:
        return value
    return f"{value[:2]}.{value[2:4]}.{value[4:6]}-{value[6:9]}.{value[9:]}"


def de_idnr(chance: Random) -> str:
    """One digit twice in the first ten."""

    def make() -> str:
        signs = chance.sample(string.digits, 9)
        signs.append(chance.choice(signs))
        chance.shuffle(signs)
        body = "".join(signs)
        return body + str(mod_11_10.calc_check_digit(body))

    value = until(idnr.is_valid, make)
    return value if chance.random() < 0.5 else grouped(value, (2, 3, 3, 3), " ")


def es_dni(chance: Random) -> str:
    """Eight digits and a letter."""
    body = chance.choice("1234567") + some(chance, 7)
    return body + str(dni.calc_check_digit(body))


def es_nie(chance: Random) -> str:
    """X, Y or Z, seven digits and a letter."""
    body = chance.choice("XYZ") + some(chance, 7)
    return body + str(nie.calc_check_digit(body))


def it_cf(chance: Random) -> str:
    """Consonants, date, place and a check letter."""
    name = some(chance, 6, "BCDFGLMNPRSTVZ")
    day = f"{chance.randint(40, 99)}{chance.choice('ABCDEHLMPRST')}{chance.randint(1, 28):02d}"
    body = f"{name}{day}{chance.choice('FHLZ')}{some(chance, 3)}"
    return body + str(codicefiscale.calc_check_digit(body))


def uk_nhs(chance: Random) -> str:
    """Three, three, four."""
    value = until(nhs.is_valid, lambda: chance.choice("4679") + some(chance, 9))
    return value if chance.random() < 0.4 else grouped(value, (3, 3, 4), " ")


def uk_nino(chance: Random) -> str:
    """No check digit."""
    value = chance.choice(["AB", "CE", "JK", "PW", "SX"]) + some(chance, 6) + some(chance, 1, "ABCD")
    return value if chance.random() < 0.5 else grouped(value, (2, 2, 2, 2, 1), " ")


def ch_avs(chance: Random) -> str:
    """756 and the check of an EAN."""
    body = "756" + some(chance, 9)
    total = sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(body))
    value = body + str(-total % 10)
    return value if chance.random() < 0.4 else grouped(value, (3, 4, 4, 2), ".")


def nl_bsn(chance: Random) -> str:
    """Nine digits."""
    return until(bsn.is_valid, lambda: chance.choice("123456789") + some(chance, 8))


def pt_nif(chance: Random) -> str:
    """Nine digits from 1 or 2 on, as persons have."""
    return until(nif.is_valid, lambda: chance.choice("12") + some(chance, 8))


def pl_pesel(chance: Random) -> str:
    """Born in the last century."""
    return until(
        pesel.is_valid,
        lambda: f"{chance.randint(40, 99)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{some(chance, 5)}",
    )


def ehic(chance: Random) -> str:
    """A card issued in France."""
    return "80250" + some(chance, 15)


def _check(text: str) -> str:
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def mrz(chance: Random) -> str:
    """Two lines of a passport."""
    number = fr_passport(chance)
    birth = f"{chance.randint(40, 99)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    expiry = f"{chance.randint(27, 34)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    name = f"P<FRA{some(chance, 7, 'AEILMNORT')}<<{some(chance, 6, 'AEILMNORT')}".ljust(44, "<")
    left, middle = number + _check(number), birth + _check(birth)
    right = expiry + _check(expiry) + "<" * 14 + "0"
    return f"{name}\n{left}FRA{middle}{chance.choice('MF')}{right}{_check(left + middle + right)}"


def email_address(chance: Random) -> str:
    """A box in a domain of nobody."""
    name = some(chance, 5, "aeilmnort") + chance.choice([".", "_", "-", ""]) + some(chance, 6, "abcdeilmnor")
    return f"{name}@{chance.choice(['example.org', 'exemple.fr', 'courrier.example.com', 'mail.exemple.fr'])}"


def phone_number(chance: Random) -> str:
    """Mobile numbers as people write them."""
    body = chance.choice(["61", "62", "67", "68", "76", "78"]) + some(chance, 7)
    layout = chance.randrange(5)
    if layout == 0:
        return "0" + body
    if layout == 1:
        return "+33" + body
    if layout == 2:
        return "+33 " + body[0] + " " + grouped(body[1:], (2, 2, 2, 2), " ")
    return grouped("0" + body, (2,) * 5, chance.choice([" ", ".", "-", HARD]))


def ip_address(chance: Random) -> str:
    """A public address of either version."""
    if chance.random() < 0.2:
        digits = "123456789abcdef"
        return f"2a01:e0a:{some(chance, 3, digits)}:{some(chance, 4, digits)}::{some(chance, 2, '123456789')}"
    first = chance.choice([78, 81, 82, 86, 90, 92, 109, 176])
    return f"{first}.{chance.randint(1, 254)}.{chance.randint(1, 254)}.{chance.randint(1, 253)}"


def mac_address(chance: Random) -> str:
    """Six pairs."""
    pairs = [f"{chance.randrange(256):02x}" for _ in range(5)]
    return chance.choice([":", "-"]).join(["a4", *pairs])


_HELPERS = {"until"}
MAKERS: dict[str, Callable[[Random], str]] = {
    name.upper(): maker
    for module, own in ((vars(french), "french"), (dict(globals()), __name__))
    for name, maker in module.items()
    if getattr(maker, "__module__", "") == own and not name.startswith("_") and name not in _HELPERS
    if own == __name__ or name.startswith("fr_")
}
"""What a template plants, by type."""

_CHECKED = """
FR_NIR FR_NIA FR_INS FR_SPI FR_SIREN FR_SIRET FR_VAT FR_RIB FR_RPPS FR_ADELI FR_FINESS FR_UAI IBAN PAYMENT_CARD IMEI MRZ
BE_NN DE_IDNR ES_DNI ES_NIE IT_CF UK_NHS CH_AVS NL_BSN PT_NIF PL_PESEL
"""
CHECKED = frozenset(_CHECKED.split())
"""Types with a check digit, key or letter."""
