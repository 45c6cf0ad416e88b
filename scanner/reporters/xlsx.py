"""The inventory as a workbook in the layout of a register: one sheet per table: ``inventory.xlsx``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scanner.reporters.language import labels
from scanner.reporters.private import private
from scanner.reporters.tables import tables
from scanner.reporters.visible import visible

CELL = 32_767
"""Characters a cell may hold, by the format."""

FORMULA = ("=", "+", "-", "@", "\t")

EPOCH = datetime(1980, 1, 1)  # the format has no time zones; ZIP knows nothing earlier

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxReporter:
    """Writes the workbook row by row; a cell never becomes a formula or a link."""

    name: ClassVar[str] = "xlsx"
    suffix: ClassVar[str] = ".xlsx"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """Tables A to F, the coverage and the findings, in this order."""
        import xlsxwriter

        with private(path) as stream:
            book = xlsxwriter.Workbook(stream, OPTIONS)
            book.set_properties({"title": labels(lang)["title"], "created": _created(inventory["header"]["ended"])})
            formats = {
                "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
                "text": book.add_format({"text_wrap": True, "valign": "top"}),
                "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
                "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            }
            for title, columns, rows in tables(inventory, lang):
                _sheet(book.add_worksheet(title), columns, rows, formats)
            book.close()


def _sheet(sheet: Any, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], formats: Any) -> None:
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, last, column, value, formats)
    if last:
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _cell(sheet: Any, row: int, column: int, value: Any, formats: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["number"])
        return
    # A list is a cell of several lines; a line break inside one of them is a hostile name.
    text = "\n".join(map(visible, value)) if isinstance(value, list) else visible(str(value))
    if not text:
        return
    if len(text) > CELL:
        text = text[: CELL - 1] + "…"
    # The quote prefix is what typing an apostrophe does: the cell stays text even when someone edits it.
    sheet.write_string(row, column, text, formats["quoted" if text.startswith(FORMULA) else "text"])


def _created(ended: str) -> datetime:
    """The end of the run, so that the same inventory gives the same file."""
    try:
        when = datetime.fromisoformat(ended)
    except ValueError:
        return EPOCH
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
