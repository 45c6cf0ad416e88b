"""The contracts of plugins: each has one verb; built-in plugins register like anyone's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Protocol, TypeVar, runtime_checkable

from scanner.model import Content, Item, Kind, Passed, Problem, Section, Span

Task = TypeVar("Task")
Result = TypeVar("Result")


class Unreadable(Exception):
    """A reader knows why it stops; what it yielded before stands, the rest counts as unread.

    ``bytes_read`` is how far it came when the reader knows better than the position of the stream.
    """

    def __init__(self, kind: Kind, detail: str = "", bytes_read: int | None = None) -> None:
        super().__init__(f"{kind.value}: {detail}")
        self.problem = Problem(kind, detail)
        self.bytes_read = bytes_read


class Lost(Exception):
    """An engine lost a task: its worker died or went over its time."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(f"{kind.value}: {detail}")
        self.problem = Problem(kind, detail)


@dataclass(slots=True)
class Source:
    """One opened file as a reader sees it; ``path`` only when it is a real local file of its own."""

    stream: BinaryIO
    name: str
    size: int
    media_type: str
    encoding: str = ""
    path: Path | None = None


class Connector(Protocol):
    """Lists the items of a target and opens them, read-only."""

    name: ClassVar[str]
    example: ClassVar[str]

    def items(self, target: str) -> Iterator[Item]: ...

    def open(self, target: str, item: Item) -> BinaryIO: ...


class Reader(Protocol):
    """Turns one format into content. Never recurses; raises ``Unreadable``.

    ``seeks`` says whether it needs a seekable stream; ``gives`` is ``columns``, ``text`` or ``members``.
    """

    name: ClassVar[str]
    media_types: ClassVar[frozenset[str]]
    gives: ClassVar[str]
    seeks: ClassVar[bool]

    def read(self, source: Source) -> Iterator[Content]: ...


@runtime_checkable
class Divisible(Protocol):
    """A reader of big files that several workers can read at once, each its own sections.

    ``sections`` gives those that follow each other from the beginning to the end, about ``step`` bytes each, or none
    when the file is better read whole; the content of all of them is that of ``read``, but for the numbers of lines and
    rows, which each counts anew; ``Passed`` comes last. The stream of ``source`` stands anywhere.
    """

    def sections(self, source: Source, step: int) -> Sequence[Section]: ...

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]: ...


class Recognizer(Protocol):
    """Finds spans in a text; offsets are in characters."""

    name: str
    entity_types: frozenset[str]

    def find(self, text: str) -> Iterable[Span]: ...


class Reporter(Protocol):
    """Writes one inventory in one format; sees nothing else."""

    name: ClassVar[str]
    suffix: ClassVar[str]

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None: ...


class Alerter(Protocol):
    """Sends alerts, which hold no personal data, to one channel."""

    name: ClassVar[str]

    def send(self, alerts: Sequence[Mapping[str, Any]]) -> None: ...
