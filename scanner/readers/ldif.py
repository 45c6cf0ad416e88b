"""Directories as LDAP servers export them (RFC 2849): attributes as columns."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, Gathered, encoded, stretches
from scanner.formats.members import Names
from scanner.model import Content, Embedded, Passage

_LONGEST = 64 << 20


class LdifReader:
    """Attributes of LDAP exports under their names; photographs and certificates as members, comments as text."""

    name: ClassVar[str] = "ldif"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-ldif"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """About a megabyte at a time."""
        gathered, names, line = Gathered(), Names(), 1
        for block in _whole(stretches(encoded(source.stream, source.encoding, BLOCK))):
            remarks: list[str] = []
            for raw in _unfolded(block):
                yield from _take(raw, gathered, names, remarks)
            if remarks:
                yield Passage("\n".join(remarks), "comments", line)
            yield from gathered.flush()
            line += block.count(b"\n")


def _whole(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks that end with a line that does not go on in the next one, unless it is longer than any photograph."""
    held, seen = b"", 0  # what is seen holds no line end that would do
    for block in blocks:
        held += block
        cut = held.rfind(b"\n", seen, -1)
        while cut >= 0 and held[cut + 1 : cut + 2] == b" ":
            cut = held.rfind(b"\n", seen, cut)
        if cut < 0 and len(held) > _LONGEST:
            cut = len(held) - 1
        if cut >= 0:
            yield held[: cut + 1]
            held = held[cut + 1 :]
        seen = max(0, len(held) - 1)
    if held:
        yield held


def _unfolded(block: bytes) -> list[bytes]:
    """A line that begins with a blank goes on with the one before it."""
    return block.replace(b"\r\n", b"\n").replace(b"\n ", b"").split(b"\n")


def _take(raw: bytes, gathered: Gathered, names: Names, remarks: list[str]) -> Iterator[Content]:
    name, colon, value = raw.partition(b":")
    if raw.startswith(b"#") or (raw and not colon):
        remarks.append(raw.decode("utf-8", "replace"))
        return
    label = name.decode("utf-8", "replace")
    if value.startswith(b":"):
        try:
            value = base64.b64decode(value[1:].strip())
        except binascii.Error:
            value = value[1:]
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            yield Embedded(names.distinct(label.partition(";")[0]), partial(io.BytesIO, value), len(value), len(raw))
            return
    else:
        text = value.removeprefix(b"<").strip().decode("utf-8", "replace")
    if text.strip():
        gathered.add(label.partition(";")[0], text.strip())
