"""What a worker does with a batch: open, read, enter, recognise, aggregate.

Values never leave the workers of a run: of a file read in sections, samples of columns pass between them in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from scanner.beside import Beside, Noting, in_folder, listed_in, nothing
from scanner.config import Settings
from scanner.connecting import close, connect
from scanner.model import (
    Column,
    Definition,
    Finding,
    Item,
    ItemRow,
    Kind,
    Listed,
    Locator,
    Passage,
    Problem,
    Recalled,
    Seen,
    Status,
)
from scanner.pictured import may_hold_pictures
from scanner.recall import Recall
from scanner.recognition.breadth import Breadth
from scanner.recognition.columns import ColumnLane
from scanner.recognition.days import Days
from scanner.recognition.discretion import Discretion, discretion_of
from scanner.recognition.documents import DocumentLane, correspondence
from scanner.recognition.found import Found
from scanner.recognition.mediatypes import held
from scanner.recognition.pictures import PictureLane
from scanner.recognition.shares import Allowance, Budget
from scanner.recognition.tally import Tallies
from scanner.recognition.text import TextLanes, text_lanes
from scanner.recognition.utf8 import Utf8
from scanner.shelf import again
from scanner.sight.eye import Eye
from scanner.sniff.companions import accompanied
from scanner.tasks import Batch, Examined
from scanner.taxonomy import taxonomy
from scanner.walk import Walk, whereabouts


@lru_cache(maxsize=1)
def axes() -> dict[str, tuple[str, str]]:
    """Entity type -> category and regimes, the two axes that never merge."""
    book = taxonomy()
    return {t: (book.category_of(t), ",".join(book.regimes_of(t))) for t in book.types}


def examine(batch: Batch, settings: Settings, key: bytes) -> Examined:
    """Read all items of a batch; a failure is a row, never an exception."""
    logging.disable(logging.CRITICAL)  # third-party loggers quote what they read
    result = Examined()
    lanes = text_lanes(settings)
    connector = connect(batch.connector, settings)
    recall, near = Recall(batch, key), _Near(batch, connector)
    given: list[Examined | None] = []
    pictured = batch.pictured
    try:
        for at, item in enumerate(batch.items):
            turn = _Turn(batch, item, connector, settings, pictured)
            pictured += turn.may_hold
            place = turn.ask(recall, near) if len(batch.items) > 1 else None
            if isinstance(place, Recalled):
                given.append(None)
                result.listed.append(place)
                continue
            one = Examined()
            if place is not None and (like := given[place]) is not None:
                one = again(_only(like), like.rows, like.findings, item, str(batch.locator(item)))
            else:
                turn.examine(lanes, key, one)
                recall.learn(at, _only(one))
            given.append(one if recall.keeps(item) else None)
            result.take(one)
    finally:
        close(connector)
    return result


def recalled(batch: Batch, settings: Settings, key: bytes) -> Examined | None:
    """What is known of a lone item, before anything is done to read it; None when it is to be read."""
    if not batch.known:
        return None
    connector = connect(batch.connector, settings)
    try:
        turn = _Turn(batch, batch.items[0], connector, settings, batch.pictured)
        place = turn.ask(Recall(batch, key), _Near(batch, connector))
    finally:
        close(connector)
    return Examined(listed=[place]) if isinstance(place, Recalled) else None


class _Turn:
    """One item of a batch, at its place in the run."""

    def __init__(self, batch: Batch, item: Item, connector: object, settings: Settings, pictured: int) -> None:
        self._batch, self._item, self._settings = batch, item, settings
        self._connector = connector
        self._within = settings.is_chosen(pictured)
        self.may_hold = may_hold_pictures(item.locator.path, item.size)

    def ask(self, recall: Recall, near: _Near) -> Recalled | int | None:
        """Where its content was read before, if what that gave is what this item gives."""
        if self._settings.ocr == "auto" and self.may_hold and not self._within:
            return None
        place = recall.ask(self._item, _opener(self._batch, self._item, self._connector))
        return None if place is None or accompanied(self._item.locator.path, near.beside(self._item)) else place

    def examine(self, lanes: TextLanes, key: bytes, result: Examined) -> None:
        """Read it; what is found on pictures holds for copies only where all copies that may be asked are looked at."""
        settings = self._settings
        walk = Walk(settings.limits, key, Eye(settings, within=self._within), settings.closed)
        located = replace(self._item, locator=self._batch.locator(self._item))
        opener, path = opening(self._batch, self._item, self._connector)
        _examine_opened(located, opener, path, lanes, walk, result, beside_of(self._batch, path))
        if walk.pictured and settings.ocr == "auto" and not (self._within and self.may_hold):
            result.listed = [replace(_only(result), alone=False)]


class _Near:
    """What lies beside the items of a batch, while it is asked which of them are known: a folder is listed once."""

    def __init__(self, batch: Batch, connector: object) -> None:
        self._batch, self._connector = batch, connector
        self._folders: dict[str, Beside] = {}

    def beside(self, item: Item) -> Beside:
        """What lies in the folder of an item."""
        folder = item.locator.path.rpartition("/")[0]
        if folder not in self._folders:
            path = _path(self._batch, item, self._connector)
            alone = path is None or path == Path(self._batch.target)
            self._folders[folder] = nothing if path is None or alone else listed_in(path.parent)
        return self._folders[folder]


def _only(one: Examined) -> Listed:
    return next(listed for listed in one.listed if isinstance(listed, Listed))


def examine_one(item: Item, opener: Callable[[], BinaryIO], lanes: TextLanes) -> Examined:
    """What one item gives, from whatever opens it."""
    result = Examined()
    settings = lanes.settings
    walk = Walk(settings.limits, b"", Eye(settings, within=False), settings.closed)
    _examine_opened(item, opener, None, lanes, walk, result, nothing)
    return result


def _examine_opened(
    item: Item,
    opener: Callable[[], BinaryIO],
    path: Path | None,
    lanes: TextLanes,
    walk: Walk,
    result: Examined,
    beside: Beside,
) -> None:
    files: dict[Locator, OneFile] = {}
    discretion = discretion_of(lanes)
    allowance = Allowance(lanes.settings.ner_chars, item.size)
    rows = []
    named, noting = False, Noting(beside)
    for locator, content in walk.visit(item, opener, path, noting):
        if isinstance(content, ItemRow):
            file = files.pop(locator, None)
            if file is not None:
                named = named or file.document.named
                result.findings += file.close(str(locator))
                content = file.dated(content)  # noqa: PLW2901
            rows.append(content if file is None or file.failure is None else _doubtful(content, file.failure))
        else:
            file = files.get(locator)
            if file is None:
                file = files[locator] = OneFile(lanes, discretion, allowance.file())
            file.take(content)
    result.findings += correspondence(rows, axes())
    result.findings += held(rows, axes())
    result.rows += rows
    result.coverage.add(rows, walk.unread_inside)
    result.share.add(allowance.share)
    result.listed.append(
        Listed(
            rows[-1].path,
            rows[-1].digest,
            rows[-1].size,
            len(rows),
            len(result.findings),
            walk.unread_inside,
            named or len(rows) > 1,  # a member can take its name from that of its container
            not (noting.used or item.estimated),
            allowance.share.as_dict(),
        )
    )


def opening(batch: Batch, item: Item, connector: object) -> tuple[Callable[[], BinaryIO], Path | None]:
    """What opens an item, and where it lies if it is a file of its own."""
    return _opener(batch, item, connector), _path(batch, item, connector)


def _opener(batch: Batch, item: Item, connector: object) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        stream: BinaryIO = connector.open(batch.target, item)  # type: ignore[attr-defined]
        return stream

    return opener


def _path(batch: Batch, item: Item, connector: object) -> Path | None:
    path: Path | None = getattr(connector, "path_of", lambda *_: None)(batch.target, item)
    return path


def beside_of(batch: Batch, path: Path | None) -> Beside:
    """What lies beside an item; beside a target that is one file lies what nobody asked to read."""
    return nothing if path is None or path == Path(batch.target) else in_folder(path.parent)


class OneFile:
    """Findings of one file while it is read."""

    def __init__(self, lanes: TextLanes, discretion: Discretion, budget: Budget) -> None:
        self.lanes = lanes
        self.budget = budget
        self.tallies = Tallies()
        self.discretion = discretion
        self.columns = ColumnLane(lanes, discretion, budget)
        self.breadth = Breadth()
        self.document = DocumentLane()
        self.days = Days(lanes.settings.today)
        self.pictures = PictureLane()
        self.failure: Problem | None = None

    def take(self, content: Passage | Column | Seen | Definition) -> None:
        """Recognise in one piece of content; a recogniser's bug leaves the file in doubt, never the run."""
        if isinstance(content, Seen):
            self.pictures.take(content)
            return
        if isinstance(content, Definition):
            self.columns.describe(content)
            return
        try:
            for narrow in self.breadth.narrow(_printable(content)):
                self._recognise(narrow)
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = _failure(error)

    def _recognise(self, content: Passage | Column) -> None:
        if isinstance(content, Column):
            self.budget.share.text += self.columns.feed(content)
            self.days.feed(content.table, content.index, content.name, content.values)
            return
        text = Utf8.of(content.text)
        self.days.read(text.data)
        if content.known:
            found = Found.of(content.known, self.lanes.kinds, text.to_bytes)
        else:
            self.document.take(content.text)
            found = self.lanes.found(text, self.budget)
        self.tallies.take(found, self.lanes.kinds, text.data, _Lines(content, text, self.discretion))

    def settle(self) -> None:
        """Recognise in what is still held of a section, of which no more comes."""
        try:
            self.columns.settle()
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = _failure(error)

    def dated(self, row: ItemRow) -> ItemRow:
        """The row of the file with the days that it speaks of."""
        oldest, newest = self.days.ends()
        return replace(row, oldest=oldest, newest=newest) if oldest else row

    def close(self, path: str) -> list[Finding]:
        """The findings of the file, once all of it was read."""
        try:
            for passage in self.breadth.rest():
                self._recognise(passage)
            self.columns.close(self.tallies)
            self.pictures.close(self.tallies)
            self.document.close(path, self.tallies, self.pictures.evidence)
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = _failure(error)
        return list(self.tallies.findings(path, axes()))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the spans of a passage stand, in words that tell no value."""

    passage: Passage
    text: Utf8
    discretion: Discretion

    def numbers(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the line, or of what else is marked, in which each span starts; 0 where neither is."""
        marks = self.passage.marks
        if marks is not None:
            begins = self.text.to_bytes(np.asarray(marks.starts, np.int64))
            return marks.first + np.maximum(np.searchsorted(begins, starts, "right") - 1, 0)
        if not self.passage.line:
            return np.zeros(len(starts), np.int64)
        from scanner.recognition.offsets import newlines_before

        return self.passage.line + newlines_before(self.text.data, starts)

    def name(self, number: int) -> str:
        """The place of the passage, and the line or what else is marked."""
        unit = self.passage.marks.unit if self.passage.marks is not None else "line"
        where = f"{unit} {number}" if number else ""
        return ", ".join(filter(None, (self.discretion.place(self.passage.place), where)))


def _failure(error: Exception) -> Problem:
    if isinstance(error, MemoryError):
        return Problem(Kind.TOO_LARGE, "recognition: not enough memory")
    return Problem(Kind.READER_FAILED, f"recognition: {whereabouts(error)}")


def _printable(content: Passage | Column) -> Passage | Column:
    """The content with names that have no lone surrogates, which no encoding knows."""
    if isinstance(content, Column):
        if content.name.isascii() and content.table.isascii():
            return content
        return replace(content, name=_encodable(content.name), table=_encodable(content.table))
    return content if content.place.isascii() else replace(content, place=_encodable(content.place))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _doubtful(row: ItemRow, failure: Problem) -> ItemRow:
    """The row of a file in which recognition failed: what was found stands, nothing of it counts as read."""
    return replace(row, status=Status.PARTIAL, reason=str(failure), bytes_read=0, bytes_unread=row.size)
