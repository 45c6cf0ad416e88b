"""What the values of a column say by themselves, when its table is about persons and its name says nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from recognizers import gazetteers
from recognizers.folding import fold, listed
from scanner.model import Level
from scanner.recognition.columnlevels import FEW, SHARE, UNLIKELY, surprise
from scanner.recognition.columnnames import ColumnType, column_types, names_things
from scanner.recognition.columnrows import day_of
from scanner.recognition.columnvalues import ColumnFacts

_TITLES = listed("M MME MLLE MR MRS MISS MS DR PR ME MONSIEUR MADAME MADEMOISELLE MAITRE DOCTEUR MX")
_TELLING_TITLES = listed("MME MLLE MRS MISS MS MONSIEUR MADAME MADEMOISELLE")
_SEXES = ({"M", "F"}, {"H", "F"}, {"MALE", "FEMALE"}, {"HOMME", "FEMME"}, {"MASCULIN", "FEMININ"})
_KINDS = 12
"""Distinct values that a column of a few words has at most."""
_POSTCODES = 0.07
"""Share of all numbers of five digits that are French postcodes."""
_TOWNS = 0.7
_TOLD = 0.8
_NEARLY_ALL = 0.9
_LONGEST = 60
_GENERATION, _EARLIEST, _OLD, _YOUNG = 15, 1925, 1935, 2005
"""Years between the births of most people of a table, and when those were born."""
_FIRSTS, _WEEKENDS = 0.25, 0.12
"""Shares of dates on the first of a month, at most, and on days without work, of which a week has two in seven."""
_MANY = 20
_MONTHS = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)


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
    born = _births(values)
    if born is not None:
        return "DATE_OF_BIRTH", born
    spoken = next((kind for kind in column_types() if kind.speaks and confirms(kind, values) >= _TOLD), None)
    if spoken is not None and len(values) > 1:
        return spoken.entity_type, Level.PROBABLE
    return ("LOCATION", Level.PROBABLE) if _are_towns(values) else None


def confirms(kind: ColumnType, values: Iterable[str]) -> float:
    """The share of values that hardly stand for anything but this type."""
    said = pa.array([value.strip()[:_LONGEST] for value in values], pa.string())
    hits = pc.match_substring_regex(said, f"^(?:{kind.says})$")
    return int(pc.sum(hits).as_py() or 0) / max(1, len(said))


def _births(values: list[str]) -> Level | None:
    """How sure dates are those of births: far apart, long ago, on any day of the week and of the month.

    Orders and appointments are recent, those of work fall on working days, and validities begin with a month.
    """
    days = [day for day in map(day_of, values) if day is not None]
    if len(days) < FEW or len(days) < _NEARLY_ALL * len(values):
        return None
    years = sorted(year for year, _, _ in days)
    early, middle, late = (years[len(years) * part // 10] for part in (1, 5, 9))
    if not (late - early >= _GENERATION and early >= _EARLIEST and _OLD <= middle <= _YOUNG):
        return None
    firsts = sum(day == 1 for _, _, day in days) / len(days)
    free = sum(_is_weekend(*day) for day in days) / len(days)
    if firsts > _FIRSTS or free < _WEEKENDS:
        return None
    return Level.PROBABLE if len(days) >= _MANY else Level.POSSIBLE


def _is_weekend(year: int, month: int, day: int) -> bool:
    """Whether a day, told even if its month is shorter, is a Saturday or Sunday (Sakamoto's rule)."""
    shifted = year - (month < 3)
    weekday = (shifted + shifted // 4 - shifted // 100 + shifted // 400 + _MONTHS[month - 1] + day) % 7
    return weekday in {0, 6}


def _few_words(words: set[str]) -> tuple[str, Level] | None:
    if words <= _TITLES and words & _TELLING_TITLES:
        return "TITLE", Level.PROBABLE
    if any(sexes == words for sexes in _SEXES):
        return "SEX", Level.PROBABLE
    return None


def _are_postcodes(values: list[str]) -> bool:
    codes = sum(
        len(value) == 5 and value.isascii() and value.isdigit() and bool(gazetteers.town_of(value)) for value in values
    )
    return codes >= _TOWNS * len(values) and surprise(codes, len(values), _POSTCODES) > UNLIKELY


def _are_towns(values: list[str]) -> bool:
    if len(values) < FEW or sum(any(map(str.isdigit, value)) for value in values) > (1 - SHARE) * len(values):
        return False
    folded = fold("\n".join(value.replace("\n", " ") for value in values)).data.decode("ascii").upper().split("\n")
    known = sum(gazetteers.is_commune(town) and not gazetteers.is_word(town) for town in folded)
    return known >= _TOWNS * len(values)
