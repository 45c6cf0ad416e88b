"""The nouns of the project: plain frozen data, importing nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

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
    OCR_OFF = "ocr_off"
    """Pictures that nobody looked at: not asked for, not allowed or not installed."""
    OVER_BUDGET = "over_budget"
    """Pictures beyond what a file or a run may have looked at."""
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
    SAMPLED = "sampled"
    """Some rows of a table were read, as was asked for."""
    MEMBERS = "members"
    """Some members of a container were not read; each has a row of its own."""


class Evidence(StrEnum):
    """Why a finding of a special category stands: what says it, of whom, what speaks against; in this order."""

    FORM = "form"
    """The file or the record has a form that only such data has."""
    STRUCTURED = "structured"
    """A structured expression: a code with its label, a field with its value."""
    TERMS = "terms"
    """Two different terms or more."""
    TERM = "term"
    """One term."""
    SENTENCE = "sentence"
    """A sentence that is surely one of the category."""
    LIKELY_SENTENCE = "likely_sentence"
    """A sentence that is likely one of the category."""
    COLUMN_NAME = "column_name"
    """The name of the column says it."""
    APPLICATION = "application"
    """The published schema of a known application says it."""
    CELLS = "cells"
    """Many cells of the column say it."""
    BY_NUMBER = "by_number"
    """An identifier of a person stands in the same record."""
    BY_NAME = "by_name"
    """A person is named near it."""
    BY_CONTACT = "by_contact"
    """A mail address or a telephone number stands near it."""
    BY_ROW = "by_row"
    """It stands in a row of a table of persons."""
    BY_KEY = "by_key"
    """A foreign key of the row leads to a table of persons."""
    BY_SUBJECT = "by_subject"
    """Words speak of somebody: ``la patiente``, ``je suis``."""
    BY_DOCUMENT = "by_document"
    """A person is named elsewhere in the document."""
    PICTURE = "picture"
    """It was read in a picture."""
    FACE = "face"
    """A face is on the picture."""
    PORTRAIT = "portrait"
    """The picture shows one face, large, and hardly any text."""
    MACHINE_ZONE = "machine_zone"
    """A machine-readable zone, all of whose check digits are right."""
    ID_CARD = "id_card"
    """The zone is that of a card."""
    PASSPORT = "passport"
    """The zone is that of a passport."""
    ABOUT = "about"
    """The text speaks of a subject rather than of somebody."""
    ALONE = "alone"
    """Nobody stands near."""

    @classmethod
    def ordered(cls, codes: Collection[str]) -> tuple[str, ...]:
        """The codes as findings hold them: each once, in this order; quick where there are none, as mostly."""
        return tuple(code.value for code in cls if code in codes) if codes else ()


PLACES = 20
"""Places inside a file that are kept of one finding, and of one decision; beyond them there may be more."""


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
        if joined.isascii():
            return joined
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
    estimated: bool = False
    """Whether ``size`` is only about right; what is read then says what it is."""
    handle: str = ""
    """What the connector needs to open it again; never shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` looks like an ``entity_type``, with this score (0 to 1) and level."""

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    """Its name, and the codes of ``Evidence`` behind it where there are any: ``health+term+by_name``."""
    level: Level


@dataclass(frozen=True, slots=True)
class Marks:
    """Where paragraphs, or slides, of a passage begin, in characters and in order; ``first`` numbers the first one."""

    unit: str
    first: int
    starts: Sequence[int] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text; ``line`` is the number of its first line (0 when lines mean nothing there).

    Where ``known`` says what stands in it, as a record of a fixed form does by itself, nothing else is sought there.
    """

    text: str
    place: str = ""
    line: int = 0
    known: tuple[Span, ...] = ()
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A run of values of one column, all strings; big tables come as several runs of the same column.

    ``index`` counts from 0; ``name`` is empty when the table has no header; ``first_row`` is the 1-based number, as a
    person would count them in the file, of the row of the first value. In a ``grid``, a person finds a cell by both.
    """

    table: str
    name: str
    index: int
    values: pa.Array
    first_row: int
    grid: bool = False


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
    page: int = 0
    """The page, where it is one of many that may be left for the same reason."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to look at: ``draw`` gives its pixels (RGB), about so many along the longer side.

    ``size`` is what of the file stays unread if nobody looks; ``page`` its number in the file, 0 if it is all there is.
    """

    draw: Callable[[int], NDArray[np.uint8]]
    size: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen on a picture beside its text: faces, the largest one's share of it, a zone, how many words."""

    place: str
    faces: int
    share: float
    zone: str
    """``id_card`` or ``passport``, where the picture holds a machine-readable zone; empty otherwise."""
    checked: bool
    """Whether its check digits are right; if not, it only has the form."""
    words: int
    letter: bool
    """Whether it has the form of a letter: a page with a salutation and a closing."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a dump says of a table: its columns, comments on them, and the tables that its keys lead to."""

    table: str
    columns: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    refers: tuple[str, ...] = ()


Content = Passage | Column | Embedded | Gap | Picture | Definition


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
    """Names joined by commas."""
    places: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    """Codes of ``Evidence``, in its order."""


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
    oldest: str = ""
    """The first day that it speaks of, in ISO form; births do not count."""
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What one listed item gave: by it a later run, or a copy in the same one, knows what it need not read again."""

    path: str
    digest: str
    """Empty where the item was not read to its end, and is always read again."""
    size: int
    items: int
    """Rows of the item and of its members."""
    findings: int
    unread_inside: int = 0
    named: bool = True
    """Whether what was found may depend on the name of the file, beyond its suffix."""
    alone: bool = True
    """Whether its content says what it gives: neither what lies beside it nor its place in the run does."""
    share: Mapping[str, object] = field(default_factory=dict)


class Recalled(NamedTuple):
    """An item whose content is known: it gives what the item at this place gave."""

    run: bool
    """Of an earlier run, or of this one."""
    batch: int
    """0 in an earlier run."""
    row: int


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
    next: tuple[str, ...] = ()
    """Names of the lists of steps that follow."""


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
    evidence: tuple[str, ...] = ()
    """Codes of ``Evidence`` behind what is judged, in its order."""
