from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from scanner.connectors.filesystem import FilesystemConnector
from scanner.contracts import Unreadable
from scanner.model import Item, Kind


def listed(target: Path) -> dict[str, Item]:
    return {item.locator.path: item for item in FilesystemConnector().items(str(target))}


def test_lists_files_in_byte_order_whatever_the_order_on_disk(tmp_path: Path) -> None:
    for name in ("b", "a", "é", "Z"):
        (tmp_path / name).write_text(name)
    (tmp_path / "dir").mkdir()
    (tmp_path / "dir" / "x").write_text("")
    assert list(listed(tmp_path)) == ["Z", "a", "b", "dir/x", "é"]


def test_links_are_rows_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / "real").write_text("x")
    (volume / "out").symlink_to(outside)
    (volume / "in").symlink_to(volume / "real")
    (volume / "loop").symlink_to(volume)
    (volume / "dead").symlink_to(volume / "nothing")
    items = listed(volume)
    problems = {path: str(item.problem) for path, item in items.items() if item.problem}
    assert sorted(items) == ["dead", "in", "loop", "out", "real"]
    assert "outside" in problems["out"]
    assert "inside" in problems["in"]
    assert "dangling" in problems["dead"]
    assert all(items[path].size == 0 for path in problems)


def test_special_files_are_rows(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock"))
        problems = {path: str(item.problem) for path, item in listed(tmp_path).items()}
    assert problems == {"pipe": "special: fifo", "sock": "special: socket"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_folder_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    assert listed(tmp_path)["closed/"].problem is not None


def test_a_fifo_that_takes_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    item = listed(tmp_path)["file"]
    (tmp_path / "file").unlink()
    os.mkfifo(tmp_path / "file")
    with pytest.raises(Unreadable) as caught:
        FilesystemConnector().open(str(tmp_path), item)
    assert caught.value.problem.kind is Kind.CHANGED


def test_names_that_are_not_utf8_print_escaped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9")).write_text("x")
    (item,) = FilesystemConnector().items(str(tmp_path))
    assert str(item.locator) == "caf\\xe9"


def test_folders_nested_deeper_than_python_recurses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = 1200
    monkeypatch.chdir(tmp_path)
    for _ in range(levels):
        Path("d").mkdir()
        os.chdir("d")
    Path("f").touch()
    assert len(listed(tmp_path)) == 1
    Path("f").unlink()
    for _ in range(levels):
        os.chdir("..")
        Path("d").rmdir()
