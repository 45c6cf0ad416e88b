"""Dumps of MongoDB: files of BSON, and archives of all collections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import Gathered
from scanner.formats.bsondocuments import Documents, leaves
from scanner.model import Content, Embedded, Gap, Kind, Problem
from scanner.sniff import BINARY, sniff

ARCHIVE = b"\x6d\xe2\x99\x81"


class MongoDumpReader:
    """Fields by collection, under their paths; binary values that are files are handed on, others counted as unread."""

    name: ClassVar[str] = "mongodump"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/bson", "application/x-mongodump-archive"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """All documents, in columns."""
        documents = Documents(source.stream)
        collections: dict[str, _Collection] = {}
        fault = None
        try:
            if source.media_type == "application/bson":
                table = source.name.rpartition("/")[2].removesuffix(".bson")
                yield from _documents(documents, collections.setdefault(table, _Collection(table)))
            else:
                yield from _archive(documents, collections)
        except Unreadable as stop:  # what came before it is given out first
            fault = stop
        for collection in collections.values():
            yield from collection.flush(last=True)
        if fault is not None:
            raise fault


class _Collection:
    """Values of one collection that wait to be columns."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._gathered = Gathered(table)
        self._files: list[Embedded] = []
        self._count = 0
        self._unread = 0

    def add(self, document: dict[str, Any]) -> None:
        """Take one document."""
        self._count += 1
        for path, value in leaves(document):
            if isinstance(value, str):
                self._gathered.add(path, value)
            else:
                self._binary(path, value)

    def _binary(self, path: str, value: bytes) -> None:
        sniffed = sniff(value[: 1 << 16], "")
        if sniffed.media_type in (BINARY, "inode/x-empty"):
            self._unread += len(value)
        else:
            name = f"{self._table}.{path}[{self._count}]"
            self._files.append(Embedded(name, partial(BytesIO, value), len(value), len(value)))

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return self._gathered.full or len(self._files) > 64

    def flush(self, last: bool = False) -> Iterator[Content]:
        """Give out what has come."""
        yield from self._gathered.flush()
        files, self._files = self._files, []
        yield from files
        if last and self._unread:
            yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), self._unread)


def _documents(documents: Documents, collection: _Collection) -> Iterator[Content]:
    while (document := documents.next()) is not None:
        collection.add(document)
        if collection.full:
            yield from collection.flush()


def _archive(documents: Documents, collections: dict[str, _Collection]) -> Iterator[Content]:
    """A head, what is known of each collection, then slices of collections as they came from the server."""
    documents.take(4)
    while documents.next() is not None:
        pass
    while (head := documents.next()) is not None:
        table = ".".join(str(head.get(part, "")) for part in ("db", "collection"))
        yield from _documents(documents, collections.setdefault(table, _Collection(table)))
