"""What stands around each token: its line, its chunk, addresses that repeat it, and which tokens may name anything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.characters import FOLDED, SIZE
from recognizers.persons.lexicon import CASE, CASE_SHIFT, FIRST, PARTICLE, RANK, RANK_SHIFT, SURNAME, TITLE, TLD
from recognizers.persons.tokens import (
    CAMEL,
    CAPITALS,
    GAP,
    LINE,
    MIXED,
    NUMBER,
    PARAGRAPH,
    SMALL,
    TITLED,
    Tokens,
)

AT, SLASH, JOINED, DIGITS, DOTTED, LINKED = (1 << bit for bit in range(6))
"""What a chunk holds: ``@``; a slash; ``_ = ( { $``; digits; a dot inside; it is an address of a page or of mail."""
MAILBOX, DOMAIN = 1, 2
"""Whether an address near by repeats a word before its ``@``, or as the name of a site."""
AFTER_TITLE, AFTER_FIRST_NAME = 1, 2
"""Whether the same word follows a title or a first name anywhere in the text."""
_REACH = 80
"""Tokens on both sides of an address that are compared with it."""
_LOCAL = 48
_REMEMBERED = 1024
_FREQUENT = 3
"""Rank in small letters from which a word is no name for being in a list of them."""


class Context(NamedTuple):
    """Room for what is known around the tokens of one text at a time."""

    chunks: NDArray[np.uint8]
    mails: NDArray[np.uint8]
    known: NDArray[np.uint8]
    firsts: NDArray[np.int32]
    lasts: NDArray[np.int32]
    """First token of the line, and the first one behind it."""
    counts: NDArray[np.int32]
    """How many words of each case and how many numbers the line has, in one number."""
    rows: NDArray[np.int32]
    """Which line of its paragraph it is, from 0."""
    keys: NDArray[np.uint64]
    """The word before the last colon on the line."""
    open: NDArray[np.uint8]
    """Whether the token may be part of a name; all others are part of none."""


def surroundings(size: int) -> Context:
    """Room for texts of so many characters."""
    size += 2
    return Context(
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.uint64),
        np.empty(size, np.uint8),
    )


@njit(cache=True)
def _parts_chunk(tokens: Tokens, codes: NDArray[np.uint32], at: int) -> bool:
    """Whether a token parts chunks: blanks, and the signs that stand between fields."""
    if tokens.shapes[at] in (GAP, LINE, PARAGRAPH):
        return True
    code = codes[tokens.starts[at]]
    return code in (59, 44, 124, 34, 60, 62, 40, 41, 91, 93, 171, 187)


@njit(cache=True)
def _end_of_chunk(tokens: Tokens, codes: NDArray[np.uint32], count: int, first: int) -> int:
    """The token behind the chunk that starts at ``first``: what stands together without blanks, or one parting sign."""
    last = first + 1
    if _parts_chunk(tokens, codes, first):
        return last
    while last < count and tokens.starts[last] == tokens.ends[last - 1] and not _parts_chunk(tokens, codes, last):
        last += 1
    return last


@njit(cache=True)
def _read_chunks(tokens: Tokens, codes: NDArray[np.uint32], count: int, into: Context) -> None:
    first = 0
    while first < count:
        last, flags = _end_of_chunk(tokens, codes, count, first), 0
        for at in range(first, last):
            shape, code = tokens.shapes[at], codes[tokens.starts[at]]
            if code == 64:
                flags |= AT
            elif code in (47, 92):
                flags |= SLASH
                if at > first and codes[tokens.starts[at - 1]] == code:
                    flags |= LINKED
            elif code in (95, 61, 123, 125, 36):
                flags |= JOINED
            elif code == 46 and at > first:
                flags |= DOTTED
            elif shape in (NUMBER, MIXED):
                flags |= DIGITS
        if flags & AT and last > first + 2:
            flags |= LINKED
        if flags & DOTTED and tokens.facts[last - 1] & TLD and tokens.shapes[last - 1] == SMALL:
            flags |= LINKED
        for at in range(first, last):
            into.chunks[at] = flags
        first = last


@njit(cache=True)
def _read_lines(tokens: Tokens, codes: NDArray[np.uint32], count: int, into: Context) -> None:
    first, row = 0, 0
    while first < count:
        last, titled, capitals, small, numbers = first, 0, 0, 0, 0
        while last < count and tokens.lines[last] == tokens.lines[first]:
            shape = tokens.shapes[last]
            titled += shape in (TITLED, CAMEL)
            capitals += shape == CAPITALS
            small += shape == SMALL
            numbers += shape in (NUMBER, MIXED)
            last += 1
        case = 0 if capitals == 0 else (1 if capitals > 1 and titled + small == 0 else 2)
        few = 0 if small == 0 else (1 if small < 3 else (2 if small < 8 else 3))
        figures = 0 if numbers == 0 else (1 if numbers < 4 else 2)
        summary = min(4, titled + capitals) + 5 * few + 20 * figures + 60 * case
        key, before = np.uint64(0), np.uint64(0)
        for at in range(first, last):
            into.firsts[at], into.lasts[at], into.counts[at], into.keys[at] = first, last, summary, key
            into.rows[at] = row
            if tokens.shapes[at] <= CAMEL:
                before = tokens.words[at]
            elif codes[tokens.starts[at]] in (58, 61):
                key = before
        row = 0 if tokens.shapes[last - 1] == PARAGRAPH else row + 1
        first = last


@njit(cache=True)
def _holds(codes: NDArray[np.uint32], start: int, end: int, first: int, last: int) -> bool:
    """Whether ``codes[start:end]`` contains ``codes[first:last]``, whatever the case and accents."""
    size = last - first
    for at in range(start, end - size + 1):
        same = True
        for step in range(size):
            one, other = codes[at + step], codes[first + step]
            if (FOLDED[one] if one < SIZE else 255) != (FOLDED[other] if other < SIZE else 254):
                same = False
                break
        if same:
            return True
    return False


@njit(cache=True)
def _read_addresses(tokens: Tokens, codes: NDArray[np.uint32], count: int, into: Context) -> None:
    """Mark the words that the mailboxes and the sites around them repeat."""
    for at in range(count):
        into.mails[at] = 0
    first = 0
    while first < count:
        last = _end_of_chunk(tokens, codes, count, first)
        if into.chunks[first] & LINKED:
            start, end = tokens.starts[first], tokens.ends[last - 1]
            sign = start
            while sign < end and codes[sign] != 64:
                sign += 1
            for other in range(max(0, first - _REACH), min(count, last + _REACH)):
                size = tokens.ends[other] - tokens.starts[other]
                if SMALL < tokens.shapes[other] <= CAMEL and size >= 3 and not into.chunks[other] & LINKED:
                    if sign < end and _holds(
                        codes, max(start, sign - _LOCAL), sign, tokens.starts[other], tokens.ends[other]
                    ):
                        into.mails[other] |= MAILBOX
                    host = sign if sign < end else start
                    if size >= 4 and _holds(
                        codes, host, min(end, host + _LOCAL), tokens.starts[other], tokens.ends[other]
                    ):
                        into.mails[other] |= DOMAIN
        first = last


@njit(cache=True)
def _remember(tokens: Tokens, codes: NDArray[np.uint32], count: int, into: Context) -> None:
    """Mark each word that follows a title or a first name here or elsewhere in the text."""
    size = 16
    while size < count and size < _REMEMBERED:
        size *= 2
    seen, why, mask = np.zeros(size, np.uint64), np.zeros(size, np.uint8), np.uint64(size - 1)
    for at in range(1, count):
        if SMALL < tokens.shapes[at] <= CAMEL and tokens.ends[at] - tokens.starts[at] >= 3:
            before = at - 1
            dotted = codes[tokens.starts[before]] == 46 and before > 0
            titled = tokens.facts[before - dotted] & TITLE and tokens.lines[before - dotted] == tokens.lines[at]
            named = (
                tokens.facts[before] & FIRST >= 2
                and SMALL < tokens.shapes[before] <= CAMEL
                and not _is_frequent(tokens, before)
            )
            if (titled or named) and not tokens.facts[at] & TITLE:
                slot = tokens.words[at] & mask
                if seen[slot] != tokens.words[at]:
                    seen[slot], why[slot] = tokens.words[at], 0
                why[slot] |= (AFTER_TITLE if titled else 0) | (AFTER_FIRST_NAME if named else 0)
    for at in range(count):
        slot = tokens.words[at] & mask
        into.known[at] = why[slot] if seen[slot] == tokens.words[at] and tokens.shapes[at] <= CAMEL else 0


@njit(cache=True)
def _is_frequent(tokens: Tokens, at: int) -> bool:
    """Whether the word is rather written small, and often."""
    facts = tokens.facts[at]
    return bool(((facts & RANK) >> RANK_SHIFT) >= _FREQUENT and ((facts & CASE) >> CASE_SHIFT) <= 3)


@njit(cache=True)
def _is_small_name(tokens: Tokens, at: int) -> bool:
    """Whether a word in small letters is a name in the lists and not an ordinary word."""
    if tokens.shapes[at] != SMALL or tokens.ends[at] - tokens.starts[at] < 3:
        return False
    facts = tokens.facts[at]
    return (facts & FIRST >= 1 or facts & SURNAME >= 4) and not _is_frequent(tokens, at)


@njit(cache=True)
def _open_tokens(tokens: Tokens, count: int, into: Context) -> None:
    """Capitals may begin a name, small words only if lists know them or their neighbour, particles within."""
    for at in range(count):
        shape = tokens.shapes[at]
        into.open[at] = SMALL < shape < NUMBER or _is_small_name(tokens, at)
        if into.chunks[at] & LINKED:
            into.open[at] = 0
    for at in range(count):
        if tokens.shapes[at] == SMALL and not into.open[at] and not into.chunks[at] & LINKED:
            before = at > 0 and into.open[at - 1] == 1
            after = at + 1 < count and into.open[at + 1] == 1
            if tokens.facts[at] & PARTICLE:
                two = at + 2 < count and tokens.facts[at + 1] & PARTICLE and into.open[at + 2] == 1
                into.open[at] = 2 if (before and (after or two)) or (at > 0 and into.open[at - 1] == 2 and after) else 0
            elif (before or after) and tokens.ends[at] - tokens.starts[at] >= 3 and not _is_frequent(tokens, at):
                near = at - 1 if before else at + 1
                into.open[at] = 3 if tokens.shapes[near] == SMALL and tokens.facts[near] & FIRST >= 1 else 0


@njit(cache=True)
def survey(tokens: Tokens, codes: NDArray[np.uint32], count: int, into: Context) -> None:
    """Fill the context of the first ``count`` tokens."""
    _read_chunks(tokens, codes, count, into)
    _read_lines(tokens, codes, count, into)
    _read_addresses(tokens, codes, count, into)
    _remember(tokens, codes, count, into)
    _open_tokens(tokens, count, into)
