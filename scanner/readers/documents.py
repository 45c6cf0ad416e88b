"""Documents that one library opens for us: PDF, old Word, WordPerfect, Hangul."""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.compound import MAGIC, CompoundFile
from scanner.formats.native import panics_told
from scanner.formats.oleparts import read_objects, read_properties
from scanner.formats.pdfobjects import is_encrypted
from scanner.formats.pdfobjects import read_objects as read_pdf_objects
from scanner.formats.scans import Scans
from scanner.formats.textruns import TextRuns
from scanner.formats.worddoc import read_word
from scanner.model import Content, Gap, Kind, Passage, Picture, Problem

LIMIT = 512 << 20
"""Documents are parsed in memory."""
CHARS = 1 << 20
PDF, WORD = "application/pdf", "application/msword"
PROTECTED = "application/x-ooxml-protected"


class DocumentReader:
    """Text by page where the library tells pages; properties, annotations, forms and inserted files with it."""

    name: ClassVar[str] = "document"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            PDF,
            WORD,
            PROTECTED,
            "application/vnd.wordperfect",
            "application/x-hwp",
            "application/haansofthwpx",
        }
    )
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """The text, then what stands beside it."""
        if source.media_type == PROTECTED:
            raise Unreadable(Kind.ENCRYPTED, "document with a password")
        if source.size > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"document over {LIMIT >> 20} MB", bytes_read=0)
        data = source.stream.read(LIMIT + 1)
        _refuse_encrypted_word(source, data)
        stopped, found, scans = None, False, Scans(data)
        try:
            for content in _main_text(source, data, scans):
                found = found or isinstance(content, Passage | Picture)
                yield content
        except Unreadable as stop:
            stopped = stop
        finally:
            scans.close()
        if stopped is not None and stopped.problem.kind is Kind.ENCRYPTED:
            raise stopped
        for content in _beside(source, data):
            found = found or isinstance(content, Passage)
            yield content
        if stopped is not None or not found:
            yield from _plainly(source, data, stopped)


def _refuse_encrypted_word(source: Source, data: bytes) -> None:
    """A bit in the head of the main stream ([MS-DOC] 2.5.2)."""
    if source.media_type != WORD or not data.startswith(MAGIC):
        return
    source.stream.seek(0)
    compound = CompoundFile(source.stream)
    main = next((entry for entry in compound.entries if entry.path == ("WordDocument",)), None)
    if main is not None and len(head := compound.read(main, 12)) == 12 and head[11] & 1:
        raise Unreadable(Kind.ENCRYPTED, "document with a password")


def _main_text(source: Source, data: bytes, scans: Scans) -> Iterator[Content]:
    """By the pieces of a Word document, which leave nothing out; else as the library has it."""
    if source.media_type == WORD and data.startswith(MAGIC):
        source.stream.seek(0)
        try:
            found = list(read_word(CompoundFile(source.stream)))
        except (Unreadable, struct.error):
            found = []
        if found:
            yield from found
            return
    yield from _library_text(data, source.media_type, scans)


def _library_text(data: bytes, media_type: str, scans: Scans) -> Iterator[Content]:
    document = _ask({"kind": "bytes", "bytes": data, "mime_type": media_type})
    pages = document.pages or []
    for page in pages:
        yield from _passages(page.content, f"page {page.page_number}")
    if not pages:
        yield from _passages(document.content, "")
    if media_type == PDF:
        yield from _scanned(document, pages, scans, len(data))
    else:
        yield from _details(document)


def _scanned(document: Any, pages: list[Any], scans: Scans, size: int) -> Iterator[Content]:
    """Pages that are pictures, with no text behind them; each counts for its part of the file."""
    form = document.metadata.format
    scanned = set(form.pdf.scanned_pages or ()) if form is not None and form.pdf is not None else set()
    for at, page in enumerate(pages):
        if page.page_number in scanned and not page.content.strip():
            part = size * (at + 1) // len(pages) - size * at // len(pages)
            yield Picture(partial(scans.draw, page.page_number), part, page.page_number)


