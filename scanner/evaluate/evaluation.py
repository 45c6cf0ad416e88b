"""One run: every set with every tool, then columns, names of columns and clean material."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scanner.config import Settings
from scanner.evaluate import finders, records
from scanner.evaluate.clean import measure_clean
from scanner.evaluate.columns import measure_tables
from scanner.evaluate.headers import measure_headers
from scanner.evaluate.mapping import load_mapping
from scanner.evaluate.plan import Plan, Report
from scanner.evaluate.texts import Corpus, measure


def evaluate(plan: Plan, settings: Settings, say: Callable[[str], None]) -> Report:
    """Measure all that the plan names; ``say`` is told each step."""
    report = Report(plan)
    _texts(plan, settings, report, say)
    for path in plan.tables:
        _columns(path, plan, settings, report)
        say(path.stem)
    for target in plan.clean:
        report.clean.append(measure_clean(target, settings))
        say(target.name)
    return report


def _texts(plan: Plan, settings: Settings, report: Report, say: Callable[[str], None]) -> None:
    mapping = load_mapping(plan.mapping)
    corpora = [_corpus(path, plan) for path in plan.corpora]
    tools = [finders.recense(settings)] if corpora else []
    tools += [finders.presidio()] if corpora and "presidio" in plan.baselines else []
    for corpus in corpora:
        for tool in tools:
            measured = measure(corpus, tool, mapping, plan.at)
            report.texts.append((corpus, measured))
            say(
                f"{corpus.name}: {len(corpus.records)} of {corpus.whole} records, {tool.name}, {measured.seconds:.0f} s"
            )


def _columns(path: Path, plan: Plan, settings: Settings, report: Report) -> None:
    mapping, choice = load_mapping(plan.mapping), plan.choice
    class_of = mapping.class_of("types")
    if records.holds_headers(path):
        names = records.headers(path)
        labels = mapping.named(path.stem, sorted({header.label for header in names}))
        names = choice.of(names, lambda header: header.id, labels.test_share)
        report.headers.append(measure_headers(path.stem, names, labels, class_of))
    else:
        tables = records.tables(path)
        labels = mapping.named(path.stem, sorted({column.label for table in tables for column in table.columns}))
        tables = choice.of(tables, lambda table: table.id, labels.test_share)
        report.columns.append(measure_tables(path.stem, tables, labels, class_of, settings, plan.at))


def _corpus(path: Path, plan: Plan) -> Corpus:
    whole = records.texts(path)
    used = sorted({span.label for record in whole for span in record.spans})
    labels = load_mapping(plan.mapping).named(path.stem, used)
    chosen = plan.choice.of(whole, lambda record: record.id, labels.test_share)
    return Corpus(path.stem, labels, chosen, len(whole))
