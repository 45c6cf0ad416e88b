"""Columns whose cells are JSON, XML or what PHP serialises, taken apart into columns of what stands in the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scanner.model import Column
from scanner.recognition.alikecells import Alike, alike
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Values of one path, and in which cell each stands; a cell has one of them at most."""

    cells: NDArray[np.int64]
    values: pa.Array


_Layers = dict[str, list[list[_Piece]]]
"""By path the values that come first in their cells, those that come second, and so on."""


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
        fits = pc.fill_null(pc.match_substring_regex(chosen, _SIGNS), False)
        cells, texts = places[fits.to_numpy(zero_copy_only=False)], chosen.filter(fits)
        known = self._paths.setdefault((column.table, column.index), set())
        layers: _Layers = {}
        groups, singles = alike(texts)
        taken = [np.zeros(0, np.int64)]
        for group in groups:
            if len(known.union(group.paths)) > _MOST_PATHS:
                singles = np.concatenate([singles, group.cells])
                continue
            known.update(group.paths)
            _take_alike(layers, group, cells)
            taken.append(cells[group.cells])
        taken.append(_take_singles(layers, texts, np.sort(singles), cells, known))
        every = np.concatenate(taken)
        return _opened(column, values, every, layers) if len(every) else None


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


def _take_alike(layers: _Layers, group: Alike, cells: NDArray[np.int64]) -> None:
    """Columns of one structure, as they are; what is empty is not there."""
    depth: dict[str, int] = {}
    for path, values in zip(group.paths, group.values, strict=True):
        layer = depth[path] = depth.get(path, -1) + 1
        there = pc.is_valid(values)
        piece = _Piece(cells[group.cells[there.to_numpy(zero_copy_only=False)]], values.filter(there))
        _layer(layers, path, layer).append(piece)


def _take_singles(
    layers: _Layers, texts: pa.Array, singles: NDArray[np.int64], cells: NDArray[np.int64], known: set[str]
) -> NDArray[np.int64]:
    """Cells that are read one by one; those that could be taken apart."""
    taken: list[int] = []
    found: dict[str, list[dict[int, str]]] = {}
    for cell, text in zip(cells[singles].tolist(), texts.take(pa.array(singles)).to_pylist(), strict=True):
        leaves = leaves_of(text)
        if leaves is not None:
            taken.append(cell)
            _take(found, leaves, cell, known)
    for path, rows in found.items():
        for number, row in enumerate(rows):
            piece = _Piece(np.fromiter(row, np.int64, len(row)), pa.array(row.values(), pa.string()))
            _layer(layers, path, number).append(piece)
    return np.array(taken, np.int64)


def _layer(layers: _Layers, path: str, number: int) -> list[_Piece]:
    own = layers.setdefault(path, [])
    while len(own) <= number:
        own.append([])
    return own[number]


def _take(found: dict[str, list[dict[int, str]]], leaves: list[Leaf], cell: int, known: set[str]) -> None:
    for path, value in leaves:
        where = path if path in known or len(known) < _MOST_PATHS else "*"
        known.add(where)
        rows = found.setdefault(where, [])
        row = next((row for row in rows if cell not in row), None)
        if row is not None:
            row[cell] = value
        elif len(rows) < _LAYERS:
            rows.append({cell: value})
        else:
            rows[-1][cell] += f"\n{value}"


def _opened(column: Column, values: pa.Array, taken: NDArray[np.int64], layers: _Layers) -> Opened:
    mask = np.zeros(len(values), np.bool_)
    mask[taken] = True
    is_taken = pa.array(mask)
    rest = pc.if_else(is_taken, pa.scalar(None, values.type), values)
    inner = tuple(part for path, own in layers.items() for part in _columns(column, path, own))
    return Opened(replace(column, values=rest), values.filter(is_taken).cast(pa.string()), inner)


def _columns(column: Column, path: str, layers: list[list[_Piece]]) -> Iterator[Column]:
    """One path as a column whose rows are those of the table; one more where a row has several values."""
    name = f"{column.name}.{path}" if path else column.name
    index = _FIRST_INDEX + crc32(f"{column.index} {path}".encode("utf-8", "replace")) % (1 << 30)
    for pieces in layers:
        cells = np.concatenate([piece.cells for piece in pieces])
        if not len(cells):
            continue
        first = int(cells.min())
        places = np.full(int(cells.max()) - first + 1, -1, np.int64)
        places[cells - first] = np.arange(len(cells))
        values = pa.concat_arrays([piece.values for piece in pieces]).take(pa.array(places, mask=places < 0))
        yield Column(column.table, name, index, values, column.first_row + first)
