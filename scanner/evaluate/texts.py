"""Texts: what each tool found of each class at each level, in spans and in documents, beside what is labelled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.evaluate.finders import Finder
from scanner.evaluate.mapping import Labels
from scanner.evaluate.mapping import Mapping as Book
from scanner.evaluate.places import Place
from scanner.evaluate.records import Text
from scanner.evaluate.score import Calibration, Counts
from scanner.evaluate.spans import Mark, Matching, match
from scanner.model import Level, Span

LEVELS = tuple(sorted(Level, reverse=True))


@dataclass(slots=True)
class Measured:
    """One tool on one set."""

    tool: str
    spans: dict[tuple[str, Level], Counts] = field(default_factory=dict)
    documents: dict[tuple[str, Level], Counts] = field(default_factory=dict)
    topics: dict[tuple[str, str, Level], list[int]] = field(default_factory=dict)
    """Per label of whole records, class and level: records with it, where the class is found, and both without it."""
    calibration: dict[str, Calibration] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """A set as it is measured: its chosen records, of ``whole`` in all, and how its labels read."""

    name: str
    labels: Labels
    records: list[Text]
    whole: int


def measure(corpus: Corpus, finder: Finder, book: Book, at: Level) -> Measured:
    """Run one tool over a set; confusions and places are those at level ``at`` (or the tool's own).

    Scores are compared with what was right from POSSIBLE on, below which a finding is never a ground for anything.
    """
    result = Measured(finder.name)
    class_of, level = book.class_of(finder.types), finder.level or at
    for record in corpus.records:
        start = time.process_time()
        spans = finder.find(record.text, record.lang)
        result.seconds += time.process_time() - start
        labelled = list(marks_of(record, corpus.labels))
        for threshold in LEVELS:
            found = _marks(spans, class_of, threshold)
            _topics(result, corpus, record, {mark.name for mark in found}, threshold)
            matching = match(labelled, found, corpus.labels.classes, book.wholes)
            _count(result, corpus.labels, matching, threshold)
            if threshold is level:
                result.confusions += matching.confusions
                result.places += _places(corpus.name, record.id, matching)
            if threshold is (finder.level or Level.POSSIBLE):
                _calibrate(result, corpus.labels, matching)
    return result


def marks_of(record: Text, labels: Labels) -> Iterator[Mark]:
    """The labelled spans of a record, with what their labels mean here."""
    for one in record.spans:
        name = labels.meaning(one.label, record.text, one.start, one.end)
        yield Mark(one.start, one.end, name, one.label)


def _marks(spans: Iterable[Span], class_of: Mapping[str, str], threshold: Level) -> list[Mark]:
    return [
        Mark(span.start, span.end, class_of[span.entity_type], span.entity_type, span.score)
        for span in spans
        if span.level >= threshold and span.entity_type in class_of
    ]


def _count(result: Measured, labels: Labels, matching: Matching, level: Level) -> None:
    tables = {
        "labelled": [one.name for one, _ in matching.pairs] + [m.name for m in (*matching.inside, *matching.missed)],
        "found": [one.name for one, _ in matching.pairs] + [mark.name for mark in matching.inside],
        "given": [one.name for one, _ in matching.pairs] + [mark.name for mark in matching.wrong],
        "right": [one.name for one, _ in matching.pairs],
        "exact": [one.name for one, two in matching.pairs if (one.start, one.end) == (two.start, two.end)],
    }
    for name in labels.classes:
        counts = result.spans.setdefault((name, level), Counts(partial=name in labels.partial))
        for field_name, names in tables.items():
            setattr(counts, field_name, getattr(counts, field_name) + names.count(name))
        has = name in tables["labelled"]
        gives = name in tables["given"] or name in tables["found"]
        documents = result.documents.setdefault((name, level), Counts(partial=name in labels.partial))
        documents.labelled += has
        documents.given += gives
        documents.found += has and gives
        documents.right += has and gives


def _topics(result: Measured, corpus: Corpus, record: Text, found: set[str], level: Level) -> None:
    for label, name in corpus.labels.documents.items():
        counts = result.topics.setdefault((label, name, level), [0, 0, 0, 0])
        at = 0 if label in record.labels else 2
        counts[at] += 1
        counts[at + 1] += name in found


def _calibrate(result: Measured, labels: Labels, matching: Matching) -> None:
    judged = [(two, True) for _, two in matching.pairs] + [(mark, False) for mark in matching.wrong]
    for mark, right in judged:
        if mark.name not in labels.partial:
            result.calibration.setdefault(mark.name, Calibration()).note(mark.score, right=right)


def _places(source: str, identity: str, matching: Matching) -> Iterator[Place]:
    for one, two in matching.pairs:
        if (one.start, one.end) != (two.start, two.end):
            yield Place(source, identity, two.start, two.end, two.name, two.label, "other bounds")
    for kind, marks in (("missed", matching.missed), ("wrong", matching.wrong), ("in a whole", matching.inside)):
        for mark in marks:
            yield Place(source, identity, mark.start, mark.end, mark.name, mark.label, kind)


def as_dict(corpus: Corpus, result: Measured) -> dict[str, Any]:
    """Everything that was counted, for a machine to read; places are written apart."""
    levels: dict[str, Any] = {}
    for (name, level), counts in result.spans.items():
        documents = result.documents[name, level]
        levels.setdefault(name, {})[level.name] = {"spans": counts.as_dict(), "documents": documents.as_dict()}
    return {
        "set": corpus.name,
        "tool": result.tool,
        "records": len(corpus.records),
        "of": corpus.whole,
        "characters": sum(len(record.text) for record in corpus.records),
        "cpu_seconds": round(result.seconds, 1),
        "classes": levels,
        "topics": [
            {"label": label, "class": name, "level": level.name}
            | dict(zip(("records", "found", "others", "found_in_others"), counts, strict=True))
            for (label, name, level), counts in result.topics.items()
        ],
        "calibration": {name: one.as_dict() for name, one in sorted(result.calibration.items())},
        "confusions": [
            {"labelled": label, "found": kind, "count": count}
            for (label, kind), count in sorted(result.confusions.items(), key=lambda item: (-item[1], item[0]))
        ],
    }
