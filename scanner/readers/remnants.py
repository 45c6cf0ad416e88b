"""Old and closed binary documents and databases: the runs of text in their bytes, told as a partial reading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.compound import MAGIC, CompoundFile
from scanner.formats.textruns import BLOCK, TextRuns
from scanner.model import Content, Gap, Kind, Problem

PLAIN = frozenset(
    {
        *(f"application/vnd.stardivision.{kind}" for kind in ("writer", "draw", "impress")),
        "application/x-mswrite",
        "application/vnd.ms-publisher",
    }
)
"""Formats that keep all their text as it was typed, so that its runs are all of it."""


class RemnantReader:
    """Text runs of formats that no library at hand knows; what is compressed or encoded in them stays unseen."""

    name: ClassVar[str] = "remnants"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {
            *(
                f"application/vnd.stardivision.{kind}"
                for kind in ("writer", "calc", "draw", "impress", "chart", "math")
            ),
            "application/vnd.visio",
            "application/vnd.ms-publisher",
            "application/vnd.ms-works",
            "application/vnd.ms-project",
            "application/vnd.ms-outlook-express",
            "application/vnd.lotus-1-2-3",
            "application/x-mswrite",
            "application/x-msaccess",
            "application/x-sqlite-wal",
            "application/x-sqlite-journal",
            "application/x-ms-shortcut",
            "application/x-spss-sav",
            "application/x-mysql-myisam-index",
            "application/pkix-cert",
            "application/postscript",
            "application/x-mysql-myisam-data",
            "application/x-mysql-table-definition",
            "application/x-ole-storage",
            "application/x-quattro-pro",
        }
    )
    gives: ClassVar[str] = "text"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Passages of about a megabyte, and one gap where a format can hold what is no plain text."""
        runs = TextRuns()
        for stream in _streams(source.stream):
            yield from runs.read(stream)
        if not runs.chars:
            raise Unreadable(Kind.NO_TEXT, "no run of text in a format without a reader", bytes_read=0)
        if source.media_type in PLAIN:
            return
        yield Gap(Problem(Kind.UNSUPPORTED, "only runs of text were read"), max(0, runs.total - runs.covered))


def _streams(stream: BinaryIO) -> Iterator[BinaryIO]:
    """What a compound file holds, put together from its sectors; any other file as it is."""
    whole = stream.read(8) == MAGIC
    stream.seek(0)
    if whole:
        try:
            compound = CompoundFile(stream)
            parts = [compound.open(entry) for entry in compound.entries]
            held = [io.BytesIO(b"".join(iter(partial(part.read, BLOCK), b""))) for part in parts]
        except Unreadable:
            stream.seek(0)
        else:
            yield from held
            return
    yield stream
