"""Valid French identifiers of nobody: digits from a seed, check digits by python-stdnum or worked out here."""

from __future__ import annotations

import string
from random import Random

from stdnum import luhn
from stdnum.fr import nir, tva

NARROW, HARD = "\u202f", "\u00a0"
_UAI = "ABCDEFGHJKLMNPRSTUVWXYZ"
_PLATE = "ABCDEFGHJKLMNPQRTVXYZ"
_RIB = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def some(chance: Random, count: int, alphabet: str = string.digits) -> str:
    """So many characters of an alphabet."""
    return "".join(chance.choices(alphabet, k=count))


def keyed(body: str) -> str:
    """The body with its Luhn digit."""
    return body + str(luhn.calc_check_digit(body))


def grouped(value: str, sizes: tuple[int, ...], joint: str) -> str:
    """The value in groups of these sizes."""
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return joint.join(parts)


def joint(chance: Random) -> str:
    """What people group digits with."""
    return chance.choice([" ", " ", " ", HARD, NARROW])


def _department(chance: Random) -> str:
    return chance.choice([f"{chance.randint(1, 95):02d}", "13", "33", "59", "69", "75", "92"]).replace("20", "21")


def _registered(chance: Random, first: str) -> str:
    place = chance.choice(
        [*[f"{_department(chance)}{chance.randint(1, 400):03d}"] * 6, "2A004", "2B033", "97105", "99350"]
    )
    body = f"{first}{chance.randint(0, 99):02d}{chance.randint(1, 12):02d}{place}{chance.randint(1, 880):03d}"
    return str(body + nir.calc_check_digits(body))


def fr_nir(chance: Random) -> str:
    """Fifteen characters, glued or as people group them."""
    value = _registered(chance, chance.choice("12"))
    layout = chance.randrange(5)
    if layout < 2:
        return value
    if layout == 2:
        return value[:13] + " " + value[13:]
    return grouped(value, (1, 2, 2, 2, 3, 3, 2), joint(chance) if layout == 3 else chance.choice([" ", "."]))


def fr_nia(chance: Random) -> str:
    """As a NIR, first digit 7 or 8."""
    value = _registered(chance, chance.choice("78"))
    return value if chance.random() < 0.5 else grouped(value, (1, 2, 2, 2, 3, 3, 2), joint(chance))


def fr_ins(chance: Random) -> str:
    """A NIR as care software writes it."""
    return _registered(chance, chance.choice("12"))


def fr_spi(chance: Random) -> str:
    """Ten digits and their rest modulo 511."""
    body = chance.choice("0123") + some(chance, 9)
    value = body + f"{int(body) % 511:03d}"
    return value if chance.random() < 0.5 else grouped(value, (2, 2, 3, 3, 3), joint(chance))


def siren(chance: Random) -> str:
    """Nine digits."""
    return keyed(chance.choice("3456789") + some(chance, 7))


def fr_siren(chance: Random) -> str:
    """Nine digits, glued or in threes."""
    value = siren(chance)
    return value if chance.random() < 0.5 else grouped(value, (3, 3, 3), joint(chance))


def siret(chance: Random) -> str:
    """Fourteen digits."""
    return keyed(siren(chance) + f"00{chance.randint(1, 60):02d}")


def fr_siret(chance: Random) -> str:
    """Fourteen digits, glued or grouped."""
    value = siret(chance)
    return value if chance.random() < 0.5 else grouped(value, (3, 3, 3, 5), joint(chance))


def fr_vat(chance: Random) -> str:
    """FR, key, SIREN."""
    company = siren(chance)
    key = next(f"{number:02d}" for number in range(97) if tva.is_valid(f"FR{number:02d}{company}"))
    return f"FR{key}{company}" if chance.random() < 0.6 else f"FR {key} {grouped(company, (3, 3, 3), ' ')}"


def rib(chance: Random) -> str:
    """Twenty-three characters."""
    account = (
        some(chance, 11) if chance.random() < 0.7 else some(chance, 7) + some(chance, 1, "ABMVX") + some(chance, 3)
    )
    body = chance.choice("1234") + some(chance, 4) + some(chance, 5) + account
    return body + f"{97 - int(body.translate(_RIB) + '00') % 97:02d}"


def fr_rib(chance: Random) -> str:
    """Bank, branch, account, key."""
    value = rib(chance)
    return value if chance.random() < 0.3 else grouped(value, (5, 5, 11, 2), chance.choice([" ", HARD]))


def fr_rpps(chance: Random) -> str:
    """Eleven digits from 10 on."""
    return keyed("10" + some(chance, 8))


def fr_adeli(chance: Random) -> str:
    """Department, profession, serial, key."""
    return keyed(_department(chance) + chance.choice("0123456789") + some(chance, 5))


def fr_finess(chance: Random) -> str:
    """Department, serial, key."""
    value = keyed(_department(chance) + "0" + some(chance, 5))
    return value if chance.random() < 0.6 else grouped(value, (2, 3, 3, 1), " ")


def fr_uai(chance: Random) -> str:
    """Seven digits and their letter."""
    body = "0" + _department(chance) + some(chance, 4)
    return body + _UAI[int(body) % 23]


def fr_ine(chance: Random) -> str:
    """One of the three generations."""
    return chance.choice(
        [
            some(chance, 9) + some(chance, 2, "ABCDEFGHJK"),
            some(chance, 10) + some(chance, 1, _UAI),
            f"{some(chance, 4)}{some(chance, 1, 'KNRX')}{some(chance, 5)}{some(chance, 1, _UAI)}",
        ]
    )


def fr_passport(chance: Random) -> str:
    """Two digits, two letters, five digits."""
    return f"{chance.randint(8, 24):02d}{some(chance, 2, _PLATE)}{some(chance, 5)}"


def fr_cni(chance: Random) -> str:
    """Before 2021 or since."""
    old = f"{chance.randint(0, 20):02d}{chance.randint(1, 12):02d}{_department(chance)}{some(chance, 6)}"
    new = some(chance, 1, "CDFX") + some(chance, 1) + some(chance, 5, "CFGHJKLMNPRTVWXYZ0123456789") + some(chance, 2)
    return old if chance.random() < 0.5 else new


def fr_driving_licence(chance: Random) -> str:
    """Before 2013 or since."""
    old = f"{chance.randint(70, 99):02d}{chance.randint(1, 12):02d}{_department(chance)}{some(chance, 6)}"
    new = f"{chance.randint(13, 24)}{some(chance, 2, _PLATE)}{some(chance, 5)}"
    return old if chance.random() < 0.5 else new


def fr_residence_permit(chance: Random) -> str:
    """A foreigner's number of ten digits."""
    return _department(chance) + some(chance, 8)


def fr_plate(chance: Random) -> str:
    """SIV."""
    first, last = some(chance, 2, _PLATE), some(chance, 2, _PLATE)
    return f"{first}-{chance.randint(1, 999):03d}-{last}"


def fr_vitale(chance: Random) -> str:
    """Twenty-one digits."""
    value = "8025" + some(chance, 17)
    return value if chance.random() < 0.5 else grouped(value, (10, 10, 1), " ")


def fr_cadastre(chance: Random) -> str:
    """Department, commune, prefix, section, plan."""
    return (
        f"{_department(chance)}{chance.randint(1, 400):03d}000{some(chance, 2, 'ABCDEHKZ')}{chance.randint(1, 999):04d}"
    )
