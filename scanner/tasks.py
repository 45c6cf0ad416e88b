"""What goes to a worker and what comes back: values, in a module that loads none of what reads and recognises."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner.coverage import Coverage
from scanner.model import Finding, Item, ItemRow, Listed, Locator, Problem, Recalled, Section, Status
from scanner.recognition.shares import Share


@dataclass(frozen=True, slots=True)
class Known:
    """An index of contents that were read, and the key of its digests."""

    path: str
    key: bytes
    run: bool
    """Of an earlier run, or of this one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A few items of one target, small enough to lose and do again."""

    number: int
    connector: str
    target: str
    prefix: str
    """Put before paths when there are several targets, empty otherwise."""
    items: tuple[Item, ...]
    whole: bool = False
    """Whether a big item is to be read by one worker, come what may."""
    pictured: int = 0
    """Items before it, in the whole run, that may hold pictures."""
    known: tuple[Known, ...] = ()
    """Contents that need not be read again."""

    def locator(self, item: Item) -> Locator:
        """Where an item is, as the run says it."""
        return Locator(item.locator.connector, self.prefix + item.locator.path)


@dataclass(slots=True)
class Examined:
    """What a batch gave: rows and findings, in the order of its items."""

    rows: list[ItemRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    share: Share = field(default_factory=Share)
    listed: list[Listed | Recalled] = field(default_factory=list)
    """One for each item, in their order; rows and findings of those recalled are not among the above."""

    def take(self, other: Examined) -> None:
        """Append what another batch gave."""
        self.rows += other.rows
        self.findings += other.findings
        self.coverage.merge(other.coverage.as_dict())
        self.share.add(other.share)
        self.listed += other.listed


@dataclass(frozen=True, slots=True)
class Divided:
    """What a worker gives of a big item at first: its sections, which any worker may read."""

    batch: Batch
    media_type: str
    encoding: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One section of an item, by its number; number -1 is for the digest of all of it."""

    of: Divided
    number: int
    again: bool = False
    """Whether a worker died over it once already."""

    @property
    def size(self) -> int:
        """Bytes to read."""
        return self.of.sections[self.number].size if self.number >= 0 else self.of.batch.items[0].size


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a piece; ``held`` is for who joins, and closed to all others: samples of values are in it."""

    fits: bool
    """Whether it can be joined; if not, the item is read whole."""
    held: bytes = b""


@dataclass(frozen=True, slots=True)
class Joint:
    """All that came of the pieces of an item, in their order, the digest last."""

    of: Divided
    parts: tuple[Part | Problem, ...]


Work = Batch | Piece | Joint
"""What a worker is given: examined, read, joined."""


def lost(batch: Batch, problem: Problem) -> Examined:
    """Rows of a batch that no worker survived; only ever asked for one item at a time."""
    result = Examined()
    for item in batch.items:
        row = ItemRow(
            str(batch.locator(item)),
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
        result.listed.append(Listed(row.path, "", row.size, 1, 0))
    return result
