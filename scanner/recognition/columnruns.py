"""Puts small runs of a column together, so that what each run costs by itself is paid once per megabyte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from scanner.model import Column

ENOUGH = 1 << 20
"""Bytes of one column that are worth a run of their own."""
MOST_VALUES = 1 << 16
LARGEST = 4 << 20
"""Bytes beyond which values that came together are taken apart, as long as each has about as many."""
MOST = 32 << 20
"""Bytes held over all columns of a file."""
_OWN = 1 << 10
"""Bytes counted for what a piece takes besides its values."""

Key = tuple[str, int, str]
"""Table, index and name: a later run under another name is another run."""


@dataclass(slots=True)
class Held:
    """Pieces of one column that follow each other, with the row of the first value of each."""

    key: Key
    pieces: list[pa.Array] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    size: int = 0
    count: int = 0


class ColumnRuns:
    """Holds what comes of each column until it is enough; nothing is held twice and nothing is left behind."""

    def __init__(self) -> None:
        self._held: dict[Key, Held] = {}
        self._size = 0

    def add(self, column: Column) -> Iterator[Held]:
        """Take one run; gives what is now enough, or everything when all columns together hold too much."""
        key = (column.table, column.index, column.name)
        for piece, row in _pieces(column):
            held = self._held.setdefault(key, Held(key))
            held.pieces.append(piece)
            held.rows.append(row)
            held.size += piece.nbytes + _OWN
            held.count += len(piece)
            self._size += piece.nbytes + _OWN
            if held.size >= ENOUGH or held.count >= MOST_VALUES:
                del self._held[key]
                self._size -= held.size
                yield held
        if self._size > MOST:
            yield from self.rest()

    def rest(self) -> Iterator[Held]:
        """Everything that is held, in the order in which it began to be."""
        held, self._held, self._size = self._held, {}, 0
        yield from held.values()


def _pieces(column: Column) -> Iterator[tuple[pa.Array, int]]:
    """The values as plain strings, cut where they are too many for one run, each piece with its first row."""
    row = column.first_row
    chunks = column.values.chunks if isinstance(column.values, pa.ChunkedArray) else [column.values]
    for values in chunks:
        step = max(1, min(MOST_VALUES, len(values) * LARGEST // max(values.nbytes, 1)))
        for start in range(0, len(values) or 1, step):
            piece = values.slice(start, step)
            yield piece if piece.type == pa.string() else piece.cast(pa.string()), row + start
        row += len(values)
