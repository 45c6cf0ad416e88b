"""Cuts the list of items into batches: small enough to lose, numbered in the order of the list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scanner.config import Settings
from scanner.connecting import Connectors
from scanner.model import Item, Kind, Problem
from scanner.pictured import may_hold_pictures
from scanner.tasks import Batch, Divided, Examined, Joint, Part, Piece, Work


def batches(connectors: Connectors, targets: Sequence[str], settings: Settings) -> Iterator[Batch]:
    """All batches of a run; the same targets and options always give the same ones."""
    number = pictured = 0
    bound = Bound(settings)
    for target in targets:
        prefix = f"{Path(target.partition('?')[0]).name}/" if len(targets) > 1 else ""
        connector = connectors.of(target)
        for items in _cut(bound.within(connector.items(target)), settings):
            number += 1
            yield Batch(number, connector.name, target, prefix, items, pictured=pictured)
            pictured += sum(map(_pictured, items))


def _pictured(item: Item) -> bool:
    return may_hold_pictures(item.locator.path, item.size)


class Bound:
    """How much one run reads: items beyond are listed, and say that they were not read."""

    def __init__(self, settings: Settings) -> None:
        self._items = settings.limits.run_items
        self._bytes = settings.limits.run_bytes
        self._listed = self._size = 0

    def within(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, those beyond the bound with their reason; which ones follows from the order of the list alone."""
        for item in items:
            self._listed += 1
            self._size += item.size
            if self._items and self._listed > self._items:
                yield replace(item, problem=Problem(Kind.TOO_MANY, f"over the run's {self._items} items"))
            elif self._bytes and self._size > self._bytes:
                yield replace(item, problem=Problem(Kind.TOO_LARGE, f"over the run's {self._bytes} bytes"))
            else:
                yield item


def _cut(items: Iterable[Item], settings: Settings) -> Iterator[tuple[Item, ...]]:
    held: list[Item] = []
    size = 0
    for item in items:
        if held and (size + item.size > settings.batch_bytes or len(held) >= settings.batch_items):
            yield tuple(held)
            held, size = [], 0
        held.append(item)
        size += item.size
    if held:
        yield tuple(held)


def fingerprint(batch: Batch) -> str:
    """What a resumed run compares before it trusts the parts of an earlier one."""
    facts = repr([(str(i.locator), i.size, i.modified) for i in batch.items])
    return hashlib.blake2b(facts.encode(), digest_size=16).hexdigest()


def alone(batch: Batch) -> Iterator[Batch]:
    """Each item of a lost batch as a batch of its own, to find the one that kills."""
    pictured = batch.pictured
    for item in batch.items:
        yield replace(batch, items=(item,), whole=True, pictured=pictured)
        pictured += _pictured(item)


def read(work: Work, settings: Settings, key: bytes) -> Examined | Divided | Part | None:
    """What a worker runs: it loads there, and not in the process that cuts batches, what reads and recognises.

    Of a joint, None says that its item is to be read whole.
    """
    from scanner.examine import examine, recalled
    from scanner.sections import divide, join, read_piece

    if isinstance(work, Piece):
        return read_piece(work, settings, key)
    if isinstance(work, Joint):
        return join(work, settings)
    if len(work.items) == 1 and (known := recalled(work, settings, key)) is not None:
        return known
    return divide(work, settings) or examine(work, settings, key)
