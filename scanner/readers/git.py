"""Git repositories as they are stored: bundles, packs and loose objects, every version of every file."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.gitpacks import KINDS, Entry, Pack
from scanner.formats.members import BLOCK, BlockStream, Names, binary
from scanner.model import Content, Embedded, Gap, Kind, Passage

HEAD_LIMIT = 16 << 20
_LOOSE = re.compile(rb"(blob|tree|commit|tag) ([0-9]{1,19})\0")
_TREE_ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0]{1,4096})\0(.{20})", re.DOTALL)
BUNDLE, OBJECT = "application/x-git-bundle", "application/x-git-object"


class GitReader:
    """Bundles, packs and loose objects of Git: history as text, every version of every file as a member."""

    name: ClassVar[str] = "git"
    media_types: ClassVar[frozenset[str]] = frozenset({BUNDLE, OBJECT, "application/x-git-pack"})
    gives: ClassVar[str] = "members"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """History first, then the files."""
        if source.media_type == OBJECT:
            yield from _loose(source)
            return
        start = 0
        if source.media_type == BUNDLE:
            head = source.stream.read(HEAD_LIMIT)
            start = head.find(b"\n\n") + 2
            if start < 2:
                raise Unreadable(Kind.CORRUPT, "no pack in the bundle")
            yield Passage(head[:start].decode("utf-8", "replace"), "references")
        yield from _pack(Pack(source.stream, start))


def _pack(pack: Pack) -> Iterator[Content]:
    files: dict[bytes, str] = {}
    blobs: list[tuple[Entry, bytes]] = []
    for entry in pack.entries.values():
        try:
            kind, data = pack.read(entry)
        except Unreadable as stop:
            yield Gap(stop.problem, entry.stored)
            continue
        name = hashlib.sha1(f"{KINDS[kind]} {len(data)}\0".encode() + data, usedforsecurity=False).digest()
        pack.places[name] = entry.at
        if kind == 3:
            blobs.append((entry, name))
        else:
            yield from _history(kind, data, files)
    names = Names()
    for entry, name in blobs:
        shown = names.distinct(files.get(name, name.hex()))
        yield Embedded(shown, partial(_open, pack, entry), entry.size if entry.base is None else None, entry.stored)
    if pack.broken:
        raise Unreadable(Kind.CORRUPT, "truncated or damaged pack")


def _open(pack: Pack, entry: Entry) -> BinaryIO:
    return io.BytesIO(pack.read(entry)[1])


def _history(kind: int, data: bytes, files: dict[bytes, str]) -> Iterator[Content]:
    if KINDS[kind] != "tree":
        yield Passage(data.decode("utf-8", "replace"), KINDS[kind])
        return
    found = [(name, path.decode("utf-8", "replace")) for _, path, name in _TREE_ENTRY.findall(data)]
    files.update(found)
    yield Passage("\n".join(path for _, path in found), "names of files")


def _loose(source: Source) -> Iterator[Content]:
    """One object, its kind and size before it."""
    blocks = _inflated(source.stream)
    first = next(blocks, b"")
    head = _LOOSE.match(first)
    if head is None:
        raise Unreadable(Kind.CORRUPT, "no object")
    if head[1] == b"blob":
        rest = _chain(first[head.end() :], blocks)
        yield Embedded("content", partial(_stream, rest), int(head[2]), source.size)
        return
    data = first[head.end() :]
    for block in blocks:
        data += block
        if len(data) > HEAD_LIMIT:
            raise Unreadable(Kind.TOO_LARGE, f"history over {HEAD_LIMIT >> 20} MB")
    kind = next(number for number, kind in KINDS.items() if kind.encode() == head[1])
    yield from _history(kind, data, {})


def _stream(blocks: Iterator[bytes]) -> BinaryIO:
    return binary(BlockStream(blocks))


def _chain(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from blocks


def _inflated(stream: BinaryIO) -> Iterator[bytes]:
    decoder, pending = zlib.decompressobj(), b""
    while not decoder.eof:
        pending = pending or stream.read(BLOCK)
        if not pending:
            raise Unreadable(Kind.CORRUPT, "truncated")
        try:
            block = decoder.decompress(pending, BLOCK)
        except zlib.error as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        pending = decoder.unconsumed_tail
        if block:
            yield block
