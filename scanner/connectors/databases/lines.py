"""Rows of any driver as lines of COPY."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Any

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_BLOCK = 1 << 18


def lines(batches: Iterable[Sequence[Sequence[Any]]]) -> Generator[bytes, None, int]:
    """Blocks of lines; returns how many rows there were."""
    count = 0
    for rows in batches:
        if rows:
            count += len(rows)
            yield _block(rows)
    return count


def _block(rows: Sequence[Sequence[Any]]) -> bytes:
    """The lines of some rows; escapes cost only where a character needs one."""
    text = "\n".join(["\t".join([v if type(v) is str else _text(v) for v in row]) for row in rows])
    nulls = text.count("\\N")
    plain = text.count("\\") == nulls and text.count("\t") == len(rows) * (len(rows[0]) - 1)
    if not (plain and text.count("\n") == len(rows) - 1 and "\r" not in text and nulls == _nulls(rows)):
        text = "\n".join(["\t".join([_escaped(v) for v in row]) for row in rows])
    return (text + "\n").encode("utf-8", "replace")


def _nulls(rows: Sequence[Sequence[Any]]) -> int:
    return sum(row.count(None) for row in rows)


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes | bytearray | memoryview):
        return "\\\\x" + bytes(value).hex()
    return str(value)


def _escaped(value: Any) -> str:
    return _text(value) if value is None or isinstance(value, bytes | bytearray) else str(value).translate(_ESCAPES)


def gathered(pieces: Iterable[bytes | memoryview]) -> Generator[bytes, None, int]:
    """Lines that come one by one as blocks; returns how many there were."""
    held: list[bytes] = []
    size = count = 0
    for piece in pieces:
        held.append(bytes(piece))
        size += len(piece)
        count += 1
        if size >= _BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
    return count
