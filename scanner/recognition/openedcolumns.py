"""Columns whose cells are JSON, XML or what PHP serialises, taken apart into columns of what stands in the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scanner.model import Column
from scanner.recognition.structured import Leaf, leaves_of

_SIGNS = r"^\s*(?:\{\s*\"|\[\s*[\[{\"]|<[?A-Za-z]|a:[0-9]+:\{|O:[0-9]+:\")"
"""How cells begin that may be taken apart."""
_COLON = ord(":")
_FIRSTS = np.zeros(256, np.bool_)
_FIRSTS[list(b"{[< \t\r\n")] = True
_COUNTED = np.zeros(256, np.bool_)
_COUNTED[list(b"aO")] = True
_FIRST_INDEX = 1 << 16
"""Behind all columns that a table has of itself."""
_MOST_PATHS = 400
"""Columns that are made of one; keys that are data would make them without end."""
_LAYERS = 16
"""Values of one path in one row that are values of their own; further ones stand in the last, a line each."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The column without the cells that were taken apart, those cells, and columns of what stood in them."""

    rest: Column
    taken: pa.Array
    inner: tuple[Column, ...]


@dataclass(slots=True)
class _Inner:
    """Values of one path, and in which cell each stands."""

    values: list[str] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)


class Opener:
    """Opens the columns of one file; remembers which paths each column has, so that there is a bound on them."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, int], set[str]] = {}

    def open(self, column: Column) -> Opened | None:
        """The column taken apart; None where no cell can be, as nearly always, which costs a look at first bytes."""
        places = _likely(column.values)
        if not len(places):
            return None
        values = column.values.combine_chunks() if isinstance(column.values, pa.ChunkedArray) else column.values
        chosen = values.take(pa.array(places)).cast(pa.string())
        fits = pc.fill_null(pc.match_substring_regex(chosen, _SIGNS), False).to_numpy(zero_copy_only=False)
        known = self._paths.setdefault((column.table, column.index), set())
        found: dict[str, _Inner] = {}
        taken = []
        for cell, text in zip(places[fits].tolist(), chosen.filter(pa.array(fits)).to_pylist(), strict=True):
            leaves = leaves_of(text)
            if leaves is not None:
                taken.append(cell)
                _take(found, leaves, cell, known)
        return _opened(column, values, taken, found) if taken else None


def _likely(values: pa.Array) -> NDArray[np.int64]:
    """Cells whose first bytes are those of something that can be taken apart."""
    at, found = 0, []
    for chunk in values.chunks if isinstance(values, pa.ChunkedArray) else [values]:
        _, offsets, data = chunk.buffers()
        if data is not None and len(data):
            wide = np.int64 if chunk.type == pa.large_string() else np.int32
            starts = np.frombuffer(offsets, wide)[chunk.offset : chunk.offset + len(chunk)]
            text = np.frombuffer(data, np.uint8)
            first = text[np.clip(starts, 0, len(text) - 1)]  # offsets that lie are told when the column is read
            counted = _COUNTED[first] & (text[np.clip(starts + 1, 0, len(text) - 1)] == _COLON)
            found.append(np.flatnonzero(_FIRSTS[first] | counted) + at)
        at += len(chunk)
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _take(found: dict[str, _Inner], leaves: list[Leaf], cell: int, known: set[str]) -> None:
    for path, value in leaves:
        where = path if path in known or len(known) < _MOST_PATHS else "*"
        known.add(where)
        inner = found.setdefault(where, _Inner())
        inner.values.append(value)
        inner.cells.append(cell)


def _opened(column: Column, values: pa.Array, taken: list[int], found: dict[str, _Inner]) -> Opened:
    mask = np.zeros(len(values), np.bool_)
    mask[taken] = True
    is_taken = pa.array(mask)
    rest = pc.if_else(is_taken, pa.scalar(None, values.type), values)
    inner = tuple(part for path, own in found.items() for part in _columns(column, path, own))
    return Opened(replace(column, values=rest), values.filter(is_taken).cast(pa.string()), inner)


def _columns(column: Column, path: str, own: _Inner) -> Iterator[Column]:
    """One path as a column whose rows are those of the table; one more where a row has several values."""
    name = f"{column.name}.{path}" if path else column.name
    index = _FIRST_INDEX + crc32(f"{column.index} {path}".encode("utf-8", "replace")) % (1 << 30)
    layers: list[dict[int, str]] = []
    depth: dict[int, int] = {}
    for cell, value in zip(own.cells, own.values, strict=True):
        layer = depth.get(cell, 0)
        depth[cell] = layer + 1
        if layer >= _LAYERS:
            layers[-1][cell] += f"\n{value}"
            continue
        if layer == len(layers):
            layers.append({})
        layers[layer][cell] = value
    for rows in layers:
        first, last = min(rows), max(rows)
        values = pa.array([rows.get(cell) for cell in range(first, last + 1)], pa.string())
        yield Column(column.table, name, index, values, column.first_row + first)
