"""Reads bytes through the sniffer and one reader, and puts the runs of each column together again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from scanner.contracts import Reader, Source
from scanner.model import Column, Content, Passage
from scanner.sniff import HEAD, sniff


class Sequential(io.RawIOBase):
    """A stream that cannot seek and gives its bytes in pieces, as a decompressor does."""

    def __init__(self, data: bytes, piece: int = 1 << 30) -> None:
        self._inner = io.BytesIO(data)
        self._piece = piece

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(self._piece if size < 0 else min(size, self._piece))


def read(
    reader: type[Reader],
    data: bytes,
    name: str = "a",
    media_type: str = "",
    encoding: str = "",
    *,
    piece: int = 1 << 30,
) -> list[Content]:
    """All content of ``data``; type and encoding are sniffed unless given."""
    sniffed = sniff(data[:HEAD], name)
    stream: Any = io.BytesIO(data) if reader.seeks else Sequential(data, piece)
    source = Source(stream, name, len(data), media_type or sniffed.media_type, encoding or sniffed.encoding)
    return list(reader().read(source))


def columns(content: Iterable[Content]) -> dict[tuple[str, str], list[str | None]]:
    """Values by table and column name; nameless columns go by their index."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for part in content:
        if isinstance(part, Column):
            found.setdefault((part.table, part.name or str(part.index)), []).extend(part.values.to_pylist())
    return found


def text(content: Iterable[Content]) -> str:
    """All passages, one after the other."""
    return "".join(part.text for part in content if isinstance(part, Passage))
