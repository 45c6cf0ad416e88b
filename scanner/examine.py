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

from scanner.config import Settings
from scanner.model import Column, Finding, Item, ItemRow, Kind, Locator, Passage, Problem, Status
from scanner.plugins import named
from scanner.recognition.breadth import Breadth
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion, discretion_of
from scanner.recognition.documents import DocumentLane, correspondence
from scanner.recognition.shares import Allowance, Budget
from scanner.recognition.tally import Tallies
from scanner.recognition.text import TextLanes, text_lanes
from scanner.recognition.utf8 import Utf8
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
    connector = named("connectors", batch.connector)()
    for item in batch.items:
        _examine_item(batch, item, connector, lanes, Walk(settings.limits, key), result)
    return result


def _examine_item(batch: Batch, item: Item, connector: object, lanes: TextLanes, walk: Walk, result: Examined) -> None:
    opener, path = opening(batch, item, connector)
    prefixed = replace(item, locator=batch.locator(item))
    files: dict[Locator, OneFile] = {}
    discretion = discretion_of(lanes)
    allowance = Allowance(lanes.settings.ner_chars, item.size)
    rows = []
    for locator, content in walk.visit(prefixed, opener, path):
        if isinstance(content, ItemRow):
            file = files.pop(locator, None)
            if file is not None:
                result.findings += file.close(str(locator))
            rows.append(content if file is None or file.failure is None else _doubtful(content, file.failure))
        else:
            file = files.get(locator)
            if file is None:
                file = files[locator] = OneFile(lanes, discretion, allowance.file())
            file.take(content)
    result.findings += correspondence(rows, axes())
    result.rows += rows
    result.coverage.add(rows, walk.unread_inside)
    result.share.add(allowance.share)


def opening(batch: Batch, item: Item, connector: object) -> tuple[Callable[[], BinaryIO], Path | None]:
    """What opens an item, and where it lies if it is a file of its own."""

    def opener() -> BinaryIO:
        stream: BinaryIO = connector.open(batch.target, item)  # type: ignore[attr-defined]
        return stream

    path: Path | None = getattr(connector, "path_of", lambda *_: None)(batch.target, item)
    return opener, path


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
        self.failure: Problem | None = None

    def take(self, content: Passage | Column) -> None:
        """Recognise in one piece of content; a recogniser's bug leaves the file in doubt, never the run."""
        try:
            for narrow in self.breadth.narrow(_printable(content)):
                self._recognise(narrow)
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = Problem(Kind.READER_FAILED, f"recognition: {whereabouts(error)}")

    def _recognise(self, content: Passage | Column) -> None:
        if isinstance(content, Column):
            self.budget.share.text += self.columns.feed(content)
            return
        self.document.take(content.text)
        text = Utf8.of(content.text)
        found = self.lanes.found(text, self.budget)
        self.tallies.take(found, self.lanes.kinds, text.data, _Lines(content, text.data, self.discretion))

    def settle(self) -> None:
        """Recognise in what is still held of a section, of which no more comes."""
        try:
            self.columns.settle()
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = Problem(Kind.READER_FAILED, f"recognition: {whereabouts(error)}")

    def close(self, path: str) -> list[Finding]:
        """The findings of the file, once all of it was read."""
        try:
            for passage in self.breadth.rest():
                self._recognise(passage)
            self.columns.close(self.tallies)
            self.document.close(path, self.tallies)
        except Exception as error:  # noqa: BLE001 - named in the row of the file
            self.failure = Problem(Kind.READER_FAILED, f"recognition: {whereabouts(error)}")
        return list(self.tallies.findings(path, axes()))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the spans of a passage stand, in words that tell no value."""

    passage: Passage
    data: NDArray[np.uint8]
    discretion: Discretion

    def numbers(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the line in which each span starts, 0 where lines mean nothing."""
        if not self.passage.line:
            return np.zeros(len(starts), np.int64)
        from scanner.recognition.offsets import newlines_before

        return self.passage.line + newlines_before(self.data, starts)

    def name(self, number: int) -> str:
        """The place of the passage, and the line."""
        line = f"line {number}" if number else ""
        return ", ".join(filter(None, (self.discretion.place(self.passage.place), line)))


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
