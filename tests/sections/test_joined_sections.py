from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.batches import batches, read
from scanner.config import Settings
from scanner.connecting import Connectors
from scanner.contracts import Lost, Source
from scanner.engines.local import LocalEngine
from scanner.examine import examine
from scanner.model import Column, Content, Passage, Passed, Status
from scanner.readers.delimited import DelimitedReader
from scanner.readers.text import TextReader
from scanner.schedule import Schedule
from scanner.tasks import Batch, Divided, Examined, Piece

KEY = b"key"
OPTIONS = Settings(today=date(2025, 1, 1), ner="off", section_bytes=1 << 20)


class FineText(TextReader):
    block: ClassVar[int] = 32


class FineTable(DelimitedReader):
    look: ClassVar[int] = 64


PIECES = st.sampled_from(["a", "é", "\n", "\r\n", "\r", "mot ", "€", "x" * 40, "\ufeff"])


def _source(data: bytes, encoding: str = "utf-8") -> Source:
    return Source(io.BytesIO(data), "x", len(data), "text/plain", encoding)


@given(st.lists(PIECES, max_size=200), st.binary(max_size=3), st.sampled_from(["utf-8", "cp1252"]))
@settings(deadline=None)
def test_passages_of_sections_are_those_of_the_whole_text(pieces: list[str], odd: bytes, encoding: str) -> None:
    middle = len(pieces) // 2
    data = "".join(pieces[:middle]).encode() + odd + "".join(pieces[middle:]).encode()
    reader = FineText()
    joined, line = [], 0
    sections = reader.sections(_source(data, encoding), 32)
    for section in sections:
        for content in reader.read_section(_source(data, encoding), section):
            if isinstance(content, Passed):
                line += content.lines[1] - 1
            elif isinstance(content, Passage):
                joined.append(replace(content, line=content.line + line))
    if sections:
        assert [s.start for s in sections[1:]] == [s.end for s in sections[:-1]]
        assert joined == list(reader.read(_source(data, encoding)))


CELL = st.text(st.sampled_from('ab";,\n é'), max_size=6).map(
    lambda cell: '"' + cell.replace('"', '""') + '"' if set(cell) & set('";,\n') else cell
)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=60, max_size=120))
@settings(deadline=None, max_examples=60)
def test_values_of_sections_are_those_of_the_whole_table(rows: list[tuple[str, ...]]) -> None:
    data = "\n".join(["nom;ville;note", *map(";".join, rows), ""]).encode()
    reader = FineTable()
    joined: dict[int, list[Any]] = {}
    after = 0
    for section in reader.sections(_source(data), 64):
        contents = list(reader.read_section(_source(data), section))
        passed = contents[-1]
        assert isinstance(passed, Passed)
        if not passed.fits:
            return  # begins within quotes: what is read whole cannot be wrong
        shift = after - passed.lines[0] if after else 0
        _gather(joined, contents[:-1], shift)
        after = passed.lines[1] + shift
    if joined:
        whole: dict[int, list[Any]] = {}
        _gather(whole, reader.read(_source(data)), 0)
        assert joined == whole


def _gather(found: dict[int, list[Any]], contents: Iterable[Content | Passed], shift: int) -> None:
    for content in contents:
        if isinstance(content, Column):
            values = enumerate(content.values.to_pylist(), content.first_row + shift)
            found.setdefault(content.index, []).extend((row, value) for row, value in values if value)


def _log(lines: int) -> str:
    return "".join(
        f"198.51.100.{n % 250} - user{n % 9000} [10/Oct/2024:13:55:{n % 60:02d} +0200] "
        f'"GET /?mail=p{n}@example.org HTTP/1.1" 200\n'
        for n in range(lines)
    )


def _table(rows: int, remark: str) -> str:
    cells = (
        f"Durand{n % 50};p{n}@example.org;06 39 98 {n // 100 % 100:02d} {n % 100:02d};{remark}\n" for n in range(rows)
    )
    return "nom;courriel;téléphone;remarque\n" + "".join(cells)


def _only(path: Path) -> Batch:
    (batch,) = batches(Connectors(OPTIONS), [str(path.parent)], OPTIONS)
    return batch


