"""The distinct values of one run of a column, and blocks of them that rules read as one text; all of it in arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scanner.recognition import cellkernels
from scanner.recognition.hashing import hash_spans
from scanner.recognition.utf8 import Utf8

Ints = NDArray[np.int64]

BLOCK = 1 << 20
"""Characters of a block, beyond which a value opens another."""
_SEED = np.uint64(randbits(64))
FREE_TEXT = 30
"""Mean length, in characters, from which cells are read as sentences."""


@dataclass(frozen=True, slots=True)
class Block:
    """Values one after the other; ``free`` when they are long enough to be sentences, which an empty line parts."""

    utf8: Utf8
    starts: Ints
    """Where each value starts in ``data``."""
    free: bool
    first: int
    """The number, among the values of the run, of the first one here."""

    @property
    def data(self) -> NDArray[np.uint8]:
        """All of it, in bytes."""
        return self.utf8.data

    def place(self, starts: Ints, ends: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """For spans in the order of their starts: the value in which each starts, and whether it is most of it."""
        is_ascii = self.utf8.text.isascii()
        cells, whole = cellkernels.place(self.data, self.starts, 1 + self.free, is_ascii, starts, ends)
        return cells, whole

    def cells(self, starts: Ints) -> Ints:
        """The value in which each of these bytes stands, in any order."""
        return np.searchsorted(self.starts, starts, "right") - 1


@dataclass(frozen=True, slots=True)
class Run:
    """Values of a column that follow each other; of those that say something, each distinct one is known once."""

    values: pa.Array
    offsets: NDArray[np.int32]
    data: NDArray[np.uint8]
    firsts: Ints
    """Index in ``values`` of the first occurrence of each distinct value."""
    times: Ints
    lengths: Ints
    """Characters of each distinct value."""
    pieces: Ints
    """Index in ``values`` of the first value of each piece that the run was put together from."""
    rows: Ints
    """The row, as a person counts, of the first value of each piece."""

    @classmethod
    def of(cls, pieces: Sequence[pa.Array], rows: Sequence[int]) -> Run:
        """Put pieces of a column together; raises ``pa.ArrowInvalid`` when they are not text."""
        checked = [_is_ascii(piece) for piece in pieces]  # each of them, before they are put together
        values = pieces[0] if len(pieces) == 1 else pa.concat_arrays(list(pieces))
        valid, offsets, data = _buffers(values)
        firsts, times = cellkernels.find_distinct(offsets, data, valid, values.offset, _SEED)
        starts = np.cumsum([0, *map(len, pieces[:-1])], dtype=np.int64)
        return cls(
            values,
            offsets,
            data,
            firsts,
            times,
            offsets[firsts + 1].astype(np.int64) - offsets[firsts]
            if all(checked)
            else cellkernels.measure(offsets, data, firsts),
            starts,
            np.array(rows, np.int64),
        )

    def __len__(self) -> int:
        return len(self.firsts)

    @property
    def last_row(self) -> int:
        """The row of the last value, as a person counts."""
        return int(self.rows[-1] + len(self.values) - self.pieces[-1]) - 1

    def numbers(self, starts: Ints) -> Ints:
        """The rows of the first occurrences of distinct values, given by number."""
        at = self.firsts[starts]
        piece = np.searchsorted(self.pieces, at, "right") - 1
        return self.rows[piece] + at - self.pieces[piece]

    def name(self, number: int) -> str:
        """A row in words."""
        return f"row {number}"

    def hashes(self, numbers: Any = slice(None), *, exact: bool) -> NDArray[np.uint64]:
        """Hashes of distinct values by number; values that differ in separators or case are alike unless ``exact``."""
        firsts = self.firsts[numbers]
        starts, ends = self.offsets[firsts], self.offsets[firsts + 1]
        return hash_spans(self.data, starts.astype(np.int64), ends.astype(np.int64), exact=exact)

    def take(self, numbers: Any) -> pa.Array:
        """Distinct values by number, as Arrow has them."""
        return self.values.take(pa.array(self.firsts[numbers]))

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """All distinct values, in blocks of about so many characters."""
        reach = np.cumsum(self.lengths + 2)
        start = 0
        while start < len(self):
            before = reach[start - 1] if start else 0
            stop = min(len(self), int(np.searchsorted(reach, before + size)) + 1)
            free = bool(self.lengths[start:stop].sum() > FREE_TEXT * (stop - start))
            data, starts = cellkernels.join_cells(self.offsets, self.data, self.firsts[start:stop], 1 + free)
            data.flags.writeable = False  # as all text that lanes read, since kernels are compiled for either
            yield Block(Utf8(data.tobytes().decode(), data), starts, free, start)
            start = stop


def _buffers(values: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.uint8]]:
    """What strings are made of: bits of the valid ones (none: all are), where each starts and the last ends, bytes."""
    valid, ends, data = (np.frombuffer(buffer or b"", np.uint8) for buffer in values.buffers())
    offsets = ends.view(np.int32)[values.offset : values.offset + len(values) + 1]
    return valid, offsets if len(values) else np.zeros(1, np.int32), data


def _is_ascii(values: pa.Array) -> bool:
    """Whether all characters are ASCII; raises ``pa.ArrowInvalid`` on what is no text: loops trust what they read."""
    values.validate()
    _, offsets, data = _buffers(values)
    in_order = offsets[0] >= 0 and offsets[-1] <= len(data) and bool((offsets[1:] >= offsets[:-1]).all())
    if in_order and data[offsets[0] : offsets[-1]].max(initial=0) < 0x80:
        return True
    values.validate(full=True)
    return False
