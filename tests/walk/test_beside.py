"""Definitions beside a file are found, whether the folder is listed first or not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import scanner.beside
from scanner.beside import in_folder, listed_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.sql").write_bytes(b"CREATE TABLE a (b INT);")
    (tmp_path / "c.sql.gz").write_bytes(gzip.compress(b"CREATE TABLE c (d INT);", mtime=0))
    (tmp_path / "é.sql").write_bytes(b"CREATE TABLE e (f INT);")
    (tmp_path / "g.sql").symlink_to("a.sql")
    (tmp_path / "notes.txt").write_bytes(b"une note")
    return tmp_path


@pytest.mark.parametrize("many", [4096, 1])
def test_a_listed_folder_gives_what_the_folder_gives(folder: Path, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner.beside, "MANY", many)
    asked = ("a.sql", "c.sql", "é.sql", "g.sql", "notes.txt", "schema.sql", "../a.sql", "a.sql-wal", "caf\udce9.sql")
    plain, listed = in_folder(folder), listed_in(folder)
    assert {name: listed(name) for name in asked} == {name: plain(name) for name in asked}
    assert listed("a.sql").endswith(b"(b INT);")
    assert listed("c.sql").endswith(b"(d INT);")
    assert listed("é.sql").endswith(b"(f INT);")
    assert listed("g.sql") == listed("schema.sql") == b""


def test_a_folder_that_is_gone_has_nothing(tmp_path: Path) -> None:
    assert listed_in(tmp_path / "parti")("a.sql") == b""
