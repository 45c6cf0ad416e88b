"""What ``recense scan`` finds in the invented case files and tables, written to a folder that is removed afterwards."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pyarrow.parquet as pq
from special_cases import Case, cases
from special_figures import share
from special_sentences import REGIMES
from special_tables import OpaqueTable, opaque_tables

from scanner.model import Level

File = TypeVar("File", Case, OpaqueTable)
Found = dict[str, dict[tuple[str, str], Level]]
"""By path: of each column (or none) and special regime the highest level."""


def scanned(files: Iterable[Case | OpaqueTable]) -> Found:
    """The special regimes that a scan gives to each file."""
    with TemporaryDirectory() as folder:
        target, run = Path(folder) / "volume", Path(folder) / "run"
        for file in files:
            path = target / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        command = [sys.executable, "-m", "scanner.cli", "scan", str(target), "-o", str(run), "-q", "--workers", "1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return _findings(run / "findings.parquet")


def _findings(path: Path) -> Found:
    found: Found = defaultdict(dict)
    for row in pq.read_table(path, columns=["path", "column", "regime", "level"]).to_pylist():
        levels = found[row["path"].split("!")[0]]
        for regime in set((row["regime"] or "").split(",")) & set(REGIMES):
            key = (row["column"] or "", regime)
            levels[key] = max(Level[row["level"]], levels.get(key, Level.INDICE))
    return found


def _in_file(found: Found, path: str, regime: str, least: Level) -> bool:
    """Whether the file holds the regime, or any special one where none is named."""
    return any(level >= least and regime in {"", key[1]} for key, level in found.get(path, {}).items())


def case_table(files: Sequence[Case], found: Found) -> Iterator[str]:
    """Documents found by category, then documents of none that are said to hold some."""
    yield "\ncase files: documents whose regime is found"
    whole = []
    for regime in REGIMES:
        own = [file for file in files if file.expected == regime]
        whole += own
        yield f"{regime:6} " + _levels(own, lambda file, least: _in_file(found, file.path, file.expected, least))
        for lang in ["fr", "en"]:
            some = [file for file in own if file.lang == lang]
            hit = sum(_in_file(found, file.path, regime, Level.PROBABLE) for file in some)
            yield f"       {lang} PROBABLE+ {share(hit, len(some))}"
    yield "all    " + _levels(whole, lambda file, least: _in_file(found, file.path, file.expected, least))
    none = [file for file in files if not file.expected]
    yield "\nlook-alike documents with any special regime, and with the one they look like"
    yield "any    " + _levels(none, lambda file, least: _in_file(found, file.path, "", least))
    yield "near   " + _levels(none, lambda file, least: _in_file(found, file.path, file.near, least))
    yield from _by_template(files, found)


def _by_template(files: Sequence[Case], found: Found) -> Iterator[str]:
    """Files of one template are near copies: intervals above are too narrow, these are not."""
    wholly, loud, asked = 0, 0, {(file.expected, file.template) for file in files}
    for regime, template in asked:
        some = [file for file in files if (file.expected, file.template) == (regime, template)]
        said = [_in_file(found, file.path, regime, Level.PROBABLE) for file in some]
        wholly += bool(regime) and sum(said) * 2 > len(said)
        loud += not regime and any(said)
    of = sum(bool(regime) for regime, _ in asked)
    yield "\ntemplates, PROBABLE+"
    yield f"found in most of their files      {share(wholly, of)}"
    yield f"look-alikes, false in some file   {share(loud, len(asked) - of)}"


def opaque_table(tables: Sequence[OpaqueTable], found: Found) -> Iterator[str]:
    """Sensitive columns found under names that say nothing, and others that are said to be sensitive."""

    def right(table: OpaqueTable, least: Level) -> bool:
        return found.get(table.path, {}).get((table.column, table.expected), Level.INDICE - 1) >= least

    def loud(table: OpaqueTable, least: Level) -> bool:
        return any(level >= least for level in found.get(table.path, {}).values())

    yield "\nopaque columns of which the regime is found, and look-alike tables with any special regime"
    for regime in REGIMES:
        yield f"{regime:6} " + _levels([table for table in tables if table.expected == regime], right)
    yield "all    " + _levels([table for table in tables if table.expected], right)
    yield "false  " + _levels([table for table in tables if not table.expected], loud)


def _levels(files: Sequence[File], holds: Callable[[File, Level], bool]) -> str:
    shares = (share(sum(holds(file, least) for file in files), len(files)) for least in LEVELS)
    return "  ".join(f"{least.name}+ {text:26}" for least, text in zip(LEVELS, shares, strict=True))


LEVELS = [Level.INDICE, Level.POSSIBLE, Level.PROBABLE]


def case_errors(files: Sequence[Case], found: Found) -> Iterator[str]:
    """Path, template and classes of what is missed or wrongly found at PROBABLE+, without the text."""
    for file in files:
        said = sorted({key[1] for key, level in found.get(file.path, {}).items() if level >= Level.PROBABLE})
        if (file.expected and file.expected not in said) or (not file.expected and said):
            yield f"{file.path} expected {file.expected or 'none'} found {','.join(said) or 'none'}"


def report(seed: int, *, with_errors: bool) -> Iterator[str]:
    """The figures of all case files and tables."""
    files, tables = list(cases(seed)), list(opaque_tables(seed))
    found = scanned([*files, *tables])
    yield from case_table(files, found)
    yield from opaque_table(tables, found)
    if with_errors:
        yield from case_errors(files, found)
