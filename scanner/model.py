"""The nouns of the project: plain frozen data, importing nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import pyarrow as pa

_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")


class Level(IntEnum):
    """How sure a finding is; the random pass rate of its check decides, never a regex alone."""

    INDICE = 1
    POSSIBLE = 2
    PROBABLE = 3
    CERTAIN = 4


class Outcome(IntEnum):
    """What the provider should do; when several apply, the highest is shown first."""

    ACCEPTER = 1
    DEMANDER_AU_CLIENT = 2
    SECURISER = 3
    REFUSER_PROPOSE = 4


class Status(StrEnum):
    """What became of an item's bytes."""

    READ = "read"
    PARTIAL = "partial"
    UNREAD = "unread"


class Kind(StrEnum):
    """Why bytes were not read: a closed list, so that reports can count and explain each."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TIMED_OUT = "timed_out"
    LOST = "lost"
    READER_FAILED = "reader_failed"
    EXCLUDED = "excluded"
    DENIED = "denied"
    SPECIAL = "special"
    LINK = "link"
    CHANGED = "changed"
    VANISHED = "vanished"
    IO_ERROR = "io_error"
    MEMBERS = "members"
    """Some members of a container were not read; each has a row of its own."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where: a path relative to the target, then the members of containers; prints ``a.zip!b.docx``."""

    connector: str
    path: str
    members: tuple[str, ...] = ()

    def inside(self, member: str) -> Locator:
        """The locator of a member of this container."""
        return Locator(self.connector, self.path, (*self.members, member))

    def __str__(self) -> str:
        joined = "!".join((self.path, *self.members))
        # Names that are not UTF-8 keep their bytes as \xNN, so that every report can print them; surrogates that
        # stand for no byte, which archives and mail can hold, keep their number.
        raw = _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", joined).encode("utf-8", "surrogateescape")
        return raw.decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be read; ``detail`` never holds content."""

    kind: Kind
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.detail}" if self.detail else self.kind.value


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a connector lists; ``problem`` is set when listing already shows it cannot be opened."""

    locator: Locator
    size: int
    modified: int = 0
    """Nanoseconds since the epoch."""
    mode: int = 0
    owner: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text; ``line`` is the number of its first line (0 when lines mean nothing there)."""

    text: str
    place: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A run of values of one column, all strings; big tables come as several runs of the same column.

    ``index`` counts from 0; ``name`` is empty when the table has no header; ``first_row`` is the 1-based number, as a
    person would count them in the file, of the row of the first value.
    """

    table: str
    name: str
    index: int
    values: pa.Array
    first_row: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """An inner file to enter; ``stored`` is what it takes inside its container, in bytes (None: unknown)."""

    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    stored: int | None = None
    modified: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that a reader passed over while it goes on with the rest."""

    problem: Problem
    bytes_unread: int = 0


Content = Passage | Column | Embedded | Gap


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a file that can be read by itself; ``start`` and ``end`` in what its reader counts by.

    ``size`` is what it takes of the file, in bytes; ``before`` what the reader must know of all that stands before it.
    """

    start: int
    end: int
    size: int
    before: object = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What a reader says behind a section: that it ended where it should, and the numbers that it gave.

    ``lines``, and ``rows`` by table, are the number of the first and the one that the next would have; ``known`` is
    what the next section must have had as ``before``.
    """

    fits: bool = True
    lines: tuple[int, int] = (1, 1)
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    known: object = None


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` looks like an ``entity_type``, with this score (0 to 1) and level."""

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    level: Level


@dataclass(frozen=True, slots=True)
class Finding:
    """All spans of one type and level at one place (locator, table, column); never a value."""

    path: str
    table: str
    column: str
    entity_type: str
    category: str
    regime: str
    """Regime codes joined by commas, empty if none."""
    level: Level
    count: int
    distinct: int
    score: float
    recognizer: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What was read of one item; ``bytes_read + bytes_unread == size`` always."""

    path: str
    size: int
    media_type: str
    encoding: str
    status: Status
    reason: str
    bytes_read: int
    bytes_unread: int
    modified: int = 0
    mode: int = 0
    owner: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule table says: which row, which outcomes (highest first), and why, in words to print."""

    rule: str
    outcomes: tuple[Outcome, ...]
    anchor: str
    citation: str
    """Exact French sentence of the policy, empty when the reason is the law's alone."""
    reason_fr: str
    reason_en: str
    confirmations: int
    """Number of named humans who must confirm: 0, 1 or 2."""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on one type at one item (or, for what was not read, on one reason)."""

    path: str
    entity_type: str
    category: str
    regime: str
    level: str
    count: int
    distinct: int
    declared: str
    """``oui``, ``non``, ``hors_emplacement``, ``non_trouve``, ``sans_objet``."""
    reference: str
    """Reference of the declared processing, when there is one."""
    places: tuple[str, ...]
    verdict: Verdict
