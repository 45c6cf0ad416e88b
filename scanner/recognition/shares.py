"""How much text each slow lane read, and what it may still read of an item: what a report states of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class LaneShare:
    """Characters that one lane was offered: each of them is read, or skipped for one reason."""

    offered: int = 0
    read: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str, characters: int) -> None:
        """Count what is left unread."""
        if characters > 0:
            self.skipped[reason] = self.skipped.get(reason, 0) + characters

    def add(self, other: LaneShare) -> None:
        """Sum of two shares."""
        self.offered += other.offered
        self.read += other.read
        for reason, characters in other.skipped.items():
            self.skip(reason, characters)


@dataclass(slots=True)
class Share:
    """How much text there was, in characters, and how much of it each slow lane read."""

    text: int = 0
    lanes: dict[str, LaneShare] = field(default_factory=dict)

    def of(self, lane: str) -> LaneShare:
        """The share of one lane, empty when it is first asked for."""
        return self.lanes.setdefault(lane, LaneShare())

    def add(self, other: Share) -> None:
        """Sum of two shares."""
        self.text += other.text
        for name, share in other.lanes.items():
            self.of(name).add(share)

    def add_plain(self, plain: Mapping[str, Any]) -> None:
        """Add what ``as_dict`` gave of another, or nothing."""
        self.text += plain.get("text", 0)
        for name, lane in plain.get("lanes", {}).items():
            mine = self.of(name)
            mine.offered += lane["offered"]
            mine.read += lane["read"]
            for reason, characters in lane["skipped"].items():
                mine.skip(reason, characters)

    def as_dict(self) -> dict[str, Any]:
        """For the journal and ``run.json``; lanes and reasons in a fixed order."""
        lanes = {
            name: {"offered": s.offered, "read": s.read, "skipped": dict(sorted(s.skipped.items()))}
            for name, s in sorted(self.lanes.items())
        }
        return {"text": self.text, "lanes": lanes}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Share:
        """The share that ``as_dict`` gave."""
        lanes = plain.get("lanes", {})
        return cls(
            plain["text"], {name: LaneShare(**{**s, "skipped": dict(s["skipped"])}) for name, s in lanes.items()}
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """What a lane may read of a file: so many characters, and a part of the text of its item besides."""

    characters: int
    part: float = 0.0

    def of(self, text: int) -> int:
        """The limit, where so many characters of text were met."""
        return self.characters + int(text * self.part)


class Allowance:
    """What slow lanes may read of one listed item: so much of each file in it, so much in all."""

    FILES = 25
    """Files of a container that may be read as fully as a file by itself, if the container is big enough."""
    PART = 4
    """Bytes of the item that add one character to what may be read of it."""

    def __init__(self, chars: int, size: int = 0) -> None:
        self.chars = chars
        self.total = min(chars + size // self.PART, chars * self.FILES)
        self.share = Share()
        self.spent: dict[str, int] = {}

    def file(self) -> Budget:
        """The budget of one more file of the item."""
        return Budget(self)


class Budget:
    """What slow lanes may still read of one file, in characters of the slowest lane; quicker ones may read more."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._spent: dict[str, int] = {}

    @property
    def share(self) -> Share:
        """Where all that is read and skipped is counted."""
        return self._allowance.share

    def room(self, lane: str, speed: int = 1) -> int:
        """Characters that a lane of this speed (1: the slowest) may still read."""
        own = self._allowance.chars * speed - self._spent.get(lane, 0)
        whole = self._allowance.total * speed - self._allowance.spent.get(lane, 0)
        return max(0, min(own, whole))

    def left(self, lane: str, limit: Limit) -> int:
        """Characters that a lane with a limit of its own may still read, never more of an item than slow lanes may."""
        allowed = self._allowance
        own = limit.of(allowed.share.text) - self._spent.get(lane, 0)
        whole = limit.of(allowed.share.text) * allowed.FILES - allowed.spent.get(lane, 0)
        return max(0, min(own, whole, allowed.chars))

    def spend(self, lane: str, characters: int) -> None:
        """Note what a lane read."""
        for spent in (self._spent, self._allowance.spent):
            spent[lane] = spent.get(lane, 0) + characters
