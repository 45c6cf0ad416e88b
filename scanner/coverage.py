"""Every byte accounted for: sums of item rows, exact, by status and by reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scanner.model import ItemRow, Status

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(slots=True)
class Coverage:
    """Running sums; ``volume`` counts listed items only, so that members are not counted twice."""

    items: dict[str, int] = field(default_factory=lambda: {s.value: 0 for s in Status})
    listed: int = 0
    size: int = 0
    bytes_read: int = 0
    bytes_unread: int = 0
    volume: dict[str, int] = field(default_factory=lambda: {"bytes": 0, "bytes_read": 0, "bytes_unread": 0})
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, rows: Iterable[ItemRow], unread_inside: int = 0) -> None:
        """Count one listed item: its own row comes last in ``rows``, after the rows of its members.

        ``unread_inside`` is what unread members take inside it, in bytes of the volume.
        """
        last: ItemRow | None = None
        for row in rows:
            self._count(row)
            last = row
        if last is not None:
            self.enter(last.size, last.bytes_unread + unread_inside)

    def enter(self, size: int, unread: int) -> None:
        """Count one listed item as a part of the volume."""
        unread = min(size, unread)
        self.listed += 1
        self.volume["bytes"] += size
        self.volume["bytes_read"] += size - unread
        self.volume["bytes_unread"] += unread

    def _count(self, row: ItemRow) -> None:
        self.items[row.status.value] += 1
        self.size += row.size
        self.bytes_read += row.bytes_read
        self.bytes_unread += row.bytes_unread
        if row.status is not Status.READ:
            self.lose(row.reason, row.bytes_unread)

    def lose(self, reason: str, unread: int) -> None:
        """Count what was not read for a reason."""
        entry = self.reasons.setdefault(reason.partition(":")[0], {"items": 0, "bytes": 0})
        entry["items"] += 1
        entry["bytes"] += unread

    def merge(self, other: dict[str, Any]) -> None:
        """Add the sums of another part, in the shape that ``as_dict`` gives."""
        for status in Status:
            self.items[status.value] += other[status.value]
        self.listed += other["listed"]
        self.size += other["bytes"]
        self.bytes_read += other["bytes_read"]
        self.bytes_unread += other["bytes_unread"]
        for key, amount in other["volume"].items():
            self.volume[key] += amount
        for kind, entry in other["reasons"].items():
            mine = self.reasons.setdefault(kind, {"items": 0, "bytes": 0})
            mine["items"] += entry["items"]
            mine["bytes"] += entry["bytes"]

    def as_dict(self) -> dict[str, Any]:
        """The ``coverage`` block of ``run.json``."""
        return {
            "items": sum(self.items.values()),
            **self.items,
            "listed": self.listed,
            "bytes": self.size,
            "bytes_read": self.bytes_read,
            "bytes_unread": self.bytes_unread,
            "volume": dict(self.volume),
            "reasons": {kind: self.reasons[kind] for kind in sorted(self.reasons)},
        }


def coverage_of(items: pa.Table, contents: pa.Table) -> Coverage:
    """The sums of listed items from their rows in ``items.parquet`` and ``contents.parquet``."""
    coverage = Coverage()
    names = ("status", "reason", "size", "bytes_read", "bytes_unread")
    status, reason, size, read, unread = (items[name].to_pylist() for name in names)
    coverage.size, coverage.bytes_read, coverage.bytes_unread = sum(size), sum(read), sum(unread)
    for one, why, lost in zip(status, reason, unread, strict=True):
        coverage.items[one] += 1
        if one != Status.READ.value:
            coverage.lose(why, lost)
    last = -1
    counts, inside = contents["items"].to_pylist(), contents["unread_inside"].to_pylist()
    for count, hidden in zip(counts, inside, strict=True):
        last += count
        coverage.enter(size[last], unread[last] + hidden)
    return coverage
