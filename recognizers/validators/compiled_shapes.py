"""What numbers look like, a row for each of ``NUMBERS``: most are refused by this alone."""

# mypy: disable-error-code="assignment, return-value"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from recognizers.validators.compiled_names import NUMBERS
from recognizers.validators.compiled_text import Text, njit

_WIDE = 20
TO_THE_END = 99
"""In place of where a sum ends."""
LUHN_ONLY, VARIED_ONLY, CARD_SUMS = range(len(NUMBERS), len(NUMBERS) + 3)
"""Rows that no validator has: what some add to their shape."""


class Shape(NamedTuple):
    """Characters of a number: ``d`` digit, ``a`` letter, ``n`` either, a dot anything; none when lengths vary.

    ``varied`` and ``luhn`` say between which characters these must hold; the sum of digits times ``weights`` must be
    a multiple of ``modulus``.
    """

    characters: str = ""
    varied: tuple[int, int] = (0, 0)
    luhn: tuple[int, int] = (0, 0)
    weights: tuple[int, ...] = ()
    modulus: int = 0


_KEYED = "d" * 5 + ".." + "d" * 8
_HEALTH = "d." + "d" * 7
_SHAPES = {
    "siren": Shape("d" * 9, (0, 9), (0, 9)),
    "siret": Shape("d" * 14, (0, 9), (0, 9)),
    "nir": Shape(_KEYED),
    "nir_short": Shape(_KEYED[:13]),
    "nia": Shape(_KEYED),
    "ins": Shape(_KEYED),
    "spi": Shape("d" * 13, (0, 13)),
    "vat_fr": Shape("aann" + "d" * 9, (4, 13), (4, 13)),
    "rpps": Shape("d" * 11, (0, 11), (0, 11)),
    "rpps_shape": Shape("d" * 11, (0, 11)),
    "adeli": Shape(_HEALTH),
    "finess": Shape(_HEALTH, (0, 9)),
    "uai": Shape("d" * 7 + "a"),
    "plate_siv": Shape("aadddaa"),
    "document_12": Shape("dddd........"),
    "licence_12": Shape("d" * 12),
    "mixed_9": Shape("........."),
    "cadastre": Shape("d.........dddd"),
    "nl_bsn": Shape("d" * 9, (0, 9), (0, 0), (9, 8, 7, 6, 5, 4, 3, 2, -1), 11),
    "pt_nif": Shape("d" * 9, (0, 9)),
    "pl_pesel": Shape("d" * 11, (0, 0), (0, 0), (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10),
    "be_nn": Shape("d" * 11),
    "de_idnr": Shape("d" * 11),
    "ch_avs": Shape("d" * 13, (0, 0), (0, 0), (1, 3) * 6 + (1,), 10),
    "uk_nhs": Shape("d" * 10, (0, 10), (0, 0), tuple(range(10, 0, -1)), 11),
    "uk_nino": Shape("aa" + "d" * 6 + "a", (2, 8)),
    "es_dni": Shape("d" * 8 + "a", (0, 8)),
    "es_nie": Shape("a" + "d" * 7 + "a"),
    "it_cf": Shape("aaaaaannannnnnna"),
    "ehic": Shape("d" * 20),
    "rib": Shape("d" * 10 + "n" * 11 + "dd", (0, 21)),
    "card_shape": Shape("d" * 16, (0, 16), (0, 16)),
    "imei": Shape("d" * 15, (0, 15), (0, 15)),
}
_SHAPES["rib_spread"] = _SHAPES["rib"]
_ROWS = [
    *(_SHAPES.get(name, Shape()) for name in NUMBERS),
    Shape(luhn=(0, TO_THE_END)),
    Shape(varied=(0, TO_THE_END)),
    Shape(varied=(0, TO_THE_END), luhn=(0, TO_THE_END)),
]


def _masks(kind: str) -> npt.NDArray[np.int64]:
    return np.array([sum(1 << at for at, char in enumerate(row.characters) if char == kind) for row in _ROWS], np.int64)


LENGTH = np.array([len(row.characters) for row in _ROWS], np.int64)
DIGITS, LETTERS, EITHER = _masks("d"), _masks("a"), _masks("n")
VARIED = np.array([row.varied for row in _ROWS], np.int64)
LUHN = np.array([row.luhn for row in _ROWS], np.int64)
WEIGHTS = np.array([(*row.weights, *[0] * (_WIDE - len(row.weights))) for row in _ROWS], np.int64)
MODULUS = np.array([row.modulus for row in _ROWS], np.int64)


@njit
def sums(text: Text, n: int, which: int) -> bool:
    """Weighted sum, Luhn (ISO/IEC 7812-1 annex B) and three different characters, as far as the row asks for them."""
    if MODULUS[which]:
        total = np.int64(0)
        for at in range(n):
            total += (text[at] - 48) * WEIGHTS[which, at]
        if total % MODULUS[which]:
            return False
    last = n if LUHN[which, 1] == TO_THE_END else LUHN[which, 1]
    total = doubled = np.int64(0)
    for back in range(last - LUHN[which, 0]):
        digit = text[last - 1 - back] - 48
        total += digit + (digit - 9 * (digit > 4)) * doubled
        doubled ^= 1
    if total % 10:
        return False
    seen = np.int64(0)
    last = n if VARIED[which, 1] == TO_THE_END else VARIED[which, 1]
    for at in range(VARIED[which, 0], last):
        seen |= 1 << (text[at] & 63)  # tells digits and letters apart
    seen &= seen - 1
    return last == 0 or seen & (seen - 1) != 0
