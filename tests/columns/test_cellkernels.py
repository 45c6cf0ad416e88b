"""The compiled loops over columns, against what plain Python says of the same values."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.recognition import cellkernels, cellwords
from scanner.recognition.cells import Run
from scanner.recognition.columnnames import column_types
from scanner.recognition.columnshapes import shaped

PLAIN = r"(?i)^(?:|0|n|no|non|none|null|nan|false|faux|ras|neant|néant|n/a|na|aucun|aucune|-+|\\n)$"
SPACES = "".join(chr(code) for code in range(0x11000) if chr(code).isspace())
ODD = ("faLſe", "raſ", "NÉANT", "NÈANT", "-", "--", "- -", "\\N", "0.0", "é", "01")
TELLING = st.sampled_from([*cellwords.NOTHING, *ODD])
PADDED = st.tuples(st.text(SPACES, max_size=3), TELLING, st.text(SPACES, max_size=3)).map("".join)
UPPER = PADDED.map(str.upper)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.lists(st.one_of(st.none(), PADDED, UPPER, ANY, st.text("aé\n 0", max_size=9)), max_size=40)
BOUNDS = "NUMBA_BOUNDSCHECK"
MORE = settings(max_examples=50 if os.environ.get(BOUNDS) else 300, deadline=None)


def run_of(values: list[str | None], skip: int = 0) -> Run:
    return Run.of([pa.array(values, pa.string())[skip:]], [2 + skip])


def says_something(value: str | None) -> bool:
    return value is not None and not pc.match_substring_regex(pa.scalar(value.strip()), PLAIN).as_py()


@MORE
@given(VALUES, st.integers(0, 3))
def test_each_value_that_says_something_comes_once(values: list[str | None], skip: int) -> None:
    run = run_of(values, skip)
    expected: dict[str, list[int]] = {}
    for index, value in enumerate(values[skip:]):
        if says_something(value):
            expected.setdefault(value, []).append(index)
    assert run.firsts.tolist() == [places[0] for places in expected.values()]
    assert run.times.tolist() == [len(places) for places in expected.values()]
    assert len(set(run.hashes(exact=True).tolist())) == len(expected)
    assert run.lengths.tolist() == [len(value) for value in expected]


@MORE
@given(VALUES, st.integers(1, 60))
def test_blocks_hold_every_value_once(values: list[str | None], size: int) -> None:
    run = run_of(values)
    expected = [value.replace("\n", " ") for value in dict.fromkeys(values) if says_something(value)]
    found: list[str] = []
    for block in run.blocks(size):
        cells = [bytes(block.data[start:]).decode() for start in block.starts]
        joint = "\n\n" if block.free else "\n"
        text = bytes(block.data).decode()
        assert block.free == (len(text) - len(joint) * (len(cells) - 1) > 30 * len(cells))
        found += text.split(joint) if block.free else [cell.split(joint)[0] for cell in cells]
    assert found == expected


@MORE
@given(st.lists(st.text("ab é\u2003\n", min_size=1, max_size=40).filter(str.strip), min_size=1, max_size=8), st.data())
def test_spans_are_placed_in_their_cells(values: list[str], data: st.DataObject) -> None:
    (block,) = run_of(list(dict.fromkeys(values))).blocks(1 << 20)
    text = bytes(block.data).decode()
    ends = st.integers(0, len(text))
    spans = sorted(data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=8)), key=lambda span: span[0])
    at = [len(text[:index].encode()) for index in range(len(text) + 1)]
    froms, tos = (np.array([at[span[side]] for span in spans], np.int64) for side in (0, 1))
    cells, whole = block.place(froms, tos)
    assert cells.tolist() == block.cells(froms).tolist()
    joint = 2 if block.free else 1
    starts = [len(bytes(block.data[:start]).decode()) for start in block.starts]
    stops = [start - joint for start in starts[1:]] + [len(text)]
    for (start, end), cell, is_whole in zip(spans, cells.tolist(), whole.tolist(), strict=True):
        assert cell == max(number for number, first in enumerate(starts) if first <= start)
        assert is_whole == (end - start >= 0.8 * len(text[starts[cell] : stops[cell]].strip()))


@MORE
@given(st.text(SPACES + "aé€𝄞", max_size=9))
def test_trimming_is_that_of_strings(text: str) -> None:
    data = np.frombuffer(b"\xe2" + text.encode() + b"\x80", np.uint8)
    start, end = cellwords.trim(data, 1, len(data) - 1)
    assert bytes(data[start:end]).decode() == text.strip()


def test_every_character_is_space_or_not_as_python_has_it() -> None:
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            data = np.frombuffer(chr(code).encode(), np.uint8)
            start, end = cellwords.trim(data, 0, len(data))
            assert (start == end) == chr(code).isspace(), hex(code)


SHAPES = sorted({kind.shape for kind in column_types() if kind.shape})
SHAPELY = st.text(st.sampled_from(" -./,;:'’()@_+$€0123459TtMmrAaeéÉǆʼøЖ中𝒜ªº\u0301\u2003"), max_size=14)


@settings(max_examples=8 if os.environ.get(BOUNDS) else 25, deadline=None)
@given(st.lists(st.one_of(SHAPELY, ANY, PADDED), min_size=20, max_size=60))
def test_shapes_are_those_of_their_expressions(values: list[str]) -> None:
    run = run_of([*values])
    known = run.take(slice(None))
    for shape in SHAPES:
        hits = pc.match_substring_regex(pc.utf8_trim_whitespace(known), f"^(?s:{shape})$").to_pylist()
        assert shaped(run, shape).tolist() == [number for number, hit in enumerate(hits) if hit], shape


@MORE
@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=12))
def test_bytes_that_are_no_text_do_no_harm(data: bytes, cuts: list[int]) -> None:
    offsets = np.array([0, *sorted(min(cut, len(data)) for cut in cuts), len(data)], np.int32)
    plain, none = np.frombuffer(data, np.uint8), np.frombuffer(b"", np.uint8)
    firsts, times = cellkernels.find_distinct(offsets, plain, none, 0, np.uint64(0))
    joined, starts = cellkernels.join_cells(offsets, plain, firsts, 1)
    cellkernels.place(joined, starts, 1, False, starts, starts)
    cellkernels.plain_cells(offsets, plain, firsts, np.ones(0x250, np.bool_))
    assert len(firsts) == len(times) == len(starts)


@pytest.mark.skipif(BOUNDS in os.environ, reason="this is the run that it starts")
def test_no_kernel_reads_out_of_bounds(tmp_path: Path) -> None:
    environment = os.environ | {BOUNDS: "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", __file__, "-k", "not character"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout
