"""Files and folders of a local volume: listed in a fixed order, opened read-only, no link ever followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, ClassVar

from scanner.contracts import Unreadable
from scanner.model import Item, Kind, Locator, Problem

SPECIAL = {
    stat.S_IFIFO: "fifo",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "character device",
    stat.S_IFBLK: "block device",
}


@lru_cache(maxsize=4096)
def owner_name(uid: int) -> str:
    """Name of a user of this machine, or the number where there is none."""
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return str(uid)


class FilesystemConnector:
    """Walks folders one at a time, so that a volume of any number of files is never held in memory."""

    name: ClassVar[str] = "filesystem"
    example: ClassVar[str] = "/srv/volumes/vol-4411"

    def __init__(self) -> None:
        # Asked once per target and not once per file: the answer is kept as long as one batch of work.
        self._is_folder = lru_cache(maxsize=64)(lambda target: Path(target).is_dir())

    def items(self, target: str) -> Iterator[Item]:
        """Every file below the target, folder by folder, names in byte order."""
        root = Path(target)
        if not root.is_dir():
            yield self._item(root.name, str(root), str(root), _facts(str(root), follow=True))
            return
        yield from self._folder(str(root), str(root.resolve()))

    def open(self, target: str, item: Item) -> BinaryIO:
        """Open an item for reading; a link or a special file that took its place is refused."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        path = target
        if self._is_folder(target):
            path = os.path.join(target, item.locator.path)  # noqa: PTH118 - a Path for each of a million files takes time
        else:
            flags &= ~getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(path, flags)
        except OSError as error:
            raise Unreadable(*_reason(error)) from None
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Unreadable(Kind.CHANGED, "no longer a regular file")
        return os.fdopen(handle, "rb", buffering=0)

    def path_of(self, target: str, item: Item) -> Path:
        """The real local path of an item."""
        return Path(target, item.locator.path) if self._is_folder(target) else Path(target)

    def _folder(self, root: str, real_root: str) -> Iterator[Item]:
        # A stack, not recursion: a tenant can nest folders deeper than Python recurses.
        stack: list[tuple[str, Iterator[str]]] = [("", iter(()))]
        yield from self._enter(root, "", stack)
        while stack:
            prefix, names = stack[-1]
            name = next(names, None)
            if name is None:
                stack.pop()
                continue
            relative = prefix + name
            path = os.path.join(root, relative)  # noqa: PTH118
            facts = _facts(path)
            if isinstance(facts, os.stat_result) and stat.S_ISDIR(facts.st_mode):
                yield from self._enter(root, f"{relative}/", stack)
            else:
                yield self._item(relative, real_root, path, facts)

    def _enter(self, root: str, prefix: str, stack: list[tuple[str, Iterator[str]]]) -> Iterator[Item]:
        try:
            stack.append((prefix, iter(sorted(os.listdir(os.path.join(root, prefix))))))  # noqa: PTH118, PTH208
        except OSError as error:
            kind, detail = _reason(error)
            yield Item(Locator(self.name, prefix or "."), 0, problem=Problem(kind, f"folder: {detail}"))

    def _item(self, relative: str, root: str, path: str, facts: os.stat_result | OSError) -> Item:
        locator = Locator(self.name, relative)
        if isinstance(facts, OSError):
            return Item(locator, 0, problem=Problem(*_reason(facts)))
        mode, kind = stat.S_IMODE(facts.st_mode), stat.S_IFMT(facts.st_mode)
        problem = None
        size = facts.st_size
        if kind == stat.S_IFLNK:
            problem, size = _link(Path(path), root), 0
        elif kind != stat.S_IFREG:
            problem, size = Problem(Kind.SPECIAL, SPECIAL.get(kind, "special file")), 0
        return Item(locator, size, facts.st_mtime_ns, mode, owner_name(facts.st_uid), problem)


def _facts(path: str, follow: bool = False) -> os.stat_result | OSError:
    """What the system says of a path; what cannot be asked (too long, no passage) is told as an item."""
    try:
        return os.stat(path, follow_symlinks=follow)  # noqa: PTH116
    except OSError as error:
        return error


def _link(path: Path, root: str) -> Problem:
    """Links are never followed: one that points inside is read at its own place, one that points outside is told."""
    try:
        real = str(path.resolve(strict=True))
    except (OSError, RuntimeError):
        return Problem(Kind.LINK, "dangling")
    inside = real == root or real.startswith(root.rstrip("/") + "/")
    return Problem(Kind.LINK, "inside the target, read at its own path" if inside else "outside the target")


def _reason(error: OSError) -> tuple[Kind, str]:
    if isinstance(error, PermissionError):
        return Kind.DENIED, "permission denied"
    if isinstance(error, FileNotFoundError):
        return Kind.VANISHED, "gone since it was listed"
    return Kind.IO_ERROR, os.strerror(error.errno) if error.errno else type(error).__name__
