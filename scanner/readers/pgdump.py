"""Archives of pg_dump: the custom format, and the table of contents of the directory and tar formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import BlockStream, binary
from scanner.formats.pgarchive import BLOBS, CUSTOM, GZIP, LZ4, NONE, ZSTD, Archive, Contents
from scanner.formats.sqltext.dump import Dump, defined
from scanner.formats.sqltext.headers import find_tables
from scanner.formats.sqltext.loaded import Loaded
from scanner.formats.unpacking import lz4_decoder, unpacked, zlib_decoder, zstd_decoder
from scanner.model import Content, Embedded, Gap, Kind, Problem

_DECODERS: Mapping[int, Callable[[], Any] | None] = {
    NONE: None,
    GZIP: zlib_decoder,
    LZ4: lz4_decoder,
    ZSTD: zstd_decoder,
}


class PgDumpReader:
    """What pg_restore would run, without a server: definitions as text, rows as columns, large objects as files."""

    name: ClassVar[str] = "pgdump"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-pgdump"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Definitions first, then blocks as they come."""
        archive = Archive(source.stream)
        contents = archive.contents()
        yield from Dump(_once(contents.definitions), "utf-8").read()
        if contents.format == CUSTOM:
            yield from self._blocks(archive, contents)

    def _blocks(self, archive: Archive, contents: Contents) -> Iterator[Content]:
        if contents.packing not in _DECODERS:
            raise Unreadable(Kind.UNSUPPORTED, f"compression {contents.packing} of pg_dump", archive.at)
        make = _DECODERS[contents.packing]
        known = defined({header.table: header.columns for header in find_tables(contents.definitions)})
        while (block := archive.block()) is not None:
            kind, number = block
            if kind == BLOBS:
                yield from _blobs(archive, make)
                continue
            entry = contents.entry(number)
            start, pieces = archive.at, archive.pieces()
            rows = Loaded(entry.load if entry else "", unpacked(pieces, make), contents.encoding, known)
            yield from rows.read()
            for _ in pieces:  # what a damaged value left
                pass
            if rows.fault is not None:
                if rows.fault.bytes_read is not None:
                    raise rows.fault
                detail = f"{rows.fault.problem.detail} in block {number}, from byte {start} on"
                yield Gap(Problem(rows.fault.problem.kind, detail), archive.at - start)


def _once(data: bytes) -> Any:
    return BlockStream(iter([data] if data else []))


def _blobs(archive: Archive, make: Callable[[], Any] | None) -> Iterator[Content]:
    """Large objects, each with its number."""
    while number := archive.number():
        pieces = archive.pieces()
        yield Embedded(f"blob_{number}", partial(_open, pieces, make))
        for _ in pieces:
            pass


def _open(pieces: Iterator[bytes], make: Callable[[], Any] | None) -> BinaryIO:
    return binary(BlockStream(unpacked(pieces, make)))
