"""Archives in several volumes: each part is told as what it is, and what stands whole in it is read."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
import rars

from scanner.config import Limits, Settings
from scanner.model import Item, ItemRow, Locator, Status
from scanner.sight.eye import Eye
from scanner.walk import Walk

LETTER = b"Madame Roux, 06 39 98 41 27\n" * 40
END = b"Monsieur Prigent, 06 39 98 41 28\n" * 40
NOISE = Random(1).randbytes(230_000)
VOLUME = 100 << 10


def rows(path: Path) -> dict[str, ItemRow]:
    """What is said of one file and its members."""
    size = path.stat().st_size
    walk = Walk(Limits(), b"k" * 32, Eye(Settings(ocr="off", today=date(2026, 1, 1)), within=False))
    seen = walk.visit(
        Item(Locator("filesystem", path.name), size, path.stat().st_mtime_ns), lambda: path.open("rb"), path
    )
    found = {row.path.partition("!")[2]: row for _, row in seen if isinstance(row, ItemRow)}
    assert all(row.bytes_read + row.bytes_unread == row.size for row in found.values())
    return found


def split_by_hand(folder: Path) -> Iterator[Path]:
    """As ``zip -s`` lays it out (APPNOTE 8.5): a mark before the first member, the directory in the last volume."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("lettre.txt", LETTER), ("bruit.bin", NOISE), ("fin.txt", END)):
            archive.writestr(name, data)
    data = bytearray(b"PK\7\x08" + out.getvalue())
    end = data.rfind(b"PK\5\6")
    data[end + 4 : end + 8] = b"\2\0\2\0"
    for name, at, stop in (("a.z01", 0, VOLUME), ("a.z02", VOLUME, 2 * VOLUME), ("a.zip", 2 * VOLUME, len(data))):
        (folder / name).write_bytes(data[at:stop])
        yield folder / name


def split_by_zip(folder: Path) -> Iterator[Path]:
    for name, data in (("lettre.txt", LETTER), ("bruit.bin", NOISE), ("fin.txt", END)):
        (folder / name).write_bytes(data)
    command = ["zip", "-q", "-0", "-s", "100k", "a.zip", "lettre.txt", "bruit.bin", "fin.txt"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    yield from (folder / name for name in ("a.z01", "a.z02", "a.zip"))


@pytest.mark.parametrize("make", [split_by_hand, split_by_zip])
def test_volumes_of_a_zip(make: object, tmp_path: Path) -> None:
    if make is split_by_zip and shutil.which("zip") is None:
        pytest.skip("zip is not installed")
    first, middle, last = map(rows, make(tmp_path))  # type: ignore[operator]
    assert first["lettre.txt"].status is Status.READ
    assert first["bruit.bin"].status is Status.UNREAD
    assert first[""].status is Status.PARTIAL
    assert "goes on in another volume" in first[""].reason
    for found in (middle, last):
        assert found[""].status is Status.UNREAD
        assert "a part of an archive in several volumes; give the archive in one piece" in found[""].reason


def test_members_of_an_earlier_volume_are_told_where_the_last_begins_with_one(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("fin.txt", END)
        archive.writestr("lettre.txt", LETTER)
    data = bytearray(out.getvalue())
    entry, end = data.rfind(b"PK\1\2"), data.rfind(b"PK\5\6")
    data[end + 4 : end + 6] = b"\1\0"
    data[data.find(b"PK\1\2") + 34] = 1  # the disk where fin.txt begins: this one
    data[entry + 42 : entry + 46] = (70_000).to_bytes(4, "little")
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = rows(path)
    assert found["fin.txt"].status is Status.READ
    assert "goes on in another volume" in found["lettre.txt"].reason


def test_volumes_of_a_rar(tmp_path: Path) -> None:
    builder = rars.RarBuilder(volume_size=VOLUME)
    for name, data in (("lettre.txt", LETTER), ("bruit.bin", NOISE), ("fin.txt", END)):
        builder.add_bytes(data, name)
    paths = builder.write_volumes(str(tmp_path / "a.part1.rar"))
    parts = [rows(Path(path)) for path in paths]
    assert parts[0]["lettre.txt"].status is Status.READ
    assert parts[-1]["fin.txt"].status is Status.READ
    for found in parts:
        assert "another volume" in found["bruit.bin"].reason
        assert found[""].status is Status.PARTIAL
