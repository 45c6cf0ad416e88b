"""Dumps cut or damaged anywhere: what comes before is read, the rest is unread with its offset, nothing crashes."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from scanner.config import Limits, Settings
from scanner.model import Column, Item, ItemRow, Locator, Status
from scanner.sight.eye import Eye
from scanner.walk import Walk

TIMES = 200
NAMES = ("custom", "unpacked", "plain", "rdb", "bson", "archive")


@pytest.fixture(scope="module")
def dumps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Small dumps of every kind that can be had here."""
    import bson

    folder = tmp_path_factory.mktemp("faults")
    made: dict[str, bytes] = {}
    if shutil.which("pg_dump"):
        postgres = request.getfixturevalue("postgres")
        for name, options in (("custom", ["-Fc"]), ("unpacked", ["-Fc", "-Z0"]), ("plain", [])):
            subprocess.run(["pg_dump", "-d", postgres, *options, "-f", folder / name], check=True)
            made[name] = (folder / name).read_bytes()
    documents = [bson.encode({"nom": "Martin", "mails": [f"p{n}@example.org"], "n": n}) for n in range(40)]
    made["bson"] = b"".join(documents)
    head = b"\x6d\xe2\x99\x81" + bson.encode({"version": "0.1"}) + b"\xff" * 4
    slices = (
        bson.encode({"db": "a", "collection": f"c{n % 2}", "EOF": False}) + d + b"\xff" * 4
        for n, d in enumerate(documents)
    )
    made["archive"] = head + b"".join(slices)
    made["rdb"] = _rdb()
    return made


def _rdb() -> bytes:
    """Strings, a list and a hash, as the format describes them."""

    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode()

    entries = b"".join(b"\0" + text(f"session:{n}") + text(f"p{n}@example.org") for n in range(40))
    entries += (
        b"\1" + text("l") + b"\2" + text("a") + text("b") + b"\4" + text("h:1") + b"\1" + text("nom") + text("Martin")
    )
    return b"REDIS0009" + b"\xfe\0" + entries + b"\xff" + bytes(8)


BLIND = Eye(Settings(today=date(2026, 11, 24)))


def visit(data: bytes, name: str) -> tuple[ItemRow, int]:
    """The row of the file, and how many values were read."""
    item = Item(Locator("filesystem", name), len(data))
    values, row = 0, None
    for _, seen in Walk(Limits(), b"k" * 16, BLIND).visit(item, lambda: io.BytesIO(data), None):
        if isinstance(seen, Column):
            values += len(seen.values)
        elif isinstance(seen, ItemRow):
            row = seen
    assert row is not None
    assert row.bytes_read + row.bytes_unread == row.size
    assert "reader_failed" not in row.reason, row.reason
    return row, values


@pytest.mark.parametrize("kind", NAMES)
def test_truncated(kind: str, dumps: dict[str, bytes]) -> None:
    if kind not in dumps:
        pytest.skip("pg_dump is not installed")
    data, draw = dumps[kind], random.Random(kind)
    whole = visit(data, f"a.{kind}")[1]
    assert whole > 40
    offsets = sorted(draw.randrange(40, len(data) - 9) for _ in range(TIMES // len(NAMES) + 1))
    before = 0
    for offset in offsets:
        row, values = visit(data[:offset], f"a.{kind}")
        assert values <= whole
        before = max(before, values)
        if kind in ("custom", "unpacked", "rdb"):
            assert row.status is not Status.READ
            assert "byte" in row.reason, row.reason
    assert before > whole // 3, "rows before the cut are read"


@pytest.mark.parametrize("kind", NAMES)
def test_damaged(kind: str, dumps: dict[str, bytes]) -> None:
    if kind not in dumps:
        pytest.skip("pg_dump is not installed")
    data, draw = dumps[kind], random.Random(kind)
    for _ in range(TIMES // len(NAMES) + 1):
        broken = bytearray(data)
        at = draw.randrange(len(data))
        broken[at : at + 8] = draw.randbytes(8)
        visit(bytes(broken), f"a.{kind}")


def test_a_damaged_table_costs_no_other(dumps: dict[str, bytes], tmp_path: Path) -> None:
    if "custom" not in dumps:
        pytest.skip("pg_dump is not installed")
    data = bytearray(dumps["custom"])
    whole = visit(bytes(data), "a.dump")[1]
    at = data.index(b"\x78\x9c") + 40  # inside the first packed table
    data[at : at + 30] = bytes(30)
    row, values = visit(bytes(data), "a.dump")
    assert row.status is Status.PARTIAL
    assert "damaged packed value" in row.reason
    assert whole // 4 < values < whole
