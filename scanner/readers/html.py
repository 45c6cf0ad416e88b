"""Web pages, whatever their size."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.htmltables import take_tables
from scanner.formats.markup import decode_text, strip_markup
from scanner.model import Content, Passage

BLOCK = 4 << 20


class HtmlReader:
    """Tables with a header as columns; text, comments, scripts and attributes that hold data; styles are left out."""

    name: ClassVar[str] = "html"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/html", "application/xhtml+xml"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Blocks cut between elements, each with the number of its first line."""
        wide = source.encoding.lower().startswith(("utf-16", "utf-32"))
        held, line, tables = b"", 1, 0
        while block := source.stream.read(BLOCK if not wide else -1):
            held += block
            cut = _cut(held) if len(block) == BLOCK and not wide else len(held)
            if cut == 0 and len(held) < 4 * BLOCK:
                continue
            piece, held = held[: cut or len(held)], held[cut or len(held) :]
            tables += yield from _passage(piece, source.encoding, line, tables)
            line += piece.count(b"\n")
        yield from _passage(held, source.encoding, line, tables)


def _cut(held: bytes) -> int:
    """Behind the last table, or else the last element."""
    return held.rfind(b"</table>") + 8 if b"</table>" in held else held.rfind(b">") + 1


def _passage(piece: bytes, encoding: str, line: int, tables: int) -> Generator[Content, None, int]:
    """Text and tables of a piece; the value is how many tables there were."""
    page, columns = take_tables(decode_text(piece, encoding), line, tables + 1) if piece else ("", [])
    text = strip_markup(page)
    if text.strip():
        yield Passage(text, "", line)
    yield from columns
    return len({column.table for column in columns})
