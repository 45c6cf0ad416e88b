"""ZIP archives, also those whose directory is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import Names, refuse
from scanner.formats.salvage import ELSEWHERE, salvage
from scanner.formats.zips import DIRECTORY_ERRORS, bound_directory, last_volume, member, overlapping
from scanner.model import Content, Kind

OVERLAP = "shares its data with another member"


class ZipReader:
    """Members of a ZIP, deflate64, PPMd, zstd and xz too; when the directory is broken, what is left."""

    name: ClassVar[str] = "zip"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            "application/zip",
            "application/java-archive",
            "application/vnd.android.package-archive",
            "application/x-zip-compressed",
        }
    )
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Members in the order of the directory."""
        bound_directory(source.stream)
        try:
            archive = zipfile.ZipFile(source.stream)
        except DIRECTORY_ERRORS:
            yield from salvage(source.stream)
            return
        names = Names()
        with archive:
            infos = archive.infolist()
            last = last_volume(source.stream)
            overlaps = overlapping(infos, source.size)
            for index, info in enumerate(infos):
                # Not is_dir(), which fails on a member without a name.
                if info.filename.endswith("/"):
                    continue
                inner = member(archive, info, names)
                if info.volume < last:
                    inner = replace(inner, open=partial(_elsewhere, inner.open))
                elif index in overlaps:
                    inner = replace(inner, open=partial(refuse, Kind.CORRUPT, OVERLAP))
                yield inner


def _elsewhere(opener: Callable[[], BinaryIO]) -> BinaryIO:
    """A member that begins in an earlier volume; should it stand here all the same, it is read."""
    try:
        return opener()
    except Unreadable:
        refuse(Kind.UNSUPPORTED, ELSEWHERE)
