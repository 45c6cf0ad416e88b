"""The figures as tables to read, on a terminal and in the page that says how recense is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.bench.findings import DELIBERATE, Difference
from scanner.bench.plan import MB, Figure, Report

OWN = (
    ("rules", "rules alone"),
    ("identifiers", "lanes 1+2, as text"),
    ("everything", "all lanes, as text"),
    ("columns", "all lanes, as columns"),
    ("reading", "reader"),
    ("worker", "a worker's work"),
    ("scan1", "`scan`, 1 worker"),
    ("scan2", "`scan`, 2 workers"),
    ("scan2x2", "`scan`, 2 workers, 2 files"),
)
OTHERS = (
    ("identifiers", "lanes 1+2, as text"),
    ("presidio_ours", "Presidio, our rules"),
    ("presidio_own", "Presidio, its own"),
    ("pdscan", "pdscan"),
    ("memory", "memory read"),
)
PAGE = Path(__file__).parent.parent / "README.md"


@dataclass(frozen=True, slots=True)
class Table:
    """A title and rows of cells, the first row being the names."""

    title: str
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> list[str]:
        """As Markdown writes tables."""
        names, *rows = self.rows
        rule = "|---|" + "---:|" * (len(names) - 1)
        return [self.title, "", _line(names), rule, *map(_line, rows)]


def tables(report: Report) -> list[Table]:
    """All tables that the report has figures for."""
    made = [_own(report), _others(report), _little(report), _findings(report), _growth(report)]
    return [table for table in made if len(table.rows) > 1]


def heading(report: Report) -> list[str]:
    """The machine, and how the figures came to be."""
    machine = report.machine
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    return [
        f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}; {libraries}. "
        f"Seed {report.plan.seed}; medians of {report.plan.rounds} rounds in which all tools take turns; "
        "without the names model unless said; files in the page cache; MB are 10^6 bytes.",
    ]


def rewrite(page: Path, name: str, lines: Iterable[str]) -> None:
    """Put these lines between the two comments that name them; raises ``ValueError`` without such comments."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{page.name}: no comments {begin.strip()} and {end}")
    page.write_text(f"{before}{begin}{chr(10).join(lines)}\n{end}{after}", encoding="utf-8")


def markdown(report: Report) -> list[str]:
    """Heading and tables for a page, with a way to make them again."""
    parts = [table.markdown() for table in tables(report)]
    lines = [line for part in parts for line in ("", *part)]
    return [*heading(report), *lines, *(line for note in report.notes for line in ("", note + "."))]


def _own(report: Report) -> Table:
    title = (
        f"recense, MB/s of the file (of values, for parquet): {_size(report.plan.size)} of each corpus for `scan`, "
        "at most 50 MB inside one process; one core, or two with 2 workers"
    )
    peaks = [("peak of a process, MB", lambda name: _peak(report.at(name, "scan1")))]
    return _speeds(report, title, OWN, peaks)


def _others(report: Report) -> Table:
    title = "Beside other tools on the same text, MB/s of one core; Presidio without a model and on at most 200 KB"

    def ratio(name: str) -> str:
        ours, theirs = report.at(name, "identifiers"), report.at(name, "presidio_ours")
        return f"{_short(ours.rate / theirs.rate)} ×" if ours and theirs else "–"

    return _speeds(report, title, OTHERS, [("lanes 1+2 ÷ Presidio, our rules", ratio)])


def _speeds(
    report: Report,
    title: str,
    columns: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, Callable[[str], str]]],
) -> Table:
    names = [name for name in report.corpora() if name not in ("files", "file")]
    shown = [(key, label) for key, label in columns if any(report.at(name, key) for name in names)]
    rows = [
        (name, *(_rate(report.at(name, key)) for key, _ in shown), *(value(name) for _, value in more))
        for name in names
    ]
    return Table(title, (("corpus", *(label for _, label in shown), *(label for label, _ in more)), *rows))


def _little(report: Report) -> Table:
    rows = []
    if files := report.at("files", "scan2"):
        speed = f"{report.files / files.seconds:,.0f} files/s"
        rows.append((f"{report.files:,} text files of 5 KB, 2 workers", speed, _peak(files)))
    for ner in ("off", "auto"):
        if file := report.at("file", ner):
            rows.append((f"one text file of 5 KB, `--ner {ner}`", f"{file.seconds:.2f} s", _peak(file)))
    header = ("what", "measured", "peak of a process, MB")
    return Table("Small files, the whole command with warm caches", (header, *rows))


def _findings(report: Report) -> Table:
    rows = [
        (c.corpus, f"{c.size / 1000:,.0f}", f"{c.spans:,}", str(c.missing), str(c.extra), _by_type(c.differences))
        for c in report.comparisons
    ]
    title = "Findings of the fast lane against each recogniser alone, same text: spans, levels and scores"
    if DELIBERATE:
        title += "; differing on purpose, not counted: " + ", ".join(sorted(DELIBERATE))
    return Table(title, (("corpus", "KB compared", "spans", "missing", "extra", "by type"), *rows))


def _by_type(differences: Sequence[Difference]) -> str:
    return ", ".join(f"{d.entity_type} −{d.missing} +{d.extra}" for d in differences) or "none"


def _growth(report: Report) -> Table:
    rows = [
        (corpus, _size(size), f"{figure.seconds:,.2f}", _short(figure.rate), _peak(figure))
        for (corpus, size), figure in sorted(report.growth.items())
    ]
    names = ("corpus", "size", "seconds", "MB/s", "peak of a process, MB")
    return Table("Growth: `scan` of one file, 1 worker on one core", (names, *rows))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rate(figure: Figure | None) -> str:
    return _short(figure.rate) if figure else "–"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _peak(figure: Figure | None) -> str:
    return f"{figure.peak / MB:,.0f}" if figure and figure.peak else "–"


def _size(size: int) -> str:
    return f"{size / 1000 / MB:g} GB" if size >= 1000 * MB else f"{size / MB:g} MB"
