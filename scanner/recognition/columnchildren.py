"""Birth dates of children: a column of them whose name, whose table or whose values say that it is about children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from recognizers.folding import fold, listed
from scanner.model import Level
from scanner.recognition.ages import birth_in, is_minor
from scanner.recognition.columnlevels import SHARE, SOME
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.sensitive_columns import split_name

_CHILD = listed(
    "enfant enfants enf eleve eleves fils fille bebe nourrisson mineur mineure pupille ecolier ecoliere "
    "collegien lyceen adolescent ado jeune jeunes child children kid kids pupil pupils son daughter baby "
    "infant minor minors toddler"
)
_FAMILY = listed(
    "classe ecole cantine creche garderie periscolaire niveau mere pere parent parents tuteur tutrice "
    "responsable maman papa autorite parentale legal mother father guardian school grade nursery form year"
)
_LEAST = 2


def of_children(facts: ColumnFacts, columns: Iterable[ColumnFacts], today: date) -> Level | None:
    """How sure a column of birth dates is one of children's; nothing if it holds no minor's."""
    born = [birth for birth in map(birth_in, _folded(facts.sample)) if birth is not None]
    minors = sum(is_minor(birth, today) for birth in born)
    if not minors:
        return None
    if _says(facts.name, _CHILD) or (minors >= _LEAST and minors >= SHARE * len(born)):
        return Level.PROBABLE
    told = any(_says(other.name, _CHILD) or _says(other.name, _FAMILY) for other in columns)
    return Level.PROBABLE if told and minors >= SOME * len(born) else None


def _folded(values: Iterable[str]) -> Sequence[bytes]:
    return [fold(value).data.lower() for value in values]


def _says(name: str, words: frozenset[str]) -> bool:
    return any(word in words for word in split_name(name))
