"""Text in blocks: decoded as it streams, cut into passages, gathered into columns; what readers of text share."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, AnyStr, Protocol

import pyarrow as pa

from scanner.model import Column, Content, Passage

BLOCK = 1 << 20
"""Bytes read at a time, and about the length of a passage."""

BATCH_CHARS = 8 << 20
BATCH_VALUES = 1 << 16
_LONG = 4096
_MOST_PATHS = 20_000
_SEPARATORS = (" ", "\t", ",", ";", "|", ">", "}")
_MARKS: dict[type, Any] = {
    str: ("\n", "\r", _SEPARATORS),
    bytes: (b"\n", b"\r", tuple(mark.encode() for mark in _SEPARATORS)),
}


class Blocks(Protocol):
    """A stream as what is here needs it."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, about so many; none at the end."""


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 in a UTF-8 file are mostly lines of an older program, written in cp1252."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
    raise error


codecs.register_error("recense.western", _western)


def decoded(stream: Blocks, encoding: str, size: int = BLOCK) -> Iterator[str]:
    """The text of a stream, block by block; what cannot be decoded is replaced, never raised."""
    encoding = encoding or "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)(_errors(encoding))
    first = True
    while chunk := stream.read(size):
        text = decoder.decode(chunk)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        if text:
            yield text
    rest = decoder.decode(b"", final=True)
    if rest:
        yield rest


def encoded(stream: Blocks, encoding: str, size: int = BLOCK) -> Iterator[bytes]:
    """The text that ``decoded`` gives, as UTF-8 that needs no check; plain bytes pass as they are."""
    blocks = _plain_blocks(stream, encoding, size)
    if blocks is None:
        yield from (text.encode("utf-8", "replace") for text in decoded(stream, encoding, size))
        return
    for block in blocks:
        if block.isascii() or (_is_utf8(encoding) and _valid(block)):
            yield block
        else:
            yield _text(block, encoding).encode("utf-8", "replace")


def stream_passages(stream: Blocks, encoding: str, size: int = BLOCK) -> Generator[Passage, None, int]:
    """The text of a stream as passages that end where a line ends, decoded once; returns the line behind them."""
    blocks = _plain_blocks(stream, encoding, size)
    line = 1
    if blocks is None:
        for passage in passages(decoded(stream, encoding, size)):
            yield passage
            line = passage.line + count_lines(passage.text)
        return line
    for block in stretches(blocks, size):
        yield Passage(_text(block, encoding), "", line)
        line += block.count(b"\n") or block.count(b"\r")
    return line


def is_plain(encoding: str) -> bool:
    """Whether bytes of this encoding can be cut where a line ends."""
    return _is_utf8(encoding) or _single_byte(encoding)


def _text(data: bytes, encoding: str) -> str:
    return data.decode("utf-8" if _is_utf8(encoding) else encoding, _errors(encoding))


def _is_utf8(encoding: str) -> bool:
    return not encoding or encoding.lower().replace("_", "-").startswith("utf-8")


def _errors(encoding: str) -> str:
    return "recense.western" if _is_utf8(encoding) else "replace"


def _plain_blocks(stream: Blocks, encoding: str, size: int) -> Iterator[bytes] | None:
    """Blocks of whole characters, where ASCII stands for itself and bytes can be cut; for other encodings nothing."""
    if _is_utf8(encoding):
        return _whole_blocks(stream, size)
    return iter(lambda: stream.read(size), b"") if _single_byte(encoding) else None


@lru_cache(maxsize=64)
def _single_byte(encoding: str) -> bool:
    text = bytes(range(256)).decode(encoding, "replace")
    return len(text) == 256 and text.isascii() is False and text[:128] == bytes(range(128)).decode("ascii")


def _whole_blocks(stream: Blocks, size: int) -> Iterator[bytes]:
    """Blocks of UTF-8 that end with a character, without the mark at the beginning of files."""
    block = stream.read(size).removeprefix(codecs.BOM_UTF8)
    while block:
        cut = whole(block, len(block))
        if cut:
            yield block if cut == len(block) else block[:cut]
        more = stream.read(size)
        if not more:
            if cut < len(block):
                yield block[cut:]
            return
        block = more if cut == len(block) else block[cut:] + more


