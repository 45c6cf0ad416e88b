"""Text of documents that are a ZIP of XML: Office Open XML, OpenDocument, EPUB, iWork."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.iwork import read_archive
from scanner.formats.markup import decode_text, strip_markup
from scanner.formats.members import Names
from scanner.formats.xmltext import ERRORS, XmlText
from scanner.formats.zips import DIRECTORY_ERRORS, bound_directory, member, open_member
from scanner.model import Content, Gap, Kind, Passage, Problem

BLOCK = 1 << 18
CHARS = 1 << 20
"""Characters of a passage."""
DULL = re.compile(
    r"(?:^|/)(?:styles|stylesWithEffects|fontTable|settings|webSettings|numbering|theme\d*|tableStyles|viewProps|presProps"
    r"|calcChain|\[Content_Types\]|container|manifest|layout-cache|current|colors\d*|quickStyle\d*|layout\d*)\.(?:xml|bin)$"
    r"|(?:^|/)(?:fonts|Thumbnails|Configurations2|slideLayouts)/|^visio/windows|\.(?:odttf|css|ttf|otf|woff2?|xsd|dtd|ncx|plist|rdf)$|^mimetype$|^META-INF/|/$"
)
NUMBER = re.compile(r"(\d+)\.xml$")
PLACES = {
    "ppt/slides/slide": "slide {}",
    "ppt/notesSlides/notesSlide": "notes of slide {}",
    "ppt/comments/": "comments",
    "visio/pages/page": "page {}",
    "word/header": "header",
    "word/footer": "footer",
    "word/comments": "comments",
    "word/footnotes": "footnotes",
    "word/endnotes": "endnotes",
    "docProps/": "properties",
    "meta.xml": "properties",
    "xl/comments": "comments",
    "xl/threadedComments": "comments",
}


def open_office(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive; encrypted documents and broken archives are told."""
    bound_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except DIRECTORY_ERRORS:
        raise Unreadable(Kind.CORRUPT, "central directory missing or broken") from None
    manifest = next((info for info in archive.infolist() if info.filename == "META-INF/manifest.xml"), None)
    if manifest is not None and b"encryption-data" in _head(archive, manifest, 1 << 22):
        raise Unreadable(Kind.ENCRYPTED, "document with a password")
    if any(info.filename in {"META-INF/encryption.xml", ".iwpv2"} for info in archive.infolist()):
        raise Unreadable(Kind.ENCRYPTED, "protected document")
    return archive


def _head(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with open_member(archive, info) as stream:
            return b"".join(iter(partial(stream.read, BLOCK), b""))[:size] if info.file_size <= size else b""
    except Unreadable:
        return b""


def read_parts(archive: zipfile.ZipFile, skip: re.Pattern[str] | None = None) -> Iterator[Content]:
    """Every part once: XML as text, with its place; pictures and inserted files as members."""
    names = Names()
    for info in archive.infolist():
        name = info.filename
        if name != "styles.xml" and (DULL.search(name) or (skip is not None and skip.search(name))):
            continue
        try:
            if name.endswith((".xml", ".rels", ".apxl")):
                yield from _xml(archive, info)
            elif name.endswith((".xhtml", ".html", ".htm")):
                yield from _markup(archive, info)
            elif name.endswith(".iwa"):
                yield from read_archive(open_member(archive, info), name)
            else:
                yield member(archive, info, names)
        except Unreadable as stop:
            yield Gap(stop.problem, info.compress_size)


def place_of(name: str) -> str:
    """Where a person finds a part."""
    for start, place in PLACES.items():
        if name.startswith(start):
            number = NUMBER.search(name)
            return place.format(number[1] if number else "").strip()
    return "" if name in {"word/document.xml", "content.xml"} else name.rsplit("/", 1)[-1].removesuffix(".xml")


def _markup(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Content]:
    with open_member(archive, info) as stream:
        while block := b"".join(_take(stream, 4 << 20)):
            yield Passage(strip_markup(decode_text(block)), place_of(info.filename))


def _take(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (block := stream.read(min(BLOCK, size))):
        size -= len(block)
        yield block


def _xml(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Content]:
    """An XML part by its parser; one that is not well-formed by its tags alone."""
    text, place = XmlText(info.filename), place_of(info.filename)
    with open_member(archive, info) as stream:
        while block := stream.read(BLOCK):
            try:
                text.feed(block)
            except ERRORS:
                yield from text.passages(place, 0)
                rest = b"".join(_take(stream, 64 << 20))
                yield Passage(strip_markup(decode_text(block + rest)), place)
                yield Gap(Problem(Kind.CORRUPT, "XML is not well-formed"))
                return
            yield from text.passages(place, CHARS)
    yield from text.passages(place, 0)


def read_notes(archive: zipfile.ZipFile) -> Iterator[Content]:
    """Comments on cells of an OpenDocument table, whose other text comes as columns."""
    info = next((found for found in archive.infolist() if found.filename == "content.xml"), None)
    if info is None or not _may_hold(archive, info, b"annotation"):
        return
    text = XmlText(info.filename, only="annotation")
    try:
        with open_member(archive, info) as stream:
            while block := stream.read(BLOCK):
                text.feed(block)
    except (Unreadable, *ERRORS):
        yield Gap(Problem(Kind.CORRUPT, "comments not read"))
    yield from text.passages("comments", 0)


def _may_hold(archive: zipfile.ZipFile, info: zipfile.ZipInfo, word: bytes) -> bool:
    """Whether a part has this word, or an encoding in which it looks otherwise: parsing costs thirty times as much."""
    held = b""
    try:
        with open_member(archive, info) as stream:
            while block := stream.read(BLOCK):
                held = held[-len(word) :] + block
                if word in held or b"\0" in block:
                    return True
    except Unreadable:
        return True
    return False
