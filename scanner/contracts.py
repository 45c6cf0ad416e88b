"""The contracts of plugins: each has one verb; built-in plugins register like anyone's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Protocol, TypeVar, runtime_checkable

from scanner.model import Content, Gap, Item, Kind, Passage, Passed, Picture, Problem, Section, Seen, Span

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


class Undelivered(Exception):
    """An alert could not be sent; the message never quotes an answer or an alert."""


def _alone(_: str) -> bytes:
    return b""


@dataclass(slots=True)
class Source:
    """One opened file as a reader sees it; ``path`` only when it is a real local file of its own.

    ``beside`` gives the bytes of a small file of that name in the same folder, or none.
    """

    stream: BinaryIO
    name: str
    size: int
    media_type: str
    encoding: str = ""
    path: Path | None = None
    beside: Callable[[str], bytes] = _alone


class Connector(Protocol):
    """Lists the items of a target and opens them, read-only.

    One that takes addresses says which: ``schemes``, a set like ``{"postgresql"}``. One that holds sessions has
    ``close()``; one that can bound the rows of a table has ``sample``, which is set before it lists.
    """

    name: ClassVar[str]
    example: ClassVar[str]

    def items(self, target: str) -> Iterator[Item]: ...

    def open(self, target: str, item: Item) -> BinaryIO: ...


class Reader(Protocol):
    """Turns one format into content. Never recurses; raises ``Unreadable``.

    ``seeks`` says whether it needs a seekable stream; ``gives`` is ``columns``, ``text`` or ``members``. One that has
    ``single = True`` gives one member, which counts as lying where its container lies.
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


class Eye(Protocol):
    """Looks at the pictures that readers give: text and what was seen, or a gap with the reason why nobody looked."""

    def look(self, picture: Picture) -> Iterator[Passage | Seen | Gap]: ...


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
    """Sends alerts, which hold no personal data, to the channel of an address; raises ``Undelivered``."""

    name: ClassVar[str]

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None: ...

    def close(self) -> None: ...