def _scanned(batch: Batch, function: Any = read) -> tuple[Examined, list[object]]:
    schedule, handed, ended = Schedule([batch], OPTIONS, KEY), [], []
    for work, outcome in LocalEngine(2).run(function, schedule.tasks()):
        handed.append(work)
        if (done := schedule.take(work, outcome)) is not None:
            ended.append(done[1])
    (result,) = ended
    assert isinstance(result, Examined)
    return result, handed


@pytest.mark.parametrize("name", ["access.log", "clients.csv"])
def test_sections_that_any_worker_reads_give_what_one_reading_gives(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(_log(40_000) if name.endswith("log") else _table(60_000, "rien"), encoding="utf-8")
    batch = _only(path)
    joined, handed = _scanned(batch)
    whole = examine(batch, OPTIONS, KEY)
    assert sum(isinstance(work, Piece) for work in handed) > 3
    assert joined.rows == whole.rows
    assert joined.coverage == whole.coverage
    assert joined.share == whole.share
    assert [replace(f, places=f.places[:2]) for f in joined.findings] == [
        replace(f, places=f.places[:2]) for f in whole.findings
    ]
    if name.endswith("log"):
        assert joined.findings == whole.findings


def test_a_table_that_was_cut_within_quotes_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    inside = "\n".join("a;b;c;d" for _ in range(40_000))
    path.write_text(_table(5_000, "rien") + f'Durand;x;y;"{inside}"\n' * 6 + _table(20_000, "rien"), encoding="utf-8")
    batch = _only(path)
    joined, handed = _scanned(batch)
    assert isinstance(read(batch, OPTIONS, KEY), Divided)
    assert replace(batch, whole=True) in handed
    whole = examine(batch, OPTIONS, KEY)
    assert (joined.rows, joined.findings) == (whole.rows, whole.findings)


def die_at_the_third(work: Any, options: Settings, key: bytes) -> Any:
    if isinstance(work, Piece) and work.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(work, options, key)


def test_a_section_that_kills_its_worker_is_named_and_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text(_log(40_000), encoding="utf-8")
    batch = _only(path)
    divided = read(batch, OPTIONS, KEY)
    assert isinstance(divided, Divided)
    size = divided.sections[2].size
    joined, _ = _scanned(batch, die_at_the_third)
    (row,) = joined.rows
    assert (row.status, row.bytes_unread, row.bytes_read) == (Status.PARTIAL, size, row.size - size)
    assert row.reason.startswith("lost")
    emails = {f.level: f for f in joined.findings if f.entity_type == "EMAIL_ADDRESS"}
    whole = {f.level: f for f in examine(batch, OPTIONS, KEY).findings if f.entity_type == "EMAIL_ADDRESS"}
    assert emails.keys() == whole.keys()
    for level, finding in emails.items():
        assert 0 < finding.count < whole[level].count
        assert finding.places == whole[level].places


def test_a_file_that_changes_while_it_is_read_is_read_whole_which_says_so(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text(_log(40_000), encoding="utf-8")
    batch = _only(path)
    os.utime(path, ns=(1, 1))
    joined, handed = _scanned(batch)
    assert replace(batch, whole=True) in handed
    assert joined.rows[0].reason.startswith("changed")


def test_a_recogniser_of_parts_keeps_all_evidence_on_a_column() -> None:
    """What is gathered of a column is joined field by field: one that is new must be joined too."""
    from dataclasses import fields

    from scanner.recognition.columnvalues import ColumnFacts

    joined = {
        "name",
        "index",
        "readings",
        "values",
        "seen",
        "claims",
        "parts",
        "linked",
        "shapes",
        "sample",
        "first_row",
        "last_row",
        "grid",
    }
    assert {field.name for field in fields(ColumnFacts)} == joined


def test_work_that_was_lost_before_it_was_divided_is_given_back() -> None:
    item_batch = Batch(1, "filesystem", "/nowhere", "", ())
    schedule = Schedule([item_batch], OPTIONS, KEY)
    tasks: Iterator[Any] = schedule.tasks()
    next(tasks)
    from scanner.model import Kind

    loss = Lost(Kind.LOST, "the worker process died")
    assert schedule.take(item_batch, loss) == (item_batch, loss)
    assert next(tasks, "end") == "end"
