"""Compiled loops of counts of distinct hashes: a table that holds them while few, registers of HyperLogLog beyond.

The estimate is Ertl's improved raw estimator (O. Ertl, "New cardinality estimation algorithms for HyperLogLog
sketches", 2017, algorithms 4 to 6): no table of corrections, no threshold, standard error 1.04 / sqrt(registers).
"""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

INDEX_BITS = 14
"""16,384 registers of one byte: a standard error of 0.81 %."""
REST_BITS = 64 - INDEX_BITS


@numba.njit(cache=True, nogil=True)
def put(table: Any, used: int, hashes: Any, at: int, most: int) -> tuple[int, int]:
    """Add hashes from ``at`` on to a table of a power of two of slots, 0 for a free one.

    Stops when ``most`` slots are taken; returns the index of the first hash not added and the number of slots taken.
    """
    mask = np.uint64(len(table) - 1)
    while at < len(hashes) and used < most:
        one = max(hashes[at], np.uint64(1))
        slot = one & mask
        while table[slot] != 0 and table[slot] != one:
            slot = (slot + np.uint64(1)) & mask
        used += table[slot] == 0
        table[slot] = one
        at += 1
    return at, used


@numba.njit(cache=True, nogil=True)
def observe(registers: Any, hashes: Any) -> None:
    """Keep, by the first bits of each hash, the longest run of zeros that follows them, plus one."""
    for i in range(len(hashes)):
        one = max(hashes[i], np.uint64(1))
        rest = one << np.uint64(INDEX_BITS)
        rank = 1
        while rank <= REST_BITS and rest >> np.uint64(63) == 0:
            rest <<= np.uint64(1)
            rank += 1
        place = one >> np.uint64(REST_BITS)
        registers[place] = max(registers[place], rank)


def estimate(registers: NDArray[np.uint8]) -> float:
    """How many distinct hashes were observed."""
    count = len(registers)
    having = np.bincount(registers, minlength=REST_BITS + 2).tolist()
    total = count * _tau(1 - having[REST_BITS + 1] / count)
    for rank in range(REST_BITS, 0, -1):
        total = 0.5 * (total + having[rank])
    total += count * _sigma(having[0] / count)
    return count * count / (2 * log(2) * total)


def _sigma(x: float) -> float:
    """x + the sum over k of x^(2^k) 2^(k-1): what registers that saw nothing stand for."""
    if x == 1:
        return float("inf")
    total, before, weight = x, -1.0, 1.0
    while total != before:
        x *= x
        before, total, weight = total, total + x * weight, 2 * weight
    return total


def _tau(x: float) -> float:
    """A third of 1 - x - the sum over k of (1 - x^(2^-k))^2 2^-k: what registers that are full stand for."""
    if x in (0, 1):
        return 0.0
    total, before, weight = 1 - x, -1.0, 1.0
    while total != before:
        x = sqrt(x)
        weight /= 2
        before, total = total, total - (1 - x) ** 2 * weight
    return total / 3
