"""What lies beside a file: definitions that a dump keeps apart from the rows that they are about."""

from __future__ import annotations

import gzip
import os
import stat
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from scanner.sniff.companions import is_guide

Beside = Callable[[str], bytes]
"""The bytes of a file of that name in the same folder; none where there is no such file."""

SUFFIXES = ("", ".gz", ".zst")
"""Of a guide as it is, and compressed."""
LONGEST = 8 << 20
"""Definitions are never longer; what is, is not looked at."""


def nothing(_: str) -> bytes:
    """What lies beside a file that is alone."""
    return b""


MANY = 4096
"""Names of a folder that are listed to know which files are not there."""


def in_folder(folder: Path) -> Beside:
    """Guides of a folder of the volume; links are never followed."""
    return partial(_guide, folder)


def listed_in(folder: Path) -> Beside:
    """The same for a moment: what is not in the list of the folder is not asked for, file by file."""
    names = _names(folder)
    return in_folder(folder) if names is None else partial(_present, folder, names)


def _names(folder: Path) -> frozenset[str] | None:
    """Names without their case, which some file systems do not tell; none where there are too many."""
    try:
        with os.scandir(folder) as entries:
            names = frozenset(entry.name.casefold() for entry in islice(entries, MANY + 1))
    except OSError:
        return None
    return names if len(names) <= MANY else None


def _present(folder: Path, names: frozenset[str], name: str) -> bytes:
    # Letters beyond ASCII can be written in several ways that a file system takes for one.
    asked = name.casefold()
    there = not name.isascii() or any(asked + suffix in names for suffix in SUFFIXES)
    return _guide(folder, name) if there else b""


def _guide(folder: Path, name: str) -> bytes:
    if not is_guide(name) or "/" in name or "\\" in name:
        return b""
    for suffix in SUFFIXES:
        data = _file(str(folder / (name + suffix)), suffix)
        if data:
            return data
    return b""


@lru_cache(maxsize=8)
def _file(path: str, suffix: str) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return b""
            return _plain(stream.read(LONGEST + 1), suffix)
    except (OSError, ValueError, EOFError):
        return b""


def _plain(data: bytes, suffix: str) -> bytes:
    """The bytes as they were before they were compressed; nothing of what is too long."""
    if len(data) > LONGEST:
        return b""
    if suffix == ".gz":
        import io

        with gzip.open(io.BytesIO(data)) as unpacked:
            data = unpacked.read(LONGEST + 1)
    elif suffix == ".zst":
        import zstandard

        try:
            data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
        except zstandard.ZstdError:
            return b""
    return data if len(data) <= LONGEST else b""


class Noting:
    """The same, and whether anything was there: what was read then says more than its own content does."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self.used = False

    def __call__(self, name: str) -> bytes:
        """The bytes of a file of that name, noted."""
        data = self._beside(name)
        self.used = self.used or bool(data)
        return data


class Members:
    """Guides among the members of one container that have passed so far."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}
        self._room = LONGEST

    def keep(self, name: str, data: bytes) -> None:
        """Remember a guide, as long as there is room."""
        suffix = next((suffix for suffix in (".gz", ".zst") if name.endswith(suffix)), "")
        try:
            plain = _plain(data, suffix)
        except (OSError, ValueError, EOFError):
            return
        if len(plain) <= self._room:
            self._room -= len(plain)
            self._held[name.removesuffix(suffix)] = plain

    def beside(self, member: str) -> Beside:
        """What lies in the folder of a member."""
        folder = member.rpartition("/")[0]
        return lambda name: self._held.get(f"{folder}/{name}" if folder else name, b"")
