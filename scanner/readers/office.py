"""Office documents that are a ZIP of XML, read part by part, so that nothing typed in them is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.officexml import open_office, read_parts
from scanner.model import Content, Embedded, Kind

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


class OfficeReader:
    """Text, tracked changes, hidden text, comments, headers, notes, links and properties; inserted files as members."""

    name: ClassVar[str] = "office"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            _OOXML + "wordprocessingml.document",
            _OOXML + "wordprocessingml.template",
            _OOXML + "presentationml.presentation",
            _OOXML + "presentationml.slideshow",
            _OOXML + "presentationml.template",
            "application/vnd.ms-word.document.macroEnabled.12",
            "application/vnd.ms-word.template.macroEnabled.12",
            "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
            "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
            "application/vnd.ms-visio.drawing",
            "application/vnd.ms-visio.drawing.macroEnabled.12",
            *(_ODF + kind for kind in ("text", "text-template", "text-master", "text-web", "presentation", "graphics")),
            *(
                _ODF + kind
                for kind in ("presentation-template", "graphics-template", "chart", "formula", "database", "base")
            ),
            *(f"application/vnd.sun.xml.{kind}" for kind in ("writer", "impress", "draw", "math", "writer.global")),
            "application/epub+zip",
            "application/vnd.apple.pages",
            "application/vnd.apple.keynote",
            "application/vnd.apple.numbers",
        }
    )
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Parts in the order of the archive."""
        archive = open_office(source.stream)
        found = False
        with archive:
            for content in read_parts(archive):
                found = found or not isinstance(content, Embedded)
                yield content
        if not found:
            raise Unreadable(Kind.NO_TEXT, "no text in any part")
