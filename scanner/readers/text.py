"""Plain text and source code; also what any other text is read with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, is_plain, stream_passages
from scanner.formats.sections import SectionStream, cut_into, last_line_end
from scanner.model import Content, Passed, Section
from scanner.sniff.names import SOURCES


class TextReader:
    """Streams text as passages of about a megabyte, in memory that does not grow with the file."""

    name: ClassVar[str] = "text"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/plain", "image/svg+xml", *SOURCES.values()})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False
    block: ClassVar[int] = BLOCK

    def read(self, source: Source) -> Iterator[Content]:
        """Passages with the number of their first line."""
        yield from stream_passages(source.stream, source.encoding, self.block)

    def sections(self, source: Source, step: int) -> Sequence[Section]:
        """Cuts where passages of the whole text end too, so that those of its sections are the same."""
        if not is_plain(source.encoding):
            return []
        return cut_into(source.stream, source.size, step, last_line_end, self.block)

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]:
        """The passages of one section."""
        stream = SectionStream(source.stream, section.start, section.end, aligned=True)
        line = yield from stream_passages(stream, source.encoding, self.block)
        yield Passed(lines=(1, line))
