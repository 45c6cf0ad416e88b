"""The inventory as a workbook in the layout of a register: one sheet per table: ``inventory.xlsx``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from scanner.inventory.words import Share
from scanner.reporters.columns import choices
from scanner.reporters.language import labels
from scanner.reporters.private import private
from scanner.reporters.tables import tables
from scanner.reporters.visible import visible

CELL = 32_767
"""Characters a cell may hold, by the format."""

REMEMBERED = 50_000

ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What would be read as the escape of a character."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
"""Spreadsheets count days from here, by an old mistake about 1900."""

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
                "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
                "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
                "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
                "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            }
            offered = choices(lang)
            for title, columns, rows in tables(inventory, lang):
                sheet = book.add_worksheet(title)
                last = _sheet(sheet, columns, rows, formats)
                for (where, column), words in offered.items():
                    if where == title and last:
                        sheet.data_validation(1, column, last, column, {"validate": "list", "source": words})
            book.close()


def _sheet(sheet: Any, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], formats: Any) -> int:
    """Write one table; gives the number of its last row."""
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet._write_single_row(1)  # the header; from here on rows go past the library's own table
    last = 0
    cells = _Cells(formats)
    for last, row in enumerate(rows, start=1):
        _row(sheet, last, [cells.of(value) for value in row])
    if last:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    return last


def _row(sheet: Any, number: int, cells: Sequence[str]) -> None:
    """A row as the library would write it cell by cell, in a tenth of the time: tables have a hundred thousand."""
    if not any(cells) or sheet._check_dimensions(number, 0):
        return
    written = [f'<c r="{letter}{number + 1}"{cell}' for letter, cell in zip(_letters(), cells, strict=False) if cell]
    sheet.fh.write(f'<row r="{number + 1}">{"".join(written)}</row>')


@lru_cache(maxsize=1)
def _letters() -> tuple[str, ...]:
    from xlsxwriter.utility import xl_col_to_name

    return tuple(xl_col_to_name(column) for column in range(64))


class _Cells:
    """Values as the library writes them in a cell, without its place; most come again and again."""

    def __init__(self, formats: Mapping[str, Any]) -> None:
        self.formats = formats
        self._texts: dict[str, str] = {}

    def of(self, value: Any) -> str:
        """Style and content; empty for a cell that is not there."""
        known = self._texts.get(value) if isinstance(value, str) else None
        if known is not None:
            return known
        if isinstance(value, int | float) and not isinstance(value, bool):
            style = "share" if isinstance(value, Share) else "number"
            return f' s="{self.formats[style]._get_xf_index()}"><v>{value:.16G}</v></c>'
        if isinstance(value, date):
            return f' s="{self.formats["date"]._get_xf_index()}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
        # A list is a cell of several lines; a line break inside one of them is a hostile name.
        if isinstance(value, list):
            return self._written("\n".join(map(visible, value)))
        text = str(value)
        if len(self._texts) >= REMEMBERED:
            self._texts.clear()
        return self._texts.setdefault(text, self._written(visible(text)))

    def _written(self, text: str) -> str:
        if not text:
            return ""
        if len(text) > CELL:
            text = text[: CELL - 1] + "…"
        if len(text) > CELL // 2:  # the format counts units of UTF-16
            text = text.encode("utf-16-le", "surrogatepass")[: 2 * CELL].decode("utf-16-le", "ignore")
        # The quote prefix is what typing an apostrophe does: the cell stays text even when someone edits it.
        style = self.formats["quoted" if text.startswith(FORMULA) else "text"]._get_xf_index()
        space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        plain = ESCAPED.sub(r"_x005F\1", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        plain = plain.replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")
        return f' s="{style}" t="inlineStr"><is><t{space}>{plain}</t></is></c>'


def _created(ended: str) -> datetime:
    """The end of the run, so that the same inventory gives the same file."""
    try:
        when = datetime.fromisoformat(ended)
    except ValueError:
        return EPOCH
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
