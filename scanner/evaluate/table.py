"""The figures as tables to read, on a terminal and in the recognisers' page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import recognizers
from scanner.evaluate import columntables, texttables
from scanner.evaluate.figures import Row
from scanner.evaluate.plan import Report
from scanner.model import Level

OTHERS = (
    "Columns by set; others hold no personal data: the share of them that is typed as personal, "
    "or in which something is found in some cell"
)
PAGE = Path(recognizers.__path__[0]) / "README.md"


@dataclass(frozen=True, slots=True)
class Table:
    """A title and rows of cells, the first row being the names; ``words`` columns at the left are text."""

    title: str
    rows: tuple[Row, ...]
    words: int = 1

    def markdown(self) -> list[str]:
        """As Markdown writes tables."""
        names, *rows = self.rows
        rule = "|" + "---|" * self.words + "---:|" * (len(names) - self.words)
        return [self.title, "", _line(names), rule, *map(_line, rows)]


def tables(report: Report, *, page: bool = False) -> list[Table]:
    """All tables that the report has figures for; those that explain are left out of a page."""
    made = [
        Table("Texts by language and class, all sets together", texttables.classes(report), 2),
        Table("Texts by set and class", texttables.sets(report), 2),
        Table("Texts about a special category, and nobody in particular", texttables.topics(report), 3),
        Table(OTHERS, columntables.columns(report)),
        Table("Columns by class, all sets together", columntables.classes(report)),
        Table("Names of columns, without values", columntables.headers(report)),
        Table("Material without personal data: what is found there all the same", columntables.clean(report), 3),
    ]
    if not page:
        made += [
            Table("Texts by class and level, recense", texttables.levels(report)),
            Table("Documents that hold the class", texttables.documents(report), 2),
            Table("Spans missed and wrong, the most frequent of each set", texttables.confusions(report), 3),
            Table("Columns missed and wrong, the most frequent", columntables.confusions(report), 3),
            Table("Where something is found in clean material", columntables.places(report), 5),
        ]
    return [table for table in made if len(table.rows) > 1]


def heading(report: Report) -> list[str]:
    """What was measured and how it reads."""
    choice, at = report.plan.choice, report.plan.at
    part = {"all": "All records", "test": "Test records", "dev": "Development records"}[choice.part]
    sample = f", at most {choice.sample} of a set" if choice.sample else ""
    other = Level.POSSIBLE if at is not Level.POSSIBLE else Level.PROBABLE
    tools = (
        " presidio: all that plain Presidio answers, its default registry with the language models of recense."
        if "presidio" in report.tools
        else ""
    )
    return [
        f"{part} of each set{sample}, the same for all tools; recense at {at.name}+ and at {other.name}+.{tools} "
        "P, R: precision and recall, in brackets their 95 % interval (Wilson); n: labelled spans. A found span is "
        "right when it overlaps a labelled one of its class, one to one; strict: with the same bounds. ECE: "
        "calibration error of recense's scores. –: the tool does not look for it, or the set does not allow it.",
    ]


def markdown(report: Report) -> list[str]:
    """Heading and tables for a page."""
    lines = [line for one in tables(report, page=True) for line in ("", *one.markdown())]
    return [*heading(report), *lines, *(line for note in report.notes for line in ("", note))]


def _line(cells: Row) -> str:
    return "| " + " | ".join(cells) + " |"
