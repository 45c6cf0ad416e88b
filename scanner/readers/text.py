"""Plain text and source code; also what any other text is read with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.blocks import stream_passages
from scanner.model import Content
from scanner.sniff.names import SOURCES


class TextReader:
    """Streams text as passages of about a megabyte, in memory that does not grow with the file."""

    name: ClassVar[str] = "text"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/plain", "image/svg+xml", *SOURCES.values()})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Passages with the number of their first line."""
        yield from stream_passages(source.stream, source.encoding)
