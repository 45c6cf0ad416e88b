"""A text as arrays see it: its bytes of UTF-8, and the ways between bytes and characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Utf8:
    """One text; in one that is all ASCII, bytes and characters are the same and nothing is counted."""

    text: str
    data: NDArray[np.uint8]

    @classmethod
    def of(cls, text: str) -> Utf8:
        """Encode a text; lone surrogates, which JSON and mail can spell and no encoding has, become ``?``."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            data = text.encode("utf-8", "replace")
            text = data.decode()
        return cls(text, np.frombuffer(data, np.uint8))

    def to_bytes(self, chars: NDArray[np.int64]) -> NDArray[np.int64]:
        """At which byte each of these characters begins."""
        if self.text.isascii():
            return chars
        from scanner.recognition.offsets import bytes_before

        return bytes_before(self.data, chars)

    def to_chars(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many characters begin before each of these bytes."""
        if self.text.isascii():
            return offsets
        from scanner.recognition.offsets import chars_before

        return chars_before(self.data, offsets)
