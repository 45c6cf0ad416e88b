"""Finds the rows of a VALUES list in bulk: quotes and brackets are counted by numpy, never one by one.

All changes keep lengths, so that offsets in the changed bytes are offsets in the dump; bytes that have to go become
``DROP`` and are left out when rows are cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import re2

DROP = b"\x03"
_BACKSLASH = b"\x02\x02"
_ESCAPES = (
    (b"\\\\", _BACKSLASH),
    (b"\\'", b"''"),
    (b'\\"', DROP + b'"'),
    (b"\\n", DROP + b"\n"),
    (b"\\r", DROP + b"\r"),
    (b"\\t", DROP + b"\t"),
    (b"\\0", DROP + DROP),
)
# Comments and double-quoted strings between values; rare, so one token at a time is good enough.
_TOKENS = re2.compile(rb"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*(?:[^*]|\*+[^*/])*\*+/|#[^\n]*")
_VALUE = rb"(?:'(?:[^'\\]|'')*'|[^()'\"`;\\#/\s,-][^()'\"`;\\#/\s,]*|-[0-9.]+)"
_ONE = re2.compile(rb"\((" + _VALUE + rb"(?:,[ \n]?" + _VALUE + rb")*)\)\s*;")
_VALUES = re2.compile(_VALUE)
_LONGEST_ONE = 1 << 12
_GAP = b", \t\r\n"
_INTRODUCERS = (b"_binary '", b"_BINARY '")

_MARKS = np.zeros(256, bool)
_MARKS[[ord("("), ord(")"), ord(";")]] = True
_SPACE = np.zeros(256, bool)
_SPACE[[9, 10, 13, 32, 3]] = True
_WORD = np.zeros(256, bool)
_WORD[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True

Offsets = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows cut from a list: their bytes as comma-separated records, and how far the list was taken.

    ``ended`` says that no row follows at ``consumed``.
    """

    records: bytes
    count: int
    width: int
    consumed: int
    ended: bool


def cut_one(data: bytes, at: int, width: int) -> Rows | None:
    """The row of a plain statement with one row, where numpy would cost more than it saves; 0 is an unknown width."""
    match = _ONE.match(data, at, at + _LONGEST_ONE)
    if match is None:
        return None
    row = match.group(1)
    if not width or b", " in row or b"\n" in row:
        values = _VALUES.findall(row)
        row, width = b",".join(values), len(values)
    return Rows(row + b"\n", 1, width, match.end(1) + 1 - at, True)


def cut_rows(data: bytes, backslashes: bool) -> Rows:
    """All complete rows at the start of ``data``."""
    original = data
    if backslashes:
        data = _unescape(data)
    for introducer in _INTRODUCERS:
        if introducer in data:
            data = data.replace(introducer, DROP * 8 + b"'")
    array = np.frombuffer(data, np.uint8)
    quotes = _where(array == 39)
    if _has_strangers(data, array, quotes):
        data = _plain(data)
        array = np.frombuffer(data, np.uint8)
        quotes = _where(array == 39)
    starts, ends, stop = _spans(array, quotes)
    count, gap_ended = _contiguous(data, starts, ends)
    if not count:
        return Rows(b"", 0, 0, 0, gap_ended or stop >= 0)
    starts, ends = starts[:count], ends[:count]
    limit = int(ends[-1]) + 1
    records = _tighten(array[:limit], quotes, starts, ends).translate(None, DROP)
    if backslashes and b"\\" in original[:limit]:
        records = records.replace(_BACKSLASH, b"\\")
    width = _width(array, quotes, int(starts[0]), int(ends[0]))
    return Rows(records, count, width, limit, gap_ended or stop >= 0)


def _where(mask: npt.NDArray[np.bool_]) -> Offsets:
    return mask.nonzero()[0]


def _unescape(data: bytes) -> bytes:
    if b"\\" in data:
        for escape, plain in _ESCAPES:
            data = data.replace(escape, plain)
    return data


def _outside(quotes: Offsets, at: Offsets) -> Offsets:
    """Those positions that are in no string: an even number of quotes stands before them."""
    outside: Offsets = at[(np.searchsorted(quotes, at) & 1) == 0]
    return outside


