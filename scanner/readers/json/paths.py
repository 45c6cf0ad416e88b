"""Paths of JSON values, such as ``clients[].email``, and the keys that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

_MAP_KEYS = 64
_MOST = 20_000
_SLOTS = 1 << 10


def spread(value: Any, path: str, add: Callable[[str, str], None]) -> None:
    """Give all that is in a value, as the decoder of ``window`` has it, to ``add`` with its path."""
    if type(value) is str:
        add(path, value)
    elif type(value) is tuple:
        many = len(value) > _MAP_KEYS
        for key, inner in value:
            spread(inner, step(path, key, many, add), add)
    elif type(value) is list:
        for inner in value:
            spread(inner, path + "[]", add)
    elif value is not None:
        add(path, "true" if value else "false")


def step(path: str, key: str, many: bool, add: Callable[[str, str], None]) -> str:
    """Path of a member; keys that are data and no names are values of ``path{}``, and share ``path.*``."""
    if many or _is_data(key):
        add(path + "{}", key)
        return path + ".*"
    return f"{path}.{key}" if path else key


def _is_data(key: str) -> bool:
    return not key or len(key) > 64 or "@" in key or key[0].isdigit()


class Paths:
    """Paths seen so far, as numbered nodes, and the keys between them as the compiled loop looks them up."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.slots = np.full((_SLOTS, 4), -1, np.int32)
        self.pool = np.zeros(_SLOTS, np.uint8)
        self.elements = np.full(_SLOTS, -1, np.int32)
        self._nodes: dict[str, int] = {}
        self._keys: dict[tuple[int, str], int] = {}
        self._pooled = 0
        self.node("")

    def node(self, path: str) -> int:
        """The number of a path; keys that are data could make paths without end: those past a bound share one."""
        node = self._nodes.get(path)
        if node is None:
            if len(self.names) >= _MOST:
                return 0
            node = self._nodes[path] = len(self.names)
            self.names.append(path)
            if node >= len(self.elements):
                self.elements = np.concatenate((self.elements, np.full(len(self.elements), -1, np.int32)))
        return node

    def learn(self, value: Any, path: str) -> None:
        """Remember the keys and arrays in a value, so that the loop takes the next one like it."""
        if len(self.names) >= _MOST:
            return
        if type(value) is list:
            inner = path + "[]"
            self.elements[self.node(path)] = self.node(inner)
            for element in value:
                self.learn(element, inner)
        elif type(value) is tuple and len(value) <= _MAP_KEYS:
            node = self.node(path)
            for key, member in value:
                if not _is_data(key):
                    inner = f"{path}.{key}" if path else key
                    if (node, key) not in self._keys:
                        self._insert(node, key, self.node(inner))
                    self.learn(member, inner)

    def _insert(self, node: int, key: str, child: int) -> None:
        from scanner.readers.json.valuekernels import find_slot

        data = np.frombuffer(key.encode("utf-8", "replace"), np.uint8)
        while self._pooled + len(data) > len(self.pool):
            self.pool = np.concatenate((self.pool, np.zeros(len(self.pool), np.uint8)))
        if 2 * len(self._keys) >= len(self.slots):
            self._grow()
        slot = find_slot(self.slots, self.pool, node, data, 0, len(data))
        begin, self._pooled = self._pooled, self._pooled + len(data)
        self.pool[begin : self._pooled] = data
        self.slots[slot] = child, node, begin, self._pooled
        self._keys[node, key] = child

    def _grow(self) -> None:
        from scanner.readers.json.valuekernels import find_slot

        old, self.slots = self.slots, np.full((2 * len(self.slots), 4), -1, np.int32)
        for row in old[old[:, 0] >= 0]:
            slot = find_slot(self.slots, self.pool, row[1], self.pool, row[2], row[3])
            self.slots[slot] = row
