"""Findings and declaration to decisions: pure functions over the rule table, one path in memory at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from scanner.declaration import Declaration
from scanner.declaration.perimeter import covers
from scanner.declaration.sections import Exclusion
from scanner.model import PLACES, Decision, Evidence, Finding, ItemRow, Kind, Level, Outcome, Status, Verdict
from scanner.policy.circumstances import Around, of_care, overdue, transfer
from scanner.policy.facts import FINDERS, PREDICATES, Facts
from scanner.policy.register import Entry, Match, Register
from scanner.policy.rulebook import Rule, Rulebook, rulebook
from scanner.taxonomy import taxonomy


def decide(facts: Facts, words: Mapping[str, str] | None = None, rules: Rulebook | None = None) -> Verdict:
    """The first row that holds, plus the rows that always add; ``words`` fill the blanks of the reasons."""
    book = rules or rulebook()
    first = next((rule for rule in book.order if _holds(rule, facts)), None)
    if first is None:
        raise LookupError("decisions.yaml: no row holds")
    chosen = [first, *_once(rule for rule in book.also if _holds(rule, facts))]
    anchor = next((rule.anchor for rule in chosen if rule.anchor), "")
    return Verdict(
        rule="+".join(rule.id for rule in chosen),
        outcomes=_outcomes(chosen, refuses=book.policy.refuses),
        anchor=book.anchor(anchor),
        citation=book.citation(anchor, facts.category),
        reason_fr=" ".join(book.words(rule, "fr", words or {}, facts.category) for rule in chosen),
        reason_en=" ".join(book.words(rule, "en", words or {}, facts.category) for rule in chosen),
        confirmations=max(rule.confirmations for rule in chosen),
        urgent=any(rule.urgent for rule in chosen),
        next=tuple(dict.fromkeys(rule.next for rule in chosen if rule.next)),
    )


def judge(
    findings: Iterable[Finding],
    items: Iterable[ItemRow],
    declaration: Declaration,
    coverage_percent: float,
    *,
    today: date | None = None,
    targets: Sequence[str] = (),
    rules: Rulebook | None = None,
    around: Mapping[str, Around] | None = None,
    country: str = "",
) -> Iterator[Decision]:
    """Stream the decisions: per path and type as findings come (sorted by path), then what was not read, then what
    was declared and not found. Exclusions hold until their date: without ``today`` none can be shown to hold, and
    nothing is past a limit. ``around`` says what surrounds the files, ``country`` where the volume stands."""
    case = _Case(declaration, Register(declaration, targets), rules or rulebook(), coverage_percent, today)
    case.around, case.country = around or {}, country
    for path, found in groupby(findings, key=attrgetter("path")):
        yield from _judge_path(path, found, case)
    yield from _judge_unread(items, case)
    yield from _judge_missing(case)


@dataclass(frozen=True, slots=True)
class _Subject:
    """One type under its regimes at one path."""

    path: str
    entity_type: str
    category: str
    regimes: tuple[str, ...]
    level: Level
    care: bool = False
    """Something in the same file shows that persons are cared for."""


@dataclass(slots=True)
class _Case:
    """What stays the same for all findings, and the small memory of what was met."""

    declaration: Declaration
    register: Register
    rules: Rulebook
    coverage: float
    today: date | None
    around: Mapping[str, Around] = field(default_factory=dict)
    country: str = ""
    met: set[str] = field(default_factory=set)
    verdicts: dict[tuple[Facts, tuple[tuple[str, str], ...]], Verdict] = field(default_factory=dict)

    def decide(self, facts: Facts, words: Mapping[str, str]) -> Verdict:
        """Millions of findings share few facts: each verdict is worked out once."""
        key = (facts, tuple(words.items()))
        if key not in self.verdicts:
            self.verdicts[key] = decide(facts, words, self.rules)
        return self.verdicts[key]


def _holds(rule: Rule, facts: Facts) -> bool:
    return all(PREDICATES[name](facts, value) for name, value in rule.when.items())


def _once(rules: Iterable[Rule]) -> list[Rule]:
    """One row of each number: cases of one number say the same thing."""
    return list({rule.id: rule for rule in reversed(list(rules))}.values())[::-1]


def _outcomes(chosen: Sequence[Rule], *, refuses: bool) -> tuple[Outcome, ...]:
    """Highest first; nothing is accepted and asked about at once, and who reserved no right to refuse asks instead."""
    found = {Outcome[name] for rule in chosen for name in rule.outcomes}
    if Outcome.REFUSER_PROPOSE in found and not refuses:
        found = found - {Outcome.REFUSER_PROPOSE} | {Outcome.DEMANDER_AU_CLIENT}
    if found & {Outcome.DEMANDER_AU_CLIENT, Outcome.REFUSER_PROPOSE}:
        found.discard(Outcome.ACCEPTER)
    return tuple(sorted(found, reverse=True))


def _judge_path(path: str, findings: Iterable[Finding], case: _Case) -> Iterator[Decision]:
    groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        regimes = tuple(sorted(filter(None, (code.strip() for code in finding.regime.split(",")))))
        groups.setdefault((finding.entity_type, regimes), []).append(finding)
    exclusion = _exclusion(path, case)
    care = of_care(finding for group in groups.values() for finding in group)
    for (entity_type, regimes), group in sorted(groups.items()):
        category = group[0].category or taxonomy().category_of(entity_type)
        level = max(finding.level for finding in group)
        yield _judge_group(_Subject(path, entity_type, category, regimes, level, care), group, exclusion, case)


def _judge_group(subject: _Subject, group: list[Finding], exclusion: Exclusion | None, case: _Case) -> Decision:
    """What is below PROBABLE does not add to the count of what is above it."""
    weighty = [finding for finding in group if finding.level >= min(subject.level, Level.PROBABLE)]
    weighty.sort(key=lambda finding: (finding.table, finding.column, -finding.level, finding.recognizer))
    match = case.register.find(subject.entity_type, subject.category, subject.regimes, subject.path)
    case.met.update((subject.entity_type, subject.category, *taxonomy().stands_for(subject.entity_type)))
    case.met.update((*subject.regimes, *taxonomy().regimes_of(subject.entity_type)))
    own = case.declaration.role == "responsable" and not case.declaration.on_file
    # Nobody declares a secret: it is a matter of security; what is excluded is no matter at all.
    aside = exclusion is not None or "R8" in (*subject.regimes, *taxonomy().regimes_of(subject.entity_type))
    beside, words = _beside(subject, match, case)
    facts = replace(_facts(subject, match, exclusion, case, _finders(subject, weighty)), **beside)
    return Decision(
        path=subject.path,
        entity_type=subject.entity_type,
        category=subject.category,
        regime=",".join(subject.regimes),
        level=subject.level.name,
        count=sum(finding.count for finding in weighty),
        distinct=max(finding.distinct for finding in weighty),
        declared="sans_objet" if own or aside else match.word,
        reference="" if aside else match.reference,
        places=_places(weighty),
        verdict=case.decide(facts, _words(match, exclusion) | words),
        evidence=Evidence.ordered({code for finding in weighty for code in finding.evidence}),
    )


def _beside(subject: _Subject, match: Match, case: _Case) -> tuple[dict[str, Any], dict[str, str]]:
    """Facts about the place of a finding, and the words that its reasons need for them."""
    around = case.around.get(subject.path, _NOTHING)
    role, entry = case.declaration.role, match.entry
    limits = () if match.limited else case.rules.policy.retention
    moved, country = transfer(case.country, entry.location if entry else None)
    late, length = "", ""
    if case.today is not None:
        kept = entry.retention if entry else None
        late, length = overdue(around, subject.entity_type, role, kept, limits, case.today)
    facts = {"hosting": _hosting(subject, case), "exposed": around.exposed, "transfer": moved, "overdue": late}
    said = {"exposure": around.root, "country": country, "retention": length}
    return facts, {name: text for name, text in said.items() if text}


_NOTHING = Around()


def _hosting(subject: _Subject, case: _Case) -> str:
    """Care data without a declared contract for their hosting; the client's own word counts more than a context."""
    hosted = [processing.health_hosting for processing in case.declaration.processings]
    if any(one.contract for one in hosted):
        return ""
    return "confirmed" if any(one.concerned for one in hosted) else "missing" if subject.care else ""


