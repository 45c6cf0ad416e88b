"""What a run of ``recense evaluate`` was asked for, and all that it measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.evaluate.clean import Alarms
from scanner.evaluate.columns import Typed
from scanner.evaluate.headers import Read
from scanner.evaluate.records import Choice
from scanner.evaluate.texts import Corpus, Measured, as_dict
from scanner.model import Level

EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Plan:
    """The options, checked."""

    corpora: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    clean: tuple[Path, ...] = ()
    mapping: Path | None = None
    choice: Choice = EVERYTHING
    at: Level = Level.PROBABLE
    baselines: frozenset[str] = frozenset()
    ner: str = "auto"


@dataclass(slots=True)
class Report:
    """All that one run measured."""

    plan: Plan
    texts: list[tuple[Corpus, Measured]] = field(default_factory=list)
    columns: list[Typed] = field(default_factory=list)
    headers: list[Read] = field(default_factory=list)
    clean: list[Alarms] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, tool: str) -> list[tuple[Corpus, Measured]]:
        """What was measured of one tool on texts."""
        return [(corpus, measured) for corpus, measured in self.texts if measured.tool == tool]

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools that read texts, recense first."""
        return tuple(dict.fromkeys(measured.tool for _, measured in self.texts))

    def as_dict(self) -> dict[str, Any]:
        """Everything but places, for a machine to read."""
        return {
            "part": self.plan.choice.part,
            "sample": self.plan.choice.sample,
            "level": self.plan.at.name,
            "ner": self.plan.ner,
            "texts": [as_dict(corpus, measured) for corpus, measured in self.texts],
            "columns": [one.as_dict() for one in self.columns],
            "headers": [one.as_dict() for one in self.headers],
            "clean": [one.as_dict() for one in self.clean],
            "notes": self.notes,
        }
