"""Rows of what was measured on texts, the first row being the names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scanner.evaluate.figures import NONE, NOT_SEARCHED, Row, figure, full, percent, short
from scanner.evaluate.mapping import load_mapping
from scanner.evaluate.plan import Report
from scanner.evaluate.score import Calibration, Counts, total
from scanner.evaluate.texts import Corpus, Measured
from scanner.model import Level

OURS = "recense"
Group = tuple[str, str, Level]
"""Heading of three columns, and the tool and level that they show."""
MOST = 6
"""Confusions shown of each set."""


def classes(report: Report) -> tuple[Row, ...]:
    """Per language and class, over the sets whose precision means something."""
    groups = _groups(report)
    rows: list[Row] = [("language", "class", "n", *_names(groups), "strict F1", "ECE")]
    for lang in ("fr", "en"):
        of = {tool: [m for c, m in report.of(tool) if _lang(c) == lang] for tool in report.tools}
        for name in dict.fromkeys(name for measured in of.get(OURS, []) for name, _ in measured.spans):
            sums = [total(_counts(of[tool], name, level)) for _, tool, level in groups]
            if sums[0].labelled:
                cells = _cells(report, name, groups, [full(one) for one in sums])
                last = (_strict(report, name, sums[0]), _calibration(of[OURS], name))
                rows.append((lang, name, f"{sums[0].labelled:,}", *cells, *last))
    return tuple(rows)


def sets(report: Report) -> tuple[Row, ...]:
    """Per set and class."""
    groups = _groups(report)
    rows: list[Row] = [("set", "class", "n", *_names(groups), "strict F1", "documents F1")]
    for corpus, measured in report.of(OURS):
        tools = _tools(report, corpus)
        for name in corpus.labels.classes:
            counts = [tools[tool].spans.get((name, level), Counts()) for _, tool, level in groups]
            if counts[0].labelled:
                cells = _cells(report, name, groups, [short(one) for one in counts])
                documents = measured.documents.get((name, report.plan.at), Counts())
                last = (_strict(report, name, counts[0]), figure(documents.f1) if _searched(report, name) else NONE)
                rows.append((corpus.name, name, f"{counts[0].labelled:,}", *cells, *last))
    return tuple(rows)


def levels(report: Report) -> tuple[Row, ...]:
    """Precision and recall of recense at each level, per class, over the sets whose precision means something."""
    shown = (Level.CERTAIN, Level.PROBABLE, Level.POSSIBLE)
    names = tuple(f"{name} {one}" for name in ("CERTAIN", "PROBABLE+", "POSSIBLE+") for one in ("P", "R"))
    rows: list[Row] = [("class", "n", *names)]
    results = [measured for _, measured in report.of(OURS)]
    for name in dict.fromkeys(name for measured in results for name, _ in measured.spans):
        sums = [total(_counts(results, name, level)) for level in shown]
        if sums[0].labelled and _searched(report, name):
            rows.append((name, f"{sums[0].labelled:,}", *(cell for one in sums for cell in full(one)[:2])))
    return tuple(rows)


def documents(report: Report) -> tuple[Row, ...]:
    """Whether the class is in a record at all, per set and class."""
    groups = _groups(report)
    rows: list[Row] = [("set", "class", "documents", *_names(groups))]
    for corpus, _ in report.of(OURS):
        tools = _tools(report, corpus)
        for name in corpus.labels.classes:
            counts = [tools[tool].documents.get((name, level), Counts()) for _, tool, level in groups]
            if counts[0].labelled:
                cells = _cells(report, name, groups, [short(one) for one in counts])
                rows.append((corpus.name, name, f"{counts[0].labelled:,}", *cells))
    return tuple(rows)


def topics(report: Report) -> tuple[Row, ...]:
    """In what share of labelled records, and of the others of the set, recense finds the class."""
    levels = (Level.INDICE, Level.POSSIBLE, Level.PROBABLE)
    names = (*(f"{level.name}+" for level in levels), "others", "others, PROBABLE+")
    rows: list[Row] = [("set", "label", "class", "records", *names)]
    for corpus, measured in report.of(OURS):
        for label, name in corpus.labels.documents.items():
            counts = [measured.topics.get((label, name, level), [0, 0, 0, 0]) for level in levels]
            if counts[0][0]:
                shares = [percent(one[1], one[0]) for one in counts]
                others = (f"{counts[0][2]:,}", percent(counts[2][3], counts[2][2]))
                rows.append((corpus.name, label, name, f"{counts[0][0]:,}", *shares, *others))
    return tuple(rows)


def confusions(report: Report) -> tuple[Row, ...]:
    """Labels and types of what does not match."""
    rows: list[Row] = [("set", "labelled", "found as", "spans")]
    for corpus, measured in report.of(OURS):
        first = [(pair, count) for pair, count in measured.confusions.most_common(MOST) if count > 1]
        rows += [(corpus.name, *pair, f"{count:,}") for pair, count in first]
    return tuple(rows)


def _groups(report: Report) -> list[Group]:
    at = report.plan.at
    other = Level.POSSIBLE if at is not Level.POSSIBLE else Level.PROBABLE
    groups = [(f"{level.name}+", OURS, level) for level in (at, other)]
    return groups + [(tool, tool, Level.INDICE) for tool in report.tools if tool != OURS]


def _names(groups: Iterable[Group]) -> Row:
    return tuple(f"{name} {shown}" for name, *_ in groups for shown in ("P", "R", "F1"))


def _cells(report: Report, name: str, groups: Sequence[Group], cells: Sequence[Row]) -> Row:
    """The cells of all groups, without those of tools that do not look for the class."""
    shown = (
        own if _searched(report, name, tool) else NOT_SEARCHED for own, (_, tool, _) in zip(cells, groups, strict=True)
    )
    return tuple(cell for row in shown for cell in row)


def _searched(report: Report, name: str, tool: str = OURS) -> bool:
    known = load_mapping(report.plan.mapping).classes[name]
    return bool(known.types if tool == OURS else known.presidio)


def _strict(report: Report, name: str, counts: Counts) -> str:
    return figure(counts.strict_f1) if _searched(report, name) else NONE


def _tools(report: Report, corpus: Corpus) -> Mapping[str, Measured]:
    return {measured.tool: measured for one, measured in report.texts if one is corpus}


def _lang(corpus: Corpus) -> str:
    return corpus.records[0].lang if corpus.records else "fr"


def _counts(results: Iterable[Measured], name: str, level: Level) -> list[Counts]:
    return [m.spans[name, level] for m in results if (name, level) in m.spans and m.spans[name, level].labelled]


def _calibration(results: Iterable[Measured], name: str) -> str:
    whole = Calibration()
    for measured in results:
        whole.add(measured.calibration.get(name, Calibration()))
    return figure(whole.error)