def whole(data: bytes, end: int) -> int:
    """The last offset up to ``end`` at which no character of the UTF-8 in ``data`` is cut in two."""
    for back in range(1, min(4, end + 1)):
        byte = data[end - back]
        if byte >= 0xC0:
            wanted = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return end - back if wanted > back else end
        if byte < 0x80:
            break
    return end


def _valid(data: bytes) -> bool:
    """Whether bytes are UTF-8, found at twice the speed of decoding them."""
    ends = pa.py_buffer(struct.pack("=ii", 0, len(data)))
    try:
        pa.StringArray.from_buffers(1, ends, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def passages(blocks: Iterable[str], line: int = 1, place: str = "") -> Iterator[Passage]:
    """Blocks as passages that end where a line ends, or where they must."""
    for text in stretches(blocks):
        yield Passage(text, place, line)
        line += count_lines(text)


def byte_passages(blocks: Iterable[bytes], line: int = 1) -> Iterator[Passage]:
    """Blocks of UTF-8 as passages that end where a line ends, or where they must."""
    for data in stretches(blocks):
        yield Passage(data.decode("utf-8", "replace"), "", line)
        line += data.count(b"\n") or data.count(b"\r")


def stretches(blocks: Iterable[AnyStr], longest: int = BLOCK) -> Iterator[AnyStr]:
    """Blocks cut again where lines end; a line longer than ``longest`` is cut where it must be."""
    rest: AnyStr | None = None
    for block in blocks:
        if rest is None:
            rest = block
            continue
        # What is in hand waits for the next block, so that a last line without an end stays with the others.
        end = cut(rest, longest)
        if end:
            yield rest[:end]
        rest = rest[end:] + block
    while rest:
        end = (cut(rest, longest) if len(rest) > 2 * longest else 0) or len(rest)
        yield rest[:end]
        rest = rest[end:]


def count_lines(text: str) -> int:
    """Line ends of a text, whichever of the three kinds it uses."""
    return text.count("\n") or text.count("\r")


def cut(text: AnyStr, longest: int) -> int:
    """Where the last line ends; where a part of a line ends, if it is longer than ``longest``; else 0."""
    newline, ret, marks = _MARKS[type(text)]
    end = text.rfind(newline) + 1 or (0 if text.endswith(ret) else text.rfind(ret) + 1)
    if end or len(text) < longest:
        return end
    tail = len(text) - (1 << 16)
    end = max(text.rfind(mark, tail) + 1 for mark in marks)
    return end or (whole(text, len(text)) if isinstance(text, bytes) else len(text))


def string_array(values: Sequence[str | None]) -> pa.Array:
    """Values as an Arrow array; lone surrogates, which no encoding has, become question marks."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowException):
        return pa.array([v if v is None else v.encode("utf-8", "replace").decode() for v in values], pa.string())


class Gathered:
    """Values that come one by one under their paths, given out as columns when enough have come together.

    Long values with spaces are prose: they come out as passages.
    """

    def __init__(self, table: str = "") -> None:
        self.table = table
        self._values: dict[str, list[str | None]] = {}
        self._known: dict[str, list[int]] = {}
        self._prose: list[Passage] = []
        self._chars = 0
        self._count = 0

    @property
    def full(self) -> bool:
        """Whether it is time to flush."""
        return self._chars > BATCH_CHARS or self._count > BATCH_VALUES

    def add(self, path: str, value: str, line: int = 0) -> None:
        """Take one value."""
        self._chars += len(value)
        self._count += 1
        if len(value) > _LONG and " " in value:
            self._prose.append(Passage(value, path, line))
            return
        values = self._values.get(path)
        if values is None:
            values = self._values[path] = []
            self._chars += len(path)
        values.append(value)

    def flush(self) -> Iterator[Content]:
        """Give out what has come, path by path, in the order of their first sight."""
        for path, values in self._values.items():
            # Data used as keys could make paths without end: past a bound they share one nameless column.
            known_path = path if path in self._known or len(self._known) < _MOST_PATHS else ""
            known = self._known.setdefault(known_path, [len(self._known), 1])
            yield Column(self.table, known_path, known[0], string_array(values), known[1])
            known[1] += len(values)
        yield from self._prose
        self._values, self._prose, self._chars, self._count = {}, [], 0, 0
