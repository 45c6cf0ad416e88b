"""Which towns a postcode serves, as one array of slots that kernels look names up in; made once for a machine."""

from __future__ import annotations

from importlib import resources

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]

SLOT_BITS = 18
"""Slots of four bytes, of which less than half are taken."""
SEED, PRIME, MIX = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15
"""FNV-1a over the letters of a name and the blanks between its words; then mixed with where the name stands."""
WHOLE, PLAIN = 1000, 100
"""Added to a whole postcode; in place of a department's two digits, for names that are towns without a postcode."""
_64 = (1 << 64) - 1


def town_slots() -> Bytes:
    """For each town and department or postcode, and each plain town, the high half of its key in a slot of the low."""
    from recognizers import gazetteers  # noqa: PLC0415
    from recognizers.kept import kept  # noqa: PLC0415

    tables = ("communes.csv.gz", "codes_postaux.csv.gz", "prenoms.csv.gz", "noms.csv.gz")
    lists = ("validators/compiled_towns.py", "wordlists/common_words.txt", "wordlists/big_towns.txt")
    own = ((resources.files("recognizers") / name).read_bytes() for name in lists)
    return np.frombuffer(kept("town-slots", (*gazetteers.sources(*tables), *own), _fill), np.uint8)


def key_of(name: str, place: int) -> int:
    """64 bits for a name (as ``gazetteers.town_key`` writes it) and where it stands."""
    state = SEED
    for byte in name.encode("ascii"):
        state = ((state ^ byte) * PRIME) & _64
    state = ((state ^ place) * MIX) & _64
    return state ^ (state >> 29)


def _fill() -> bytes:
    from recognizers import gazetteers  # noqa: PLC0415

    slots = [0] * (1 << SLOT_BITS)
    pairs = {(town, int(code) + WHOLE * (len(code) > 2)) for code, town in gazetteers.towns_by_postcode()}
    for town, place in sorted(pairs | {(town, PLAIN) for town in gazetteers.plain_towns()}):
        key = key_of(town, place)
        at = key & ((1 << SLOT_BITS) - 1)
        while slots[at]:
            at = (at + 1) & ((1 << SLOT_BITS) - 1)
        slots[at] = max(1, key >> 32)
    return np.array(slots, "<u4").tobytes()
