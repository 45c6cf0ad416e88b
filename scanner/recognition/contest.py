"""Which of many spans stand, in compiled loops: near-linear even when every span overlaps every other."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

RANK, TYPE, FAMILY, LAYER, ROLE = range(5)
"""Columns of the traits of a kind: the order of its type and recogniser by name, its type, the family it competes in,
the layer in which it stands, and whether it shields names, is one, or neither."""
SHIELD, NAME = 1, 2
LAYERS = 3
"""Types of layers 0 and 1 stand beside one another, as those of layer 2 stand beside none: so, in each layer, two
spans that stand share no character unless they share all."""

_FEW = 24
_DIGIT = 11


@numba.njit(cache=True, nogil=True)
def standing(starts: Array, ends: Array, levels: Array, kinds: Array, traits: Array) -> Array:
    """Indices of the spans that stand, in reading order; ``traits`` has a row of five numbers for each kind."""
    order = _in_reading_order(starts, ends, _minor(levels, kinds, traits))
    order = _without_repeats(order, starts, ends, kinds, traits)
    count = len(order)
    start, end = starts[order], ends[order]
    level, kind = levels[order], kinds[order]
    stands = np.zeros(count, np.bool_)
    _settle_families(start, end, level, kind, traits, stands)
    _drop_shielded(start, end, kind, traits, stands)
    left: Array = order[stands]
    return left


@numba.njit(cache=True, nogil=True)
def _minor(levels: Array, kinds: Array, traits: Array) -> Array:
    """One number for what orders spans of one stretch: type, then level from the highest, then recogniser."""
    minor = np.empty(len(kinds), np.int64)
    for i in range(len(kinds)):
        kind = kinds[i]
        minor[i] = (np.int64(traits[kind, TYPE]) << 32) | ((64 - np.int64(levels[i])) << 16) | traits[kind, RANK]
    return minor


@numba.njit(cache=True, nogil=True)
def _in_reading_order(starts: Array, ends: Array, minor: Array) -> Array:
    """Indices of spans that are not empty, by start, end, and ``minor``."""
    order = np.flatnonzero(ends > starts)
    _sort_by(starts, order)
    count = len(order)
    first = 0
    while first < count:
        past = first + 1
        while past < count and starts[order[past]] == starts[order[first]]:
            past += 1
        if past - first > 1:
            _sort_run(order[first:past], ends, minor)
        first = past
    return order


@numba.njit(cache=True, nogil=True)
def _sort_by(keys: Array, order: Array) -> None:
    """Sort indices by their key (0 or more), stably: by digits of eleven bits, and not at all if they are sorted."""
    count = len(order)
    most = np.int64(0)
    is_sorted = True
    for i in range(count):
        most = max(most, keys[order[i]])
        is_sorted = is_sorted and (i == 0 or keys[order[i - 1]] <= keys[order[i]])
    if is_sorted:
        return
    if count < 1 << _DIGIT:
        order[:] = order[np.argsort(keys[order], kind="mergesort")]
        return
    other = np.empty_like(order)
    shift = 0
    while most >> shift:
        places = np.zeros((1 << _DIGIT) + 1, np.int64)
        for i in range(count):
            places[((keys[order[i]] >> shift) & ((1 << _DIGIT) - 1)) + 1] += 1
        places = np.cumsum(places)
        for i in range(count):
            digit = (keys[order[i]] >> shift) & ((1 << _DIGIT) - 1)
            other[places[digit]] = order[i]
            places[digit] += 1
        order[:] = other
        shift += _DIGIT


@numba.njit(cache=True, nogil=True)
def _sort_run(order: Array, ends: Array, minor: Array) -> None:
    """Sort spans of one start, in place and stably."""
    if len(order) > _FEW:
        order[:] = order[np.argsort(minor[order], kind="mergesort")]
        order[:] = order[np.argsort(ends[order], kind="mergesort")]
        return
    for i in range(1, len(order)):
        one, j = order[i], i
        while j > 0:
            before = order[j - 1]
            if ends[before] < ends[one] or (ends[before] == ends[one] and minor[before] <= minor[one]):
                break
            order[j] = before
            j -= 1
        order[j] = one


@numba.njit(cache=True, nogil=True)
def _without_repeats(order: Array, starts: Array, ends: Array, kinds: Array, traits: Array) -> Array:
    """Of claims of one type on one stretch, the first alone can ever stand."""
    kept = 0
    for i in range(len(order)):
        one = order[i]
        last = order[kept - 1]
        same = kept > 0 and starts[one] == starts[last] and ends[one] == ends[last]
        if not same or traits[kinds[one], TYPE] != traits[kinds[last], TYPE]:
            order[kept] = one
            kept += 1
    return order[:kept]


@numba.njit(cache=True, nogil=True)
def _settle_families(start: Array, end: Array, level: Array, kind: Array, traits: Array, stands: Array) -> None:
    """Cut each family in clusters of spans that hang together; who is alone stands."""
    families = traits[:, FAMILY].max() + 1 if len(traits) else 0
    first, last = np.full(families, -1, np.int64), np.full(families, -1, np.int64)
    reach = np.zeros(families, np.int64)
    after = np.full(len(start), -1, np.int64)
    work = np.empty((6 + 3 * LAYERS, len(start) + 2), np.int64)
    for i in range(len(start)):
        family = traits[kind[i], FAMILY]
        if start[i] < reach[family]:
            stands[last[family]] = False
            after[last[family]] = i
        else:
            if first[family] != last[family]:
                _decide(first[family], after, start, end, level, kind, traits, stands, work)
            first[family] = i
            stands[i] = True
        last[family] = i
        reach[family] = max(reach[family], end[i])
    for family in range(families):
        if first[family] != last[family]:
            _decide(first[family], after, start, end, level, kind, traits, stands, work)


@numba.njit(cache=True, nogil=True)
def _decide(
    first: int,
    after: Array,
    start: Array,
    end: Array,
    level: Array,
    kind: Array,
    traits: Array,
    stands: Array,
    work: Array,
) -> None:
    """Decide a cluster, given as a chain of two spans or more from its first."""
    count = 0
    stretches = 0
    while first >= 0:
        work[0, count] = first
        if count == 0 or start[first] != work[2, stretches - 1] or end[first] != work[3, stretches - 1]:
            work[2, stretches], work[3, stretches] = start[first], end[first]
            stretches += 1
        work[1, count] = stretches - 1
        count += 1
        first = after[first]
    _rank(work[0, :count], start, end, level, work[4, :count], work[5, :count])
    for row in range(6, len(work)):
        work[row, : stretches + 1] = 0
    _let_stand(work[:, : max(count, stretches + 1)], count, stretches, level, kind, traits, stands)


@numba.njit(cache=True, nogil=True)
def _rank(members: Array, start: Array, end: Array, level: Array, keys: Array, ranked: Array) -> None:
    """The members of a cluster from the surest, then the longest; those alike keep their order of reading."""
    count = len(members)
    for i in range(count):
        one = members[i]
        keys[i] = -((np.int64(level[one]) << 48) + end[one] - start[one])
        ranked[i] = i
    if count > _FEW:
        ranked[:] = np.argsort(keys, kind="mergesort")
        return
    for i in range(1, count):
        j = i
        while j > 0 and keys[ranked[j - 1]] > keys[i]:
            ranked[j] = ranked[j - 1]
            j -= 1
        ranked[j] = i


@numba.njit(cache=True, nogil=True)
def _let_stand(
    work: Array, count: int, stretches: int, level: Array, kind: Array, traits: Array, stands: Array
) -> None:
    """From the first in rank, let each span stand that fits with those that stand already.

    Per layer, two trees count the stretches that stand by where they begin and by where they have ended: those that
    share characters with a span began before its end and had not ended at its start.
    """
    members, stretch_of, ranked = work[0], work[1], work[5]
    froms, tos = work[2, :stretches], work[3, :stretches]
    begun, ended, held = work[6 : 6 + LAYERS], work[6 + LAYERS : 6 + 2 * LAYERS], work[6 + 2 * LAYERS :]
    for r in range(count):
        one = members[ranked[r]]
        stretch = stretch_of[ranked[r]]
        low = np.searchsorted(froms, froms[stretch])
        high = np.searchsorted(froms, tos[stretch])
        layer = traits[kind[one], LAYER]
        fits = True
        for rival in range(LAYERS):
            if layer + rival != 1:
                here = held[rival, stretch]
                others = _sum(begun[rival], high) - _sum(ended[rival], low) - (here > 0)
                fits = fits and others == 0 and (here == 0 or here == level[one])
        if fits:
            stands[one] = True
            if held[layer, stretch] == 0:
                held[layer, stretch] = level[one]
                _add(begun[layer], stretch + 1, stretches)
                _add(ended[layer], high, stretches)


@numba.njit(cache=True, nogil=True)
def _add(tree: Array, at: int, size: int) -> None:
    """Count one more at this position, from 1, of a Fenwick tree."""
    while at <= size:
        tree[at] += 1
        at += at & -at


@numba.njit(cache=True, nogil=True)
def _sum(tree: Array, upto: int) -> int:
    """How many were counted up to this position."""
    total = 0
    while upto > 0:
        total += tree[upto]
        upto -= upto & -upto
    return total


@numba.njit(cache=True, nogil=True)
def _drop_shielded(start: Array, end: Array, kind: Array, traits: Array, stands: Array) -> None:
    """A name that shares characters with a shield is part of it."""
    reach = np.int64(0)
    for i in range(len(start)):
        role = traits[kind[i], ROLE]
        if stands[i] and role == SHIELD:
            reach = max(reach, end[i])
        elif role == NAME and start[i] < reach:
            stands[i] = False
    following = np.int64(1) << 62
    for i in range(len(start) - 1, -1, -1):
        role = traits[kind[i], ROLE]
        if stands[i] and role == SHIELD:
            following = start[i]
        elif role == NAME and end[i] > following:
            stands[i] = False
