"""Values of JSON that wait under their paths until there are enough for columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scanner.formats.cells import JSON, SLACK
from scanner.model import Column, Content, Passage
from scanner.readers.json.paths import Paths
from scanner.readers.json.window import LOOK, Window

_CHARS = 4 << 20
_VALUES = 1 << 18
_CELLS = 1 << 19
_LONG = 4096
_WORTH = 1 << 14
"""Fewer bytes than this are parsed by the json module before any loop is loaded."""
_MOST_REST = 1 << 10

Part = tuple[NDArray[np.uint8], NDArray[np.int32]]
"""Bytes, and where values stand in them: starts, ends, sizes without escapes, nodes of paths."""


class Values:
    """Takes values, in bulk from a window or one by one; long ones with spaces are prose and become passages."""

    def __init__(self) -> None:
        self._paths = Paths()
        self._parts: list[Part] = []
        self._single: list[tuple[int, bytes]] = []
        self._prose: list[Passage] = []
        self._columns: dict[int, list[int]] = {}
        self._chars = 0
        self._count = 0
        self._found: NDArray[np.int32] | None = None
        self._odd = self._unknown = False
        self._misses = self._rest = 0

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return self._chars > _CHARS or self._count > _VALUES

    def add(self, path: str, value: str) -> None:
        """Take one value."""
        self._chars += len(value)
        self._count += 1
        if len(value) > _LONG and " " in value:
            self._prose.append(Passage(value, path, 0))
        else:
            # Lone surrogates, which no encoding has, become question marks.
            self._single.append((self._paths.node(path), value.encode("utf-8", "replace")))

    def learn(self, value: Any, path: str) -> None:
        """Remember the keys of a value that the loop could not take."""
        if self._unknown:
            self._paths.learn(value, path)

    def take(self, window: Window, path: str, commas: bool) -> bool | None:
        """Take the values that come next, as elements of an array if there are ``commas`` between them.

        Nothing when the next one has to be parsed; else whether there is a comma behind the last one.
        """
        if self._found is None and len(window.data) - window.pos < _WORTH:
            return None
        if self._odd or self._rest:
            self._odd, self._rest = False, max(0, self._rest - 1)
            return None
        while True:
            before = window.pos
            comma = self._take(window, path, commas)
            if window.pos > before:
                self._misses = 0
                return comma
            if self._odd or not window.more():
                break
        # What is seldom taken is seldom tried.
        self._misses += 1
        self._odd, self._rest = False, min(1 << self._misses, _MOST_REST) if self._misses > 3 else 0
        return None

    def _take(self, window: Window, path: str, commas: bool) -> bool:
        from scanner.readers.json.valuekernels import DONE, MORE, NEW, take_values

        if self._found is None:
            self._found = np.empty((4, _CELLS), np.int32)
        paths = self._paths
        cells, end, bare, why = take_values(
            window.array, window.pos, commas, paths.node(path), paths.slots, paths.pool, paths.elements, self._found
        )
        if cells:
            self._close()
            self._parts.append((window.array, self._found[:, :cells].copy()))
        self._count += cells
        self._chars += end - window.pos
        window.pos = end
        self._odd = why != DONE and (why != MORE or len(window.data) - end >= LOOK)
        self._unknown = why == NEW
        return not bare

    def _close(self) -> None:
        """Make a part of the values that came one by one."""
        if self._single:
            sizes = np.array([len(value) for _, value in self._single], np.int32)
            ends = np.cumsum(sizes, dtype=np.int32)
            nodes = np.array([node for node, _ in self._single], np.int32)
            data = np.frombuffer(b"".join(value for _, value in self._single), np.uint8)
            self._parts.append((data, np.stack((ends - sizes, ends, sizes, nodes))))
            self._single = []

    def flush(self) -> Iterator[Content]:
        """Give out what has come, path by path, in the order of their first sight."""
        self._close()
        parts, self._parts = self._parts, []
        if parts:
            yield from self._flush(parts)
        yield from self._prose
        self._prose, self._chars, self._count = [], 0, 0

    def _flush(self, parts: list[Part]) -> Iterator[Content]:
        from scanner.formats.cellkernels import gather

        names = self._paths.names
        counts, totals = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
        for _, (_, _, sizes, nodes) in parts:
            counts += np.bincount(nodes, minlength=len(names))
            totals += np.bincount(nodes, sizes, minlength=len(names)).astype(np.int64)
        begins = np.concatenate(([0], np.cumsum(totals + SLACK)))
        places = np.concatenate(([0], np.cumsum(counts + 1)))
        out, offsets = np.empty(int(begins[-1]), np.uint8), np.zeros(int(places[-1]), np.int32)
        cursors, slots = begins[:-1].copy(), places[:-1].copy()
        for data, (starts, ends, sizes, nodes) in parts:
            gather(data, starts, ends, sizes, nodes, JSON, begins, cursors, slots, out, offsets)
        values, ends = pa.py_buffer(out), pa.py_buffer(offsets)
        for node in np.flatnonzero(counts).tolist():
            count, size = int(counts[node]), int(totals[node])
            known = self._columns.setdefault(node, [len(self._columns), 1])
            place, begin = 4 * int(places[node]), int(begins[node])
            array = pa.StringArray.from_buffers(
                count, ends.slice(place, 4 * (count + 1)), values.slice(begin, size), None, 0
            )
            yield Column("", names[node], known[0], array, known[1])
            known[1] += count
