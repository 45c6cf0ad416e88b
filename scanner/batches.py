"""Cuts the list of items into batches: small enough to lose, numbered in the order of the list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scanner.config import Settings
from scanner.contracts import Connector
from scanner.model import Item
from scanner.tasks import Batch, Divided, Examined, Joint, Part, Piece, Work


def batches(connector: Connector, targets: Sequence[str], settings: Settings) -> Iterator[Batch]:
    """All batches of a run; the same targets and options always give the same ones."""
    number = 0
    for target in targets:
        prefix = f"{Path(target).name}/" if len(targets) > 1 else ""
        for items in _cut(connector.items(target), settings):
            number += 1
            yield Batch(number, connector.name, target, prefix, items)


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
    for item in batch.items:
        yield Batch(batch.number, batch.connector, batch.target, batch.prefix, (item,))


def read(work: Work, settings: Settings, key: bytes) -> Examined | Divided | Part | None:
    """What a worker runs: it loads there, and not in the process that cuts batches, what reads and recognises.

    Of a joint, None says that its item is to be read whole.
    """
    from scanner.examine import examine
    from scanner.sections import divide, join, read_piece

    if isinstance(work, Piece):
        return read_piece(work, settings, key)
    if isinstance(work, Joint):
        return join(work, settings)
    return divide(work, settings) or examine(work, settings, key)
