"""Enters files and what is embedded in them, within limits; the only place that recurses."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from scanner.beside import LONGEST, Beside, Members, nothing
from scanner.config import Limits
from scanner.contracts import Eye, Reader, Source, Unreadable
from scanner.formats.zips import appended
from scanner.gaps import joined
from scanner.model import (
    Column,
    Definition,
    Embedded,
    Gap,
    Item,
    ItemRow,
    Kind,
    Locator,
    Passage,
    Picture,
    Problem,
    Seen,
    Status,
)
from scanner.plugins import loaded
from scanner.sniff import Sniffed, sniff
from scanner.sniff.companions import companion_type, is_guide
from scanner.sniff.known import family
from scanner.sniff.names import VOLUME
from scanner.streams import Budget, CountingStream, seekable
from scanner.tokens import content_token

HEAD = 1 << 16
ENCRYPTED = frozenset(
    {
        "application/pgp-encrypted",
        "application/x-age-encrypted",
        "application/x-openssl-encrypted",
        "application/x-keepass",
        "application/x-luks",
        "application/x-ooxml-protected",
        "application/x-pkcs12",
    }
)
"""What nobody reads without a key."""
_RESTORE = "restore it, then scan the database by its address"
ADVICE = {
    VOLUME: "a part of an archive in several volumes; give the archive in one piece, or unpacked",
    "application/x-mssql-backup": f"backup of SQL Server; {_RESTORE} (mssql://…), or give a script with data",
    "application/x-mssql-data": f"data file of SQL Server; {_RESTORE} (mssql://…)",
    "application/x-mssql-bcp": f"table of a .bacpac, native format; {_RESTORE} (mssql://…), or give a script with data",
    "application/x-sqlite-wal": "log of an SQLite database, whose changes are read with the database beside it",
    "application/x-oracle-dump": f"export of Oracle; {_RESTORE} (oracle://…)",
    "application/x-postgresql-data": "files of a PostgreSQL server; start one on a copy and scan it by its address "
    "(postgresql://…), or give what pg_dump writes",
    "application/x-innodb-data": "files of a MySQL or MariaDB server; start one on a copy and scan it by its address "
    "(mysql://…), or give what mysqldump writes",
    "application/x-mysql-myisam-data": "files of a MySQL or MariaDB server; start one on a copy and scan it by its "
    "address (mysql://…), or give what mysqldump writes",
}
"""What to do about data that no reader here takes."""

Visit = tuple[Locator, Passage | Column | Seen | Definition | ItemRow]
"""Content in reading order; the row of a file comes after all its content."""


Opener = Callable[[], BinaryIO]
"""Opens one file; called once."""

LARGEST = 1 << 44
"""No member is believed to be larger than 16 TiB, so that sums of what headers claim stay numbers of 64 bits."""

UNKNOWN = Sniffed("application/octet-stream", "")


@lru_cache(maxsize=1)
def reader_index() -> Mapping[str, type[Reader]]:
    """Media type -> reader that takes it; the first by name where two do."""
    index: dict[str, type[Reader]] = {}
    for reader in loaded("readers"):
        for media_type in sorted(reader.media_types):
            index.setdefault(media_type, reader)
    return index


def reader_for(media_type: str) -> type[Reader]:
    """The reader of a media type; any unclaimed ``text/*`` is read as text."""
    index = reader_index()
    found = index.get(media_type) or (index.get("text/plain") if media_type.startswith("text/") else None)
    if found is None:
        problem = why_unread(media_type)
        raise Unreadable(problem.kind, problem.detail)
    return found


def why_unread(media_type: str) -> Problem:
    """What is said of files that no reader takes."""
    if media_type in ENCRYPTED:
        return Problem(Kind.ENCRYPTED, media_type)
    what = ADVICE.get(media_type) or family(media_type)
    return Problem(Kind.UNSUPPORTED, f"no reader for {media_type}" + (f" ({what})" if what else ""))


@dataclass(slots=True)
class _File:
    """One file being read: what is known of it so far."""

    locator: Locator
    size: int | None
    stored: int | None
    modified: int
    mode: int
    owner: str
    path: Path | None
    beside: Beside = nothing
    members: Members | None = None
    """Guides among its members."""
    kept: bytes = b""
    """Of a guide inside a container: its bytes, for the members that come after it."""
    sniffed: Sniffed = UNKNOWN
    problem: Problem | None = None
    estimated: bool = False
    gaps: list[Gap] = field(default_factory=list)
    bytes_read: int | None = None
    started: bool = False
    digest: str = ""
    members_unread: int = 0
    stored_unread: int = 0
    unseen: Kind | None = None
    """Why a picture in it was not looked at."""


class Walk:
    """Reads one listed item and all that is inside it."""

    def __init__(self, limits: Limits, key: bytes, eye: Eye, closed: Collection[str] = ()) -> None:
        self.closed = closed
        self.limits = limits
        self.key = key
        self.eye = eye
        self.unread_inside = 0
        """Bytes that unread members take in the listed item, after the last visit."""
        self.pictured = False
        """Whether a reader gave pictures in any visit."""
        self._members = 0
        self._budget = Budget(0)

    def visit(self, item: Item, opener: Opener, path: Path | None, beside: Beside = nothing) -> Iterator[Visit]:
        """Content of the item and of its members, each file's row after its content."""
        self._members = 0
        ample = max(self.limits.expansion_floor, item.size * self.limits.expansion_ratio)
        self._budget = Budget(min(ample, self.limits.expansion_total))
        file = _File(
            item.locator, item.size, None, item.modified, item.mode, item.owner, path, beside, problem=item.problem
        )
        file.estimated = item.estimated
        yield from self._file(file, opener, 0)
        self.unread_inside = 0 if file.members_unread else file.stored_unread

    def _file(self, file: _File, opener: Opener, depth: int) -> Iterator[Visit]:
        if file.problem is None:
            try:
                yield from self._read(file, opener, depth)
            except Unreadable as stop:
                file.problem = stop.problem
            except OSError as error:
                file.problem = Problem(Kind.IO_ERROR, type(error).__name__)
            except RecursionError:
                file.problem = Problem(Kind.TOO_DEEP, "nested beyond what the reader can follow")
            except MemoryError:
                file.problem = Problem(Kind.TOO_LARGE, "not enough memory")
            except Exception as error:  # noqa: BLE001 - a reader's bug costs one file, and is named
                file.problem = Problem(Kind.READER_FAILED, whereabouts(error))
        yield file.locator, _row(file)

    def _read(self, file: _File, opener: Opener, depth: int) -> Iterator[Visit]:
        with opener() as raw:
            guide = depth > 0 and is_guide(_name(file))
            counting, stream, head = _begin(raw, file.size, self._budget if depth else None, LONGEST if guide else 0)
            if not head:
                _check(counting)
                file.sniffed, file.bytes_read = Sniffed("inode/x-empty", ""), 0
                return
            file.sniffed = identify(head, _name(file), file.beside)
            reader = reader_for(file.sniffed.media_type)()
            if reader.name in self.closed:
                raise Unreadable(Kind.EXCLUDED, f"{reader.name}: not allowed by the mandate")
            if reader.seeks:
                yield from self._seeking(file, reader, counting, stream, raw, depth)
            else:
                yield from self._streaming(file, reader, counting, stream, depth)
            file.digest = self._token(counting)
            file.kept = bytes(counting.kept)
            if depth == 0:
                file.problem = _change(file, raw, counting.count)

    def _streaming(
        self, file: _File, reader: Reader, counting: CountingStream, stream: BinaryIO, depth: int
    ) -> Iterator[Visit]:
        try:
            yield from self._content(file, reader, stream, file.size or 0, depth)
            while stream.read(HEAD):  # padding after the end that the format names
                pass
            _check(counting)
        finally:
            if file.bytes_read is None:
                file.bytes_read = counting.count

    def _seeking(
        self, file: _File, reader: Reader, counting: CountingStream, stream: BinaryIO, raw: BinaryIO, depth: int
    ) -> Iterator[Visit]:
        if isinstance(stream, io.BytesIO):
            _check(counting)
            yield from self._content(file, reader, stream, counting.count, depth)
        elif file.path is not None:
            while stream.read(HEAD):
                pass
            _check(counting)
            raw.seek(0)
            again = io.BufferedReader(raw, HEAD)  # type: ignore[type-var]
            try:
                yield from self._content(file, reader, again, counting.count, depth)
            finally:
                again.detach()  # the opener closes what it opened
        else:
            with seekable(stream, self.limits.spool) as copy:
                _check(counting)
                yield from self._content(file, reader, copy, counting.count, depth)
        if file.bytes_read is None:
            file.bytes_read = counting.count

    def _content(self, file: _File, reader: Reader, stream: BinaryIO, size: int, depth: int) -> Iterator[Visit]:
        source = Source(stream, _name(file), size, file.sniffed.media_type, file.sniffed.encoding, file.path)
        source.beside = file.beside
        try:
            for content in reader.read(source):
                if isinstance(content, Embedded):
                    file.started = True
                    yield from self._enter(file, content, depth, reader)
                else:
                    yield from self._given(file, content)
            if reader.seeks and reader.gives != "members" and (behind := appended(stream, size)) is not None:
                file.started = True
                yield from self._enter(file, behind, depth, reader)
            _conclude(file)
        except Unreadable as stop:
            file.bytes_read = stop.bytes_read
            raise

    def _given(self, file: _File, content: Passage | Column | Gap | Picture | Definition) -> Iterator[Visit]:
        """What a reader gives that is no file: told on, looked at or noted."""
        self.pictured = self.pictured or isinstance(content, Picture)
        for one in self.eye.look(content) if isinstance(content, Picture) else (content,):
            if isinstance(one, Gap):
                file.gaps.append(one)
                file.unseen = one.problem.kind if isinstance(content, Picture) else file.unseen
            else:
                file.started = True
                yield file.locator, one

    def _enter(self, parent: _File, inner: Embedded, depth: int, reader: Reader) -> Iterator[Visit]:
        self._members += 1
        gives = reader.gives
        # Where the container does not say what a member takes, all of it is in doubt with that member.
        stored = inner.stored if inner.stored is not None or gives != "members" else parent.size
        child = _File(
            parent.locator.inside(inner.name), inner.size, stored, inner.modified, parent.mode, parent.owner, None
        )
        if depth + 1 > self.limits.depth:
            child.problem = Problem(Kind.TOO_DEEP, f"over {self.limits.depth} levels")
        elif self._members > self.limits.members:
            raise Unreadable(Kind.TOO_MANY, f"over {self.limits.members} members")
        if parent.members is None:
            parent.members = Members()
        # The one file inside a compressed file lies where that lies.
        child.beside = parent.beside if getattr(reader, "single", False) else parent.members.beside(inner.name)
        yield from self._file(child, inner.open, depth + 1)
        if child.kept:
            parent.members.keep(inner.name, child.kept)
        unread = _stored_unread(child)
        parent.stored_unread += unread
        if gives == "members" and (child.problem is not None or child.gaps or child.members_unread):
            parent.members_unread += 1

    def _token(self, counting: CountingStream) -> str:
        return content_token(counting.hash.digest(), self.key)


def _conclude(file: _File) -> None:
    """Tell shortly what was passed over; a file of pictures at which nobody looked was not read at all."""
    file.gaps = joined(file.gaps)
    if file.unseen is not None and not file.started:
        problem = next(gap.problem for gap in file.gaps if gap.problem.kind is file.unseen)
        raise Unreadable(problem.kind, problem.detail)


def identify(head: bytes, name: str, beside: Beside) -> Sniffed:
    """What a file is, by itself and by what lies beside it."""
    sniffed = sniff(head, name)
    return replace(sniffed, media_type=companion_type(name, sniffed.media_type, beside))


def _begin(raw: BinaryIO, size: int | None, budget: Budget | None, keep: int) -> tuple[CountingStream, BinaryIO, bytes]:
    """A stream from the beginning of a file, with its head; a small file of the volume is read in one go."""
    if budget is None and size is not None and size < HEAD and raw.seekable():
        counting = CountingStream(raw, None)
        data = counting.read(size + 1) or b""
        if len(data) <= size:
            return counting, io.BytesIO(data), data
        raw.seek(0)  # it has grown since it was listed
    counting = CountingStream(raw, budget)
    counting.keep = keep
    stream = io.BufferedReader(counting, HEAD * 2)
    return counting, stream, stream.peek(HEAD)[:HEAD]


def _check(counting: CountingStream) -> None:
    """Raise the fault that ended the stream, now that the reader has given what came before it."""
    if counting.fault is not None:
        raise counting.fault


def _change(file: _File, raw: BinaryIO, count: int) -> Problem | None:
    """A file that changed since it was listed was read as a mixture: that is said."""
    try:
        modified = os.fstat(raw.fileno()).st_mtime_ns
    except (OSError, ValueError):
        return None
    if count == file.size and modified == file.modified:
        return None
    file.started = True
    return Problem(Kind.CHANGED, "changed between listing and the end of reading")


def _name(file: _File) -> str:
    return file.locator.members[-1] if file.locator.members else file.locator.path.rpartition("/")[2]


def whereabouts(error: Exception) -> str:
    """Type and place of an unexpected error, never its message, which can quote content."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return f"{type(error).__name__} at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _stored_unread(child: _File) -> int:
    """Bytes inside the parent that the unread part of a member takes, in proportion."""
    stored = child.stored if child.stored is not None else child.size or 0
    row = _row(child)
    unread = row.bytes_unread + (0 if child.members_unread else child.stored_unread)
    if row.size == 0:
        return stored if row.status is Status.UNREAD else 0
    return stored * min(row.size, unread) // row.size


def _row(file: _File) -> ItemRow:
    counted = file.bytes_read or 0
    if file.problem is None and file.bytes_read is not None and (file.locator.members or file.estimated):
        file.size = counted  # what came out of a member, whatever its container promised
    size = file.size if file.size is not None else max(counted, file.stored or 0)
    size = max(size, counted) if file.estimated else size
    size = max(0, min(size, LARGEST)) if file.locator.members else size
    missing = sum(gap.bytes_unread for gap in file.gaps) + (file.stored_unread if file.members_unread else 0)
    status, reason = _status(file)
    read = {Status.READ: size, Status.PARTIAL: max(0, min(size, counted) - missing), Status.UNREAD: 0}[status]
    return ItemRow(
        str(file.locator),
        size,
        file.sniffed.media_type,
        file.sniffed.encoding,
        status,
        reason,
        read,
        size - read,
        file.modified,
        file.mode,
        file.owner,
        file.digest,
    )


def _status(file: _File) -> tuple[Status, str]:
    if file.problem is not None:
        return (Status.PARTIAL if file.started else Status.UNREAD), str(file.problem)
    if file.gaps:
        return Status.PARTIAL, "; ".join(sorted({str(gap.problem) for gap in file.gaps})[:3])
    if file.members_unread:
        return Status.PARTIAL, f"{Kind.MEMBERS.value}: {file.members_unread} not fully read"
    return Status.READ, ""
