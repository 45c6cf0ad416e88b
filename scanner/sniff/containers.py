"""Tells apart the formats that share a container: zip based and OLE2 based documents."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import re2

from scanner.sniff.names import type_by_suffix
from scanner.sniff.signatures import OLE, ZIP

_OOXML = "application/vnd.openxmlformats-officedocument."
PROTECTED = "application/x-ooxml-protected"
"""An Office document encrypted with a password."""

# What [Content_Types].xml says of the main part, and the folder it lives in.
_OFFICE: tuple[tuple[bytes, bytes, str, str], ...] = (
    (
        b"wordprocessingml",
        b"word/",
        _OOXML + "wordprocessingml.document",
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    (b"spreadsheetml", b"xl/", _OOXML + "spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    (
        b"presentationml",
        b"ppt/",
        _OOXML + "presentationml.presentation",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    ),
    (b"visio", b"visio/", "application/vnd.ms-visio.drawing", "application/vnd.ms-visio.drawing.macroEnabled.12"),
)
_TYPE = re2.compile(r"application/[\w.+-]{1,80}")
_ODF = "application/vnd.oasis.opendocument."
# Documents in a zip that keep what says so beyond the head.
_BY_SUFFIX = {
    "odt": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "odp": _ODF + "presentation",
    "odg": _ODF + "graphics",
    "ott": _ODF + "text-template",
    "sxw": "application/vnd.sun.xml.writer",
    "sxc": "application/vnd.sun.xml.calc",
    "sxi": "application/vnd.sun.xml.impress",
    "sxd": "application/vnd.sun.xml.draw",
    "epub": "application/epub+zip",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "key": "application/vnd.apple.keynote",
}
# Names of streams in an OLE2 directory; the first that is found decides.
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", PROTECTED),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("__nameid_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("VisioDocument", "application/vnd.visio"),
    ("StarWriterDocument", "application/vnd.stardivision.writer"),
    ("StarCalcDocument", "application/vnd.stardivision.calc"),
    ("StarDrawDocument3", "application/vnd.stardivision.draw"),
    ("StarDrawDocument", "application/vnd.stardivision.draw"),
    ("StarImpressDocument", "application/vnd.stardivision.impress"),
    ("PerfectOffice_MAIN", "application/vnd.wordperfect"),
    ("NativeContent_MAIN", "application/x-quattro-pro"),
    ("Quill", "application/vnd.ms-publisher"),
    ("MatOST", "application/vnd.ms-works"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
)
# These share one kind of stream, so that only the suffix tells them apart.
_SIBLINGS = {
    "application/vnd.stardivision.draw": {"sdd": "application/vnd.stardivision.impress"},
    "application/vnd.wordperfect": {"wb3": "application/x-quattro-pro", "qpw": "application/x-quattro-pro"},
}


def refine(media_type: str, head: bytes, suffix: str) -> str:
    """The type of what a zip or OLE2 container holds; other types come back unchanged."""
    if media_type == ZIP:
        return _zip_type(head, suffix)
    if media_type == OLE:
        return _ole_type(head, suffix)
    if media_type == "video/x-matroska" and b"webm" in head[:64]:
        return "video/webm"
    if media_type == "audio/ogg" and b"theora" in head[:128]:
        return "video/ogg"
    return media_type


def _entries(head: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and data offset of each local file header that is seen in the head."""
    at = head.find(b"PK\x03\x04")
    while at >= 0:
        size = int.from_bytes(head[at + 26 : at + 28], "little")
        extra = int.from_bytes(head[at + 28 : at + 30], "little")
        yield head[at + 30 : at + 30 + size], at + 30 + size + extra
        at = head.find(b"PK\x03\x04", at + 4)


def _data(head: bytes, at: int, offset: int) -> bytes:
    """Contents of an entry as far as the head goes, at most 64 KB."""
    if int.from_bytes(head[at + 8 : at + 10], "little") == 0:
        size = int.from_bytes(head[at + 22 : at + 26], "little")
        return head[offset : offset + min(size or 256, 1 << 16)]
    try:
        return zlib.decompressobj(-15).decompress(head[offset:], 1 << 16)
    except zlib.error:
        return b""


def _zip_type(head: bytes, suffix: str) -> str:
    entries = list(_entries(head))
    names = [name for name, _ in entries]
    declared = _declared(head, entries)
    if declared:
        return declared
    types = next(((n, o) for n, o in entries if n == b"[Content_Types].xml"), None)
    if types is not None or any(name == b"_rels/.rels" for name in names):
        office = _office_type(head, names, types, suffix)
        if office:
            return office
    return _BY_SUFFIX.get(suffix, ZIP)


def _declared(head: bytes, entries: list[tuple[bytes, int]]) -> str:
    """OpenDocument and EPUB say their type in a member of its own, first or not."""
    for name, offset in entries:
        if name == b"mimetype":
            data = _data(head, head.rfind(b"PK\x03\x04", 0, offset), offset)
            declared = data.split(b"PK", 1)[0].strip().decode("ascii", "replace")
            return declared if _TYPE.fullmatch(declared) else ""
    return ""


def _office_type(head: bytes, names: list[bytes], types: tuple[bytes, int] | None, suffix: str) -> str:
    listing = b""
    if types is not None:
        at = head.rfind(b"PK\x03\x04", 0, types[1])
        listing = _data(head, at, types[1])
    if b"xl/workbook.bin" in names or b"sheet.binary" in listing:
        return "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    macros = b"macroEnabled.main" in listing
    for word, folder, plain, enabled in _OFFICE:
        if any(name.startswith(folder) for name in names) or word + b"." in listing:
            return enabled if macros else plain
    known = type_by_suffix(suffix)
    return known if known.startswith((_OOXML, "application/vnd.ms-")) else ""


def _ole_type(head: bytes, suffix: str) -> str:
    found = next((kind for name, kind in _STREAMS if _stream_name(name) in head), "")
    if found:
        return _SIBLINGS.get(found, {}).get(suffix, found)
    known = type_by_suffix(suffix)
    return (
        known
        if known.startswith(("application/ms", "application/vnd.", "application/x-ms", "application/x-q"))
        else OLE
    )


def _stream_name(name: str) -> bytes:
    # Directory entries are padded with zeros to 64 bytes, so that one name is never the start of another.
    return name.encode("utf-16-le") + b"\0\0"
