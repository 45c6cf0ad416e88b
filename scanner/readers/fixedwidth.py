"""Fixed-width tables: columns by the blanks that stand in every line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from scanner.contracts import Source
from scanner.formats.blocks import decoded, stretches
from scanner.formats.headers import find_header
from scanner.model import Column, Content, Passage
from scanner.sniff.gutters import find_gutters

HEAD = 1 << 14
LOOKED_AT = 40


class FixedWidthReader:
    """Tables of fixed width, cut where the head of the file shows columns; a block that crosses them is text."""

    name: ClassVar[str] = "fixed"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-fixed-width"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns of about a megabyte of lines."""
        starts: list[int] = []
        names: tuple[str, ...] = ()
        row = skip = 1
        for number, block in enumerate(stretches(decoded(source.stream, source.encoding))):
            lines = pa.array(block.splitlines(), pa.string())
            if number == 0:
                starts = find_gutters(block[:HEAD] if len(block) <= HEAD else block[: block.rfind("\n", 0, HEAD) + 1])
                names, skip = _names(block, starts) if starts else ((), 0)
            if not starts or _crosses(lines, starts):
                yield Passage(block, "", row)
            else:
                yield from _columns(lines.slice(skip), starts, names, row + skip)
            skip = 0
            row += len(lines)


def _names(block: str, starts: list[int]) -> tuple[tuple[str, ...], int]:
    """Names of columns, if the first line has them, and whether it is surely no row of values."""
    lines = [line for line in block[: 1 << 16].splitlines()[:LOOKED_AT] if line.strip()]
    found = find_header([_cut_one(line, starts) for line in lines])
    return (found.names, int(not found.doubtful)) if found.names and found.start == 1 else ((), 0)


def _cut_one(line: str, starts: list[int]) -> list[str]:
    return [line[a:b].strip() for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def _crosses(lines: pa.Array, starts: list[int]) -> bool:
    """Whether more than one line in ten has a word where columns should part."""
    crossed = 0
    for start in starts[1:]:
        before = pc.utf8_slice_codeunits(lines, start - 1, start)
        crossed += pc.sum(pc.and_(pc.not_equal(before, " "), pc.not_equal(before, ""))).as_py() or 0
    return crossed > 0.1 * len(lines)


def _columns(lines: pa.Array, starts: list[int], names: tuple[str, ...], row: int) -> Iterator[Content]:
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        cells = pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(lines, start, end))
        yield Column("", names[index] if names else "", index, cells, row)
