"""Outlook stores: messages, contacts, appointments, and what is attached to them ([MS-PST])."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.mapi import MapiText
from scanner.formats.members import GuardedStream, Names, binary
from scanner.model import Content, Embedded, Gap, Kind, Problem

FOLDERS = 100_000
PROPERTY_LIMIT = 64 << 20
LONG_NAME, SHORT_NAME, CODE_PAGE = 0x3707, 0x3704, 0x3FFD
ERRORS = (OSError, ValueError, OverflowError, MemoryError, SystemError)
"""What the library raises, with messages that go no further."""


class PstReader:
    """Messages, contacts and appointments of Outlook stores, by folder; attachments as members."""

    name: ClassVar[str] = "pst"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.ms-outlook-pst"})
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Folder by folder."""
        import pypff

        store = pypff.file()
        try:
            store.open_file_object(source.stream)
            root = store.get_root_folder()
        except ERRORS:
            raise Unreadable(Kind.CORRUPT, "the library does not open the store") from None
        names = Names()
        for path, folder in _folders(root):
            yield from _items(folder, path, names)


def _folders(root: Any) -> Iterator[tuple[str, Any]]:
    pending = [("", root)]
    for _ in range(FOLDERS):
        if not pending:
            return
        path, folder = pending.pop()
        yield path, folder
        try:
            inner = [folder.get_sub_folder(index) for index in range(folder.number_of_sub_folders)]
        except ERRORS:
            continue
        pending.extend((f"{path}/{_name(one)}" if path else _name(one), one) for one in reversed(inner))


def _name(folder: Any) -> str:
    try:
        return str(folder.name or "folder")
    except ERRORS:
        return "folder"


def _items(folder: Any, path: str, names: Names) -> Iterator[Content]:
    for number in range(_count(folder, "number_of_sub_messages")):
        try:
            item = folder.get_sub_message(number)
        except ERRORS:
            yield Gap(Problem(Kind.CORRUPT, "an item does not open"))
            continue
        yield from _item(item, f"{path or 'root'}, item {number + 1}", names)


def _count(thing: Any, attribute: str) -> int:
    try:
        return int(getattr(thing, attribute))
    except ERRORS:
        return 0


def _item(item: Any, place: str, names: Names) -> Iterator[Content]:
    yield from _texts(item, place)
    try:
        people = item.recipients
    except ERRORS:
        people = None
    if people is not None:
        yield from _texts(people, place)
    for number in range(_count(item, "number_of_attachments")):
        try:
            attached = item.get_attachment(number)
            yield from _attachment(attached, place, names)
        except ERRORS:
            yield Gap(Problem(Kind.CORRUPT, "an attachment does not open"))


def _properties(thing: Any) -> Iterator[tuple[int, int, bytes]]:
    for index in range(_count(thing, "number_of_record_sets")):
        try:
            record = thing.get_record_set(index)
            entries = [record.get_entry(number) for number in range(record.number_of_entries)]
        except ERRORS:
            continue
        for entry in entries:
            try:
                kind, value = entry.value_type, entry.data
            except ERRORS:
                continue
            if entry.entry_type is not None and kind is not None and value and len(value) <= PROPERTY_LIMIT:
                yield entry.entry_type, kind, value


def _texts(thing: Any, place: str) -> Iterator[Content]:
    found = list(_properties(thing))
    page = next((int.from_bytes(value[:4], "little") for code, _, value in found if code == CODE_PAGE), 0)
    text = MapiText(f"cp{page}" if page else "")
    for identifier, kind, value in found:
        if text.takes(identifier, kind):
            text.add(identifier, kind, value)
    yield from text.passages(place)


def _attachment(attached: Any, place: str, names: Names) -> Iterator[Content]:
    """A file, or an item inside the item."""
    inner = _count(attached, "number_of_sub_items")
    if inner:
        for number in range(inner):
            yield from _item(attached.get_sub_item(number), f"{place}, attached", names)
        return
    named = {code: (kind, value) for code, kind, value in _properties(attached)}
    kind, raw = named.get(LONG_NAME) or named.get(SHORT_NAME) or (0x1F, b"")
    name = MapiText("").decode(kind, raw).strip("\0 ")
    size = attached.get_size()
    yield Embedded(names.distinct(name, "attachment"), partial(_open, attached), size, size)


def _open(attached: Any) -> BinaryIO:
    attached.seek_offset(0, 0)
    return binary(GuardedStream(io.BufferedReader(_Attached(attached)), ERRORS))


class _Attached(io.RawIOBase):
    """An attachment as a stream."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        block = self.inner.read_buffer(len(buffer))
        buffer[: len(block)] = block
        return len(block)
