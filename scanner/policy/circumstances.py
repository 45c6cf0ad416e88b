"""What decisions depend on beside the data: where a file lies, how old what it holds is, where the volume stands."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scanner.declaration.sections import Location, Retention
from scanner.model import Finding, ItemRow, Level
from scanner.policy.rulebook import Limit
from scanner.taxonomy import Record, checked, rule_file

_READABLE = 0o004


class _Care(Record):
    types: tuple[str, ...]
    evidence: tuple[str, ...]


class Circumstances(Record):
    """``rules/circumstances.yaml``."""

    version: str
    web_roots: tuple[str, ...]
    private: tuple[str, ...]
    mail: tuple[str, ...]
    care: _Care
    eea: tuple[str, ...]
    adequate: tuple[str, ...]
    telling: frozenset[str]


@lru_cache(maxsize=1)
def circumstances() -> Circumstances:
    """The shipped data, checked once."""
    return checked(Circumstances, rule_file("circumstances.yaml"), "circumstances.yaml")


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the findings of one file; dates are days in ISO form, empty where none was met."""

    exposed: str = ""
    root: str = ""
    """The folder that is published."""
    oldest: str = ""
    newest: str = ""


def surroundings(items: Iterable[ItemRow]) -> dict[str, Around]:
    """By path, what is worth knowing of a file; most files have nothing of the kind.

    Rights that most files of a volume have tell nothing of one file: a copy gives all of them the same.
    """
    known: dict[str, Around] = {}
    readable: list[str] = []
    with_mode = 0
    for item in items:
        root = published(item.path)
        with_mode += bool(item.mode)
        if item.mode & _READABLE and not root:
            readable.append(item.path)
        if root or item.oldest:
            known[item.path] = Around("web" if root else "", root, item.oldest, item.newest)
    if 2 * len(readable) < with_mode:
        for path in readable:
            before = known.get(path, Around())
            known[path] = Around("world", "", before.oldest, before.newest)
    return known


def published(path: str) -> str:
    """The web root that a file lies in, if nothing below it keeps it from being published."""
    folders = path.partition("!")[0].lower().split("/")[:-1]
    data = circumstances()
    for at, folder in enumerate(folders):
        if folder in data.web_roots:
            return "" if set(folders[at + 1 :]) & set(data.private) else folder
    return ""


def of_care(findings: Iterable[Finding]) -> bool:
    """Whether what a file holds shows that persons are cared for."""
    care = circumstances().care
    return any(
        one.level >= Level.PROBABLE and (one.entity_type in care.types or set(one.evidence) & set(care.evidence))
        for one in findings
    )


def transfer(country: str, location: Location | None) -> tuple[str, str]:
    """How the law on transfers sees a place of processing (``undeclared``, ``unguaranteed`` or nothing), and where."""
    data = circumstances()
    declared = {one.upper() for one in location.countries} if location else set()
    if country and country not in data.eea and country not in declared:
        return "undeclared", country
    outside = sorted(one for one in declared if len(one) == 2 and one not in data.eea and one not in data.adequate)
    if location and (outside or location.outside_eu) and not location.guarantee:
        return "unguaranteed", ", ".join(outside) or ", ".join(sorted(declared))
    return "", ""


def overdue(
    around: Around, entity_type: str, role: str, declared: Retention | None, limits: Iterable[Limit], today: date
) -> tuple[str, str]:
    """The limit that dates inside a file are past, and its length in words; the client's own comes first."""
    if not around.newest:
        return "", ""
    own = [one for one in limits if entity_type in one.types and one.role in ("", role)]
    if declared is not None:
        from_oldest = any(one.from_ == "oldest" for one in own)
        length, unit = declared.length, declared.unit
        past = _past(around.oldest if from_oldest else around.newest, length, unit, today)
        return ("declared", words(length, unit)) if past else ("", "")
    for one in own:
        if _past(around.oldest if one.from_ == "oldest" else around.newest, one.length, one.unit, today):
            return one.case, words(one.length, one.unit)
    return "", ""


def words(length: int, unit: str) -> str:
    """``3 ans``; the unit as a reader expects it after one."""
    return f"{length} {unit[:-1] if length == 1 and unit != 'mois' else unit}"


def _past(day: str, length: int, unit: str, today: date) -> bool:
    return ends(date.fromisoformat(day), length, unit) < today


def ago(day: date, length: int, unit: str) -> date:
    """The day before which a period that ends on ``day`` has begun."""
    if unit == "jours":
        return day - timedelta(days=min(length, day.toordinal() - 1))
    months = 12 * day.year + day.month - 1 - (12 * length if unit == "ans" else length)
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ends(start: date, length: int, unit: str) -> date:
    """The day on which a period from ``start`` ends."""
    if unit == "jours":
        return start + timedelta(days=length) if length < 300_000 else date.max
    months = start.month - 1 + (12 * length if unit == "ans" else length)
    year, month = start.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