def _passages(text: str, place: str) -> Iterator[Content]:
    """Pieces of about a megabyte, cut at line ends."""
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= CHARS else text.rfind("\n", start, start + CHARS) + 1
        end = end if end > start else start + CHARS
        if text[start:end].strip():
            yield Passage(text[start:end], place)
        start = end


def _details(document: Any) -> Iterator[Content]:
    """Properties, and the texts of tracked changes."""
    metadata = document.metadata
    values = [metadata.title, metadata.subject, metadata.created_by, metadata.modified_by]
    values += [*(metadata.authors or ()), *(metadata.keywords or ())]
    if any(values):
        yield Passage("\n".join(dict.fromkeys(value for value in values if value)), "properties")


def _ask(request: dict[str, Any]) -> Any:
    """What the library makes of one document, without cache, network, OCR or recursion."""
    import xberg

    logging.getLogger("xberg").setLevel(logging.CRITICAL)
    try:
        with panics_told("xberg"):
            result = asyncio.run(xberg.extract(xberg.ExtractInput(**request), _settings(request["mime_type"])))
    except (xberg.XbergError, RuntimeError, ValueError) as error:
        raise Unreadable(*_reason(str(error))) from None
    if not result.results:
        raise Unreadable(Kind.CORRUPT, "the library gave nothing")
    return result.results[0]


def _settings(media_type: str) -> Any:
    import xberg

    kept = xberg.ContentFilterConfig(
        include_headers=True,
        include_footers=True,
        include_footnotes=True,
        include_watermarks=True,
        strip_repeating_text=False,
    )
    return xberg.ExtractionConfig(
        use_cache=False,
        disable_ocr=True,
        enable_quality_processing=False,
        max_archive_depth=0,
        security_limits=xberg.SecurityLimits(),
        pages=xberg.PageConfig(extract_pages=True),
        # Pages of a PDF hold all that is drawn on them, filter or not; asking for one takes a quarter of the time.
        content_filter=None if media_type == PDF else kept,
        # Looking for tables takes two thirds of the time and changes no word of the text.
        pdf_options=xberg.PdfConfig(
            extract_annotations=False, extract_form_fields=False, extract_images=False, extract_tables=False
        ),
    )


def _reason(message: str) -> tuple[Kind, str]:
    """From the library's message, which may quote content and goes no further."""
    lowered = message.lower()
    if "password" in lowered or "encrypted" in lowered:
        return Kind.ENCRYPTED, "document with a password"
    if "unsupported format" in lowered:
        return Kind.UNSUPPORTED, "not a format that the library opens"
    if "security" in lowered or "limit" in lowered:
        return Kind.TOO_LARGE, "over a limit of the library"
    return Kind.CORRUPT, "the library does not parse it"


def _beside(source: Source, data: bytes) -> Iterator[Content]:
    """What the library leaves out."""
    if source.media_type == PDF:
        if not is_encrypted(data):
            yield from read_pdf_objects(data)
        elif b"/AcroForm" in data or b"/EmbeddedFile" in data or b"/ObjStm" in data:
            yield Gap(Problem(Kind.ENCRYPTED, "forms and attachments of a protected document"))
    elif data.startswith(MAGIC):
        source.stream.seek(0)
        compound = CompoundFile(source.stream)
        yield from read_properties(compound)
        yield from read_objects(compound, ("ObjectPool",))


def _plainly(source: Source, data: bytes, stopped: Unreadable | None) -> Iterator[Content]:
    """The simplest way that is left, when the library found nothing."""
    source.stream.seek(0)
    if source.media_type in {WORD, "application/vnd.wordperfect"}:
        runs = TextRuns()
        yield from runs.read(source.stream)
        if runs.chars:
            yield Gap(Problem(Kind.UNSUPPORTED, "only runs of text were read"), max(0, runs.total - runs.covered))
            return
    if source.media_type == PDF and b"startxref" not in data:
        raise Unreadable(Kind.CORRUPT, "no table of objects")
    raise stopped or Unreadable(Kind.NO_TEXT, "no text in the document: drawings or scanned pages")
