"""What goes to a worker and what comes back: values, in a module that loads none of what reads and recognises."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner.coverage import Coverage
from scanner.model import Finding, Item, ItemRow, Locator, Problem, Status
from scanner.recognition.shares import Share


@dataclass(frozen=True, slots=True)
class Batch:
    """A few items of one target, small enough to lose and do again."""

    number: int
    connector: str
    target: str
    prefix: str
    """Put before paths when there are several targets, empty otherwise."""
    items: tuple[Item, ...]


@dataclass(slots=True)
class Examined:
    """What a batch gave: rows and findings, in the order of its items."""

    rows: list[ItemRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    share: Share = field(default_factory=Share)

    def take(self, other: Examined) -> None:
        """Append what another batch gave."""
        self.rows += other.rows
        self.findings += other.findings
        self.coverage.merge(other.coverage.as_dict())
        self.share.add(other.share)


def lost(batch: Batch, problem: Problem) -> Examined:
    """Rows of a batch that no worker survived; only ever asked for one item at a time."""
    result = Examined()
    for item in batch.items:
        locator = Locator(item.locator.connector, batch.prefix + item.locator.path)
        row = ItemRow(
            str(locator),
            item.size,
            "",
            "",
            Status.UNREAD,
            str(problem),
            0,
            item.size,
            item.modified,
            item.mode,
            item.owner,
        )
        result.rows.append(row)
        result.coverage.add([row])
    return result
