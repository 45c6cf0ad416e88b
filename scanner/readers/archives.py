"""ZIP archives, also those whose directory is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.members import Names
from scanner.formats.salvage import salvage
from scanner.formats.zips import DIRECTORY_ERRORS, bound_directory, member
from scanner.model import Content


class ZipReader:
    """Members of a ZIP; when the central directory is broken, what the local headers still give."""

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
            for info in archive.infolist():
                if not info.is_dir():
                    yield member(archive, info, names)
