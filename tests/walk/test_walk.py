from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from scanner.config import Limits, Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.model import Column, Item, ItemRow, Passage, Status
from scanner.sight.eye import Eye
from scanner.walk import Walk
from tests.hostile.papers import good_pdf

BLIND = Eye(Settings(today=date(2026, 11, 24)))


def visit(target: Path, limits: Limits | None = None) -> tuple[dict[str, ItemRow], list[tuple[str, Passage | Column]]]:
    connector = FilesystemConnector()
    rows: dict[str, ItemRow] = {}
    content: list[tuple[str, Passage | Column]] = []
    for item in connector.items(str(target)):
        walk = Walk(limits or Limits(), b"key", BLIND)

        def opener(item: Item = item) -> io.RawIOBase:
            return connector.open(str(target), item)  # type: ignore[return-value]

        for locator, seen in walk.visit(item, opener, connector.path_of(str(target), item)):  # type: ignore[arg-type]
            if isinstance(seen, ItemRow):
                rows[str(locator)] = seen
                assert seen.bytes_read + seen.bytes_unread == seen.size
            else:
                content.append((str(locator), seen))
    return rows, content


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def test_members_of_nested_containers_have_rows_of_their_own(tmp_path: Path) -> None:
    inner = zipped({"c/deep.txt": b"au fond\n"})
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": inner, "note.txt.gz": gzip.compress(b"bonjour\n", mtime=0)}))
    rows, content = visit(tmp_path)
    members = {"", "!b.zip", "!b.zip!c/deep.txt", "!note.txt.gz", "!note.txt.gz!note.txt"}
    assert set(rows) == {f"a.zip{member}" for member in members}
    assert all(row.status is Status.READ for row in rows.values())
    assert {path for path, _ in content} == {"a.zip!b.zip!c/deep.txt", "a.zip!note.txt.gz!note.txt"}


def test_an_unread_member_leaves_its_bytes_of_the_container_unread(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"x.bin": bytes(range(256)) * 400, "t.txt": b"bonjour"}))
    rows, _ = visit(tmp_path)
    assert rows["a.zip!x.bin"].status is Status.UNREAD
    assert rows["a.zip"].status is Status.PARTIAL
    assert 0 < rows["a.zip"].bytes_unread < rows["a.zip"].size


@pytest.mark.parametrize("comment", [b"", b"une remarque"])
def test_an_archive_behind_a_file_of_another_kind_is_entered(tmp_path: Path, comment: bytes) -> None:
    hidden = zipped({"cache.txt": b"au fond\n"})
    hidden = hidden[:-2] + len(comment).to_bytes(2, "little") + comment
    (tmp_path / "a.pdf").write_bytes(good_pdf() + hidden)
    rows, content = visit(tmp_path)
    assert set(rows) == {"a.pdf", "a.pdf!archive.zip", "a.pdf!archive.zip!cache.txt"}
    assert {row.status for row in rows.values()} == {Status.READ}
    assert ("a.pdf!archive.zip!cache.txt", "au fond\n") in [(path, getattr(one, "text", "")) for path, one in content]


def test_what_only_looks_like_the_end_of_an_archive_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(good_pdf() + b"PK\5\6" + bytes(18))
    (tmp_path / "b.pdf").write_bytes(good_pdf() + b"PK\5\6" + b"\xff" * 16 + bytes(2))
    rows, _ = visit(tmp_path)
    assert {path: row.status for path, row in rows.items()} == {"a.pdf": Status.READ, "b.pdf": Status.READ}


def test_empty_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    rows, content = visit(tmp_path)
    assert rows["empty"].status is Status.READ
    assert not content


def test_depth_and_bomb_limits_are_said(tmp_path: Path) -> None:
    data = b"x"
    for level in range(6):
        data = zipped({f"{level}.zip" if level else "x.txt": data})
    (tmp_path / "deep.zip").write_bytes(data)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"bombe " * (2 << 20), mtime=0))
    rows, _ = visit(tmp_path, Limits(depth=3, expansion_floor=1 << 20, expansion_ratio=2))
    reasons = " ".join(row.reason for row in rows.values())
    assert "too_deep" in reasons
    assert "too_large" in reasons
    assert rows["deep.zip"].status is Status.PARTIAL


def test_too_many_members_are_said(tmp_path: Path) -> None:
    (tmp_path / "many.zip").write_bytes(zipped({f"{i}.txt": b"x" for i in range(50)}))
    rows, _ = visit(tmp_path, Limits(members=10))
    assert "too_many" in rows["many.zip"].reason
    assert rows["many.zip"].status is Status.PARTIAL


def test_truncated_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    text = "".join(f"ligne {i} du journal\n" for i in range(20_000)).encode()
    (tmp_path / "log.gz").write_bytes(gzip.compress(text, mtime=0)[:-2000])
    rows, content = visit(tmp_path)
    assert rows["log.gz!log"].status is Status.PARTIAL
    assert "corrupt" in rows["log.gz!log"].reason
    assert content


def test_a_file_that_changes_while_it_is_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "live.log"
    path.write_text("une ligne\n")
    connector = FilesystemConnector()
    (item,) = connector.items(str(tmp_path))
    path.write_text("une ligne\nune autre\n")
    *_, (_, row) = Walk(Limits(), b"k", BLIND).visit(item, lambda: connector.open(str(tmp_path), item), path)
    assert isinstance(row, ItemRow)
    assert row.status is Status.PARTIAL
    assert row.reason.startswith("changed")


@pytest.mark.parametrize("key", [b"one", b"two"])
def test_digests_are_keyed(tmp_path: Path, key: bytes) -> None:
    import hashlib

    (tmp_path / "v").write_bytes(b"0123456789")
    connector = FilesystemConnector()
    (item,) = connector.items(str(tmp_path))
    *_, (_, row) = Walk(Limits(), key, BLIND).visit(item, lambda: connector.open(str(tmp_path), item), tmp_path / "v")
    assert isinstance(row, ItemRow)
    assert len(row.digest) == 32
    assert row.digest != hashlib.md5(b"0123456789").hexdigest()
