"""Documents of BSON one after the other, as they lie in files and archives of mongodump."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from scanner.contracts import Unreadable
from scanner.formats.members import taken
from scanner.model import Kind

TERMINATOR = b"\xff\xff\xff\xff"
LARGEST = 48 << 20
"""Three times what a server takes."""


class Documents:
    """Reads documents in turn; ``at`` is how far it came."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.at = 0

    def take(self, size: int) -> bytes:
        """Exactly so many bytes."""
        data = taken(self._stream, size)
        self.at += len(data)
        if len(data) < size:
            raise Unreadable(Kind.CORRUPT, f"the dump ends at byte {self.at}", self.at)
        return data

    def next(self) -> dict[str, Any] | None:
        """The next document; None at a terminator or at the end."""
        start = self.at
        head = taken(self._stream, 4)
        self.at += len(head)
        if not head or head == TERMINATOR:
            return None
        size = int.from_bytes(head, "little")
        if len(head) < 4 or not 5 <= size <= LARGEST:
            raise Unreadable(Kind.CORRUPT, f"damaged at byte {start}", start)
        return self._decoded(head + self.take(size - 4), start)

    def _decoded(self, data: bytes, start: int) -> dict[str, Any]:
        import bson
        from bson.codec_options import CodecOptions, DatetimeConversion

        options: Any = CodecOptions(
            unicode_decode_error_handler="replace", datetime_conversion=DatetimeConversion.DATETIME_AUTO
        )
        try:
            found: dict[str, Any] = bson.decode(data, options)
        except Exception:  # noqa: BLE001 - the library has many errors, whose words quote what they are about
            raise Unreadable(Kind.CORRUPT, f"damaged at byte {start}", start) from None
        return found


def leaves(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str | bytes]]:
    """Texts and numbers of a document with their paths; what binary values hold as bytes."""
    if isinstance(value, dict):
        if depth < _DEEPEST:
            for name, inner in value.items():
                yield from leaves(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif isinstance(value, list):
        if depth < _DEEPEST:
            for inner in value:
                yield from leaves(inner, path, depth + 1)
    elif isinstance(value, str | bytes):
        yield path, value
    elif value is not None and not isinstance(value, bool) and type(value).__name__ not in _NUMBERS_OF_THINGS:
        yield path, str(value)


_DEEPEST = 100
_NUMBERS_OF_THINGS = frozenset({"ObjectId", "MinKey", "MaxKey", "Timestamp"})
"""Types whose values the server makes, and which are about nobody."""
_NUMBERS_OF_THINGS = frozenset({"ObjectId", "MinKey", "MaxKey", "Timestamp"})
"""Types whose values the server makes, and which are about nobody."""
