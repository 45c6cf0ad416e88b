"""What is known of words: who bears them as names, what else they mean, which words they resemble; one hashed table."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import FOLDED, SIZE, codes_of

Table = NDArray[np.uint32]

FIRST, SURNAME = 3, 3 << 2
"""Two bits each: 0 nobody is called so, else 1 (rare) to 3 (frequent)."""
COMMUNE, COUNTRY, WORD, BLOCKER, BEARER, COMPANY, TITLE, JOB, MONTH, KEY, PARTICLE, TLD, ENGLISH = (
    1 << bit for bit in range(4, 17)
)
CASE_SHIFT, CASE = 17, 7 << 17
"""How a word is written oftenest: 0 unknown, 1 only small, 2 mostly, 3 either, 4 mostly with a capital, 5 only so."""
RANK_SHIFT, RANK = 20, 7 << 20
"""How frequent the word is in small letters: 0 unknown, else 1 (rare) to 7."""

_BASIS = np.uint64(14695981039346656037)
_PRIME = np.uint64(1099511628211)
_STIR = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(33)
_ODD = 200


@njit(cache=True)
def hash_word(codes: NDArray[np.uint32], start: int, end: int) -> np.uint64:
    """The same for a word in any case, with and without accents."""
    value = _BASIS
    for at in range(start, end):
        code = codes[at]
        letter = FOLDED[code] if code < SIZE else _ODD
        if letter:
            value = (value ^ np.uint64(letter)) * _PRIME
    value = (value ^ (value >> _SHIFT)) * _STIR
    return value ^ (value >> _SHIFT)


@njit(cache=True)
def look_up(table: NDArray[np.uint32], word: np.uint64) -> int:
    """The row of a word, or -1."""
    size = np.uint64(len(table))
    at = ((word & _LOW) * size) >> _HALF
    check = np.uint32((word >> _HALF) | np.uint64(1))
    while table[at, 0] != 0:
        if table[at, 0] == check:
            return np.int64(at)  # type: ignore[return-value] # signed, beside -1
        at += np.uint64(1)
        if at == size:
            at = np.uint64(0)
    return -1


@njit(cache=True)
def fill(table: NDArray[np.uint32], words: NDArray[np.uint64], facts: NDArray[np.uint32]) -> None:
    """Put words with their facts and kinds (two columns) into an empty table with room to spare."""
    size = np.uint64(len(table))
    for number in range(len(words)):
        at = ((words[number] & _LOW) * size) >> _HALF
        while table[at, 0] != 0:
            at += np.uint64(1)
            if at == size:
                at = np.uint64(0)
        table[at, 0] = np.uint32((words[number] >> _HALF) | np.uint64(1))
        table[at, 1] = facts[number, 0]
        table[at, 2] = facts[number, 1]


def word_key(word: str) -> int:
    """The hash of one word."""
    codes = codes_of(word)
    return int(hash_word(codes, 0, len(codes)))


class Lexicon(NamedTuple):
    """Rows of (check, facts, kinds): facts are the bits above, kinds the classes of a word with and without capital."""

    table: Table
    coarse: NDArray[np.uint8]
    """For each class of words, the coarser one that it is part of."""


FOLDER = Path(str(resources.files("recognizers") / "persons"))


@lru_cache(maxsize=1)
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """The table that ships, mapped into memory: processes share it."""
    table = np.asarray(np.load(folder / "lexicon.npy", mmap_mode="r"))
    return Lexicon(table, np.load(folder / "coarse.npy"))
