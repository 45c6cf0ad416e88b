"""What the cells of a column look like, taken as names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recognizers import gazetteers
from recognizers.folding import fold, listed
from recognizers.naming import PARTICLES, judge, read_word
from scanner.model import Level

_TITLES = listed("M M. MM MME MLLE MR MR. MRS MRS. MS MS. DR DR. PR PR. ME MISS MONSIEUR MADAME")
_NO_NAME = re.compile(r"[0-9@_/\\:<>{}=?]")
"""What stays as it is when letters are folded, and no name holds."""
_LONGEST = 60
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class CellScores:
    """Of ``n`` cells, how many can be a first name alone, a surname alone, a full name; a cell may count twice."""

    first: int
    last: int
    full: int
    n: int
    words: int
    """Cells of one word that is an ordinary word, a town or a country too: they prove nothing."""


def score_cells(values: Sequence[str]) -> CellScores:
    """Count the cells that look like names; lower case is as good as capitals in a cell."""
    first = last = full = words = n = 0
    for value in values:
        bare = value.strip()
        if not bare:
            continue
        n += 1
        if _NO_NAME.search(bare):
            continue
        kinds = _kinds(bare)
        first += "first" in kinds
        last += "last" in kinds
        full += "full" in kinds
        words += "word" in kinds
    return CellScores(first, last, full, n, words)


def _kinds(bare: str) -> frozenset[str]:
    text = (bare if bare.isascii() else fold(bare).data.decode("ascii")).upper()
    if len(text) > _LONGEST or "?" in text:
        return frozenset()
    parts = [part for part in text.replace(",", " ").replace(";", " ").split() if part not in _TITLES]
    if not parts or len(parts) > _MOST_WORDS:
        return frozenset()
    if len(parts) > 1 and any(_is_no_name(part) for part in parts):
        return frozenset()
    whole = "-".join(parts)
    kinds = set()
    if gazetteers.is_first_name(whole) > (len(parts) > 1):  # of several words, each must be a usual one
        kinds.add("first")
    if gazetteers.is_surname(" ".join(parts)) or gazetteers.is_surname(whole):
        kinds.add("last")
    if len(parts) > 1 and _is_full(parts):
        kinds.add("full")
    if gazetteers.is_word(whole) or gazetteers.is_blocker(whole) or gazetteers.is_country(whole):
        kinds.add("word")
    return frozenset(kinds)


def _is_no_name(part: str) -> bool:
    known = max(gazetteers.is_first_name(part), gazetteers.is_surname(part))
    blocked = gazetteers.is_blocker(part) or gazetteers.is_company_word(part)
    return blocked and known < 3 and part not in PARTICLES


def _is_full(parts: list[str]) -> bool:
    level = judge([read_word(0, part.title()) for part in parts])
    return level is not None and level >= Level.POSSIBLE
