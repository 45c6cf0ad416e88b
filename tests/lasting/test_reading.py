"""Files that change while they are read, and disks that fail in the middle: rows that say it, and add up."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from scanner.config import Limits
from scanner.connectors.filesystem import FilesystemConnector
from scanner.model import Item, ItemRow, Locator
from scanner.sight.eye import Eye
from scanner.walk import Walk

from .loaded import SETTINGS

LINE = b"une ligne de journal sans personne dedans\n"
SIZE = 200_000


def row_of(item: Item, opener: Callable[[], BinaryIO], act: Callable[[], None] = lambda: None) -> ItemRow:
    last = None
    for _, given in Walk(Limits(), b"k", Eye(SETTINGS)).visit(item, opener, None):
        act()
        last = given
    assert isinstance(last, ItemRow)
    assert last.bytes_read + last.bytes_unread == last.size
    return last


@pytest.mark.parametrize("how", ["grow", "shrink", "vanish", "replace", "close"])
def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(LINE * (SIZE // len(LINE)))
    connector = FilesystemConnector()
    (item,) = connector.items(str(tmp_path))

    def act() -> None:
        if how == "grow":
            with path.open("ab") as file:
                file.write(LINE)
        elif how == "shrink":
            os.truncate(path, 1000)
        elif how == "vanish":
            path.unlink(missing_ok=True)
        elif how == "replace":
            path.write_bytes(b"x" * item.size)
        else:
            path.chmod(0)

    row = row_of(item, lambda: connector.open(str(tmp_path), item), act)
    if how in ("vanish", "close"):  # what was opened stays open, and whole
        assert row.status == "read"
    else:
        assert row.reason.startswith("changed")


class Failing(io.RawIOBase):
    """A disk that gives some bytes and then an error."""

    def __init__(self, good: int) -> None:
        self._good = good

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: object) -> int:
        if self._good <= 0:
            raise OSError(errno.EIO, "input/output error")
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        count = min(len(view), self._good)
        view[:count] = (LINE * (count // len(LINE) + 1))[:count]
        self._good -= count
        return count


@pytest.mark.parametrize("good", [0, 100, 150_000])
def test_a_disk_that_fails_costs_what_it_did_not_give(good: int) -> None:
    item = Item(Locator("filesystem", "a.log"), SIZE)
    row = row_of(item, lambda: Failing(good))  # type: ignore[arg-type, return-value]
    assert row.reason.startswith("io_error")
    assert row.status == ("partial" if good > 70_000 else row.status)
    assert row.bytes_read <= good
    assert row.digest == ""
