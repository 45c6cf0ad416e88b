"""What a worker does with a big item: divide it, read one section of it, join what all of them gave."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import xxhash

from scanner.config import Settings
from scanner.contracts import Divisible, Source
from scanner.coverage import Coverage
from scanner.examine import OneFile, beside_of, opening
from scanner.model import Gap, ItemRow, Listed, Passed, Problem, Status
from scanner.plugins import named
from scanner.recognition.columnkeys import Keys
from scanner.recognition.days import Days
from scanner.recognition.discretion import discretion_of
from scanner.recognition.documents import DocumentLane
from scanner.recognition.joining import Numbering, Tables, join_tables, join_tallies
from scanner.recognition.shares import Allowance, Share
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes
from scanner.sniff.companions import accompanied
from scanner.tasks import Batch, Divided, Examined, Joint, Part, Piece
from scanner.tokens import content_token
from scanner.walk import HEAD, identify, reader_for

_BLOCK = 1 << 22


@dataclass(slots=True)
class _Held:
    """What one section gave."""

    tallies: Tallies
    tables: Tables
    document: DocumentLane
    keys: Keys
    passed: Passed
    gaps: list[Gap]
    share: Share
    days: Days


def divide(batch: Batch, settings: Settings) -> Divided | None:
    """The sections of the only item of a batch; None when it is to be read whole: whatever is odd is for the walk."""
    item = batch.items[0]
    if (
        batch.whole
        or len(batch.items) > 1
        or item.problem is not None
        or item.estimated
        or item.size <= settings.section_bytes
    ):
        return None
    try:
        with _opened(batch) as stream:
            name = item.locator.path.rpartition("/")[2]
            sniffed = identify(stream.read(HEAD), name, beside_of(batch, _path(batch)))
            reader = reader_for(sniffed.media_type)()
            if not isinstance(reader, Divisible):
                return None
            source = _source(batch, stream, sniffed.media_type, sniffed.encoding)
            sections = tuple(reader.sections(source, settings.section_of(item.size)))
    except Exception:  # noqa: BLE001 - the walk will meet it too, and name it
        return None
    return Divided(batch, sniffed.media_type, sniffed.encoding, sections) if len(sections) > 1 else None


def read_piece(piece: Piece, settings: Settings, key: bytes) -> Part:
    """Read one section; anything out of order says that the item does not fit this way of reading."""
    try:
        with _opened(piece.of.batch) as stream:
            part = _digest(piece, stream, key) if piece.number < 0 else _read(piece, stream, settings)
            return part if _is_as_listed(piece.of.batch, stream) else Part(False)
    except Exception:  # noqa: BLE001 - the item is read whole, and the walk names what is wrong
        return Part(False)


def _read(piece: Piece, stream: BinaryIO, settings: Settings) -> Part:
    divided, lanes = piece.of, text_lanes(settings)
    allowance = Allowance(settings.ner_chars // len(divided.sections), piece.size)
    file = OneFile(lanes, discretion_of(lanes), allowance.file())
    source = _source(divided.batch, stream, divided.media_type, divided.encoding)
    reader: Any = reader_for(divided.media_type)()
    gaps, passed = [], Passed(fits=False)
    for content in reader.read_section(source, divided.sections[piece.number]):
        if isinstance(content, Passed):
            passed = content
        elif isinstance(content, Gap):
            gaps.append(content)
        else:
            file.take(content)
    file.settle()
    table = file.columns
    held = _Held(file.tallies, table.tables, file.document, table.keys, passed, gaps, allowance.share, file.days)
    fits = passed.fits and file.failure is None and not file.breadth.exceeded
    return Part(fits, pickle.dumps(held, pickle.HIGHEST_PROTOCOL) if fits else b"")


def _digest(piece: Piece, stream: BinaryIO, key: bytes) -> Part:
    hashed = xxhash.xxh3_128()
    block = bytearray(_BLOCK)
    count = 0
    while size := stream.readinto(block):  # type: ignore[attr-defined]
        hashed.update(memoryview(block)[:size])
        count += size
    return Part(count == piece.size, content_token(hashed.digest(), key).encode())


def join(joint: Joint, settings: Settings) -> Examined | None:
    """The item as if it was read whole, but for sections that were lost; None when the sections do not fit together."""
    *parts, digest = joint.parts
    if isinstance(parts[0], Problem) or isinstance(digest, Problem):
        return None
    lanes = text_lanes(settings)
    file = OneFile(lanes, discretion_of(lanes), Allowance(0).file())
    numbering, share, gaps = Numbering(), Share(), []
    sections = joint.of.sections
    known: object = None
    for number, part in enumerate(parts):
        if isinstance(part, Problem):
            gaps.append(Gap(part, sections[number].size))
            continue
        held: _Held = pickle.loads(part.held)  # noqa: S301 - our own, from a worker of this run
        if number and not isinstance(parts[number - 1], Problem) and known != sections[number].before:
            return None
        passed, known = held.passed, held.passed.known
        _take(file, held, numbering, placed=not any(isinstance(before, Problem) for before in parts[:number]))
        numbering.go_on(passed)
        share.add(held.share)
        gaps += held.gaps
    return _examined(joint.of, file, gaps, digest.held.decode(), share)


def _take(file: OneFile, held: _Held, numbering: Numbering, placed: bool) -> None:
    """Add a section; where its lines stand in the file is not known behind one that was lost."""
    rows = {table: numbering.rows(held.passed, table) if placed else None for table in held.tables}
    join_tallies(file.tallies, held.tallies, numbering.lines(held.passed) if placed else None)
    join_tables(file.columns.tables, held.tables, rows)
    file.document.join(held.document)
    file.days.join(held.days)
    file.columns.keys.join(held.keys)


def _examined(divided: Divided, file: OneFile, gaps: list[Gap], digest: str, share: Share) -> Examined | None:
    item, locator = divided.batch.items[0], divided.batch.locator(divided.batch.items[0])
    named = file.document.named
    findings = file.close(str(locator))
    if file.failure is not None:
        return None
    unread = sum(gap.bytes_unread for gap in gaps)
    reason = "; ".join(sorted({str(gap.problem) for gap in gaps})[:3])
    row = ItemRow(
        str(locator),
        item.size,
        divided.media_type,
        divided.encoding,
        Status.PARTIAL if gaps else Status.READ,
        reason,
        max(0, item.size - unread),
        min(item.size, unread),
        item.modified,
        item.mode,
        item.owner,
        digest,
    )
    row = file.dated(row)
    coverage = Coverage()
    coverage.add([row])
    alone = not accompanied(item.locator.path, beside_of(divided.batch, _path(divided.batch)))
    listed = Listed(row.path, row.digest, row.size, 1, len(findings), 0, named, alone, share.as_dict())
    return Examined([row], findings, coverage, share, [listed])


@contextmanager
def _opened(batch: Batch) -> Iterator[BinaryIO]:
    connector = named("connectors", batch.connector)()
    opener, _ = opening(batch, batch.items[0], connector)
    with opener() as stream:
        yield stream


def _source(batch: Batch, stream: BinaryIO, media_type: str, encoding: str) -> Source:
    item = batch.items[0]
    source = Source(stream, item.locator.path.rpartition("/")[2], item.size, media_type, encoding)
    source.beside = beside_of(batch, _path(batch))
    return source


def _path(batch: Batch) -> Path | None:
    return opening(batch, batch.items[0], named("connectors", batch.connector)())[1]


def _is_as_listed(batch: Batch, stream: BinaryIO) -> bool:
    status = os.fstat(stream.fileno())
    return status.st_size == batch.items[0].size and status.st_mtime_ns == batch.items[0].modified
