"""Mailboxes in the mbox formats, one message in memory at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.members import refuse
from scanner.model import Content, Embedded, Kind

LIMIT = 128 << 20
"""What a message may take; the rest of a larger one is passed over, and told."""
BLOCK = 1 << 20
LINE = 1 << 10
SEPARATOR = b"\nFrom "
# Bounded repeats: a separator line holds a time or a year, which "From " at the start of a sentence rarely does.
_DATED = re.compile(rb"[0-9]{1,2}:[0-9]{2}|(?:19|20)[0-9]{2}(?![0-9])")
_QUOTED = re.compile(rb"^>(?=>{0,50}From )", re.MULTILINE)


class MailboxReader:
    """Each message is a member; quoted ``From`` lines are unquoted as mboxrd and mboxo write them."""

    name: ClassVar[str] = "mailbox"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/mbox"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Messages in order, numbered from 1."""
        number = 0
        for data, size in _messages(source):
            number += 1
            name = f"message-{number:04d}.eml"
            if size > LIMIT:
                yield Embedded(name, partial(refuse, Kind.TOO_LARGE, f"message over {LIMIT >> 20} MB"), size, size)
            else:
                yield Embedded(name, partial(io.BytesIO, _content(data)), None, size)
        if not number:
            raise Unreadable(Kind.CORRUPT, "no message")


def _content(data: bytes) -> bytes:
    """The message without its separator line."""
    _, _, message = data.partition(b"\n")
    return _QUOTED.sub(b"", message) if b">From " in message else message


def _messages(source: Source) -> Iterator[tuple[bytes, int]]:
    """Each message from its separator line on, with its size; the bytes of one over the limit are dropped."""
    held, size, ended = bytearray(), 0, False
    while not ended:
        block = source.stream.read(BLOCK)
        ended = not block
        held += block
        searched = 0
        while (at := _next(held, searched, ended)) > 0:
            yield bytes(held[: at + 1]), size + at + 1
            del held[: at + 1]
            size = searched = 0
        if size + len(held) > LIMIT and not ended:
            size += max(0, len(held) - LINE)
            del held[:-LINE]
    if held.strip() or size:
        yield bytes(held), size + len(held)


def _next(held: bytearray, start: int, ended: bool) -> int:
    """Where the line break before the next separator is; -1 when there is none, or its line is not whole yet."""
    at = held.find(SEPARATOR, start)
    while at >= 0:
        end = held.find(b"\n", at + 1, at + LINE)
        if end < 0 and not ended and len(held) < at + LINE:
            return -1
        line = bytes(held[at + 1 : end if end >= 0 else at + LINE])
        if at > 0 and _DATED.search(line, 6) and _follows_blank(held, at, line):
            return at
        at = held.find(SEPARATOR, at + 1)
    return -1


def _follows_blank(held: bytearray, at: int, line: bytes) -> bool:
    """Writers put an empty line before a separator; without one, it must hold both a time and a year."""
    before = bytes(held[max(0, at - 2) : at])
    return before.endswith((b"\n", b"\n\r")) or len(_DATED.findall(line)) > 1
