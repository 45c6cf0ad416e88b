"""What medical and sequencing instruments write: the head says of whom it is, the rest is pictures and readings."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.blocks import string_array
from scanner.formats.dicom import patient_values
from scanner.model import Column, Content, Gap, Kind, Passage, Problem

_LONGEST = 4 << 20
"""Bytes of a header of sequences."""
_BLOCK = 1 << 16


class InstrumentReader:
    """DICOM and BAM files: patient and study, or sample and reference; pixels and sequences are not read."""

    name: ClassVar[str] = "instrument"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/dicom", "application/x-bam"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """A table of one row, or the header's text; then what was passed over."""
        yield from _patient(source) if source.media_type == "application/dicom" else _header(source)
        rest = 0
        while block := source.stream.read(_BLOCK):
            rest += len(block)
        if rest:
            yield Gap(Problem(Kind.NO_TEXT, "pictures and readings of an instrument"), rest)


def _patient(source: Source) -> Iterator[Content]:
    values: dict[str, str] = {}
    for name, value in patient_values(source.stream):
        values.setdefault(name, value)
    for index, (name, value) in enumerate(values.items()):
        yield Column("", name, index, string_array([value]), 1)


def _header(source: Source) -> Iterator[Content]:
    """The text before the references (SAM specification, 4.2)."""
    head = source.stream.read(8)
    size = struct.unpack("<I", head[4:])[0] if len(head) == 8 else 0
    if size > _LONGEST:
        raise Unreadable(Kind.CORRUPT, "header of sequences beyond reason", bytes_read=0)
    text = source.stream.read(size).rstrip(b"\0").decode("utf-8", "replace")
    if text.strip():
        yield Passage(text, "", 1)
