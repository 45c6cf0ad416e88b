"""From the options of ``recense bench`` to its report, on the terminal and in files."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from scanner.bench import table
from scanner.bench.corpora import CORPORA
from scanner.bench.measure import PARTS, bench, growth
from scanner.bench.plan import MB, Plan, Report

WIDTH = 150
"""Columns of what is printed to a file or a pipe."""
UNITS = {"KB": 1000, "MB": MB, "GB": 1000 * MB}
NAMES = frozenset({*(corpus.name for corpus in CORPORA), *PARTS})


@dataclass(frozen=True, slots=True)
class Asked:
    """The options, as given."""

    baselines: tuple[str, ...]
    size: str | None
    seed: int
    only: tuple[str, ...]
    growing: bool
    json: Path | None
    readme: bool


def run(asked: Asked) -> None:
    """Measure, print, and write what was asked for; the files that it measures on are gone afterwards."""
    plan = _plan(asked)
    with tempfile.TemporaryDirectory(prefix="recense-bench-") as name:
        folder = Path(name)
        report = growth(plan, folder, asked.size is not None, _say) if asked.growing else bench(plan, folder, _say)
    _print(report)
    if asked.json is not None:
        asked.json.write_text(json.dumps(report.as_dict(), indent=2) + "\n", encoding="utf-8")
    if asked.readme:
        table.rewrite(table.PAGE, "growth" if asked.growing else "bench", table.markdown(report))


def parsed_size(text: str) -> int:
    """Bytes of ``50MB`` or ``1GB``; raises ``click.BadParameter``."""
    found = re.fullmatch(r"(\d+) ?([KMG]B)", text.strip().upper())
    if found is None or int(found[1]) == 0:
        raise click.BadParameter(f"{text}: write it as 200KB, 50MB or 1GB")
    return int(found[1]) * UNITS[found[2]]


def _plan(asked: Asked) -> Plan:
    unknown = sorted(set(asked.only) - NAMES)
    if unknown:
        raise click.BadParameter(f"{unknown[0]}: there are {', '.join(sorted(NAMES))}")
    return Plan(
        size=parsed_size(asked.size or "50MB"),
        seed=asked.seed,
        only=frozenset(asked.only),
        baselines=frozenset(asked.baselines or ("presidio", "pdscan")),
    )


def _say(line: str) -> None:
    """One line of progress, away from the tables."""
    click.echo(line, err=True)


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    for line in table.heading(report):
        console.print(line, markup=False)
    for one in table.tables(report):
        shown = Table(title=one.title, title_justify="left", title_style="")
        names, *rows = one.rows
        for rank, name in enumerate(names):
            shown.add_column(name.replace("`", ""), justify="right" if rank else "left")
        for row in rows:
            shown.add_row(*(cell.replace("`", "") for cell in row))
        console.print(shown)
    for note in report.notes:
        console.print(note, markup=False)
