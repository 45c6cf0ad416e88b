"""Unix ``ar`` archives, which are also Debian packages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import Names, SliceStream, binary
from scanner.model import Content, Embedded, Kind

MAGIC = b"!<arch>\n"
HEADER = 60
LONG_NAMES_LIMIT = 1 << 24


class ArReader:
    """Members of an ``ar`` and of Debian packages, each valid only until the next is asked for."""

    name: ClassVar[str] = "ar"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {"application/x-archive", "application/x-unix-archive", "application/vnd.debian.binary-package"}
    )
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Members in order, with GNU and BSD long names."""
        stream = source.stream
        if stream.read(len(MAGIC)) != MAGIC:
            raise Unreadable(Kind.CORRUPT, "not an ar archive")
        names, table = Names(), b""
        while head := stream.read(HEADER):
            label, size, modified = _fields(head)
            part = SliceStream(stream, size)
            if label == b"//":
                table = _short(part, size)
            elif label not in {b"/", b"/SYM64/", b"__.SYMDEF"}:
                name, size = _name(label, table, part, size)
                yield Embedded(names.distinct(name), partial(binary, part), size, size, modified)
            part.skip()
            if part.left:
                raise Unreadable(Kind.CORRUPT, "truncated")
            # Members start at even offsets; the sizes of header and name are even or counted in.
            if _fields(head)[1] % 2:
                stream.read(1)


def _fields(head: bytes) -> tuple[bytes, int, int]:
    size, modified = head[48:58].strip(), head[16:28].strip()
    if len(head) < HEADER or head[58:] != b"`\n" or not size.isdigit():
        raise Unreadable(Kind.CORRUPT, "bad member header")
    return head[:16].rstrip(), int(size), int(modified) * 10**9 if modified.isdigit() and len(modified) < 11 else 0


def _short(part: SliceStream, size: int) -> bytes:
    if size > LONG_NAMES_LIMIT:
        raise Unreadable(Kind.TOO_LARGE, "table of long names")
    return binary(part).read() or b""


def _name(label: bytes, table: bytes, part: SliceStream, size: int) -> tuple[str, int]:
    if label.startswith(b"#1/") and label[3:].isdigit():
        length = min(int(label[3:]), size, LONG_NAMES_LIMIT)
        return binary(part).read(length).rstrip(b"\0").decode("utf-8", "replace"), size - length
    if label.startswith(b"/") and label[1:].isdigit():
        at = int(label[1:])
        raw = table[at : table.find(b"\n", at)] if at < len(table) else label
    else:
        raw = label
    return raw.rstrip(b"/").decode("utf-8", "replace"), size
