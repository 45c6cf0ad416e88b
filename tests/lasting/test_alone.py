"""A content is only given again where it says by itself what is in it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from scanner import open_run
from scanner.config import Settings
from scanner.connecting import Connectors
from scanner.contracts import Connector
from scanner.examine import _Near, _Turn
from scanner.model import Item, Listed, Locator
from scanner.recall import Recall, index_of, save
from scanner.sniff.companions import accompanied
from scanner.tasks import Batch, Known

from .scanning import changes, scanned

PEOPLE = "".join(f"INSERT INTO t VALUES ({n}, 'camille{n}@example.org');\n" for n in range(20))


def logged(path: Path, *mails: str) -> None:
    """A database whose rows are all in the log beside it."""
    work = path.with_name("work.db")
    base = sqlite3.connect(work)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE personnes (mel TEXT)")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.executemany("INSERT INTO personnes VALUES (?)", [(mail,) for mail in mails])
    base.commit()
    shutil.copyfile(work, path)
    shutil.copyfile(work.with_name("work.db-wal"), path.with_name(path.name + "-wal"))
    base.close()
    work.unlink()


def mails(run: Path, path: str) -> int:
    rows = open_run(run).findings_table().to_pylist()
    return sum(row["count"] for row in rows if row["path"] == path and row["entity_type"] == "EMAIL_ADDRESS")


def test_a_database_is_read_with_the_log_of_its_own_moment(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    (volume / "sans").mkdir(parents=True)
    (volume / "avec").mkdir()
    logged(volume / "avec" / "a.db", *(f"camille{n}@example.org" for n in range(8)))
    shutil.copyfile(volume / "avec" / "a.db", volume / "sans" / "a.db")
    scanned(volume, tmp_path / "first")
    assert (mails(tmp_path / "first", "avec/a.db"), mails(tmp_path / "first", "sans/a.db")) == (8, 0)
    shutil.move(volume / "avec" / "a.db-wal", volume / "sans" / "a.db-wal")
    scanned(volume, tmp_path / "second", since=tmp_path / "first")
    assert (mails(tmp_path / "second", "avec/a.db"), mails(tmp_path / "second", "sans/a.db")) == (0, 8)
    assert changes(tmp_path / "second") == {"sans/a.db-wal": ("moved", "avec/a.db-wal")}


def test_rows_whose_table_is_defined_beside_them_are_always_read(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / "seul.t.sql").write_text(PEOPLE)
    (volume / "base.t.sql").write_text(PEOPLE)
    (volume / "base.t-schema.sql").write_text("CREATE TABLE t (id INT, mel_du_patient TEXT COMMENT 'mail');\n")
    scanned(volume, tmp_path / "run")
    rows = open_run(tmp_path / "run").contents_table().to_pylist()
    assert {row["path"]: row["alone"] for row in rows} == {
        "base.t-schema.sql": True,
        "base.t.sql": False,
        "seul.t.sql": True,
    }
    columns = {row["path"]: row["column"] for row in open_run(tmp_path / "run").findings_table().to_pylist()}
    assert columns["base.t.sql"] == "mel_du_patient"
    assert columns["seul.t.sql"] != "mel_du_patient"


@pytest.mark.parametrize(("before", "asked"), [(0, True), (1, False)])
def test_a_picture_over_the_bound_of_the_run_is_no_copy_of_one_within(tmp_path: Path, before: int, asked: bool) -> None:
    settings = Settings(today=date(2026, 6, 1), ocr="auto", ocr_files=1)
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    connectors = Connectors(settings)
    connector: Connector = connectors.of(str(tmp_path))
    _, item = connector.items(str(tmp_path))
    digest = _token(connector, tmp_path, item)
    save(tmp_path / "known.npy", index_of([(1, 0, Listed("a.png", digest, item.size, 1, 0, named=False))]))
    known = (Known(str(tmp_path / "known.npy"), b"k", run=False),)
    batch = Batch(2, "filesystem", str(tmp_path), "", (item,), known=known)
    found = _Turn(batch, item, connector, settings, before).ask(Recall(batch, b"k"), _Near(batch, connector))
    assert (found is not None) is asked


def _token(connector: Connector, folder: Path, item: Item) -> str:
    import xxhash

    from scanner.tokens import content_token

    with connector.open(str(folder), item) as stream:
        return content_token(xxhash.xxh3_128(stream.read()).digest(), b"k")


def test_a_table_of_a_database_is_never_asked_about(tmp_path: Path) -> None:
    item = Item(Locator("postgresql", "t"), 100, estimated=True)
    twice = Batch(1, "postgresql", "postgresql://h/d", "", (item, item))

    def opened() -> None:
        raise AssertionError("opened")

    assert Recall(twice, b"k").ask(item, opened) is None  # type: ignore[arg-type]


def test_names_that_are_no_utf_8_are_asked_about_too() -> None:
    asked: list[str] = []
    assert not accompanied("d/caf\udce9.dat.gz", lambda name: bytes(asked.append(name) or 0))
    assert {"caf\udce9.sql", "caf\udce9.dat.gz-wal"} <= set(asked)
