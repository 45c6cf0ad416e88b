"""Binary values of databases: text after all, files to enter, or bytes unread."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from scanner.formats.blocks import string_array
from scanner.model import Content, Embedded, Gap, Kind, Problem
from scanner.sniff import BINARY, sniff

_LARGEST = 16 << 20
_MOST = 20_000
"""Files that are entered of one table; what is over is unread."""
_HEX = r"^(?:\\x|0[xX])(?:[0-9A-Fa-f]{2})*$"
_TEXTS = ("text/", "application/json", "application/xml")


class _Opener:
    """Opens one value; a plain object, whose ``repr`` shows nothing of it."""

    def __init__(self, value: bytes) -> None:
        self._value = value

    def __call__(self) -> BinaryIO:
        return BytesIO(self._value)


class Blobs:
    """Binary values of one table, as they come."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._files: list[Embedded] = []
        self._count = 0
        self.unread = 0

    def text(self, value: bytes, column: str, row: int) -> str | None:
        """The value as text, when it is text; else it is kept for entering or counted."""
        if not value:
            return None
        sniffed = sniff(value[: 1 << 16], "")
        if sniffed.encoding and sniffed.media_type.startswith(_TEXTS):
            try:
                return value.decode(sniffed.encoding)
            except UnicodeDecodeError:
                self.unread += len(value)
                return None
        if sniffed.media_type == BINARY or len(value) > _LARGEST or self._count >= _MOST:
            self.unread += len(value)
        else:
            self._count += 1
            name = f"{self._table}.{column}[{row}]"
            self._files.append(Embedded(name, _Opener(value), len(value), len(value)))
        return None

    def unpacked(self, values: pa.Array, column: str, row: int) -> pa.Array:
        """Values; those of a column of binary data written as hexadecimal digits (bytea, --hex-blob) unpacked."""
        if not _is_hexadecimal(values):
            return values
        found = (None if v is None else bytes.fromhex(v[2:]) for v in values.to_pylist())
        return string_array([None if v is None else self.text(v, column, row + at) for at, v in enumerate(found)])

    def take(self) -> Iterator[Content]:
        """Files found since the last call."""
        files, self._files = self._files, []
        yield from files

    def rest(self) -> Iterator[Content]:
        """What is to be said at the end."""
        if self.unread:
            yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), self.unread)


def _is_hexadecimal(values: pa.Array) -> bool:
    """Whether all values are; the first one that is there mostly says no, at no cost."""
    for value in values[:8].to_pylist():
        if value is not None and value[:2] not in ("\\x", "0x", "0X"):
            return False
    if values.null_count == len(values):
        return False
    return bool(pc.all(pc.match_substring_regex(values, _HEX), skip_nulls=True).as_py())
