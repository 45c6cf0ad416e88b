"""Web pages, whatever their size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.markup import decode_text, strip_markup
from scanner.model import Content, Passage

BLOCK = 4 << 20


class HtmlReader:
    """Text, comments, scripts, and the attributes that hold data; styles are left out."""

    name: ClassVar[str] = "html"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/html", "application/xhtml+xml"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Blocks cut between elements, each with the number of its first line."""
        wide = source.encoding.lower().startswith(("utf-16", "utf-32"))
        held, line = b"", 1
        while block := source.stream.read(BLOCK if not wide else -1):
            held += block
            cut = held.rfind(b">") + 1 if len(block) == BLOCK and not wide else len(held)
            if cut == 0 and len(held) < 4 * BLOCK:
                continue
            piece, held = held[: cut or len(held)], held[cut or len(held) :]
            yield from _passage(piece, source.encoding, line)
            line += piece.count(b"\n")
        yield from _passage(held, source.encoding, line)


def _passage(piece: bytes, encoding: str, line: int) -> Iterator[Content]:
    text = strip_markup(decode_text(piece, encoding)) if piece else ""
    if text.strip():
        yield Passage(text, "", line)
