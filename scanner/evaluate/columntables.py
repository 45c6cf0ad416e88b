"""Rows of what was measured on columns, on their names and on clean material, the first row being the names."""

from __future__ import annotations

from scanner.evaluate.clean import Alarms
from scanner.evaluate.columns import LEVELS
from scanner.evaluate.figures import Row, figure, full, percent, within
from scanner.evaluate.plan import Report
from scanner.evaluate.score import total

MOST = 30
"""Confusions and places shown."""


def columns(report: Report) -> tuple[Row, ...]:
    """Macro F1, and columns without personal data that are typed as personal, per set and level."""
    shown = LEVELS[1:]
    names = tuple(f"{level.name}+ {what}" for level in shown for what in ("macro F1", "typed", "some cell"))
    rows: list[Row] = [("set", "tables", "personal columns", "others", *names)]
    for typed in report.columns:
        labelled = sum(counts.labelled for (_, level), counts in typed.classes.items() if level is LEVELS[-1])
        cells: list[str] = []
        for level in shown:
            shares = (percent(typed.typed[level], typed.others), percent(typed.touched[level], typed.others))
            cells += [figure(typed.macro(level)), *shares]
        rows.append((typed.name, f"{typed.tables:,}", f"{labelled:,}", f"{typed.others:,}", *cells))
    return tuple(rows)


def classes(report: Report) -> tuple[Row, ...]:
    """Precision, recall and F1 of each class, all sets together."""
    shown = LEVELS[1:]
    names = tuple(f"{level.name}+ {figure}" for level in shown for figure in ("P", "R", "F1"))
    rows: list[Row] = [("class", "n", *names)]
    for name in dict.fromkeys(name for typed in report.columns for name, _ in typed.classes):
        sums = [total(t.classes[name, level] for t in report.columns if (name, level) in t.classes) for level in shown]
        if sums[-1].labelled:
            rows.append((name, f"{sums[-1].labelled:,}", *(cell for one in sums for cell in full(one))))
    return tuple(rows)


def headers(report: Report) -> tuple[Row, ...]:
    """How many names are read as what they mean."""
    rows: list[Row] = [("set", "names", "read rightly", "others", "read as personal")]
    for read in report.headers:
        rows.append(
            (read.name, str(read.labelled), within(read.right, read.labelled), str(read.others), str(read.others_read))
        )
    return tuple(rows)


def clean(report: Report) -> tuple[Row, ...]:
    """What is found in clean material, by type and level."""
    rows: list[Row] = [("folder", "type", "level", "found", "files", "in 10 MB")]
    for alarms in report.clean:
        size = f"{alarms.files:,} files, {alarms.size / 1e6:,.1f} MB"
        rows.append((alarms.name, size, "all", *_sums(alarms.counts.total(), alarms.touched, alarms)))
        for (kind, level), count in sorted(alarms.counts.items(), key=lambda item: (-item[1], item[0])):
            rows.append((alarms.name, kind, level.name, *_sums(count, alarms.where[kind, level], alarms)))
    return tuple(rows)


def places(report: Report) -> tuple[Row, ...]:
    """Paths and lines of what is found in clean material, the surest first; never a value."""
    rows: list[Row] = [("type", "level", "folder", "path", "places")]
    found = [(alarms.name, finding) for alarms in report.clean for finding in alarms.findings]
    for folder, one in sorted(found, key=lambda pair: (-pair[1].level, pair[1].entity_type, pair[1].path))[:MOST]:
        where = ", ".join(filter(None, (one.table, one.column, *one.places[:3])))
        rows.append((one.entity_type, one.level.name, folder, one.path, where))
    return tuple(rows)


def confusions(report: Report) -> tuple[Row, ...]:
    """Labels of columns and of their names, and the types that they were given instead."""
    rows: list[Row] = [("set", "labelled", "found as", "columns")]
    for typed in report.columns:
        rows += [(typed.name, *pair, str(count)) for pair, count in typed.confusions.most_common(MOST)]
    for read in report.headers:
        rows += [(read.name, *pair, str(count)) for pair, count in read.confusions.most_common(MOST)]
    return tuple(rows)


def _sums(count: int, files: int, alarms: Alarms) -> Row:
    return f"{count:,}", f"{files:,}", f"{alarms.rate(count):,.2f}"
