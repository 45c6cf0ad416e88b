"""What a token shows the model: hashed combinations of words, shapes, lists, classes and place, by a compiled loop."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import FOLDED, SIZE
from recognizers.persons.context import Context
from recognizers.persons.lexicon import (
    BEARER,
    BLOCKER,
    CASE,
    CASE_SHIFT,
    COMPANY,
    FIRST,
    MONTH,
    PARTICLE,
    RANK,
    RANK_SHIFT,
    SURNAME,
    TITLE,
)
from recognizers.persons.tokens import CAMEL, GAP, INITIALS, NUMBER, SMALL, Tokens

TOTAL = 78
"""Features of a token."""
BITS = 20
"""Buckets of weights, as a power of two."""
_EDGE = np.uint64(251)
_ONE = np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_STIR = np.uint64(0xFF51AFD7ED558CCD)
_DOWN = np.uint64(29)
_TURN = np.uint64(23)
_LEFT = np.uint64(41)
_LISTS = np.uint64((1 << 17) - 1)
_TO_BUCKET = np.uint64(64 - BITS)
_FAR = 5
_COMMA, _COLON, _SEMICOLON, _BAR = np.uint64(1044), np.uint64(1058), np.uint64(1059), np.uint64(1124)


@njit(cache=True, inline="always")
def _mix(one: np.uint64, other: np.uint64) -> np.uint64:
    turned = (one << _TURN) | (one >> _LEFT)
    return (turned ^ other) * _MIX


@njit(cache=True)
def _hash_part(codes: NDArray[np.uint32], start: int, end: int) -> np.uint64:
    value = np.uint64(7)
    for at in range(start, end):
        code = codes[at]
        value = _mix(value, np.uint64(FOLDED[code] if code < SIZE else 200))
    return value


@njit(cache=True)
def _gist(facts: int) -> np.uint64:
    """The lists that matter most, in few classes."""
    gist = np.int64(facts & (FIRST | SURNAME))
    case, rank = (facts & CASE) >> CASE_SHIFT, (facts & RANK) >> RANK_SHIFT
    if 1 <= case <= 3 and rank >= 2:
        gist |= 16
    if facts & TITLE:
        gist |= 32
    elif facts & (BEARER | COMPANY | BLOCKER | MONTH):
        gist |= 64
    if facts & PARTICLE:
        gist |= 128
    return np.uint64(gist)


@njit(cache=True)
def _title_distance(tokens: Tokens, context: Context, at: int) -> int:
    """How many tokens back a title stands on the line, 0 for none near."""
    for before in range(at - 1, max(context.firsts[at] - 1, at - _FAR - 1), -1):
        if tokens.facts[before] & TITLE and tokens.shapes[before] <= INITIALS:
            return at - before
    return 0


@njit(cache=True)
def street_distance(tokens: Tokens, context: Context, at: int) -> int:
    """How many words back a street, a school or the like stands on the line, 0 for none; behind a comma 8 more."""
    commas = 0
    for before in range(at - 1, max(context.firsts[at] - 1, at - 2 * _FAR - 1), -1):
        if tokens.facts[before] & BEARER and tokens.shapes[before] <= INITIALS:
            return min(7, at - before) + 8 * min(2, commas)
        commas += tokens.words[before] == _COMMA
        if tokens.shapes[before] == GAP or tokens.words[before] in (_COLON, _SEMICOLON, _BAR):
            break
    return 0


@njit(cache=True)
def _class_of(tokens: Tokens, at: int) -> np.uint64:
    """The class of the word as it is written; of what is no word, its shape."""
    shape = tokens.shapes[at]
    if shape > INITIALS:
        return np.uint64(1000 + shape)
    kinds = tokens.kinds[at]
    return np.uint64(kinds >> np.uint32(16) if shape == SMALL else kinds & np.uint32(0xFFFF))


@njit(cache=True)
def _window(tokens: Tokens, count: int, at: int, coarse: NDArray[np.uint8], near: NDArray[np.uint64]) -> None:
    """Word, shape, lists, gist, class and coarse class (rows) of the five tokens around (columns)."""
    for column in range(5):
        other = at + column - 2
        if other < 0 or other >= count:
            near[0, column] = np.uint64(1 + column)
            near[1:, column] = _EDGE
        else:
            near[0, column] = tokens.words[other]
            near[1, column] = np.uint64(tokens.shapes[other])
            near[2, column] = np.uint64(tokens.facts[other]) & _LISTS
            near[3, column] = _gist(np.int64(tokens.facts[other]))
            kind = _class_of(tokens, other)
            near[4, column] = kind
            near[5, column] = np.uint64(coarse[kind]) if kind < np.uint64(1000) else kind


@njit(cache=True)
def describe(
    tokens: Tokens,
    context: Context,
    codes: NDArray[np.uint32],
    count: int,
    at: int,
    coarse: NDArray[np.uint8],
    near: NDArray[np.uint64],
    out: NDArray[np.int32],
) -> None:
    """Write the ``TOTAL`` buckets of one token; ``near`` is scratch room of 6 rows and 5 columns."""
    _window(tokens, count, at, coarse, near)
    a2, a1, w, b1, b2 = near[0, 0], near[0, 1], near[0, 2], near[0, 3], near[0, 4]
    r2, r1, s, t1, t2 = near[1, 0], near[1, 1], near[1, 2], near[1, 3], near[1, 4]
    f2, f1, g, h1, h2 = near[2, 0], near[2, 1], near[2, 2], near[2, 3], near[2, 4]
    i1, i, j1 = near[3, 1], near[3, 2], near[3, 3]
    k2, k1, k, m1, m2 = near[4, 0], near[4, 1], near[4, 2], near[4, 3], near[4, 4]
    c1, c, d1 = near[5, 1], near[5, 2], near[5, 3]
    start, end = tokens.starts[at], tokens.ends[at]
    first, last = context.firsts[at], context.lasts[at]
    counts, chunk, mail = np.uint64(context.counts[at]), np.uint64(context.chunks[at]), np.uint64(context.mails[at])
    known, key = np.uint64(context.known[at]), context.keys[at]
    line = context.rows[at]
    letters = tokens.shapes[at] <= CAMEL
    place = np.uint64(min(2, at - first) + 3 * min(3, last - at))
    title = np.uint64(_title_distance(tokens, context, at))
    facts = np.int64(tokens.facts[at])
    usage = np.uint64((facts & CASE) >> CASE_SHIFT) * np.uint64(8) + np.uint64((facts & RANK) >> RANK_SHIFT)
    small = np.uint64(tokens.kinds[at] >> np.uint32(16))
    mail1 = np.uint64(context.mails[at - 1]) if at > 0 else np.uint64(0)
    mail2 = np.uint64(context.mails[at + 1]) if at + 1 < count else np.uint64(0)
    gs, ks, is_, cs = _mix(g, s), _mix(k, s), _mix(i, s), _mix(c, s)
    g1s, h1s = _mix(f1, r1), _mix(h1, t1)
    i1s, j1s = _mix(i1, r1), _mix(j1, t1)
    same = _ONE if at > first else np.uint64(0)
    follows = _ONE if at + 1 < last else np.uint64(0)
    above = tokens.words[first - 2] if first > 1 else np.uint64(5)
    below = np.uint64(context.counts[last]) if last < count else np.uint64(77)
    street = np.uint64(street_distance(tokens, context, at))
    numbered = _ONE if tokens.shapes[first] == NUMBER else np.uint64(0)
    over = _class_of(tokens, context.firsts[first - 1]) if first > 0 else np.uint64(998)
    under = _class_of(tokens, last) if last < count else np.uint64(999)
    under_shape = np.uint64(tokens.shapes[last]) if last < count else np.uint64(99)
    suffix3 = _hash_part(codes, max(start, end - 3), end) if letters else np.uint64(3)
    suffix2 = _hash_part(codes, max(start, end - 2), end) if letters else np.uint64(3)
    suffix4 = _hash_part(codes, max(start, end - 4), end) if letters else np.uint64(3)
    prefix3 = _hash_part(codes, start, min(end, start + 3)) if letters else np.uint64(3)
    values = (
        _ONE,
        w,
        a1,
        b1,
        a2,
        b2,
        _mix(w, s),
        _mix(a1, s),
        _mix(b1, s),
        _mix(suffix3, s),
        suffix2,
        _mix(prefix3, s),
        suffix4,
        s,
        _mix(r1, s),
        _mix(s, t1),
        _mix(_mix(r1, s), t1),
        _mix(_mix(r2, r1), s),
        _mix(_mix(s, t1), t2),
        gs,
        _mix(f1, g),
        _mix(g, h1),
        _mix(g1s, gs),
        _mix(gs, h1s),
        _mix(f1, s),
        _mix(h1, s),
        _mix(_mix(f1, g), h1),
        _mix(key, s),
        _mix(key, i),
        _mix(place, _mix(s, counts)),
        _mix(counts, gs),
        _mix(chunk, s),
        _mix(mail, gs),
        _mix(a2, a1),
        _mix(a1, b1),
        _mix(above, s),
        _mix(tokens.words[first], _mix(s, np.uint64(min(6, at - first)))),
        _mix(b1, b2),
        _mix(title, is_),
        _mix(known, is_),
        _mix(np.uint64(min(12, end - start)), s),
        _mix(_mix(f2, r1), gs),
        _mix(gs, _mix(h2, t1)),
        _mix(a1, is_),
        _mix(b1, is_),
        _mix(below, _mix(s, counts)),
        _mix(_mix(i1s, is_), j1s),
        _mix(_mix(_mix(mail, mail1), mail2), s),
        _mix(_mix(np.uint64(min(4, line)), counts), s),
        _mix(_mix(np.uint64(min(3, line)), mail), is_),
        _mix(_mix(a1, is_), j1s),
        _mix(i1s, is_),
        _mix(is_, j1s),
        _mix(is_, _mix(a1, same)),
        _mix(is_, _mix(chunk, _mix(mail, counts))),
        ks,
        _mix(k1, s),
        _mix(m1, s),
        _mix(_mix(c1, cs), d1),
        _mix(k1, is_),
        _mix(is_, m1),
        _mix(k2, s),
        _mix(m2, s),
        _mix(_mix(k2, c1), s),
        _mix(k, is_),
        _mix(small, s),
        _mix(usage, s),
        _mix(usage, is_),
        _mix(k1, cs),
        _mix(cs, m1),
        _mix(_mix(same, follows), _mix(i1s, _mix(usage, s))),
        _mix(_mix(small, c1), _mix(s, same)),
        _mix(street, is_),
        _mix(_mix(street, numbered), _mix(s, place)),
        _mix(over, _mix(s, place)),
        _mix(under, _mix(s, place)),
        _mix(_mix(under_shape, below), _mix(is_, counts)),
        _mix(_mix(above, w), s),
    )
    for number in range(TOTAL):
        value = (values[number] ^ (np.uint64(number + 1) * _STIR)) * _MIX
        value = (value ^ (value >> _DOWN)) * _STIR
        out[number] = np.int32(value >> _TO_BUCKET)
