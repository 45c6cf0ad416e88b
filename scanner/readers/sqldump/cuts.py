"""Where a dump may be cut, and the tables that are defined up to there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

import numpy as np
import re2

from scanner.formats.sections import cut_into
from scanner.formats.sqltext.dump import BLOCK, Defined, defined
from scanner.formats.sqltext.headers import find_tables
from scanner.model import Section

_STATEMENT = re2.compile(rb"(?i);[ \t]*\r?\n(?:INSERT|REPLACE)\s")
_DEFINITION = 1 << 17


def cuts(stream: BinaryIO, size: int, step: int, look: int = BLOCK, given: Defined = ()) -> Sequence[Section]:
    """Sections that begin with an INSERT behind the end of a statement, with what is defined up to there."""
    sections = cut_into(stream, size, step, _statements, look)
    known = dict(given)
    found = []
    for section in sections:
        found.append(replace(section, before=defined(known)))
        for text in _definitions(stream, section):
            known |= {header.table: header.columns for header in find_tables(text)}
    return found


def _statements(data: bytes, place: int) -> Iterator[int]:
    for match in _STATEMENT.finditer(data[:place]):
        yield data.index(b"\n", match.start()) + 1


def _definitions(stream: BinaryIO, section: Section) -> Iterator[bytes]:
    """Stretches in which tables may be defined, each from a line on that begins so."""
    from scanner.formats.sqltext.rowkernels import created

    at = section.start
    while at < section.end:
        stream.seek(at)
        data = stream.read(min(BLOCK + _DEFINITION, section.end - at))
        array = np.frombuffer(data, np.uint8)
        start = created(array, 0)
        while 0 <= start < BLOCK:
            yield data[start : start + _DEFINITION]
            start = created(array, start + _DEFINITION)
        at += BLOCK
