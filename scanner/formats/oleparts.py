"""What OLE2 documents hold besides their main text: properties, and objects of other programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

from scanner.formats.compound import CompoundFile, Entry
from scanner.formats.members import Names
from scanner.formats.textruns import TextRuns
from scanner.model import Content, Embedded, Gap, Kind, Passage, Problem

OBJECT_LIMIT = 128 << 20
PACKAGES = frozenset({"Package", "CONTENTS", "Contents", "EmbeddedOdf"})
NATIVE = "\x01Ole10Native"
SUMMARIES = frozenset({"\x05SummaryInformation", "\x05DocumentSummaryInformation"})
# Streams that say how an object looks or where it comes from.
DULL = frozenset({"\x01CompObj", "\x01Ole", "\x03ObjInfo", "\x02OlePres000", "\x03PRINT", "\x03META", "\x03EPRINT"})


def read_properties(compound: CompoundFile) -> Iterator[Content]:
    """Author, company, title and the like."""
    for entry in compound.entries:
        if len(entry.path) == 1 and entry.name in SUMMARIES:
            yield from _runs(compound, entry, "properties")


def read_objects(compound: CompoundFile, pools: tuple[str, ...]) -> Iterator[Content]:
    """Objects in the storages named; their packages as members, what else they hold as runs of text."""
    names = Names()
    for entry in compound.entries:
        if (pools and entry.path[0] not in pools) or entry.name in DULL or not entry.size:
            continue
        if entry.name in PACKAGES:
            yield Embedded(names.distinct("object"), partial(compound.open, entry), entry.size, entry.size)
        elif entry.name == NATIVE:
            yield from _native(compound, entry, names)
        elif entry.name not in SUMMARIES:
            yield from _runs(compound, entry, "object")


def _runs(compound: CompoundFile, entry: Entry, place: str) -> Iterator[Content]:
    runs = TextRuns()
    for passage in runs.read(compound.open(entry)):
        yield Passage(passage.text, place)


def _native(compound: CompoundFile, entry: Entry, names: Names) -> Iterator[Content]:
    """A file that was dropped into the document, with its name ([MS-OLEDS] 2.3.6)."""
    if entry.size > OBJECT_LIMIT:
        yield Gap(Problem(Kind.TOO_LARGE, f"object over {OBJECT_LIMIT >> 20} MB"), entry.size)
        return
    data = compound.read(entry, OBJECT_LIMIT)
    label, _, rest = data[6:].partition(b"\0")
    _, _, rest = rest.partition(b"\0")
    path_size = int.from_bytes(rest[4:8], "little")
    at = 8 + path_size
    size = int.from_bytes(rest[at : at + 4], "little")
    content = rest[at + 4 : at + 4 + size]
    if not content or len(content) < size:
        content, label = data[4:], b"object"
    name = names.distinct(label.decode("cp1252", "replace").replace("\\", "/").rsplit("/", 1)[-1][:250], "object")
    yield Embedded(name, partial(io.BytesIO, content), len(content), len(content))
