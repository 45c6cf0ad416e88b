"""TAR archives, read in one pass."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import GuardedStream, Names, binary, refuse
from scanner.model import Content, Embedded, Gap, Kind, Problem

BUFFER = 256 * tarfile.BLOCKSIZE
PATIENCE = 100
ERRORS = (tarfile.TarError, EOFError, ValueError, OverflowError, IndexError)


class _Info(tarfile.TarInfo):
    """Counts the blocks that are no header: ``tarfile`` passes over them without a word."""

    damaged = 0

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> _Info:
        """The next header."""
        try:
            return super().fromtarfile(tarfile)
        except (_BAD, _SHORT):
            cls.damaged += 1
            raise


_BAD = tarfile.InvalidHeaderError  # type: ignore[attr-defined,unused-ignore]
_SHORT = tarfile.TruncatedHeaderError  # type: ignore[attr-defined,unused-ignore]


class _Ended:
    """A stream that may be asked past its end only so often: ``tarfile`` skips what a header claims block by block."""

    def __init__(self, inner: BinaryIO) -> None:
        self.inner = inner
        self.empty = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self.inner.read(size)
        self.empty += not block
        if self.empty > PATIENCE:
            raise EOFError
        return block


class TarReader:
    """Members of a TAR, sparse ones too, each valid only until the next is asked for; links are told."""

    name: ClassVar[str] = "tar"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-tar", "application/x-gtar"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Members in order; damaged headers are passed over and told at the end."""
        info: type[_Info] = type("Info", (_Info,), {"damaged": 0})
        names = Names()
        found = False
        ended: Any = _Ended(source.stream)
        try:
            # ignore_zeros: archives appended to one another, and what follows a damaged block, are read too.
            with tarfile.open(
                fileobj=ended, mode="r|", bufsize=BUFFER, ignore_zeros=True, tarinfo=info, errorlevel=1
            ) as archive:
                while (member := archive.next()) is not None:
                    found = True
                    if not member.isdir():
                        yield _embedded(archive, member, names)
                    archive.members.clear()  # type: ignore[attr-defined]  # a long archive would fill the memory
        except ERRORS as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        if info.damaged and not found:
            raise Unreadable(Kind.CORRUPT, "no valid header")
        if info.damaged:
            yield Gap(Problem(Kind.CORRUPT, "damaged headers"), info.damaged * tarfile.BLOCKSIZE)


def _embedded(archive: tarfile.TarFile, member: tarfile.TarInfo, names: Names) -> Embedded:
    modified = int(member.mtime) * 10**9 if 0 <= member.mtime < 1 << 33 else 0
    size = member.size if member.isreg() else 0
    holes: Any = member.sparse
    stored = sum(part for _, part in holes) if holes else size
    name = names.distinct(member.name.removeprefix("./"))
    return Embedded(name, partial(_open, archive, member), size, stored, modified)


def _open(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    if member.issym() or member.islnk():
        refuse(Kind.LINK, "link in an archive")
    if member.isdev():
        refuse(Kind.SPECIAL, "device or pipe in an archive")
    try:
        stream = archive.extractfile(member)
    except ERRORS as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
    if stream is None:
        refuse(Kind.SPECIAL, "not a regular file")
    return binary(GuardedStream(stream, ERRORS))  # type: ignore[arg-type]
