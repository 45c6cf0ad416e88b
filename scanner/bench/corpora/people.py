"""Invented people by the column: names, numbers with computed keys, telephones of the ranges kept for fiction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import Draw, Numbers, digits, joined, take, text
from scanner.bench.corpora.words import DOMAINS, MEN, STREETS, SURNAMES, TOWNS, WOMEN, plain

FIRST = WOMEN + MEN
FICTION = ("0199 00", "0261 91", "0353 01", "0465 71", "0536 49", "0639 98")
"""What Arcep keeps for works of fiction, as first pair of pairs and third pair."""
DEPARTMENTS = tuple(number for number in range(1, 96) if number != 20)


@dataclass(frozen=True)
class People:
    """As many people as the draw has rows; ``first_id`` numbers them."""

    draw: Draw
    first_id: int = 1

    @cached_property
    def ids(self) -> Numbers:
        """Consecutive numbers."""
        return np.arange(self.first_id, self.first_id + self.draw.rows, dtype=np.int64)

    @cached_property
    def women(self) -> Numbers:
        """1 for a woman, 0 for a man."""
        return self.draw.number(0, 2)

    @cached_property
    def first_rank(self) -> Numbers:
        """Index of the first name."""
        ranks = np.where(self.women == 1, self.draw.rank(len(WOMEN)), len(WOMEN) + self.draw.rank(len(MEN)))
        return ranks.astype(np.int64)

    @cached_property
    def last_rank(self) -> Numbers:
        """Index of the surname."""
        return self.draw.rank(len(SURNAMES))

    @cached_property
    def title(self) -> pa.Array:
        """M. or Mme."""
        return take(("M.", "Mme"), self.women)

    @cached_property
    def first(self) -> pa.Array:
        """First names."""
        return take(FIRST, self.first_rank)

    @cached_property
    def last(self) -> pa.Array:
        """Surnames."""
        return take(SURNAMES, self.last_rank)

    @cached_property
    def login(self) -> pa.Array:
        """Initial, surname and a number."""
        initials, surnames = [plain(name)[0] for name in FIRST], [plain(name) for name in SURNAMES]
        return joined(take(initials, self.first_rank), take(surnames, self.last_rank), text(self.ids % 100_000))

    @cached_property
    def email(self) -> pa.Array:
        """Addresses, nearly all different, at domains that are kept for documentation."""
        names, surnames = [plain(name) for name in FIRST], [plain(name) for name in SURNAMES]
        number = self.draw.mixed((0.3, ""), (0.7, text(self.draw.number(1, 10_000))))
        dot = self.draw.pick((".", ".", "", "_", "-"))
        parts = take(names, self.first_rank), dot, take(surnames, self.last_rank), number
        return joined(*parts, "@", self.draw.pick(DOMAINS))

    @cached_property
    def phone(self) -> pa.Array:
        """French numbers in the forms that people write."""
        return phone(self.draw)

    @cached_property
    def born(self) -> Numbers:
        """Days since 1970, of the years 1940 to 2006."""
        return self.draw.number(-10_957, 13_500)

    @cached_property
    def nir(self) -> pa.Array:
        """Fifteen digits; the key is 97 minus the number modulo 97."""
        when = pc.strftime(pa.array(self.born.astype(np.int32), pa.date32()), "%y%m").cast(pa.int64()).to_numpy()
        place = np.array(DEPARTMENTS)[self.draw.rank(len(DEPARTMENTS))] * 1000 + self.draw.number(1, 300)
        body = ((1 + self.women) * 10_000 + when) * 100_000 + place
        body = body * 1000 + self.draw.number(1, 480)
        return digits(body * 100 + 97 - body % 97, 15)

    @cached_property
    def iban(self) -> pa.Array:
        """French accounts with both keys (RIB, ISO 13616); bank codes 99 9xx belong to nobody."""
        bank, branch = 99_900 + self.draw.number(10, 99), self.draw.number(1, 100_000)
        account = self.draw.number(1, 10**11)
        key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        half = (bank * 100_000 + branch) % 97
        body = ((half * 10**11 + account) % 97 * 100 + key) % 97
        check = 98 - (body * 10**6 + 152_700) % 97
        return joined("FR", digits(check, 2), digits(bank * 100_000 + branch, 10), digits(account * 100 + key, 13))

    @cached_property
    def town_rank(self) -> Numbers:
        """Index of the town."""
        return self.draw.rank(len(TOWNS))

    @cached_property
    def postcode(self) -> pa.Array:
        """Postcode of the town."""
        return take([code for code, _ in TOWNS], self.town_rank)

    @cached_property
    def town(self) -> pa.Array:
        """Town."""
        return take([name for _, name in TOWNS], self.town_rank)

    @cached_property
    def street(self) -> pa.Array:
        """Number and street."""
        return joined(text(self.draw.number(1, 149)), " ", self.draw.pick(STREETS))


def phone(draw: Draw) -> pa.Array:
    """French numbers of fiction, in the forms that people write."""
    start = np.array([int(prefix.replace(" ", "")) for prefix in FICTION])[draw.number(0, len(FICTION))]
    number = start * 10_000 + draw.number(0, 10_000)
    pairs = [digits(number // 100**rank % 100, 2) for rank in (4, 3, 2, 1, 0)]
    spaced, dotted = (pc.binary_join_element_wise(*pairs, mark) for mark in (" ", "."))
    abroad = joined("+33 ", digits(number // 100**4 % 10, 1), " ", pc.binary_join_element_wise(*pairs[1:], " "))
    return draw.mixed((0.45, spaced), (0.2, dotted), (0.2, digits(number, 10)), (0.15, abroad))


def address(draw: Draw) -> pa.Array:
    """IPv4 addresses of any network that can be public, and some IPv6."""
    octets = [text(draw.number(low, high)) for low, high in ((11, 223), (0, 256), (0, 256), (1, 255))]
    groups = [draw.signs("0123456789abcdef", 4) for _ in range(4)]
    six = joined("2001:db8:", *(part for group in groups for part in (group, ":")), ":1")
    return draw.mixed((0.97, pc.binary_join_element_wise(*octets, ".")), (0.03, six))
