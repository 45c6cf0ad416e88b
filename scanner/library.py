"""What one run knows of contents: lent to workers as indices, given back as rows where a content was read before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from scanner.model import Listed
from scanner.recall import index_of, index_of_table, joined, save
from scanner.shelf import Kept, Shelves
from scanner.store import Store
from scanner.tasks import Batch, Examined, Known

MANY = 4096
BIG = 32 << 20
"""Items, or bytes of them, that are worth an index of their own: a copy of less is soon read again."""
FILES = 8
"""Indices that a worker asks one after another, before they are joined."""


class Library:
    """Lends, completes, learns."""

    def __init__(self, store: Store, key: bytes, *, goes_on: bool) -> None:
        """``goes_on`` says that the earlier run counts."""
        self._store = store
        self._key = key
        self._known: list[Known] = []
        earlier = store.earlier if goes_on else None
        self._shelves = Shelves(store, earlier)
        self._new: list[tuple[int, int, Listed]] = []
        self._written = 0
        if earlier is not None:
            self._known.append(_index_of_run(store, earlier, key))

    def lend(self, batch: Batch) -> Batch:
        """The batch with what is known by now."""
        return replace(batch, known=tuple(self._known)) if self._known else batch

    def complete(self, batch: Batch, result: Examined) -> Kept:
        """The result with what it recalls in its place."""
        return self._shelves.complete(batch, result)

    def learn(self, batch: Batch, result: Examined) -> None:
        """Note what a batch gave that was not known, once its parts are in place."""
        if not self._key:
            return
        self._new += [(batch.number, at, one) for at, one in enumerate(result.listed) if isinstance(one, Listed)]
        if len(self._new) >= MANY or sum(item.size for item in batch.items) >= BIG:
            self._write()

    def _write(self) -> None:
        own = [known for known in self._known if not known.run]
        index = index_of(self._new)
        if len(own) >= FILES:
            index = joined([*(np.load(known.path) for known in own), index])
            self._known = [known for known in self._known if known.run]
        path = self._store.parts / f"known-{self._written:06}.npy"
        save(path, index)
        self._known.append(Known(str(path), self._key, run=False))
        self._new, self._written = [], self._written + 1


def _index_of_run(store: Store, earlier: Path, key: bytes) -> Known:
    path = store.parts / "known-earlier.npy"
    with pq.ParquetFile(earlier / "contents.parquet") as contents:
        save(path, index_of_table(contents))
    return Known(str(path), key, run=True)


def is_comparable(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether an earlier run would read a content as this one does: the same program, rules, models and bounds.

    The day is not compared: ages told by what is not read again are those of the day on which it was.
    """
    apart = {"lang", "today", "engine", "batch_bytes", "batch_items", "policy", "country"}
    options = [{k: v for k, v in run.get("options", {}).items() if k not in apart} for run in (before, now)]
    same = all(before.get(name) == now.get(name) for name in ("version", "rules_sha256", "code", "key"))
    return same and options[0] == options[1]
