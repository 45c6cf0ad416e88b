"""7z archives, decoded member by member."""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import BLOCK, BlockStream, Names, binary, refuse
from scanner.model import Content, Embedded, Kind

HEADER_LIMIT = 64 << 20
"""py7zr holds the whole directory in memory."""
FILETIME_EPOCH = 11_644_473_600


class SevenZipReader:
    """Members of a 7z; a solid block is decoded once, so members are best opened in order."""

    name: ClassVar[str] = "sevenzip"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-7z-compressed"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Members in order; a member's stream is valid only until the next member is asked for."""
        _bound_header(source.stream)
        archive = _directory(source.stream)
        try:
            yield from _members(archive, source.stream)
        finally:
            archive.close()


def _errors() -> tuple[type[Exception], ...]:
    from py7zr import exceptions

    named = (lzma.LZMAError, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, KeyError)
    # py7zr checks what it reads with assertions, and stumbles over missing parts with these.
    stumbles = (AssertionError, TypeError, AttributeError, OverflowError, UnicodeDecodeError, RuntimeError)
    return (exceptions.ArchiveError, *named, *stumbles)


def _bound_header(stream: BinaryIO) -> None:
    head = stream.read(32)
    stream.seek(0)
    if len(head) < 32:
        raise Unreadable(Kind.CORRUPT, "truncated header")
    if int.from_bytes(head[20:28], "little") > HEADER_LIMIT:
        raise Unreadable(Kind.TOO_LARGE, f"directory over {HEADER_LIMIT >> 20} MB")


def _directory(stream: BinaryIO) -> Any:
    import py7zr
    from py7zr import exceptions

    try:
        return py7zr.SevenZipFile(stream)
    except exceptions.PasswordRequired:
        raise Unreadable(Kind.ENCRYPTED, "directory is encrypted") from None
    except exceptions.UnsupportedCompressionMethodError:
        raise Unreadable(Kind.UNSUPPORTED, "compression method of the directory") from None
    except _errors() as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None


def _members(archive: Any, stream: BinaryIO) -> Iterator[Content]:
    errors, names, solids = _errors(), Names(), _solids(archive)
    for entry in archive.files:
        if entry.is_directory:
            continue
        name = names.distinct(str(entry.filename))
        size = 0 if entry.emptystream else entry.uncompressed
        solid = solids.get(id(entry.folder)) if not entry.emptystream else None
        opener = partial(_open, entry, solid, stream, errors)
        if solid is not None:
            solid.ahead.append(entry)
        yield Embedded(name, opener, size, solid.share(size) if solid else 0, _time(entry))


@dataclass(slots=True)
class _Solid:
    """One run of compressed data that holds several members; ``ahead`` are those not decoded yet."""

    start: int
    stored: int
    size: int
    ahead: list[Any] = field(default_factory=list)
    at: int = 0
    left: int = 0
    crc: int = 0
    broken: bool = False

    def share(self, size: int) -> int:
        """What a member takes of the compressed data, in proportion."""
        return self.stored * size // self.size if self.size else 0


def _solids(archive: Any) -> dict[int, _Solid]:
    streams = getattr(archive.header, "main_streams", None)
    if streams is None:
        return {}
    positions, found = streams.packinfo.packpositions, {}
    index = 0
    for folder in streams.unpackinfo.folders:
        following = index + max(1, len(getattr(folder, "packed_indices", ()) or (0,)))
        start, end = positions[index], positions[min(following, len(positions) - 1)]
        members = folder.files or ()
        size = sum(entry.uncompressed for entry in members if not entry.emptystream)
        found[id(folder)] = _Solid(archive.afterheader + start, end - start, size, at=archive.afterheader + start)
        index = following
    return found


def _time(entry: Any) -> int:
    stamp = entry.lastwritetime
    return max(0, (int(stamp) - FILETIME_EPOCH * 10**7) * 100) if stamp is not None else 0


def _open(entry: Any, solid: _Solid | None, stream: BinaryIO, errors: tuple[type[Exception], ...]) -> BinaryIO:
    if entry.is_symlink or entry.is_junction:
        refuse(Kind.LINK, "symbolic link in an archive")
    if entry.is_socket:
        refuse(Kind.SPECIAL, "socket in an archive")
    if solid is None:
        return io.BytesIO()
    return binary(BlockStream(_blocks(entry, solid, stream, errors)))


def _blocks(entry: Any, solid: _Solid, stream: BinaryIO, errors: tuple[type[Exception], ...]) -> Iterator[bytes]:
    """Decodes what stands before the member in its solid block, then the member."""
    from py7zr import exceptions

    if solid.broken:
        raise Unreadable(Kind.CORRUPT, "an earlier member of the solid block is damaged")
    try:
        while solid.ahead and solid.ahead[0] is not entry:
            for _ in _decoded(solid.ahead[0], solid, stream):
                pass
            solid.ahead.pop(0)
        yield from _decoded(entry, solid, stream)
        if solid.ahead:
            solid.ahead.pop(0)
    except exceptions.PasswordRequired:
        raise Unreadable(Kind.ENCRYPTED, "member is encrypted") from None
    except exceptions.UnsupportedCompressionMethodError:
        raise Unreadable(Kind.UNSUPPORTED, "compression method") from None
    except errors as error:
        solid.broken = True
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None


def _decoded(entry: Any, solid: _Solid, stream: BinaryIO) -> Iterator[bytes]:
    """The rest of a member; the decoder of a folder keeps its state between members."""
    decoder = entry.folder.get_decompressor(entry.compressed)
    if not solid.left:
        solid.left, solid.crc = entry.uncompressed, 0
    while solid.left:
        stream.seek(solid.at)
        block = decoder.decompress(stream, min(solid.left, BLOCK))
        if not block and stream.tell() == solid.at:
            raise EOFError
        solid.at = stream.tell()
        solid.left -= len(block)
        solid.crc = zlib.crc32(block, solid.crc)
        yield block
    if entry.crc32 is not None and entry.crc32 != solid.crc:
        raise ValueError