def _finders(subject: _Subject, findings: Iterable[Finding]) -> frozenset[str]:
    """Of secrets alone: verdicts on all else do not hang on it. Columns are read by rules, which are named too."""
    if "R8" not in (*subject.regimes, *taxonomy().regimes_of(subject.entity_type)):
        return frozenset()
    names = {name for finding in findings for name in finding.recognizer.split(",")} - {"columns"}
    return frozenset(name if name in FINDERS else "other" for name in names)


def _facts(
    subject: _Subject, match: Match, exclusion: Exclusion | None, case: _Case, finders: frozenset[str] = frozenset()
) -> Facts:
    entry = match.entry
    return Facts(
        role=case.declaration.role,
        entity_type=subject.entity_type,
        category=subject.category,
        regimes=subject.regimes,
        level=subject.level,
        on_file=case.declaration.on_file,
        declared=entry is not None,
        located=match.located,
        acceptance=entry.acceptance if entry else "",
        basis=bool(entry and entry.basis),
        excluded=exclusion is not None,
        finders=finders,
    )


def _words(match: Match, exclusion: Exclusion | None) -> dict[str, str]:
    words, entry = {}, match.entry
    if entry is not None:
        words = {"ref": match.reference, "basis": entry.basis, "acceptance": entry.accepted_under}
        words["conditions"] = " ; ".join(entry.conditions)
    if exclusion is not None:
        until = f"{exclusion.expires:%d/%m/%Y}"
        words["exclusion"] = f"{exclusion.place}, {exclusion.reason}, {exclusion.approved_by}, {until}"
    return words


