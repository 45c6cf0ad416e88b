"""The figures as tables to read, on a terminal and in the recognisers' page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.evaluate.plan import Report
from scanner.evaluate.score import Calibration, Counts, total, wilson
from scanner.evaluate.texts import Corpus, Measured
from scanner.model import Level

Row = tuple[str, ...]


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


def tables(report: Report) -> list[Table]:
    """All tables that the report has figures for."""
    made = [_classes(report), _sets(report), _documents(report), _topics(report), _confusions(report)]
    return [table for table in made if len(table.rows) > 1]


def _levels(report: Report) -> list[tuple[str, str, Level]]:
    """Heading, tool and level of each group of columns."""
    at = report.plan.at
    other = Level.POSSIBLE if at is not Level.POSSIBLE else Level.PROBABLE
    groups = [(f"{level.name}+", "recense", level) for level in (at, other)]
    return groups + [(tool, tool, Level.INDICE) for tool in report.tools if tool != "recense"]


def _classes(report: Report) -> Table:
    """Per language and class, over sets whose precision means something."""
    groups = _levels(report)
    header = ["language", "class", "n", *(f"{name} {figure}" for name, *_ in groups for figure in ("P", "R", "F1"))]
    rows: list[Row] = [(*header, "ECE")]
    for lang in ("fr", "en"):
        of = {tool: [m for c, m in report.of(tool) if _lang(c) == lang] for tool in report.tools}
        for name in _names(of.get("recense", [])):
            sums = [total(_counts(of[tool], name, level)) for _, tool, level in groups]
            if sums[0].labelled:
                cells = [cell for one, (_, tool, _) in zip(sums, groups, strict=True) for cell in _cells(one)]
                rows.append((lang, name, str(sums[0].labelled), *cells, _ece(of["recense"], name)))
    return Table("Texts by language and class: spans by overlap; P and R with their 95 % intervals", tuple(rows), 2)


def _sets(report: Report) -> Table:
    groups = _levels(report)
    header = ["set", "class", "n", *(f"{name} {figure}" for name, *_ in groups for figure in ("P", "R", "F1"))]
    rows: list[Row] = [(*header, "strict F1")]
    for corpus, _ in report.of("recense"):
        others = {m.tool: m for c, m in report.texts if c.name == corpus.name}
        for name in corpus.labels.classes:
            counts = [others[tool].spans.get((name, level), Counts()) for _, tool, level in groups]
            if counts[0].labelled:
                cells = [cell for one in counts for cell in _short(one)]
                strict = counts[0].as_dict()["strict_f1"]
                rows.append((corpus.name, name, str(counts[0].labelled), *cells, _figure(strict)))
    return Table("Texts by set and class", tuple(rows), 2)


def _documents(report: Report) -> Table:
    groups = _levels(report)
    header = ["set", "class", "documents", *(f"{n} {figure}" for n, *_ in groups for figure in ("P", "R", "F1"))]
    rows: list[Row] = [tuple(header)]
    for corpus, _ in report.of("recense"):
        others = {m.tool: m for c, m in report.texts if c.name == corpus.name}
        for name in corpus.labels.classes:
            counts = [others[tool].documents.get((name, level), Counts()) for _, tool, level in groups]
            if counts[0].labelled:
                cells = [cell for one in counts for cell in _short(one)]
                rows.append((corpus.name, name, str(counts[0].labelled), *cells))
    return Table("Documents that hold the class", tuple(rows), 2)


def _topics(report: Report) -> Table:
    levels = (Level.INDICE, Level.POSSIBLE, Level.PROBABLE)
    rows: list[Row] = [
        ("set", "label", "class", "records", *(f"{lv.name}+" for lv in levels), "others", "others, PROBABLE+")
    ]
    for corpus, measured in report.of("recense"):
        for label, name in corpus.labels.documents.items():
            counts = [measured.topics.get((label, name, level), [0, 0, 0, 0]) for level in levels]
            if counts[0][0]:
                shares = [_percent(one[1], one[0]) for one in counts]
                others = (str(counts[0][2]), _percent(counts[2][3], counts[2][2]))
                rows.append((corpus.name, label, name, str(counts[0][0]), *shares, *others))
    title = "Records about a special category, and nobody in particular: share in which recense finds it"
    return Table(title, tuple(rows), 3)


def _confusions(report: Report, most: int = 25) -> Table:
    rows: list[Row] = [("set", "labelled", "found as", "spans")]
    for corpus, measured in report.of("recense"):
        first = [(pair, n) for pair, n in measured.confusions.most_common(most) if n > 1][:6]
        rows += [(corpus.name, *pair, str(n)) for pair, n in first]
    return Table("What recense misses and finds wrongly, the most frequent of each set (-: nothing)", tuple(rows), 3)


def _lang(corpus: Corpus) -> str:
    return corpus.records[0].lang if corpus.records else "fr"


def _names(results: Iterable[Measured]) -> list[str]:
    return list(dict.fromkeys(name for measured in results for name, _ in measured.spans))


def _counts(results: Iterable[Measured], name: str, level: Level) -> list[Counts]:
    return [m.spans[name, level] for m in results if (name, level) in m.spans and m.spans[name, level].labelled]


def _ece(results: Iterable[Measured], name: str) -> str:
    whole = Calibration()
    for measured in results:
        whole.add(measured.calibration.get(name, Calibration()))
    return _figure(whole.error)


def _cells(counts: Counts) -> Row:
    """Precision, recall, F1, the first two with their intervals."""
    precision, recall = counts.precision, counts.recall
    return (
        "–" if precision is None else _within(counts.right, counts.given),
        "–" if recall is None else _within(counts.found, counts.labelled),
        _figure(counts.f1),
    )


def _short(counts: Counts) -> Row:
    return _figure(counts.precision), _figure(counts.recall), _figure(counts.f1)


def _within(successes: int, trials: int) -> str:
    low, high = wilson(successes, trials)
    return f"{_figure(successes / trials)} ({_figure(low)}–{_figure(high)})"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _line(cells: Row) -> str:
    return "| " + " | ".join(cells) + " |"
