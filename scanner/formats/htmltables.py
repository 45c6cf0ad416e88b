"""Tables in web pages whose first row names their columns: what many programs export, often as ``.xls``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from scanner.formats.blocks import string_array
from scanner.formats.headers import find_header
from scanner.model import Column

# Classes that exclude their own ends keep matching linear.
_TABLE = re.compile(r"(?i)<(/?)table(?=[\s>])[^<>]*>")
_ROW = re.compile(r"(?i)<tr(?=[\s/>])[^<>]*>")
_CELL = re.compile(r"(?i)<t[dh](?=[\s/>])[^<>]*>")
_END = re.compile(
    r"(?i)</t[rdh]\s*>|</?t(?:head|body|foot)(?=[\s/>])[^<>]*>|</?(?:caption|colgroup|col)(?=[\s/>])[^<>]*>"
)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_SPAN = re.compile(r"(?i)\s(?:col|row)span\s*=\s*[\"']?[2-9]")
LOOKED_AT = 40
WIDEST = 512


def take_tables(text: str, line: int, first: int) -> tuple[str, list[Column]]:
    """The page without its tables of data, each replaced by its tags, and the columns of these."""
    found: list[Column] = []
    parts: list[str] = []
    at, number, counted = 0, first, 0
    for start, end in _innermost(text):
        rows = _rows(text[start:end])
        header = find_header(rows[:LOOKED_AT]) if rows else None
        if header is None or header.start != 1 or header.doubtful or not header.names or len(rows) < 2:
            continue
        line, counted = line + text.count("\n", counted, start), start
        found.extend(_columns(f"table {number}", header.names, rows[1:], line))
        number += 1
        parts += [text[at:start], *_TAG.findall(text, start, end)]
        at = end
    return "".join([*parts, text[at:]]), found


def _innermost(text: str) -> Iterator[tuple[int, int]]:
    """Insides of tables that hold no other: those that do are layout."""
    opened = -1
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            opened = tag.end()
        elif opened >= 0:
            yield opened, tag.start()
            opened = -1


def _rows(body: str) -> list[list[str]]:
    """Cells of each row, or nothing for what is laid out rather than listed."""
    if _SPAN.search(body):
        return []
    rows = [[_plain(cell) for cell in _CELL.split(row)[1:]] for row in _ROW.split(body)[1:]]
    rows = [row for row in rows if row]
    widths = {len(row) for row in rows}
    return rows if len(widths) == 1 and 2 <= min(widths) <= WIDEST else []


def _plain(cell: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", _END.sub("", cell))).split())


def _columns(table: str, names: tuple[str, ...], rows: list[list[str]], row: int) -> Iterator[Column]:
    for index, name in enumerate(names):
        yield Column(table, name, index, string_array([cells[index] or None for cells in rows]), row)