def _places(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Columns first, as ``table.column``; places of running text as they are."""
    found: dict[str, None] = {}
    for finding in findings:
        column = ".".join(filter(None, (finding.table, finding.column)))
        found.update(dict.fromkeys((column,) if column else finding.places))
    return tuple(found)[:PLACES]


def _exclusion(path: str, case: _Case) -> Exclusion | None:
    if case.today is None:
        return None
    valid = (one for one in case.declaration.exclusions if one.expires >= case.today)
    return next((one for one in valid if covers(one.place, path)), None)


def _judge_unread(items: Iterable[ItemRow], case: _Case) -> Iterator[Decision]:
    """One decision for each kind of reason; ``reference`` holds the kind."""
    counts: dict[str, int] = {}
    whole: dict[str, int] = {}
    places: dict[str, list[str]] = {}
    for item in items:
        if item.status is not Status.READ or item.bytes_unread:
            kind = item.reason.partition(":")[0].strip()
            if kind == Kind.MEMBERS:  # its members are asked about, with what is the matter with them
                continue
            counts[kind] = counts.get(kind, 0) + 1
            whole[kind] = whole.get(kind, 0) + (item.status is Status.UNREAD)
            if len(first := places.setdefault(kind, [])) < PLACES:
                first.append(item.path)
    for kind in sorted(counts):
        facts = Facts(case.declaration.role, "", "", (), Level.INDICE, on_file=case.declaration.on_file, unread=True)
        words = {"count": str(counts[kind])}
        verdict = _bilingual(facts, words, kind, _extent(whole[kind], counts[kind]), case.rules)
        yield Decision("", "", "", "", "", counts[kind], 0, "sans_objet", kind, tuple(places[kind]), verdict)


def _extent(whole: int, count: int) -> Mapping[str, str]:
    """Of how many files nothing at all was read."""
    if whole == count:
        return {"fr": "Non lu", "en": "Not read"}
    if not whole:
        return {"fr": "Lu en partie", "en": "Read in part"}
    return {"fr": "Non lu ou lu en partie", "en": "Not read, or read in part"}


def _bilingual(
    facts: Facts, words: Mapping[str, str], kind: str, extent: Mapping[str, str], rules: Rulebook
) -> Verdict:
    """The kind of problem and its extent have a name in each language."""
    french = decide(facts, {**words, "kind": rules.unread(kind, "fr"), "extent": extent["fr"]}, rules)
    english = decide(facts, {**words, "kind": rules.unread(kind, "en"), "extent": extent["en"]}, rules)
    own = rules.unread_next(kind)
    return replace(french, reason_en=english.reason_en, next=(own,) if own else french.next)


def _judge_missing(case: _Case) -> Iterator[Decision]:
    """Row 20: what was declared and met nowhere, in the order of the declaration."""
    for entry in case.register.entries:
        if entry.implied or entry.regime == "R4":
            continue
        for name in entry.types or (entry.regime or entry.category,):
            if name not in case.met:
                yield _missing(entry, name, case)


def _asked(verdict: Verdict, case: _Case) -> Verdict:
    """Data that were declared and not found are a question where the policy wants them to be one."""
    if not case.rules.policy.asks_missing:
        return verdict
    return replace(verdict, outcomes=(Outcome.DEMANDER_AU_CLIENT,), confirmations=1, next=("missing",))


def _missing(entry: Entry, name: str, case: _Case) -> Decision:
    axes = taxonomy()
    entity_type = name if entry.types else ""
    category = axes.category_of(name) if entry.types else entry.category
    regimes = axes.regimes_of(name) if entry.types else tuple(filter(None, (entry.regime,)))
    facts = Facts(
        role=case.declaration.role,
        entity_type=entity_type,
        category=category,
        regimes=regimes,
        level=Level.INDICE,
        declared=True,
        found=False,
        searched=axes.searched(name),
        complete=case.coverage >= 100,
    )
    words = _words(Match(entry), None) | {"coverage": _percent(case.coverage)}
    verdict = _asked(decide(facts, words, case.rules), case) if facts.searched else decide(facts, words, case.rules)
    where = entry.places if entry.places else ()
    return Decision(
        "", entity_type, category, ",".join(regimes), "", 0, 0, "non_trouve", entry.reference, where, verdict
    )


def _percent(coverage: float) -> str:
    """Rounded down, so that 99.99 is never printed as 100."""
    shown = math.floor(coverage * 10) / 10
    return f"{shown:.1f}".rstrip("0").rstrip(".").replace(".", ",") if shown < 100 else "100"
