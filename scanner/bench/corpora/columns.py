"""Invented text by the column: numpy draws, Arrow joins, so that a gigabyte takes seconds and no row is Python's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

HEX = "0123456789abcdef"
CRYPT = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Draw:
    """One block of ``rows`` rows; the same seed, corpus and block number draw the same."""

    def __init__(self, rows: int, *seed: int) -> None:
        self.rows = rows
        self.random = np.random.default_rng(seed)

    def number(self, low: int, high: int) -> Numbers:
        """Whole numbers of ``[low, high)``."""
        return self.random.integers(low, high, self.rows, dtype=np.int64)

    def rank(self, choices: int) -> Numbers:
        """Indices under ``choices``, the first ones more often, as words and names are."""
        return (self.random.random(self.rows) ** 1.5 * choices).astype(np.int64)

    def pick(self, words: Sequence[str]) -> pa.Array:
        """One of these words per row."""
        return take(words, self.rank(len(words)))

    def mixed(self, *weighted: tuple[float, pa.Array | str]) -> pa.Array:
        """Per row, the value of one of several columns; the weights sum to 1."""
        bounds = np.cumsum([weight for weight, _ in weighted])
        chosen = np.minimum(np.searchsorted(bounds, self.random.random(self.rows)), len(weighted) - 1)
        return pc.choose(pa.array(chosen), *(self.column(column) for _, column in weighted))

    def column(self, value: pa.Array | str) -> pa.Array:
        """A constant as a column; a column as it is."""
        return pa.repeat(pa.scalar(value), self.rows) if isinstance(value, str) else value

    def signs(self, alphabet: str, width: int) -> pa.Array:
        """Random strings of ``width`` signs of an ASCII alphabet."""
        drawn = self.random.integers(0, len(alphabet), (self.rows, width), dtype=np.uint8)
        return fixed(np.frombuffer(alphabet.encode("ascii"), np.uint8)[drawn])


def take(words: Sequence[str], indices: Numbers) -> pa.Array:
    """The words at these indices."""
    return pa.array(words, pa.string()).take(pa.array(indices))


def fixed(signs: NDArray[np.uint8]) -> pa.Array:
    """Rows of ASCII codes, all equally long, as strings."""
    rows, width = signs.shape
    ends = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(signs)))


def digits(numbers: Numbers, width: int) -> pa.Array:
    """Numbers of at most ``width`` digits, with their leading zeros."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return fixed((numbers[:, None] // powers % 10 + 48).astype(np.uint8))


def text(numbers: Numbers) -> pa.Array:
    """Numbers as they are written."""
    return pc.cast(pa.array(numbers), pa.string())


def joined(*parts: Any) -> pa.Array:
    """Columns and constants, one after the other in each row."""
    return pc.binary_join_element_wise(*parts, "")


def content(rows: pa.Array) -> bytes:
    """All rows, one after the other, without anything between them."""
    return b"".join(_content(chunk) for chunk in (rows.chunks if isinstance(rows, pa.ChunkedArray) else [rows]))


def _content(rows: pa.Array) -> bytes:
    _, offsets, data = rows.buffers()
    ends = np.frombuffer(offsets, np.int32)[rows.offset : rows.offset + len(rows) + 1]
    return bytes(memoryview(data)[ends[0] : ends[-1]]) if data is not None else b""


def date(days: Numbers, form: str) -> pa.Array:
    """Days since 1970 as text; ``form`` as of ``strftime``."""
    return pc.strftime(pa.array(days.astype(np.int32), pa.date32()), form)
