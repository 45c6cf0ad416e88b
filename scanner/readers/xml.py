"""XML: texts and attributes under their element paths; entities are never expanded, nothing outside is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from xml.parsers import expat

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, Gathered, count_lines, decoded, passages
from scanner.formats.tablexml import TableRows
from scanner.model import Content, Passage

_DEEPEST = 100


class XmlReader:
    """Streams a document through expat; from where it is malformed or declares entities, it is read as text."""

    name: ClassVar[str] = "xml"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/xml", "text/xml"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns by element path (``a/b``) and attribute (``a/b@id``); comments as text."""
        blocks = decoded(source.stream, source.encoding, BLOCK // 4)
        document, line = _Document(), 1
        for block in blocks:
            good = document.feed(block)
            yield from document.take(final=good is not None)
            if good is not None:
                line += count_lines(block[:good])
                yield from passages(_chain(block[good:], blocks), line)
                return
            line += count_lines(block)
        document.close()
        yield from document.take(final=True)


def _chain(text: str, blocks: Iterator[str]) -> Iterator[str]:
    yield text
    yield from blocks


class _RefusedError(Exception):
    """The document declares entities, or nests beyond reason."""


class _Document:
    """Gathers texts while expat walks through the elements."""

    def __init__(self) -> None:
        self.gathered = Gathered()
        self.tables = TableRows()
        self.notes: list[Passage] = []
        self._paths: list[str] = []
        self._text: list[list[str]] = []
        self._chars = 0
        self._fed = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.CommentHandler = self._note
        self._parser.ProcessingInstructionHandler = lambda target, data: self._note(f"{target} {data}")
        self._parser.EntityDeclHandler = self._refuse
        self._parser.UnparsedEntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse

    def feed(self, block: str) -> int | None:
        """Parse one block; where it cannot go on, the index from which the block is still to be read."""
        data = block.encode("utf-8", "replace")
        try:
            self._parser.Parse(data, False)
        except (expat.ExpatError, _RefusedError):
            at = max(0, self._parser.CurrentByteIndex - self._fed)
            self._flush_open()
            return len(data[:at].decode("utf-8", "ignore"))
        self._fed += len(data)
        return None

    def close(self) -> None:
        """The end: a document that breaks off keeps what it gave."""
        try:
            self._parser.Parse(b"", True)
        except (expat.ExpatError, _RefusedError):
            self._flush_open()

    def take(self, final: bool) -> Iterator[Content]:
        """What has come together so far."""
        if final or self.gathered.full or self.tables.full:
            yield from self.gathered.flush()
            yield from self.tables.flush(final)
        notes, self.notes = self.notes, []
        yield from notes

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._paths) >= _DEEPEST:
            raise _RefusedError
        path = f"{self._paths[-1]}/{name}" if self._paths else name
        self._paths.append(path)
        self._text.append([])
        if self.tables.start(name, attributes, len(self._paths)):
            return
        for key, value in attributes.items():
            if value:
                self.gathered.add(f"{path}@{key}", value)

    def _end(self, name: str) -> None:
        text = "".join(self._text.pop())
        path = self._paths.pop()
        if self.tables.end(name, text):
            return
        text = text.strip()
        if text:
            self.gathered.add(path, text)

    def _characters(self, text: str) -> None:
        parts = self._text[-1]
        parts.append(text)
        self._chars += len(text)
        if self._chars > BLOCK:
            self._flush_open()

    def _flush_open(self) -> None:
        """Texts of elements still open; a text without end must not grow in memory."""
        for path, parts in zip(self._paths, self._text, strict=True):
            text = "".join(parts).strip()
            parts.clear()
            if text:
                self.gathered.add(path, text)
        self._chars = 0

    def _note(self, text: str) -> None:
        if text.strip():
            self.notes.append(Passage(text, "comment", self._parser.CurrentLineNumber))

    def _refuse(self, *_: object) -> int:
        raise _RefusedError
