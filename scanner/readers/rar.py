"""RAR archives of all generations."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import Names, refuse
from scanner.model import Content, Embedded, Kind

LIMIT = 1 << 30
"""The library holds an archive in memory."""
MEMBER_LIMIT = 256 << 20
"""And a member."""
AHEAD = 64 << 20
"""Bytes of a solid archive that are decoded at once."""


class RarReader:
    """Members of a RAR; a member that goes on in another volume is told."""

    name: ClassVar[str] = "rar"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.rar"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Members in order."""
        if source.size > LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"RAR over {LIMIT >> 20} MB", bytes_read=0)
        archive = _archive(source.stream.read(LIMIT + 1))
        names, members = Names(), _Members(archive)
        for info in members.infos:
            name = names.distinct(info.filename.replace("\\", "/"))
            yield Embedded(name, partial(_open, members, info), info.file_size, info.compress_size, _time(info))


class _Members:
    """Decodes members; of a solid archive several at once, since each needs all before it."""

    def __init__(self, archive: Any) -> None:
        self.infos = [info for info in archive.infolist() if not info.is_dir()]
        self._archive = archive
        self._solid = any(info.is_solid for info in self.infos)
        self._held: dict[int, bytes] = {}

    def read(self, info: Any) -> bytes:
        """One member; a failure of the library is raised as it is."""
        import rars

        options = rars.ReadOptions(max_member_output_bytes=MEMBER_LIMIT, max_total_output_bytes=4 * MEMBER_LIMIT)
        if not self._solid:
            return bytes(self._archive.read(info, options=options))
        if info.member_index not in self._held:
            ahead = self._ahead(info)
            try:
                parts = self._archive.read_many(ahead, options=options)
                self._held = {one.member_index: bytes(part) for one, part in zip(ahead, parts, strict=True)}
            except (rars.Error, ValueError, OSError):
                self._held = {info.member_index: bytes(self._archive.read(info, options=options))}
        return self._held.pop(info.member_index)

    def _ahead(self, info: Any) -> list[Any]:
        found: list[Any] = []
        size = 0
        for one in self.infos[self.infos.index(info) :]:
            size += one.file_size
            if found and (size > AHEAD or one.is_encrypted):
                break
            found.append(one)
        return found


def _archive(data: bytes) -> Any:
    import rars

    try:
        return rars.RarFile.from_bytes(data)
    except (rars.PasswordRequired, rars.BadPassword):
        raise Unreadable(Kind.ENCRYPTED, "directory is encrypted") from None
    except rars.UnsupportedRarFeature:
        raise Unreadable(Kind.UNSUPPORTED, "feature of RAR") from None
    except (rars.Error, ValueError, OSError) as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None


def _time(info: Any) -> int:
    try:
        return calendar.timegm((*info.date_time[:6], 0, 0, 0)) * 10**9
    except (TypeError, ValueError, OverflowError):
        return 0


def _open(members: _Members, info: Any) -> BinaryIO:
    import rars

    if info.is_encrypted:
        refuse(Kind.ENCRYPTED, "member is encrypted")
    if info.is_split_before or info.is_split_after:
        refuse(Kind.UNSUPPORTED, "member goes on in another volume")
    if info.file_size > MEMBER_LIMIT:
        refuse(Kind.TOO_LARGE, f"member over {MEMBER_LIMIT >> 20} MB")
    try:
        return io.BytesIO(members.read(info))
    except (rars.PasswordRequired, rars.BadPassword):
        refuse(Kind.ENCRYPTED, "member is encrypted")
    except rars.UnsupportedRarFeature:
        refuse(Kind.UNSUPPORTED, "feature of RAR")
    except (rars.Error, ValueError, OSError, KeyError) as error:
        refuse(Kind.CORRUPT, type(error).__name__)