def _has_strangers(data: bytes, array: Bytes, quotes: Offsets) -> bool:
    """Whether comments or double-quoted strings stand between values."""
    for mark in (b'"', b"--", b"/*", b"#"):
        if mark in data:
            at = _where(array == mark[0])
            if len(mark) == 2:
                at = at[at + 1 < len(array)]
                at = at[array[at + 1] == mark[1]]
            if len(_outside(quotes, at)):
                return True
    return False


def _plain(data: bytes) -> bytes:
    """The same length without comments, and with single quotes only."""
    parts, last = [], 0
    for match in _TOKENS.finditer(data):
        start, end = match.span()
        token = data[start:end]
        if token[:1] == b"'":
            continue
        parts.append(data[last:start])
        last = end
        if token[:1] == b'"':
            body = token[1:-1].replace(b'""', DROP + b'"').replace(b"'", b"`")
            parts.append(b"'" + body + b"'")
        else:
            parts.append(b" " * len(token))
    parts.append(data[last:])
    return b"".join(parts)


def _spans(array: Bytes, quotes: Offsets) -> tuple[Offsets, Offsets, int]:
    """Where rows open and close, up to the end of the statement, whose offset comes last (or -1)."""
    marks = _outside(quotes, _where(_MARKS[array]))
    kinds = array[marks]
    depth = np.cumsum((kinds == 40).astype(np.int32) - (kinds == 41).astype(np.int32))
    over = _where(((kinds == 59) & (depth == 0)) | (depth < 0))
    stop = -1
    if len(over):
        stop = int(marks[over[0]])
        marks, kinds, depth = marks[: over[0]], kinds[: over[0]], depth[: over[0]]
    starts = marks[(kinds == 40) & (depth == 1)]
    ends = marks[(kinds == 41) & (depth == 0)]
    return starts[: len(ends)], ends, stop


def _contiguous(data: bytes, starts: Offsets, ends: Offsets) -> tuple[int, bool]:
    """How many rows follow each other with nothing but commas between them, and whether that is not all."""
    if not len(starts) or data[: starts[0]].strip(_GAP + DROP).upper() not in (b"", b"ROW"):
        return 0, bool(len(starts))
    gaps = [data[e + 1 : s] for e, s in zip(ends[:-1].tolist(), starts[1:].tolist(), strict=True)]
    odd = {gap for gap in set(gaps) if b"," not in gap or gap.strip(_GAP + DROP).upper() not in (b"", b"ROW")}
    if not odd:
        return len(starts), False
    return next(i for i, gap in enumerate(gaps) if gap in odd) + 1, True


def _tighten(array: Bytes, quotes: Offsets, starts: Offsets, ends: Offsets) -> bytes:
    """One record a line: without brackets, spaces around values, and letters before strings (N'…', X'…')."""
    tight = array.copy()
    commas = _outside(quotes, _where(array == 44))
    _drop_run(tight, np.concatenate((commas, starts)) + 1, 1, _SPACE)
    _drop_run(tight, np.concatenate((commas, ends)) - 1, -1, _SPACE)
    opening = quotes[::2]
    opening = opening[(opening > 0) & (opening < len(array))]
    _drop_run(tight, opening - 1, -1, _WORD)
    between = np.zeros(len(array) + 1, np.int8)
    between[0] = 1
    between[starts + 1] -= 1
    between[ends + 1] += 1
    tight[np.cumsum(between[:-1], dtype=np.int8) > 0] = DROP[0]
    tight[ends] = 10
    return tight.tobytes()


def _drop_run(tight: Bytes, at: Offsets, step: int, kinds: npt.NDArray[np.bool_]) -> None:
    for _ in range(256):
        at = at[(at >= 0) & (at < len(tight))]
        at = at[kinds[tight[at]]]
        if not len(at):
            return
        tight[at] = DROP[0]
        at = at + step


def _width(array: Bytes, quotes: Offsets, start: int, end: int) -> int:
    """Values in one row: commas at its own level."""
    row = array[start:end]
    marks = _where(_MARKS[row] | (row == 44)) + start
    marks = _outside(quotes, marks)
    kinds = array[marks]
    depth = np.cumsum((kinds == 40).astype(np.int32) - (kinds == 41).astype(np.int32))
    return int(((kinds == 44) & (depth == 1)).sum()) + 1
