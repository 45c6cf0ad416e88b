"""Documents that one library opens for us: PDF, RTF, old Word, WordPerfect, Hangul, Outlook stores."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from typing import Any, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.compound import MAGIC, CompoundFile
from scanner.formats.native import panics_told
from scanner.formats.oleparts import read_objects, read_properties
from scanner.formats.pdfobjects import is_encrypted
from scanner.formats.pdfobjects import read_objects as read_pdf_objects
from scanner.formats.rtf import strip_rtf
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Gap, Kind, Passage, Problem

LIMIT = 512 << 20
"""Documents are parsed in memory."""
CHARS = 1 << 20
PDF, RTF, WORD = "application/pdf", "application/rtf", "application/msword"
PROTECTED, STORE = "application/x-ooxml-protected", "application/vnd.ms-outlook-pst"


class DocumentReader:
    """Text by page where the library tells pages; properties, annotations, forms and inserted files with it."""

    name: ClassVar[str] = "document"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            PDF,
            RTF,
            WORD,
            PROTECTED,
            "application/vnd.wordperfect",
            "application/x-hwp",
            "application/haansofthwpx",
            STORE,
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
        stopped, found = None, False
        try:
            for content in _library_text(data, source.media_type):
                found = found or isinstance(content, Passage)
                yield content
        except Unreadable as stop:
            stopped = stop
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


def _library_text(data: bytes, media_type: str) -> Iterator[Content]:
    document = _extract(data, media_type)
    pages = document.pages or []
    for page in pages:
        yield from _passages(page.content, f"page {page.page_number}")
    if not pages:
        yield from _passages(document.content, "")
    if media_type == STORE:
        yield Gap(Problem(Kind.UNSUPPORTED, "attachments of an Outlook store are not read"))
    if media_type == PDF:
        yield from _scanned(document, pages)
    else:
        yield from _details(document)


def _scanned(document: Any, pages: list[Any]) -> Iterator[Content]:
    """Pages that are pictures, with no text behind them."""
    form = document.metadata.format
    scanned = set(form.pdf.scanned_pages or ()) if form is not None and form.pdf is not None else set()
    silent = sum(page.page_number in scanned and not page.content.strip() for page in pages)
    if silent:
        yield Gap(Problem(Kind.NO_TEXT, f"{silent} of {len(pages)} pages are pictures without text"))


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


def _extract(data: bytes, media_type: str) -> Any:
    if media_type != STORE:
        return _ask({"kind": "bytes", "bytes": data, "mime_type": media_type})
    # The library copies a store to a named temporary file, and opens a given file for writing: it gets one in memory.
    if not hasattr(os, "memfd_create"):
        raise Unreadable(Kind.UNSUPPORTED, "Outlook stores are read on Linux only")
    with os.fdopen(os.memfd_create("store"), "wb") as copy:
        copy.write(data)
        copy.flush()
        return _ask({"kind": "uri", "uri": f"/proc/self/fd/{copy.fileno()}", "mime_type": media_type})


def _ask(request: dict[str, Any]) -> Any:
    """What the library makes of one document, without cache, network, OCR or recursion."""
    import xberg

    logging.getLogger("xberg").setLevel(logging.CRITICAL)
    try:
        with panics_told("xberg"):
            result = asyncio.run(xberg.extract(xberg.ExtractInput(**request), _settings()))
    except (xberg.XbergError, RuntimeError, ValueError) as error:
        raise Unreadable(*_reason(str(error))) from None
    if not result.results:
        raise Unreadable(Kind.CORRUPT, "the library gave nothing")
    return result.results[0]


def _settings() -> Any:
    import xberg

    return xberg.ExtractionConfig(
        use_cache=False,
        disable_ocr=True,
        enable_quality_processing=False,
        max_archive_depth=0,
        security_limits=xberg.SecurityLimits(),
        pages=xberg.PageConfig(extract_pages=True),
        content_filter=xberg.ContentFilterConfig(
            include_headers=True,
            include_footers=True,
            include_footnotes=True,
            include_watermarks=True,
            strip_repeating_text=False,
        ),
        pdf_options=xberg.PdfConfig(extract_annotations=False, extract_form_fields=False, extract_images=False),
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
    if source.media_type == RTF and strip_rtf(data).strip():
        yield from _passages(strip_rtf(data), "")
        return
    if source.media_type in {WORD, "application/vnd.wordperfect", STORE}:
        runs = TextRuns()
        yield from runs.read(source.stream)
        if runs.chars:
            yield Gap(Problem(Kind.UNSUPPORTED, "only runs of text were read"), max(0, runs.total - runs.covered))
            return
    raise stopped or Unreadable(Kind.NO_TEXT, "no text in the document: drawings or scanned pages")
