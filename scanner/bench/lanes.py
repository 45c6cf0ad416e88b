"""What is measured of recense inside one process: rules, lanes and readers on blocks in memory, a worker's work."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.bench.processes import Sample
from scanner.config import Settings
from scanner.contracts import Source
from scanner.examine import examine
from scanner.model import Column, Item, Locator, Passage, Span
from scanner.plugins import named
from scanner.recognition.columns import ColumnLane
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.discretion import Discretion
from scanner.recognition.found import Found
from scanner.recognition.shares import Allowance
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes
from scanner.recognition.utf8 import Utf8
from scanner.tasks import Batch

ENOUGH = 2.0
"""Seconds after which a measurement stops at the next block: slow code must not make it last for ever."""
SETTINGS = Settings(ner="off", today=date(2026, 1, 1))

Blocks = Sequence[Passage | Column]


def blocks(path: Path, reader: str) -> Blocks:
    """The content of a file in memory, as this reader gives it."""
    with path.open("rb") as file:
        raw = io.BytesIO(file.read())
    source = Source(raw, path.name, path.stat().st_size, "", "utf-8", path)
    found = named("readers", reader)().read(source)
    return [content for content in found if isinstance(content, Passage | Column)]


def passages(path: Path) -> list[Passage]:
    """The bytes of a file as text, whatever its format."""
    return [block for block in blocks(path, "text") if isinstance(block, Passage)]


def identify(text: str) -> list[Span]:
    """Spans of all rules in a text, before conflicts are resolved, in characters."""
    lanes, whole = text_lanes(SETTINGS), Utf8.of(text)
    return lanes.identified(whole).spans(lanes.kinds, whole.to_chars)


def rules(passages: Sequence[Passage]) -> Sample:
    """Spans, context and checks of all rules over bytes, nothing else."""
    lanes = text_lanes(SETTINGS)
    return _timed([Utf8.of(passage.text) for passage in passages], lanes.identified)


def identifiers(passages: Sequence[Passage]) -> Sample:
    """Lanes 1 and 2: what the rules find, conflicts resolved, counted by type and level."""
    lanes = text_lanes(SETTINGS)
    return _counted(passages, lambda text: resolve_found(lanes.identified(text), lanes.kinds))


def everything(passages: Sequence[Passage]) -> Sample:
    """Lanes 1 and 2, then lists of names and places, and special categories; all but the names model."""
    lanes = text_lanes(SETTINGS)
    return _counted(passages, lambda text: lanes.found(text, Allowance(0).file()))


def _counted(passages: Sequence[Passage], find: Callable[[Utf8], Found]) -> Sample:
    lanes, tallies = text_lanes(SETTINGS), Tallies()

    def count(passage: Passage) -> None:
        text = Utf8.of(passage.text)
        tallies.take(find(text), lanes.kinds, text.data, _Lines(text))

    return _timed(passages, count)


class _Lines:
    """Lines as places, which a passage of a text file has."""

    def __init__(self, text: Utf8) -> None:
        self.text = text

    def numbers(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the line in which each span starts."""
        from scanner.recognition.offsets import newlines_before

        return 1 + newlines_before(self.text.data, starts)

    def name(self, number: int) -> str:
        """The line in words."""
        return f"line {number}"


def columns(content: Blocks) -> Sample:
    """All lanes over columns, and the judgement of each table; passages between them are left out."""
    lanes, tallies = text_lanes(SETTINGS), Tallies()
    lane = ColumnLane(lanes, Discretion(lanes))
    fed = _timed(list(_groups(content)), lambda group: [lane.feed(column) for column in group])
    start = time.process_time()
    lane.close(tallies)
    return Sample(fed.seconds + time.process_time() - start, fed.size)


def _timed(blocks: Sequence[Any], work: Callable[[Any], object]) -> Sample:
    """CPU seconds of the work on one block after another, until there are enough."""
    seconds, size = 0.0, 0
    for block in blocks:
        start = time.process_time()
        work(block)
        seconds += time.process_time() - start
        size += _size(block)
        if seconds > ENOUGH:
            break
    return Sample(max(seconds, 1e-9), size)


def _groups(content: Blocks) -> Iterator[list[Column]]:
    """All columns of the same rows together: some cost far more than others."""
    group: list[Column] = []
    for block in content:
        if isinstance(block, Column):
            if group and (block.table != group[0].table or block.index <= group[-1].index):
                yield group
                group = []
            group.append(block)
    if group:
        yield group


def _size(block: Passage | Utf8 | Sequence[Column]) -> int:
    """Bytes of the text itself, without offsets."""
    if isinstance(block, Utf8):
        return len(block.data)
    if isinstance(block, Passage):
        return len(block.text.encode("utf-8", "surrogatepass"))
    import pyarrow.compute as pc

    return sum(int(pc.sum(pc.binary_length(column.values)).as_py() or 0) for column in block)


def reading(path: Path, size: int, reader: str) -> Sample:
    """The reader alone, from the bytes of the file in memory to blocks."""
    start = time.process_time()
    blocks(path, reader)
    return Sample(max(time.process_time() - start, 1e-9), size)


def worker(path: Path, size: int) -> Sample | None:
    """What a worker does with one file, names model off; CPU seconds of this process."""
    item = Item(Locator("filesystem", path.name), path.stat().st_size)
    start = time.process_time()
    done = examine(Batch(0, "filesystem", str(path.parent), "", (item,)), SETTINGS, b"bench")
    seconds = time.process_time() - start
    return Sample(seconds, size) if done.rows else None


def memory(data: NDArray[np.uint8]) -> Sample:
    """Reading the same bytes once and adding them up, which nothing that looks at each byte can beat."""
    words = data[: len(data) // 8 * 8].view(np.uint64)
    start = time.process_time()
    words.sum()
    return Sample(max(time.process_time() - start, 1e-9), words.nbytes)
