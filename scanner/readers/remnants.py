"""Old and closed binary documents and databases: the runs of text in their bytes, told as a partial reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Gap, Kind, Problem


class RemnantReader:
    """Text runs of formats that no library at hand knows; what is compressed or encoded in them stays unseen."""

    name: ClassVar[str] = "remnants"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            *(
                f"application/vnd.stardivision.{kind}"
                for kind in ("writer", "calc", "draw", "impress", "chart", "math")
            ),
            "application/onenote",
            "application/vnd.visio",
            "application/vnd.ms-publisher",
            "application/vnd.ms-works",
            "application/vnd.ms-project",
            "application/vnd.ms-outlook-express",
            "application/vnd.lotus-1-2-3",
            "application/x-mswrite",
            "application/x-berkeley-db",
            "application/x-msaccess",
            "application/x-mysql-myisam-data",
            "application/x-mysql-table-definition",
            "application/x-ole-storage",
            "application/x-quattro-pro",
        }
    )
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Passages of about a megabyte, and one gap."""
        runs = TextRuns()
        yield from runs.read(source.stream)
        if not runs.chars:
            raise Unreadable(Kind.NO_TEXT, "no run of text in a format without a reader", bytes_read=0)
        yield Gap(Problem(Kind.UNSUPPORTED, "only runs of text were read"), max(0, runs.total - runs.covered))
