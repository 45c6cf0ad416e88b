"""Cuts a sentence into pieces of words, the likeliest ones together (unigram model, Kudo 2018), in compiled loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import codes_of

LONGEST = 16
"""Characters of a piece at most."""
MOST = 128
"""Pieces of a sentence that are read; later ones say little that the first did not."""
WORD = "\u2581"
"""Stands before a word, as in the vocabulary that the pieces come from."""
_UNKNOWN = 0
_PENALTY = np.float32(10)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
Ids = NDArray[np.int32]
Ints = NDArray[np.int64]


class Pieces(NamedTuple):
    """The vocabulary as a table of hashes, and how likely each piece is (a logarithm); the first one is unknown."""

    keys: NDArray[np.uint64]
    ids: Ids
    chances: NDArray[np.float32]


def table_of(pieces: Sequence[str], chances: NDArray[np.float32]) -> Pieces:
    """The table of a vocabulary; raises ``ValueError`` when two pieces have one hash."""
    codes, bounds = _laid_out(pieces)
    size = 1 << (2 * len(pieces)).bit_length()
    keys, ids = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
    if not _fill(codes, bounds, keys, ids):
        raise ValueError("two pieces have one hash")
    return Pieces(keys, ids, chances.astype(np.float32))


def cut(sentences: Sequence[str], vocabulary: Pieces) -> tuple[Ids, Ints]:
    """The pieces of all sentences one after the other, and their bounds; each has one at least."""
    codes, bounds = _laid_out([f"{WORD}{WORD.join(sentence.lower().split())}" for sentence in sentences])
    ids = np.empty(len(codes) + len(sentences), np.int32)
    ends = np.zeros(len(sentences) + 1, np.int64)
    longest = int(np.diff(bounds).max(initial=0))
    _cut(codes, bounds, *vocabulary, np.empty(longest + 1, np.float32), np.empty((longest + 1, 2), np.int32), ids, ends)
    return ids[: ends[-1]], ends


def _laid_out(texts: Sequence[str]) -> tuple[NDArray[np.uint32], Ints]:
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return codes_of("".join(texts)), np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)


@njit(cache=True)
def _mix(key: np.uint64, code: np.uint32) -> np.uint64:
    key = (key ^ np.uint64(code)) * _PRIME
    return key ^ (key >> _SHIFT)


@njit(cache=True)
def _fill(codes: NDArray[np.uint32], bounds: Ints, keys: NDArray[np.uint64], ids: Ids) -> bool:
    mask = np.uint64(len(keys) - 1)
    for number in range(len(bounds) - 1):
        key = np.uint64(1)
        for at in range(bounds[number], bounds[number + 1]):
            key = _mix(key, codes[at])
        slot = key & mask
        while ids[slot] >= 0:
            if keys[slot] == key:
                return False
            slot = (slot + np.uint64(1)) & mask
        keys[slot], ids[slot] = key, number
    return True


@njit(cache=True)
def _cut(
    codes: NDArray[np.uint32],
    bounds: Ints,
    keys: NDArray[np.uint64],
    ids: Ids,
    chances: NDArray[np.float32],
    best: NDArray[np.float32],
    back: Ids,
    found: Ids,
    ends: Ints,
) -> None:
    mask = np.uint64(len(keys) - 1)
    lowest = chances.min() - _PENALTY
    for number in range(len(bounds) - 1):
        start, size = bounds[number], bounds[number + 1] - bounds[number]
        best[: size + 1] = -np.inf
        best[0] = 0
        for at in range(size):
            here, key = best[at], np.uint64(1)
            for end in range(at + 1, min(at + LONGEST, size) + 1):
                key = _mix(key, codes[start + end - 1])
                slot = key & mask
                while ids[slot] >= 0 and keys[slot] != key:
                    slot = (slot + np.uint64(1)) & mask
                piece = ids[slot]
                if piece >= 0 and here + chances[piece] > best[end]:
                    best[end] = here + chances[piece]
                    back[end, 0], back[end, 1] = at, piece
            if here + lowest > best[at + 1]:
                best[at + 1] = here + lowest
                back[at + 1, 0], back[at + 1, 1] = at, _UNKNOWN
        ends[number + 1] = _unwind(back, size, found, ends[number])


@njit(cache=True)
def _unwind(back: Ids, size: int, found: Ids, first: int) -> int:
    """Write the pieces of one sentence from the last to the first; returns where the next one's begin."""
    count, at = 0, size
    while at > 0:
        count += 1
        at = back[at, 0]
    place, at = first + count - 1, size
    while at > 0:
        found[place] = back[at, 1]
        place, at = place - 1, back[at, 0]
    return first + min(count, MOST)
