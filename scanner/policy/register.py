"""The declaration laid flat, so that a finding is compared with every declared line in the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.declaration import Declaration
from scanner.declaration.perimeter import covers, names, split_volume, volumes
from scanner.declaration.sections import DeclaredCategory, Location, Processing, Retention, SensitiveLine
from scanner.taxonomy import taxonomy

_RANK = {"refusee": 0, "": 1, "en_attente": 2, "acceptee": 3}
EITHER = " / "
"""Between the processings that a finding may belong to, where the declaration does not tell which."""
_NOWHERE = "\0"
"""A place that no path matches: all the places of the entry are in other volumes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One declared thing: a category (``types`` empty: all of it), or one regime, and where it may be."""

    reference: str
    category: str = ""
    types: tuple[str, ...] = ()
    regime: str = ""
    places: tuple[str, ...] = ()
    basis: str = ""
    acceptance: str = ""
    accepted_under: str = ""
    conditions: tuple[str, ...] = ()
    location: Location | None = None
    retention: Retention | None = None
    implied: bool = False
    """Read from the types of a category, not written as a line of its own."""

    def covers(self, path: str) -> bool:
        """Whether the path is where the client said; no place written means anywhere."""
        return not self.places or any(covers(place, path) for place in self.places)


@dataclass(frozen=True, slots=True)
class Match:
    """What the declaration says of one type at one path; no entry: nothing."""

    entry: Entry | None
    located: bool = False
    candidates: tuple[str, ...] = ()
    """All processings that it may belong to, where there are several and the place is none of theirs."""
    limited: bool = False
    """One of them has a period of retention, though nobody knows whether it is the one."""

    @property
    def reference(self) -> str:
        """The processing, or all that it may be."""
        return EITHER.join(self.candidates) or (self.entry.reference if self.entry else "")

    @property
    def word(self) -> str:
        """``oui``, ``non`` or ``hors_emplacement``."""
        return "non" if self.entry is None else "oui" if self.located else "hors_emplacement"


class Register:
    """All entries of a declaration, as they apply to the targets being scanned."""

    def __init__(self, declaration: Declaration, targets: Sequence[str] = ()) -> None:
        entries = [
            replace(entry, location=processing.location)
            for processing in declaration.processings
            for entry in _entries(processing)
        ]
        self.entries = tuple(_here(entries, declaration, targets))

    def find(self, entity_type: str, category: str, regimes: tuple[str, ...], path: str) -> Match:
        """The entry that speaks best for a finding; with several special categories, the one that speaks worst."""
        codes = tuple(dict.fromkeys((*regimes, *taxonomy().regimes_of(entity_type))))
        special = [code for code in codes if taxonomy().sensitive((code,))]
        if special and taxonomy().regimes_of(entity_type) != ("R2",):
            return min((self._best(self._under(code), path) for code in special), key=_strength)
        for code in ("R3", "R4"):
            if code in codes:
                return self._best(self._under(code), path)
        found = [entry for entry in self.entries if _speaks(entry, entity_type, category, "R2" in codes)]
        return self._best(found, path)

    def _under(self, regime: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.regime == regime]

    @staticmethod
    def _best(entries: Sequence[Entry], path: str) -> Match:
        matches = [Match(entry, entry.covers(path)) for entry in entries]
        best = max(matches, key=_strength, default=Match(None))
        return best if best.entry is None or best.located else _untied(best.entry, entries)


def _untied(best: Entry, entries: Sequence[Entry]) -> Match:
    """Declared, but for other places: which processing it belongs to is the client's to say, unless there is one."""
    names = tuple(dict.fromkeys(entry.reference for entry in entries))
    if len(names) < 2:
        return Match(best)
    same = all(entry.retention == best.retention for entry in entries)
    limited = any(entry.retention for entry in entries) and not same
    return Match(best if same else replace(best, retention=None), candidates=names, limited=limited)


def _strength(match: Match) -> tuple[bool, bool, int, bool]:
    entry = match.entry
    if entry is None:
        return (False, False, 0, False)
    return (True, match.located, _RANK[entry.acceptance], bool(entry.basis))


def _speaks(entry: Entry, entity_type: str, category: str, number: bool) -> bool:
    """A whole category covers its types, but a social security number only when its basis is given too; a document
    is declared with the data that it stands for."""
    if entry.regime:
        return False
    if entry.types:
        return not {entity_type, *taxonomy().stands_for(entity_type)}.isdisjoint(entry.types)
    return entry.category == category and (bool(entry.basis) or not number)


def _entries(processing: Processing) -> Iterator[Entry]:
    spots = _spots(processing)
    for line in processing.categories:
        basis = line.nir_basis or ""
        yield Entry(
            processing.reference, line.code, line.types, places=line.places, basis=basis, retention=line.retention
        )
        yield from _implied(processing, line)
    for special in processing.sensitive:
        yield _special(processing, special, spots)
    if processing.offences.present:
        basis = processing.offences.basis or ""
        yield Entry(processing.reference, regime="R3", places=spots, basis=basis)
    if any(persons.minors for persons in processing.persons):
        yield Entry(processing.reference, regime="R4", places=spots)


def _spots(processing: Processing) -> tuple[str, ...]:
    """Where a processing takes place: every place its categories name; anywhere when they name none."""
    return tuple(dict.fromkeys(place for line in processing.categories for place in line.places))


def _implied(processing: Processing, line: DeclaredCategory) -> Iterator[Entry]:
    """A type of a special regime that was written among ordinary types: announced, but accepted by nobody yet."""
    written = {special.regime for special in processing.sensitive}
    for name in line.types:
        for code in taxonomy().regimes_of(name):
            if (taxonomy().sensitive((code,)) or code in ("R3", "R4")) and code not in written:
                yield Entry(processing.reference, regime=code, places=line.places, implied=True)


def _special(processing: Processing, special: SensitiveLine, spots: tuple[str, ...]) -> Entry:
    answer = special.acceptance
    day = f"{answer.day:%d/%m/%Y}" if answer.day else ""
    trace = ", ".join(filter(None, (answer.reference, answer.by, day)))
    return Entry(
        processing.reference,
        regime=special.regime,
        places=special.places or spots,
        acceptance=answer.status or "",
        accepted_under=trace,
        conditions=answer.conditions,
    )


def _here(entries: Sequence[Entry], declaration: Declaration, targets: Sequence[str]) -> Iterator[Entry]:
    """Places of a volume do not count when the target is known to be another volume that the client names."""
    scope = declaration.mandate.scope if declaration.mandate else ()
    named = volumes([place for entry in entries for place in entry.places])
    named |= {place for place in scope if "/" not in place and ":" not in place} | volumes(scope)
    present = {volume for volume in named if any(names(target, volume) for target in targets)}
    for entry in entries:
        kept = tuple(place for place in entry.places if not _other(split_volume(place)[0], present))
        yield replace(entry, places=kept or (entry.places and (_NOWHERE,)))


def _other(volume: str, present: set[str]) -> bool:
    return bool(volume and present and volume not in present)
