"""ZIP archives, also those whose directory is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.members import Names, refuse
from scanner.formats.salvage import salvage
from scanner.formats.zips import DIRECTORY_ERRORS, bound_directory, member, overlapping
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
            overlaps = overlapping(infos, source.size)
            for index, info in enumerate(infos):
                # Not is_dir(), which fails on a member without a name.
                if info.filename.endswith("/"):
                    continue
                inner = member(archive, info, names)
                yield replace(inner, open=partial(refuse, Kind.CORRUPT, OVERLAP)) if index in overlaps else inner
