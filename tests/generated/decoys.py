"""What looks like an identifier and is none: numbers of things, near misses, and numbers that pass by chance."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from random import Random

import french
import planted
from french import HARD, NARROW, grouped, keyed, some
from stdnum import ean

Make = Callable[[Random], str]
HEX = "0123456789abcdef"
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _near(make: Make) -> Make:
    """The identifier with one digit of its end changed, so that no check passes."""

    def changed(chance: Random) -> str:
        value = make(chance)
        at = max(place for place, sign in enumerate(value) if sign.isdigit())
        return value[:at] + str((int(value[at]) + chance.randint(1, 8)) % 10) + value[at + 1 :]

    return changed


def _ean(chance: Random, prefix: str, length: int) -> str:
    body = prefix + some(chance, length - 1 - len(prefix))
    return body + str(ean.calc_check_digit(body))


def _stamp(chance: Random, pattern: str = "{}{:02d}{:02d}{:02d}{:02d}{:02d}") -> str:
    parts = (
        chance.randint(2, 12),
        chance.randint(1, 28),
        chance.randint(0, 23),
        chance.randint(0, 59),
        chance.randint(0, 59),
    )
    return pattern.format(chance.randint(2019, 2026), *parts)


def _like_siret(chance: Random) -> str:
    """Fourteen digits with both sums of a SIRET, its establishment any number."""
    return keyed(french.siren(chance) + some(chance, 4))


def _amount(chance: Random) -> str:
    return f"{chance.randint(1, 99)} {chance.randint(0, 999):03d},{chance.randint(0, 99):02d}"


FIRST = ["Élodie", "Marc", "Inès", "Paul", "Nadia", "Hugo", "Claire", "Youssef", "Lucie", "Antoine", "Sonia", "Bruno"]
LAST = ["Marchand", "Vernier", "Belkacem", "Dufresne", "Kowalik", "Ozanne", "Tessier", "Ribault", "Castaing", "Prigent"]
FIRMS = [
    "Ateliers du Ponant",
    "Menuiserie Vauclin",
    "Transports Orval",
    "Clair & Fils",
    "Novatis",
    "Biocoop des Halles",
]
TOWNS = ["Rennes", "Lyon", "Nantes", "Tours", "Lille", "Pau"]

DECOYS: dict[str, Make] = {
    # fillers
    "first": lambda c: c.choice(FIRST),
    "last": lambda c: c.choice(LAST),
    "firm": lambda c: c.choice(FIRMS),
    "town": lambda c: c.choice(TOWNS),
    "date": lambda c: f"{c.randint(1, 28):02d}/{c.randint(1, 12):02d}/{c.randint(2019, 2026)}",
    "amount": _amount,
    "small": lambda c: str(c.randint(1, 99)),
    "count": lambda c: str(c.randint(100, 9999)),
    "float": lambda c: f"{c.uniform(-50, 150):.{c.randint(1, 6)}f}",
    # times
    "iso": lambda c: _stamp(c, "{}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z"),
    "stamp14": _stamp,
    "epoch": lambda c: str(c.randint(1_500_000_000, 1_790_000_000)),
    "epoch_ms": lambda c: str(c.randint(1_500_000_000_000, 1_790_000_000_000)),
    "epoch_us": lambda c: str(c.randint(1_500_000_000_000_000, 1_790_000_000_000_000)),
    # numbers of things
    "n6": lambda c: some(c, 6),
    "n8": lambda c: c.choice("123456789") + some(c, 7),
    "n9": lambda c: c.choice("123456789") + some(c, 8),
    "n10": lambda c: c.choice("123456789") + some(c, 9),
    "n11": lambda c: c.choice("23456789") + some(c, 10),
    "n12": lambda c: c.choice("123456789") + some(c, 11),
    "n13": lambda c: c.choice("456789") + some(c, 12),
    "n14": lambda c: c.choice("123456789") + some(c, 13),
    "n15": lambda c: c.choice("123456789") + some(c, 14),
    "n16": lambda c: c.choice("123456789") + some(c, 15),
    "n20": lambda c: c.choice("123456789") + some(c, 19),
    "invoice": lambda c: c.choice(["FA-{}-{}", "F{}{}", "INV-{}-{}", "{}/{}"]).format(
        c.randint(2019, 2026), some(c, 6)
    ),
    "order": lambda c: c.choice(["CMD{}", "BC-{}", "SO{}", "W{}"]).format(some(c, c.randint(6, 10))),
    "customer": lambda c: c.choice(["CLI-{}", "C{}", "411{}", "CUST{}"]).format(some(c, 6)),
    "sku": lambda c: f"{some(c, 3, CAPITALS)}-{some(c, 4)}-{some(c, 2, CAPITALS)}",
    "serial": lambda c: f"{some(c, 3, CAPITALS)}{some(c, 8)}",
    "part": lambda c: f"{some(c, 2)}{some(c, 2, CAPITALS)}{some(c, 5)}",
    "batch": lambda c: f"{some(c, 6)}{some(c, 1, CAPITALS)}{some(c, 2)}",
    "key25": lambda c: "-".join(some(c, 5, CAPITALS + "23456789") for _ in range(5)),
    "ean13": lambda c: _ean(c, c.choice(["30", "37", "34", "50", "76"]), 13),
    "gtin14": lambda c: "1" + _ean(c, "37", 13),
    "upc12": lambda c: _ean(c, "0", 13)[1:],
    "isbn13": lambda c: grouped(_ean(c, "9782", 13), (3, 1, 4, 4, 1), c.choice(["-", "-", ""])),
    "track": lambda c: c.choice(["6A{}", "XJ{}FR", "1Z999AA{}4", "8R{}", "LA{}FR"]).format(some(c, 9)),
    "track13": lambda c: "0" + some(c, 13),
    "iccid": lambda c: keyed("8933" + some(c, 14)),
    "imsi": lambda c: "20801" + some(c, 10),
    "version": lambda c: f"{c.randint(10, 30)}.{c.randint(0, 30)}.{c.randint(0, 99)}.{c.randint(1, 250)}",
    "oid": lambda c: f"1.3.6.1.4.1.{c.randint(100, 9999)}.{c.randint(1, 99)}.{c.randint(1, 9)}",
    "uuid": lambda c: str(uuid.UUID(int=c.getrandbits(128), version=4)),
    "sha1": lambda c: some(c, 40, HEX),
    "short_sha": lambda c: some(c, 7, HEX),
    "sha256": lambda c: some(c, 64, HEX),
    "md5": lambda c: some(c, 32, HEX),
    "hex8": lambda c: some(c, 8, HEX),
    "local_ip": lambda c: f"{c.choice(['192.168', '10.0', '172.16'])}.{c.randint(0, 250)}.{c.randint(1, 250)}",
    "meter": lambda c: "0" + c.choice("1234") + some(c, 8),
    "lambert": lambda c: (
        f"{c.randint(200, 1100)}{some(c, 3)}.{some(c, 2)} {c.randint(6100, 7100)}{some(c, 3)}.{some(c, 2)}"
    ),
    "npm": lambda c: (
        f"@{some(c, 5, 'abcdelmno')}/{some(c, 6, 'abcdelmno')}@{c.randint(0, 20)}.{c.randint(0, 20)}.{c.randint(0, 20)}"
    ),
    # pass a check, and are named as something else
    "luhn9": french.siren,
    "luhn14": _like_siret,
    "siret14": french.siret,
    "luhn15": planted.imei,
    "luhn16": lambda c: keyed("4" + some(c, 14)),
    "mod97": french.fr_ins,
    "rest511": lambda c: french.fr_spi(c).replace(" ", "").replace(HARD, "").replace(NARROW, ""),
    "doc12": lambda c: f"{c.randint(10, 20)}{c.randint(1, 12):02d}75{some(c, 6)}",
    # near misses
    **{
        f"near_{name.lower()}": _near(make)
        for name, make in planted.MAKERS.items()
        if name in planted.CHECKED - {"MRZ", "IT_CF"}
    },
}
"""What a template writes in lower case."""
