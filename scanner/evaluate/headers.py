"""Names of columns alone: what recense reads in each, beside what experts call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.evaluate.mapping import NEUTRAL, OTHER, Labels
from scanner.evaluate.records import Header
from scanner.evaluate.score import Counts, interval
from scanner.evaluate.spans import NOTHING


@dataclass(slots=True)
class Read:
    """One list of names: those that mean a class, how many are read so, as something else, or not at all."""

    name: str
    classes: dict[str, Counts] = field(default_factory=dict)
    others: int = 0
    others_read: int = 0
    """Names that mean no personal data and are read as some."""
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def labelled(self) -> int:
        """Names that mean a class."""
        return sum(counts.labelled for counts in self.classes.values())

    @property
    def right(self) -> int:
        """Names that are read as what they mean."""
        return sum(counts.found for counts in self.classes.values())

    def as_dict(self) -> dict[str, Any]:
        """Everything that was counted."""
        return {
            "set": self.name,
            "names": self.labelled,
            "right": self.right,
            "right_95": interval(self.right, self.labelled),
            "others": self.others,
            "others_read": self.others_read,
            "classes": {name: {"n": one.labelled, "right": one.found} for name, one in sorted(self.classes.items())},
            "confusions": [
                {"labelled": label, "read": kind, "count": count}
                for (label, kind), count in sorted(self.confusions.items(), key=lambda item: (-item[1], item[0]))
            ],
        }


def measure_headers(name: str, headers: list[Header], labels: Labels, class_of: Mapping[str, str]) -> Read:
    """What is read in each name, the most telling reading counting; values may still settle the others."""
    result = Read(name)
    for header in headers:
        expected = labels.headers.get(header.label, OTHER)
        kind = type_of(header.name)
        answer = class_of.get(kind, kind) if kind else OTHER
        if expected == NEUTRAL:
            continue
        if expected == OTHER:
            result.others += 1
            result.others_read += answer != OTHER
        else:
            counts = result.classes.setdefault(expected, Counts())
            counts.labelled += 1
            counts.found += answer == expected
        if answer != expected:
            result.confusions[header.label, kind or NOTHING] += 1
    return result


def type_of(name: str) -> str:
    """The entity type that a column's name says, by itself or with values that confirm it; empty for none."""
    from scanner.recognition.columnnames import readings
    from scanner.recognition.sensitive_columns import column_regime

    found = readings(name)
    special = column_regime(name)
    return found[0].entity_type if found else special[0] if special else ""
