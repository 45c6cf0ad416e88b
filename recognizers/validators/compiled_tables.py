"""What the compiled checks look up: countries, cards, top-level domains and numbering plans in one array of bytes.

Kernels get it as an argument and know only where each part begins, so that a new list of domains or release of
phonenumbers does not need new machine code.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from recognizers.validators import eu, money, net

Bytes = npt.NDArray[np.uint8]

_PAIRS = 26 * 26
IBANS = 0
"""Length of an IBAN by the pair of its country's letters; 0 where there is none."""
COUNTRIES = IBANS + _PAIRS
"""Whether ISO 3166 has a pair of letters."""
EHIC = COUNTRIES + _PAIRS
"""Whether a country's number issues European health cards."""
CARDS = EHIC + 1000
"""Lengths of card numbers from 12 on, as bits, by their first four digits."""
DOMAINS = CARDS + 10_000
"""Hash table of top-level domains: where each stands after ``DOMAIN_NAMES``, plus one, in two bytes."""
SLOTS = 4096
DOMAIN_NAMES = DOMAINS + 2 * SLOTS
"""The domains themselves, each after its length."""
_NAMES_ROOM = 1 << 14
PLANS = DOMAIN_NAMES + _NAMES_ROOM
"""Where the plan of each calling code begins, in four bytes; or one of the three values below."""
CODES = 1002
FRENCH, TOWNS = 1000, 1001
"""In place of a code: all that is written with a French national prefix; and, not a plan, the table of towns."""
UNREAD, NO_PLAN, HARD_PLAN = 0, 1, 2
LEARN = -2
"""The verdict that asks for a plan, minus its calling code."""
CALLED = PLANS + 4 * CODES
"""Whether a calling code is a country's; the first byte, whether that is known yet."""
_SIZE = CALLED + 1000


def fixed() -> Bytes:
    """The array as far as it does not depend on numbering plans."""
    tables = np.zeros(_SIZE, np.uint8)
    for country, length in money.IBAN_LENGTHS.items():
        tables[IBANS + _pair(country)] = length
    tables[[COUNTRIES + _pair(country) for country in money._ISO_3166]] = 1
    tables[[EHIC + int(country) for country in eu._EHIC_COUNTRIES]] = 1
    for low, high, lengths in money._PREFIXES:
        if low % 100 or high % 100 != 99:
            raise ValueError("a prefix of cards that does not end on its fourth digit")
        for length in set(lengths) & set(range(12, 20)):
            tables[CARDS + low // 100 : CARDS + high // 100 + 1] |= np.uint8(1 << (length - 12))
    _enter_domains(tables)
    return tables


def _pair(letters: str) -> int:
    return (ord(letters[0]) - 65) * 26 + ord(letters[1]) - 65


def _enter_domains(tables: Bytes) -> None:
    """Open addressing by ``slot``, so that a look-up compares one name or two."""
    names = sorted(name.encode() for name in net._top_level())
    pool = b"".join(bytes([len(name)]) + name for name in names)
    if len(pool) > _NAMES_ROOM or len(names) > SLOTS // 2:
        raise ValueError("more top-level domains than there is room for")
    tables[DOMAIN_NAMES : DOMAIN_NAMES + len(pool)] = np.frombuffer(pool, np.uint8)
    slots = np.zeros(SLOTS, np.uint16)
    at = 1
    for name in names:
        free = next(one for one in itertools.count(slot(name)) if slots[one % SLOTS] == 0) % SLOTS
        slots[free] = at
        at += 1 + len(name)
    tables[DOMAINS : DOMAINS + 2 * SLOTS] = slots.astype("<u2").view(np.uint8)


def slot(name: bytes) -> int:
    """Where a domain is looked for first; kernels compute the same."""
    value = 0
    for byte in name:
        value = value * 31 + byte
    return value % SLOTS
