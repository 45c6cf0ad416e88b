"""OpenDocument spreadsheets and texts, written as they stream: the same input gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from scanner.inventory.words import Share
from scanner.reporters.private import private
from scanner.reporters.visible import visible

Sheet = tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[Any]]]

_TIME = (1980, 1, 1, 0, 0, 0)
_KIND = "application/vnd.oasis.opendocument."
_SPACES = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
        for name, rest in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("manifest", "manifest"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORBIDDEN = re.compile("[\ufffe\uffff]")
_NAME = re.compile(r"[\[\]*?:/\\']")
CELL = 32_767


@contextmanager
def package(path: Path, kind: str) -> Iterator[zipfile.ZipFile]:
    """A new package of a kind (``spreadsheet``, ``text``) whose content is written inside the block."""
    with private(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        first = zipfile.ZipInfo("mimetype", _TIME)  # stored first and plain, so that anybody can tell what it is
        book.writestr(first, _KIND + kind)
        yield book
        book.writestr(_entry("META-INF/manifest.xml"), _manifest(kind))
        book.writestr(_entry("styles.xml"), _HEAD + f'<office:document-styles{_SPACES} office:version="1.3"/>')


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _manifest(kind: str) -> str:
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in (("/", _KIND + kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    return f'{_HEAD}<manifest:manifest{_SPACES} manifest:version="1.3">{files}</manifest:manifest>'


def write_sheets(path: Path, sheets: Iterable[Sheet]) -> None:
    """A workbook; numbers stay numbers, and text never becomes a formula."""
    with package(path, "spreadsheet") as book, book.open(_entry("content.xml"), "w", force_zip64=True) as out:
        out.write(f'{_HEAD}<office:document-content{_SPACES} office:version="1.3">'.encode())
        out.write(_SHEET_STYLES.encode())
        out.write(b"<office:body><office:spreadsheet>")
        for title, columns, rows in sheets:
            out.write(_table_head(title, columns).encode())
            for row in rows:
                out.write(_row(row).encode())
            out.write(b"</table:table>")
        out.write(b"</office:spreadsheet></office:body></office:document-content>")


_WIDTHS = (13, 18, 24, 34, 46, 60, 70, 90, 110)
_SHEET_STYLES = (
    "<office:automatic-styles>"
    + "".join(
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.2:.1f}cm"/></style:style>'
        for width in _WIDTHS
    )
    + '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="cell" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    "</office:automatic-styles>"
)


def _table_head(title: str, columns: Sequence[tuple[str, int]]) -> str:
    name = _NAME.sub("-", title)[:31]
    widths = "".join(
        f'<table:table-column table:style-name="w{min(_WIDTHS, key=lambda one: abs(one - width))}"/>'
        for _, width in columns
    )
    head = "".join(_cell(label, "head") for label, _ in columns) if any(label for label, _ in columns) else ""
    rows = f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
    return f"<table:table table:name={quoteattr(name)}>{widths}{rows if head else ''}"


def _row(values: Sequence[Any]) -> str:
    cells = "".join(_cell(value) for value in values)
    return f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"


def _cell(value: Any, style: str = "cell") -> str:
    if isinstance(value, Share):
        part = f'office:value-type="percentage" office:value="{float(value)}"'
        return f"<table:table-cell {part}><text:p>{value:.1%}</text:p></table:table-cell>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {number}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, date):
        day = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        return f"<table:table-cell {day}><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
    lines = [visible(str(one)) for one in value] if isinstance(value, list) else [visible(str(value))]
    if not any(lines):
        return "<table:table-cell/>"
    text = "".join(f"<text:p>{plain(line[:CELL])}</text:p>" for line in lines)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{text}</table:table-cell>'


def plain(text: str) -> str:
    """Text inside a paragraph; runs of spaces, which readers join, are written one by one."""
    safe = escape(_FORBIDDEN.sub("\ufffd", text))
    return re.sub(r"(?<= ) |^ | $", "<text:s/>", safe)


def write_text(path: Path, paragraphs: Iterable[tuple[str, str]]) -> None:
    """A text of paragraphs, each with its kind: ``title``, ``head``, ``body``, ``quote`` or ``item``."""
    with package(path, "text") as book:
        body = "".join(
            f'<text:h text:outline-level="1" text:style-name="{kind}">{plain(visible(text))}</text:h>'
            if kind in ("title", "head")
            else f'<text:p text:style-name="{kind}">{plain(visible(text))}</text:p>'
            for kind, text in paragraphs
        )
        content = (
            f'{_HEAD}<office:document-content{_SPACES} office:version="1.3">{_TEXT_STYLES}'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
        book.writestr(_entry("content.xml"), content)


def _style(name: str, paragraph: str, text: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


_TEXT_STYLES = (
    "<office:automatic-styles>"
    + _style("title", 'fo:margin-bottom="0.5cm"', 'fo:font-size="16pt" fo:font-weight="bold"')
    + _style("head", 'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm"', 'fo:font-size="12pt" fo:font-weight="bold"')
    + _style("body", 'fo:margin-bottom="0.25cm"')
    + _style("quote", 'fo:margin-left="1cm" fo:margin-bottom="0.25cm"', 'fo:font-style="italic"')
    + _style("item", 'fo:margin-left="0.6cm" fo:margin-bottom="0.12cm"')
    + "</office:automatic-styles>"
)
