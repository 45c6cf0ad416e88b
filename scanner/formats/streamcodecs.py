"""Decoders of single compressed streams that speak like those of ``bz2`` and ``lzma``: blocks, ``eof``, the rest."""

from __future__ import annotations

import lzma
from typing import Any

import numpy as np


class Lzip:
    """One member of a ``.lz``: raw LZMA between a head of 6 bytes and a tail of 20."""

    def __init__(self) -> None:
        self._head = self._tail = b""
        self._inner: Any = None
        self.eof = False
        self.unused_data = b""

    @property
    def needs_input(self) -> bool:
        """Whether all that was fed has been given."""
        return self._inner is None or bool(self._inner.needs_input) or self._inner.eof

    def decompress(self, data: bytes, limit: int) -> bytes:
        """At most ``limit`` bytes more; the tail is part of the member."""
        if self._inner is None:
            self._head += data
            if len(self._head) < 6:
                return b""
            self._inner, data = self._begin(), self._head[6:]
        if self._inner.eof:
            block, self._tail = b"", self._tail + data
        else:
            block = self._inner.decompress(data, limit)
            self._tail = self._inner.unused_data if self._inner.eof else b""
        if self._inner.eof and len(self._tail) >= 20:
            self.eof, self.unused_data = True, self._tail[20:]
        return bytes(block)

    def _begin(self) -> Any:
        code = self._head[5]
        size = (1 << (code & 31)) - ((1 << (code & 31)) >> 4) * (code >> 5)
        if self._head[:5] != b"LZIP\x01" or not 1 << 12 <= size <= 1 << 29:
            raise ValueError
        return lzma.LZMADecompressor(
            lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": size, "lc": 3, "lp": 0, "pb": 2}]
        )


class Brotli:
    """Brotli has no sums, no marks and no members."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli

        self._inner = brotli.Decompressor()
        self._error = brotli.error
        self._gave = False

    @property
    def eof(self) -> bool:
        """Whether the stream ended."""
        return bool(self._inner.is_finished())

    @property
    def needs_input(self) -> bool:
        """Whether all that was fed has been given."""
        return not self._gave and bool(self._inner.can_accept_more_data())

    def decompress(self, data: bytes, limit: int) -> bytes:
        """About ``limit`` bytes more."""
        try:
            block = bytes(self._inner.process(data, output_buffer_limit=limit))
        except self._error:
            raise ValueError from None
        self._gave = bool(block)
        return block


class Lzw:
    """``compress``: the stream ends with the file, which is fed as an empty block."""

    unused_data = b""
    ends_with_file = True

    def __init__(self) -> None:
        self._held = b""
        self._parts: Any = None
        self._out = np.empty(1 << 20, np.uint8)
        self.eof = False
        self.needs_input = True

    def decompress(self, data: bytes, _limit: int) -> bytes:
        """Up to a megabyte more; an empty block says that nothing follows."""
        from scanner.formats.lzwkernels import expand, start

        final = not data and self.needs_input
        self._held += data
        if self._parts is None:
            if len(self._held) < 3:
                self.eof = final
                return b""
            if not 9 <= self._held[2] & 31 <= 16:
                raise ValueError
            self._parts, self._held = start(self._held[2]), self._held[3:]
        taken, given = expand(np.frombuffer(self._held, np.uint8), final, *self._parts, self._out)
        if given < 0:
            raise ValueError
        self._held = self._held[taken:]
        self.needs_input = given == 0
        self.eof = final and given == 0
        return self._out[:given].tobytes()
