"""Runs of columns, put together and taken apart: each value is read once, and its row is known."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config import Settings
from scanner.model import Column, Level, Span
from scanner.recognition import columnruns
from scanner.recognition.cells import Run
from scanner.recognition.cellspans import counted
from scanner.recognition.columnruns import ColumnRuns, Held
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.found import Found, Kinds
from scanner.recognition.tally import PLACES, Tallies, Tally
from scanner.recognition.text import text_lanes

UNTIMED = settings(deadline=None)
SIZES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), max_size=20)
LIMITS = st.tuples(st.integers(1, 200), st.integers(1, 20), st.integers(1, 200), st.integers(1, 400))


def column(index: int, values: list[str], first_row: int) -> Column:
    return Column("t", f"c{index}", index, pa.array(values, pa.string()), first_row)


@UNTIMED
@given(SIZES, LIMITS)
def test_each_value_comes_once_in_order_and_with_its_row(sizes: list[tuple[int, int]], limits: tuple[int, ...]) -> None:
    runs = ColumnRuns()
    given_out: list[Held] = []
    expected: dict[int, list[tuple[int, str]]] = {}
    row = 2
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in zip(("ENOUGH", "MOST_VALUES", "LARGEST", "MOST"), limits, strict=True):
            patch.setattr(columnruns, name, limit)
        patch.setattr(columnruns, "_OWN", 1)
        for index, count in sizes:
            values = [f"v{row + at}" for at in range(count)]
            expected.setdefault(index, []).extend((row + at, value) for at, value in enumerate(values))
            given_out += runs.add(column(index, values, row))
            row += count + 1
        given_out += runs.rest()
    assert not list(runs.rest())
    found: dict[int, list[tuple[int, str]]] = {}
    for held in given_out:
        for piece, first in zip(held.pieces, held.rows, strict=True):
            found.setdefault(held.key[1], []).extend((first + at, v) for at, v in enumerate(piece.to_pylist()))
    assert found == expected


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_strings_of_any_kind_are_read(kind: pa.DataType) -> None:
    for values in (pa.array(["a", None, "b"], kind), pa.chunked_array([["a", None], ["b"]], kind)):
        runs = ColumnRuns()
        assert not list(runs.add(Column("t", "c", 0, values, 2)))
        (held,) = runs.rest()
        assert [value for piece in held.pieces for value in piece.to_pylist()] == ["a", None, "b"]


@UNTIMED
@given(st.lists(st.lists(st.sampled_from(["", "un", "deux", "trois", "né"]), max_size=6), min_size=1, max_size=5))
def test_rows_are_those_of_first_occurrences(pieces: list[list[str]]) -> None:
    rows = [10 * number + 1 for number in range(len(pieces))]
    run = Run.of([pa.array(piece, pa.string()) for piece in pieces], rows)
    first: dict[str, int] = {}
    for piece, row in zip(pieces, rows, strict=True):
        for at, value in enumerate(piece):
            if value:
                first.setdefault(value, row + at)
    assert run.numbers(np.arange(len(run))).tolist() == list(first.values())
    assert run.take(slice(None)).to_pylist() == list(first)


SPANS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(1, 6),
        st.sampled_from([("EMAIL_ADDRESS", "a"), ("EMAIL_ADDRESS", "b"), ("IBAN", "a")]),
        st.sampled_from(list(Level)),
        st.sampled_from([0.25, 0.5, 0.95]),
    ),
    max_size=30,
)


@UNTIMED
@given(st.lists(st.text("ab-É0 ", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=30), SPANS)
def test_tallies_are_those_of_one_span_after_the_other(values: list[str], drawn: list[tuple]) -> None:  # type: ignore[type-arg]
    run = Run.of([pa.array(values, pa.string())], [2])
    if not len(run):
        return
    (block,) = run.blocks()
    text, kinds = block.utf8.text, Kinds()
    spans = sorted(
        (Span(kind[0], at, min(at + size, len(text)), score, kind[1], level) for at, size, kind, level, score in drawn),
        key=lambda span: (span.start, span.end, span.entity_type, span.recognizer),
    )
    spans = [span for span in spans if span.start < span.end]
    found = Found.of(spans, kinds, block.utf8.to_bytes)
    cells, _ = block.place(found.starts, found.ends)
    tallies: dict[tuple[str, Level], Tally] = {}
    counted(tallies, run, block, found, cells, kinds)
    expected: dict[tuple[str, Level], Tally] = {}
    rows = run.numbers(np.arange(len(run))).tolist()
    for span, cell in zip(spans, cells.tolist(), strict=True):
        tally = expected.setdefault((span.entity_type, span.level), Tally())
        add(tally, text[span.start : span.end], span, f"row {rows[cell]}", int(run.times[cell]))
    assert list(tallies) == list(expected)
    for key, tally in expected.items():
        for part in ("count", "distinct", "places", "recognizers", "score"):
            assert getattr(tallies[key], part) == getattr(tally, part), part


def add(tally: Tally, value: str, span: Span, place: str, times: int) -> None:
    tally.count += times
    tally.score = max(tally.score, span.score)
    tally.recognizers.add(span.recognizer)
    tally.values.add(value.lower().translate({ord(sign): None for sign in " .-/\n"}))
    if len(tally.places) < PLACES and place not in tally.places:
        tally.places.append(place)


@pytest.mark.parametrize(
    ("offsets", "data"),
    [([0, 2], b"\xff\xfe"), ([0, 9, 2], b"ab"), ([1, 0, 2], b"ab"), ([0, -4, 2], b"ab"), ([0, 1, 2], "é".encode())],
)
def test_a_run_that_is_no_text_costs_the_others_nothing(offsets: list[int], data: bytes) -> None:
    lanes = text_lanes(Settings(today=date(2026, 11, 23), ner="off"))
    lane = ColumnLane(lanes, Discretion(lanes))
    buffers = pa.py_buffer(np.array(offsets, np.int32)), pa.py_buffer(data)
    broken = pa.StringArray.from_buffers(len(offsets) - 1, *buffers)
    tallies, failures = Tallies(), 0
    whole = column(1, [f"personne{n}@example.org" for n in range(9)], 2)
    steps = [
        partial(lane.feed, Column("t", "x", 0, broken, 2)),
        partial(lane.feed, whole),
        partial(lane.close, tallies),
    ]
    for step in steps:
        try:
            step()
        except pa.ArrowInvalid:
            failures += 1
    assert failures == 1
    assert [finding.entity_type for finding in tallies.findings("t.csv", {})] == ["EMAIL_ADDRESS"]
