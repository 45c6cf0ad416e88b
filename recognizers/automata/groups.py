"""Groups of bytes, and which runs of them can begin a match: most words and numbers are passed over by this alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizers.automata.program import Program

BITS = 6
COUNT = 1 << BITS
DEEP, SHORT = 4, 3
"""Bytes looked at for expressions with few beginnings, and for the others."""
HASH, HASH_BITS = 0x9E3779B1, 18
_CAPITAL, _DIGIT, _HIGH, _SIGN_TAIL, _OTHER = 26, 27, 28, 29, 30
_SIGNS = "_ .,:;/-+@()[]<>=\"'#$%*\n\t{}!?&|"
_FEW = 400
Groups = frozenset[int]
_ALL = frozenset(range(COUNT))
_LETTERS = frozenset({*range(28), _HIGH, 31 + _SIGNS.index("_")})
_AFTER_WORD = _ALL - _LETTERS | {_HIGH}
"""What may follow where a word ends; bytes beyond ASCII may be letters to one assertion and signs to another."""


def _group(byte: int) -> int:
    char = chr(byte)
    if byte >= 0x80:
        return _SIGN_TAIL if byte in (0xC2, 0xE2) else _HIGH
    if char.isalpha():
        return _CAPITAL if char.isupper() else byte - ord("a")
    if char.isdigit():
        return _DIGIT
    return 31 + _SIGNS.index(char) if char in _SIGNS else _OTHER


GROUPS: NDArray[np.uint8] = np.array([_group(byte) for byte in range(256)], np.uint8)
"""Each small letter; capitals; digits; bytes beyond ASCII; each frequent sign; other signs, controls and the end."""


def beginnings(program: Program) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Two packed sets of the runs of groups with which a match may begin: by three groups, and by four hashed.

    Never a false no, but for expressions that begin with the start of a line: there anything may begin.
    """
    short = np.zeros(1 << (BITS * SHORT), np.bool_)
    deep = np.zeros(1 << HASH_BITS, np.bool_)
    reader = _Reader(program)
    for start in program.starts:
        runs = reader.runs(start, DEEP)
        if runs is not None and sum(len(codes) for codes in runs) <= _FEW:
            for codes in runs:
                deep[hashed(codes)] = True
        else:
            for codes in reader.runs(start, SHORT) or [np.arange(short.size)]:
                short[codes] = True
    return np.packbits(short, bitorder="little"), np.packbits(deep, bitorder="little")


def hashed(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where runs of four groups stand in the second set."""
    return ((codes * HASH) >> 12) & ((1 << HASH_BITS) - 1)


class _Reader:
    """Steps over groups; assertions are taken for true but those of a line's start, and the end of a word is seen."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._groups: dict[int, Groups] = {}

    def runs(self, start: int, depth: int) -> list[NDArray[np.int64]] | None:
        """The codes of all runs of so many groups; None when they are too many to list."""
        level: dict[tuple[int, Groups], list[NDArray[np.int64]]] = {(start, _ALL): [np.zeros(1, np.int64)]}
        for _ in range(depth):
            following: dict[tuple[int, Groups], list[NDArray[np.int64]]] = {}
            for (place, allowed), prefixes in level.items():
                codes = np.unique(np.concatenate(prefixes))
                for groups, after, next_allowed in self._steps(place, allowed):
                    if len(codes) * len(groups) > 1 << 18:
                        return None
                    chosen = np.array(sorted(groups), np.int64)
                    grown = ((codes[:, None] << BITS) | chosen).ravel()
                    following.setdefault((after, next_allowed), []).append(grown)
            level = following
        return [np.unique(np.concatenate(codes)) for codes in level.values()]

    def _steps(self, place: int, allowed: Groups) -> list[tuple[Groups, int, Groups]]:
        if place < 0:
            return [(allowed, -1, _ALL)]
        program, found = self._program, []
        stack, seen = [(place, allowed)], set()
        while stack:
            at, here = stack.pop()
            if (at, here) in seen or not here:
                continue
            seen.add((at, here))
            if at in program.accepts:
                found.append((here, -1, _ALL))
            elif program.masks[at]:
                groups = self._groups_of(program.masks[at]) & here
                if groups:
                    after = program.after[at][0]
                    found.append((groups, after, self._after(groups, after)))
            elif not program.asserts[at].endswith("^"):
                stack.extend((target, here) for target in program.after[at])
        return found

    def _after(self, groups: Groups, place: int) -> Groups:
        """What may come next where a word has to end: after letters, right before ``\\b``."""
        ends = self._program.asserts[place].removeprefix("f") == "b"
        return _AFTER_WORD if ends and groups <= _LETTERS - {_HIGH} else _ALL

    def _groups_of(self, mask: int) -> Groups:
        known = self._groups.get(mask)
        if known is None:
            found = {int(GROUPS[byte]) for byte in range(256) if mask >> byte & 1}
            known = self._groups[mask] = frozenset(found)
        return known
