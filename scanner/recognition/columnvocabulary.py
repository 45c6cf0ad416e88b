"""What the values of a column say by themselves, when its table is about persons and its name says nothing."""

from __future__ import annotations

import re2

from recognizers import gazetteers
from recognizers.folding import fold, listed
from scanner.model import Level
from scanner.recognition.columnlevels import FEW, SHARE, UNLIKELY, surprise
from scanner.recognition.columnnames import names_things
from scanner.recognition.columnvalues import ColumnFacts

_TITLES = listed("M MME MLLE MR MRS MISS MS DR PR ME MONSIEUR MADAME MADEMOISELLE MAITRE DOCTEUR MX")
_TELLING_TITLES = listed("MME MLLE MRS MISS MS MONSIEUR MADAME MADEMOISELLE")
_SEXES = ({"M", "F"}, {"H", "F"}, {"MALE", "FEMALE"}, {"HOMME", "FEMME"}, {"MASCULIN", "FEMININ"})
_KINDS = 12
"""Distinct values that a column of a few words has at most."""
_POSTCODE = re2.compile(r"[0-9]{5}")
_POSTCODES = 0.07
"""Share of all numbers of five digits that are French postcodes."""
_TOWNS = 0.7


def said_by_values(facts: ColumnFacts) -> tuple[str, Level] | None:
    """Title, sex, postcode or town; None when the values, or a name that says what they are, leave it open."""
    if names_things(facts.name):
        return None
    values = [value.strip() for value in facts.sample]
    if len(values) <= _KINDS:
        kind = _few_words({fold(value).data.decode("ascii").upper().rstrip(".") for value in values})
        if kind is not None:
            return kind
    if _are_postcodes(values):
        return "POSTCODE", Level.PROBABLE
    return ("LOCATION", Level.PROBABLE) if _are_towns(values) else None


def _few_words(words: set[str]) -> tuple[str, Level] | None:
    if words <= _TITLES and words & _TELLING_TITLES:
        return "TITLE", Level.PROBABLE
    if any(sexes == words for sexes in _SEXES):
        return "SEX", Level.PROBABLE if min(map(len, words)) > 1 else Level.POSSIBLE
    return None


def _are_postcodes(values: list[str]) -> bool:
    codes = sum(_POSTCODE.fullmatch(value) is not None and bool(gazetteers.town_of(value)) for value in values)
    return codes >= _TOWNS * len(values) and surprise(codes, len(values), _POSTCODES) > UNLIKELY


def _are_towns(values: list[str]) -> bool:
    if len(values) < FEW or sum(any(map(str.isdigit, value)) for value in values) > (1 - SHARE) * len(values):
        return False
    folded = fold("\n".join(value.replace("\n", " ") for value in values)).data.decode("ascii").upper().split("\n")
    known = sum(gazetteers.is_commune(town) and not gazetteers.is_word(town) for town in folded)
    return known >= _TOWNS * len(values)
