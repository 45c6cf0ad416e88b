"""The tables as CSV: table A alone, or all of them in one archive: ``inventory.csv``."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from scanner.reporters.private import private
from scanner.reporters.tables import tables
from scanner.reporters.visible import visible
from scanner.reporters.xlsx import FORMULA

REGISTER = 1
"""Table A among the tables."""
_TIME = (1980, 1, 1, 0, 0, 0)


class CsvReporter:
    """Writes what French spreadsheets open as it is: semicolons, a byte order mark, no formula."""

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """Table A, or every table when the file is a ``.zip``."""
        found = list(tables(inventory, lang))
        with private(path) as out:
            if path.suffix != ".zip":
                _write(out, *found[REGISTER][1:])
                return
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for title, columns, rows in found:
                    entry = zipfile.ZipInfo(f"{title}.csv", _TIME)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    with archive.open(entry, "w") as member:
                        _write(member, columns, rows)


def _write(out: Any | BinaryIO, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", errors="backslashreplace")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([name for name, _ in columns])
    for row in rows:
        lines.writerow([_cell(value) for value in row])
    text.flush()
    text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, int | float):
        return value
    text = "\n".join(map(visible, value)) if isinstance(value, list) else visible(str(value))
    return f"'{text}" if text.startswith(FORMULA) else text
