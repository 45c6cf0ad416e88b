"""Outlook messages: ``.msg`` files and the TNEF attachments called ``winmail.dat``."""

from __future__ import annotations

import io
import struct
from collections.abc import Generator, Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.compound import CompoundFile, Entry
from scanner.formats.mapi import MapiText, parse_properties
from scanner.formats.members import Names
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

LIMIT = 64 << 20
"""Text of one property."""
PREFIX = "__substg1.0_"
ATTACHMENT = "__attach_version1.0_"
DATA, LONG_NAME, SHORT_NAME = 0x3701, 0x3707, 0x3704
OBJECT = 0x000D


class MsgReader:
    """All text properties of a message, its people and the messages attached to it; other attachments as members."""

    name: ClassVar[str] = "msg"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.ms-outlook"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """One passage for the properties of each message and person, one for each body."""
        compound = CompoundFile(source.stream)
        folders: dict[tuple[str, ...], list[Entry]] = {}
        for entry in compound.entries:
            folders.setdefault(entry.path[:-1], []).append(entry)
        if not any(entry.name.startswith("__") for entry in compound.entries):
            raise Unreadable(Kind.CORRUPT, "no message properties")
        names = Names()
        for path, entries in folders.items():
            if "__nameid_version1.0" in path:
                continue
            if path and path[-1].startswith(ATTACHMENT):
                yield from _attachment(compound, entries, names)
            elif not path or path[-1].startswith(("__recip", PREFIX + "3701000D")):
                yield from _texts(compound, path, entries)
            elif any(part.startswith(PREFIX + "3701000D") for part in path):
                yield from _objects(compound, entries, names)


def _property(entry: Entry) -> tuple[int, int]:
    """Identifier and type of a property, (0, 0) for other streams."""
    code = entry.name.removeprefix(PREFIX)[:8]
    try:
        return (int(code[:4], 16), int(code[4:], 16)) if entry.name.startswith(PREFIX) else (0, 0)
    except ValueError:
        return 0, 0


def _texts(compound: CompoundFile, path: tuple[str, ...], entries: list[Entry]) -> Iterator[Content]:
    text = MapiText(_code_page(compound, entries))
    for entry in entries:
        identifier, kind = _property(entry)
        if not text.takes(identifier, kind):
            continue
        if entry.size > LIMIT:
            yield Gap(Problem(Kind.TOO_LARGE, f"property over {LIMIT >> 20} MB"), entry.size)
            continue
        text.add(identifier, kind, compound.read(entry, LIMIT))
    place = f"attached message {sum(part.startswith(ATTACHMENT) for part in path)}" if any(path) else ""
    yield from text.passages("recipient" if path and path[-1].startswith("__recip") else place)


def _code_page(compound: CompoundFile, entries: list[Entry]) -> str:
    """Of the 8-bit strings; it stands among the properties of fixed size."""
    for entry in entries:
        if entry.name == "__properties_version1.0":
            data = compound.read(entry, 1 << 16)
            for tag in (0x3FFD0003, 0x3FDE0003):
                at = data.find(struct.pack("<I", tag))
                if at >= 0 and len(data) >= at + 12:
                    return f"cp{int.from_bytes(data[at + 8 : at + 12], 'little')}"
    return ""


def _attachment(compound: CompoundFile, entries: list[Entry], names: Names) -> Iterator[Content]:
    found = {_property(entry): entry for entry in entries}
    page = _code_page(compound, entries)
    name = ""
    for identifier in (LONG_NAME, SHORT_NAME, 0x3001):
        for kind in (0x1F, 0x1E):
            entry = found.get((identifier, kind))
            if entry is not None and not name:
                name = MapiText(page).decode(kind, compound.read(entry, 2000)).strip("\0 ")
    data = found.get((DATA, 0x102))
    if data is not None:
        yield Embedded(names.distinct(name, "attachment"), partial(compound.open, data), data.size, data.size)


def _objects(compound: CompoundFile, entries: list[Entry], names: Names) -> Iterator[Content]:
    """Streams of an object of another program, inserted in the message."""
    for entry in entries:
        if entry.name in {"CONTENTS", "Package", "Contents"}:
            yield Embedded(names.distinct("object"), partial(compound.open, entry), entry.size, entry.size)


class TnefReader:
    """What Outlook sends to others as ``winmail.dat``: text properties, and attachments as members."""

    name: ClassVar[str] = "tnef"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.ms-tnef", "application/ms-tnef"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Attributes in their order."""
        stream, names = source.stream, Names()
        if stream.read(6)[:4] != b"\x78\x9f\x3e\x22":
            raise Unreadable(Kind.CORRUPT, "no TNEF signature")
        title, page, held = "", "", b""
        while head := stream.read(9):
            _, code, size = struct.unpack("<BII", head) if len(head) == 9 else (0, 0, -1)
            if not 0 <= size <= LIMIT * 2:
                raise Unreadable(Kind.CORRUPT, "attribute size")
            data = stream.read(size)
            if len(data) < size:
                raise Unreadable(Kind.CORRUPT, "truncated attribute")
            stream.read(2)
            code &= 0xFFFF
            if code == 0x9007:
                page = f"cp{int.from_bytes(data[:4], 'little')}"
            elif code == 0x8010:
                title = MapiText(page).decode(0x1E, data).strip("\0 ")
            elif code == 0x9002 and held:  # a new attachment begins
                yield _member(title, held, names)
                title, held = "", b""
            elif code == 0x800F:
                held = data
            elif code in {0x9003, 0x9005}:
                title = yield from _attribute(data, page, code == 0x9005, title)
            else:
                yield from _plain(data, code, page)
        if held:
            yield _member(title, held, names)


def _member(title: str, data: bytes, names: Names) -> Embedded:
    return Embedded(names.distinct(title, "attachment"), partial(io.BytesIO, data), len(data), len(data))


def _plain(data: bytes, code: int, page: str) -> Iterator[Content]:
    """Attributes that are a string: subject, body, message class and sender."""
    if code in {0x8004, 0x800C, 0x8000}:
        yield Passage(MapiText(page).decode(0x1E, data).replace("\0", " "), "message")


def _attribute(data: bytes, page: str, attached: bool, title: str) -> Generator[Content, None, str]:
    """MAPI properties of the message, or of the attachment, whose long name is returned."""
    text = MapiText(page)
    for identifier, kind, value in parse_properties(data):
        if attached and identifier == LONG_NAME:
            title = text.decode(kind, value).strip("\0 ") or title
        elif text.takes(identifier, kind) and not (attached and kind == 0x102):
            text.add(identifier, kind, value)
    yield from text.passages("attachment" if attached else "")
    return title
