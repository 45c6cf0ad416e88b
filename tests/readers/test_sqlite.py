from __future__ import annotations

import io
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from reading import columns, text

from scanner.contracts import Source, Unreadable
from scanner.model import Content, Embedded, Gap, Kind
from scanner.readers.sqlite import SqliteReader

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def make(path: Path, *statements: str) -> Path:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path


def contents(data: bytes, path: Path | None = None) -> list[Content]:
    source = Source(io.BytesIO(data), "a.db", len(data), "application/vnd.sqlite3", "", path)
    return list(SqliteReader().read(source))


@pytest.mark.parametrize("by_path", [True, False])
def test_tables_by_path_or_from_memory(tmp_path: Path, by_path: bool) -> None:
    path = make(
        tmp_path / "a b%20?.db",
        'CREATE TABLE "les clients" (id INTEGER, nom TEXT, solde REAL)',
        "INSERT INTO \"les clients\" VALUES (7, 'Hélène', 1.5), (8, NULL, NULL)",
        'CREATE VIEW v AS SELECT * FROM "les clients"',
    )
    before = sorted(p.name for p in tmp_path.iterdir())
    content = contents(path.read_bytes(), path if by_path else None)
    assert columns(content) == {
        ("les clients", "id"): ["7", "8"],
        ("les clients", "nom"): ["Hélène", None],
        ("les clients", "solde"): ["1.5", None],
    }
    assert "CREATE VIEW" in text(content)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_write_ahead_databases_open(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", "PRAGMA journal_mode=WAL", "CREATE TABLE t (a)", "INSERT INTO t VALUES ('x')")
    assert columns(contents(path.read_bytes()))["t", "a"] == ["x"]
    assert columns(contents(path.read_bytes(), path))["t", "a"] == ["x"]


def test_binary_values(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.db",
        "CREATE TABLE t (a)",
        f"INSERT INTO t VALUES (x'{PNG.hex()}'), (x'{'Hélène'.encode().hex()}'), (x'0001020304ff')",
    )
    content = contents(path.read_bytes())
    assert columns(content)["t", "a"] == [None, "Hélène", None]
    files = [part for part in content if isinstance(part, Embedded)]
    assert [(part.name, part.open().read()) for part in files] == [("t.a[1]", PNG)]
    assert "PNG" not in repr(files)
    assert [(part.problem.kind, part.bytes_unread) for part in content if isinstance(part, Gap)] == [
        (Kind.UNSUPPORTED, 6)
    ]


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", "CREATE TABLE t (a)", "INSERT INTO t VALUES (CAST(x'e974e9' AS TEXT))")
    assert columns(contents(path.read_bytes()))["t", "a"] == ["été"]


def test_noise_is_encrypted_and_the_rest_corrupt(tmp_path: Path) -> None:
    for data, kind in ((random.Random(1).randbytes(8192), Kind.ENCRYPTED), (b"not a database" * 300, Kind.CORRUPT)):
        with pytest.raises(Unreadable) as caught:
            contents(data)
        assert caught.value.problem.kind is kind


def test_a_truncated_database_says_so(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", "CREATE TABLE t (a)", *(f"INSERT INTO t VALUES ('{'x' * 3000}')" for _ in range(50)))
    data = path.read_bytes()
    for cut in (b"SQLite format 3\0" + bytes(200), data[: len(data) // 2]):
        path.write_bytes(cut)
        for by_path in (path, None):
            try:
                kinds = [part.problem.kind for part in contents(cut, by_path) if isinstance(part, Gap)]
            except Unreadable as error:
                kinds = [error.problem.kind]
            assert kinds == [Kind.CORRUPT]


def test_text_that_is_no_utf_8_costs_no_row(tmp_path: Path) -> None:
    path = make(
        tmp_path / "x.db",
        "CREATE TABLE t(n INTEGER, nom TEXT)",
        "INSERT INTO t VALUES " + ", ".join(f"({i}, 'é{i}')" for i in range(600)),
        "UPDATE t SET nom = CAST(x'4CE9A9' AS TEXT) WHERE n = 300",
    )
    found = columns(contents(path.read_bytes()))
    assert found["t", "n"] == [str(i) for i in range(600)]
    assert found["t", "nom"] == [f"é{i}" if i != 300 else "Lé©" for i in range(600)]


def test_changes_that_are_still_in_the_log_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA wal_autocheckpoint=0")
        database.execute("CREATE TABLE t (mail)")
        database.executemany("INSERT INTO t VALUES (?)", [(f"p{n}@example.org",) for n in range(300)])
        database.commit()
        data, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    assert len(data) <= 4096
    source = Source(io.BytesIO(data), "a.db", len(data), "application/vnd.sqlite3")
    source.beside = lambda name: log if name == "a.db-wal" else b""
    assert len(columns(SqliteReader().read(source))["t", "mail"]) == 300
    cut = len(log) - 100  # the last transaction is not whole
    source = Source(io.BytesIO(data), "a.db", len(data), "application/vnd.sqlite3")
    source.beside = lambda name: log[:cut] if name == "a.db-wal" else b""
    assert ("t", "mail") not in columns(SqliteReader().read(source))
