"""Columns that mean one thing together: a date in three, a telephone number or an account in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import re2

from recognizers.folding import listed
from scanner.model import Level
from scanner.recognition.columnnames import readings, words
from scanner.recognition.columnvalues import ColumnFacts

_DAY, _MONTH = listed("jour jj j day dd"), listed("mois mm month")
_YEAR = listed("annee an aaaa year yyyy yy")
_BORN = listed("naissance naiss nais ne nee birth dob born")
_PREFIX = listed("indicatif ind prefixe prefix dial dialing dialling")
_NUMBER = listed("numero num number no tel telephone phone")
_ACCOUNT = (
    listed("banque bank etablissement etab"),
    listed("guichet agence branch"),
    listed("compte account"),
    listed("cle key"),
)
_PARTS = (r"[0-9]{5}", r"[0-9]{5}", r"[0-9A-Za-z]{11}", r"[0-9]{1,2}")
_MOST = 0.8
_GENERATION = 15
"""Years over which the people of a table are born at least."""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of one meaning."""

    entity_type: str
    level: Level
    columns: tuple[ColumnFacts, ...]


def groups_of(columns: Sequence[ColumnFacts], has_person: bool) -> Iterator[Group]:
    """The groups of a table; parts of dates are those of births only where the table shows it."""
    named = [(facts, frozenset(words(facts.name))) for facts in columns if facts.name and facts.values]
    yield from _dates(named, has_person)
    for (prefix, first), (number, second) in pairwise(named):
        numbered = second <= _NUMBER and _are(number, r"[0-9](?:[ .-]?[0-9]){5,11}")
        if first & _PREFIX and first <= _PREFIX | _NUMBER and numbered and _are(prefix, r"(?:\+|00)?[0-9]{1,4}"):
            yield Group("PHONE_NUMBER", Level.PROBABLE, (prefix, number))
    yield from _accounts(named)


Named = Sequence[tuple[ColumnFacts, frozenset[str]]]


def _dates(named: Named, has_person: bool) -> Iterator[Group]:
    for at in range(len(named) - 2):
        three = named[at : at + 3]
        found = [
            next((f for f, said in three if said & part and said <= part | _BORN), None) for part in _PARTS_OF_DATE
        ]
        day, month, year = found
        if day is None or month is None or year is None:
            continue
        told = any(said & _BORN for _, said in three) or (has_person and _has_birthplace(named))
        if (
            _are(day, r"[0-9]{1,2}")
            and _are(year, r"(?:18|19|20)?[0-9]{2}")
            and (told or (has_person and _is_lived(year)))
        ):
            yield Group("DATE_OF_BIRTH", Level.PROBABLE, (day, month, year))


_PARTS_OF_DATE = (_DAY, _MONTH, _YEAR)


def _has_birthplace(named: Named) -> bool:
    return any(reading.entity_type == "PLACE_OF_BIRTH" for facts, _ in named for reading in readings(facts.name))


def _is_lived(year: ColumnFacts) -> bool:
    """Whether years lie as far apart as those of births do."""
    years = sorted(int(value) for value in year.sample if value.isdigit() and len(value) == 4)
    return len(years) >= 3 and years[-1] - years[0] >= _GENERATION and years[0] < 2000


def _accounts(named: Named) -> Iterator[Group]:
    found = [
        next((facts for facts, said in named if said & part and _are(facts, shape)), None)
        for part, shape in zip(_ACCOUNT, _PARTS, strict=True)
    ]
    if all(found):
        yield Group("FR_RIB", Level.PROBABLE, tuple(facts for facts in found if facts is not None))


def _are(facts: ColumnFacts, shape: str) -> bool:
    """Whether most sampled values have this shape; those of a column with a meaning of its own are not sampled."""
    if not len(facts.sample):
        return True
    known = re2.compile(shape)
    fit = sum(known.fullmatch(value.strip()) is not None for value in facts.sample)
    return fit > 0 and fit >= _MOST * len(facts.sample)
