"""Sections of a big stream: where it may be cut, and a stream of one of them."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from scanner.model import Section

LOOK = 1 << 20
"""Bytes before a place where a cut is wanted in which one is looked for."""


class SectionStream:
    """The bytes of ``inner`` from ``start`` to ``end``; ``aligned``: in blocks that end where those of all of it do.

    Then what stands before the first such end comes with the block behind it, as it would if all were read: so that
    what is made of blocks is cut at the same places.
    """

    def __init__(self, inner: BinaryIO, start: int, end: int, *, aligned: bool = False) -> None:
        self._inner = inner
        self._aligned = aligned
        self._at = start
        self._end = end
        inner.seek(start)

    def read(self, size: int) -> bytes:
        """The next block, of ``size`` (if aligned, up to twice as much); empty at the end of the section."""
        ahead = size - self._at % size
        wanted = ahead + size if self._aligned and ahead < size else size
        block = self._inner.read(min(wanted, self._end - self._at))
        self._at += len(block)
        return block


def cut_into(
    stream: BinaryIO, size: int, step: int, cut: Callable[[bytes, int], Iterator[int]], look: int = LOOK
) -> Sequence[Section]:
    """Sections of about ``step`` bytes, or none where fewer than two would come out.

    ``cut`` is given bytes and how many of them stand before the place; it gives offsets in them at which a section may
    begin, of which the first is taken.
    """
    step = max(look, step - step % look)
    cuts = [0]
    for place in range(step, size, step):
        start = max(cuts[-1], place - look)
        stream.seek(start)
        data = stream.read(place - start + look)
        at = next((at for at in cut(data, place - start) if _may_begin(data, at)), 0)
        if at > 0 and start + at > cuts[-1]:
            cuts.append(start + at)
    return [Section(a, b, b - a) for a, b in zip(cuts, [*cuts[1:], size], strict=True)] if len(cuts) > 1 else []


def _may_begin(data: bytes, at: int) -> bool:
    """A mark of UTF-8 counts as text in the middle of a file, and not at the beginning of a stream."""
    return at < len(data) and not data.startswith(codecs.BOM_UTF8, at)


def last_line_end(data: bytes, place: int) -> Iterator[int]:
    """Behind the last line that ends before the place."""
    at = data.rfind(b"\n", 0, place) + 1
    if at:
        yield at


def line_ends(data: bytes, place: int, most: int = 64) -> Iterator[int]:
    """Behind the last lines that end before the place, from the last on."""
    at = place
    for _ in range(most):
        at = data.rfind(b"\n", 0, at)
        if at < 0:
            return
        yield at + 1
