"""Which found spans are which labelled ones: one to one, by what they have in common.

Of the pairs of a labelled and a found span of the same class that share at least one character, the pair that shares
most is taken first (then the one whose union is smallest, then the first in the text); both are used once. A second
found span on the same labelled one is wrong, and a second labelled one under the same found span is missed. Strictly, a
pair counts only when both begin and end at the same characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scanner.evaluate.mapping import OTHER

NOTHING = "-"
"""Stands in confusions for a span that nothing on the other side touches."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span as labelled or as found: its class, and the label or type that says so; ``score`` of found ones only."""

    start: int
    end: int
    name: str
    label: str
    score: float = 0.0


@dataclass(slots=True)
class Matching:
    """What became of each span of one record; what is NEUTRAL, or found in it, is in ``aside`` and counts nowhere."""

    pairs: list[tuple[Mark, Mark]] = field(default_factory=list)
    inside: list[Mark] = field(default_factory=list)
    """Labelled parts that stand in a found whole."""
    missed: list[Mark] = field(default_factory=list)
    wrong: list[Mark] = field(default_factory=list)
    aside: list[Mark] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Label and type of the unmatched spans that share most, one to one, whatever their classes."""


def match(
    labelled: Iterable[Mark], found: Iterable[Mark], classes: Sequence[str], wholes: Mapping[str, Sequence[str]]
) -> Matching:
    """Match the spans of one record for ``classes``; a found span of another class counts only as a whole of some."""
    marks = _once(labelled)
    known = [mark for mark in marks if mark.name in classes]
    elsewhere = [mark for mark in marks if mark.name == OTHER]
    neutral = [mark for mark in marks if mark.name not in classes and mark.name != OTHER]
    answers = [mark for mark in _once(found) if mark.name in classes or set(wholes.get(mark.name, ())) & set(classes)]
    result = Matching()
    result.pairs = _pair(known, answers, same=True)
    _judge_missed(result, known, answers, wholes)
    _judge_wrong(result, known, neutral, answers, (classes, wholes))
    _confuse(result, elsewhere)
    return result


def _once(marks: Iterable[Mark]) -> list[Mark]:
    """In reading order; a place that two recognisers give to one class is one answer, with the better score."""
    best: dict[tuple[int, int, str], Mark] = {}
    for mark in marks:
        key = (mark.start, mark.end, mark.name)
        if key not in best or mark.score > best[key].score:
            best[key] = mark
    return sorted(best.values(), key=lambda mark: (mark.start, mark.end, mark.name))


def _pair(labelled: Sequence[Mark], found: Sequence[Mark], *, same: bool) -> list[tuple[Mark, Mark]]:
    together = sorted(
        (-common, union, one.start, other.start, rank, place)
        for rank, one in enumerate(labelled)
        for place, other in enumerate(found)
        if (not same or one.name == other.name) and (common := _common(one, other)) > 0
        for union in (max(one.end, other.end) - min(one.start, other.start),)
    )
    pairs, used, taken = [], set(), set()
    for *_, rank, place in together:
        if rank not in used and place not in taken:
            used.add(rank)
            taken.add(place)
            pairs.append((labelled[rank], found[place]))
    return pairs


def _common(one: Mark, other: Mark) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _touches(mark: Mark, others: Iterable[Mark]) -> bool:
    return any(_common(mark, other) > 0 for other in others)


def _judge_missed(
    result: Matching, known: Sequence[Mark], answers: Sequence[Mark], wholes: Mapping[str, Sequence[str]]
) -> None:
    paired = {id(one) for one, _ in result.pairs}
    for mark in known:
        if id(mark) not in paired:
            around = [other for other in answers if mark.name in wholes.get(other.name, ())]
            (result.inside if _touches(mark, around) else result.missed).append(mark)


def _judge_wrong(
    result: Matching,
    known: Sequence[Mark],
    neutral: Sequence[Mark],
    answers: Sequence[Mark],
    book: tuple[Sequence[str], Mapping[str, Sequence[str]]],
) -> None:
    classes, wholes = book
    paired = {id(other) for _, other in result.pairs}
    for mark in answers:
        if id(mark) in paired:
            continue
        related = [
            one for one in known if mark.name in wholes.get(one.name, ()) or one.name in wholes.get(mark.name, ())
        ]
        if _touches(mark, neutral) or _touches(mark, related):
            result.aside.append(mark)
        else:
            result.wrong.append(mark if mark.name in classes else _as_part(mark, classes, wholes))


def _as_part(mark: Mark, classes: Sequence[str], wholes: Mapping[str, Sequence[str]]) -> Mark:
    """A whole that the set has no label for counts against the first of its parts that the set labels."""
    name = next(part for part in wholes[mark.name] if part in classes)
    return Mark(mark.start, mark.end, name, mark.label, mark.score)


def _confuse(result: Matching, elsewhere: Sequence[Mark]) -> None:
    left = [*result.missed, *elsewhere]
    pairs = _pair(left, result.wrong, same=False)
    used, taken = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    result.confusions.update((one.label, other.label) for one, other in pairs)
    result.confusions.update((one.label, NOTHING) for one in result.missed if id(one) not in used)
    result.confusions.update((NOTHING, other.label) for other in result.wrong if id(other) not in taken)
