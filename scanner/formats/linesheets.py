"""Sheets written as lines of text: one line after the other, rows as they are complete, then what is in no cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from scanner.contracts import Source
from scanner.formats.blocks import decoded, stretches
from scanner.formats.sheetrows import SheetRows
from scanner.model import Content, Gap, Kind, Passage, Problem


class LineSheet(Protocol):
    """What knows the lines of one format."""

    rows: SheetRows
    aside: list[str]
    """Texts that are in no cell."""
    ended: bool
    """Whether the line that ends the format has come."""

    def take(self, line: str) -> None:
        """One line."""

    def close(self) -> None:
        """The text ends here: what is in hand goes to the rows."""


def read_lines(source: Source, sheet: LineSheet) -> Iterator[Content]:
    """Rows in runs, then the rest as text, then a gap where the format has no end."""
    for block in stretches(decoded(source.stream, source.encoding)):
        for line in block.splitlines():
            sheet.take(line)
        yield from sheet.rows.take()
    sheet.close()
    yield from sheet.rows.take()
    if sheet.aside:
        yield Passage("\n".join(sheet.aside), "beside the cells")
    if not sheet.ended:
        yield Gap(Problem(Kind.CORRUPT, "the sheet breaks off"))
