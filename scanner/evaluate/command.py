"""From the options of ``recense evaluate`` to its report, on the terminal and in files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from scanner.bench.table import rewrite
from scanner.evaluate import table
from scanner.evaluate.evaluation import evaluate
from scanner.evaluate.plan import Plan, Report
from scanner.evaluate.records import Choice
from scanner.model import Level
from scanner.session import today_settings

WIDTH = 180
"""Columns of what is printed to a file or a pipe."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options, as given."""

    corpora: tuple[Path, ...]
    tables: tuple[Path, ...]
    clean: tuple[Path, ...]
    mapping: Path | None
    part: str
    sample: int
    at: str
    baselines: tuple[str, ...]
    ner: str
    json: Path | None
    places: Path | None
    readme: bool


def run(asked: Asked) -> None:
    """Measure, print, and write what was asked for."""
    _nothing_quoted()
    report = evaluate(_plan(asked), today_settings(asked.ner, "auto", "fr"), _say)
    _print(table.tables(report))
    for note in report.notes:
        click.echo(note)
    if asked.readme:
        rewrite(table.PAGE, "evaluate", table.markdown(report))
    if asked.json is not None:
        asked.json.write_text(json.dumps(report.as_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if asked.places is not None:
        asked.places.write_text("".join(_places(report)), encoding="utf-8")


def _plan(asked: Asked) -> Plan:
    plan = Plan(
        corpora=_files(asked.corpora),
        tables=_files(asked.tables),
        clean=asked.clean,
        mapping=asked.mapping,
        choice=Choice(asked.part, asked.sample),
        at=Level[asked.at],
        baselines=frozenset(asked.baselines),
        ner=asked.ner,
    )
    if not (plan.corpora or plan.tables or plan.clean):
        raise click.UsageError("nothing to measure: give a corpus, --tables or --clean")
    return plan


def _files(given: Iterable[Path]) -> tuple[Path, ...]:
    """The files given, and those with records in the folders given, in the order of their names."""
    found: list[Path] = []
    for path in given:
        found += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return tuple(found)


def _places(report: Report) -> Iterable[str]:
    """Errors by record and offsets; no text."""
    marked = [measured.places for _, measured in report.of("recense")] + [typed.places for typed in report.columns]
    for place in (place for places in marked for place in places):
        yield json.dumps(asdict(place), ensure_ascii=False) + "\n"
    for folder, finding in ((alarms.name, finding) for alarms in report.clean for finding in alarms.findings):
        known = {
            "folder": folder,
            "path": finding.path,
            "table": finding.table,
            "column": finding.column,
            "places": finding.places,
        }
        said = {"type": finding.entity_type, "level": finding.level.name, "count": finding.count}
        yield json.dumps(known | said, ensure_ascii=False) + "\n"


def _nothing_quoted() -> None:
    import logging

    logging.disable(logging.CRITICAL)  # third-party loggers quote what they read


def _say(line: str) -> None:
    """One line of progress, away from the tables."""
    click.echo(line, err=True)


def _print(made: Iterable[table.Table]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    for one in made:
        shown = Table(title=one.title, title_justify="left", title_style="")
        names, *rows = one.rows
        for rank, name in enumerate(names):
            shown.add_column(name, justify="right" if rank >= one.words else "left")
        for row in rows:
            shown.add_row(*row)
        console.print(shown, markup=False)
