"""Avro: records become columns whatever their nesting, and damage costs only what it touches."""

from __future__ import annotations

import datetime
import io
import json
import random
from contextlib import suppress
from typing import Any

import fastavro
import pyarrow as pa
import pytest
import zstandard
from reading import Sequential, columns, read

from scanner.contracts import Source, Unreadable
from scanner.model import Column, Content, Gap, Kind
from scanner.readers.avro import AvroReader

ADDRESS = {"type": "record", "name": "A", "fields": [{"name": "cp", "type": "string"}]}
SCHEMA: dict[str, Any] = {
    "type": "record",
    "name": "R",
    "fields": [
        {"name": "id", "type": ["null", "long"]},
        {"name": "nom", "type": ["null", "string"]},
        {"name": "ne", "type": ["null", {"type": "int", "logicalType": "date"}]},
        {"name": "adr", "type": ["null", ADDRESS]},
        {"name": "mails", "type": {"type": "array", "items": "string"}},
        {"name": "m", "type": {"type": "map", "values": "string"}},
        {"name": "photo", "type": ["null", "bytes"]},
        {"name": "vu", "type": "boolean"},
    ],
}


def person(number: int, **changes: Any) -> dict[str, Any]:
    plain = {"id": number, "nom": f"nom {number}", "ne": None, "adr": None, "mails": [], "m": {}, "photo": None}
    return {**plain, "vu": True, **changes}


ROWS = [
    person(1, ne=datetime.date(1980, 1, 2), adr={"cp": "01000"}, mails=["x@example.org", "y@example.org"]),
    person(2, nom=None, m={"x@example.org": "a"}, photo=b"\xff\xd8\xff"),
    person(3, id=None, adr={"cp": "75001"}, mails=["z@example.org"], photo=b"texte"),
]
EXPECTED = {
    ("", "id"): ["1", "2", None],
    ("", "nom"): ["nom 1", None, "nom 3"],
    ("", "ne"): ["1980-01-02", None, None],
    ("", "adr.cp"): ["01000", None, "75001"],
    ("", "mails[]"): ["x@example.org", "y@example.org", "z@example.org"],
    ("", "m{}"): ["x@example.org"],
    ("", "m.*"): ["a"],
    ("", "photo"): [None, None, "texte"],
    ("", "vu"): ["true", "true", "true"],
}


def avro(rows: list[Any], schema: Any = SCHEMA, **options: Any) -> bytes:
    out = io.BytesIO()
    fastavro.writer(out, schema, rows, **options)
    return out.getvalue()


def long(number: int) -> bytes:
    number, out = number << 1, b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def framed(codec: str, packed: bytes, records: int, schema: Any = SCHEMA) -> bytes:
    """A file with one block of our own making."""
    text = json.dumps(schema).encode()
    head = b"Obj\x01" + long(2) + long(11) + b"avro.schema" + long(len(text)) + text
    head += long(10) + b"avro.codec" + long(len(codec)) + codec.encode() + long(0) + b"s" * 16
    return head + long(records) + long(len(packed)) + packed + b"s" * 16


def stopped(data: bytes) -> tuple[list[Content], Unreadable]:
    found: list[Content] = []
    stream: Any = Sequential(data)
    with pytest.raises(Unreadable) as caught:
        found.extend(AvroReader().read(Source(stream, "a", len(data), "application/avro")))
    return found, caught.value


def raw_records() -> bytes:
    out = io.BytesIO()
    for row in ROWS:
        fastavro.schemaless_writer(out, SCHEMA, row)
    return out.getvalue()


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz"])
def test_nested_records(codec: str) -> None:
    found = read(AvroReader, avro(ROWS, codec=codec), piece=7)
    assert columns(found) == EXPECTED
    assert [(g.problem.kind, g.bytes_unread) for g in found if isinstance(g, Gap)] == [(Kind.UNSUPPORTED, 3)]


def test_codecs_that_the_library_has_no_module_for() -> None:
    raw = raw_records()
    snappy = pa.Codec("snappy").compress(raw, asbytes=True) + b"crc!"
    lz4 = len(raw).to_bytes(4, "little") + pa.Codec("lz4_raw").compress(raw, asbytes=True)
    packed = {"snappy": snappy, "lz4": lz4, "zstandard": zstandard.compress(raw)}
    for codec, data in packed.items():
        assert columns(read(AvroReader, framed(codec, data, 3))) == EXPECTED
    _, stop = stopped(framed("own", raw, 3))
    assert stop.problem.kind is Kind.UNSUPPORTED


def test_rows_are_counted_across_blocks() -> None:
    data = avro([person(n, adr={"cp": str(n)} if n > 40_000 else None) for n in range(1, 100_001)])
    parts = [c for c in read(AvroReader, data) if isinstance(c, Column) and c.name in {"id", "adr.cp"}]
    assert len(parts) > 3
    for part in parts:
        assert all(v in {None, str(part.first_row + i)} for i, v in enumerate(part.values.to_pylist()))


def test_a_truncated_file_gives_what_came_before() -> None:
    whole = avro([person(n) for n in range(3000)], sync_interval=2000)
    for cut in (len(whole) // 2, len(whole) - 5, len(whole) - 30):
        found, stop = stopped(whole[:cut])
        assert stop.problem.kind is Kind.CORRUPT
        assert stop.bytes_read is not None
        assert cut - 2200 < stop.bytes_read <= cut
        names = columns(found)["", "nom"]
        assert names == [f"nom {n}" for n in range(len(names))]
        assert len(names) > 3000 * cut // len(whole) - 100


def test_damaged_records_cost_their_block_only() -> None:
    good = avro([person(1)])
    marker = good[-16:]
    bad = long(2) + long(3) + b"\xff\xff\x01" + marker
    found = read(AvroReader, good + bad + good[good.index(marker) + 16 :])
    assert columns(found)["", "id"] == ["1", "1"]
    assert [(g.problem.kind, g.bytes_unread) for g in found if isinstance(g, Gap)] == [(Kind.CORRUPT, 3)]


def test_schemas_that_promise_without_end() -> None:
    nothing = {"type": "record", "name": "N", "fields": [{"name": "n", "type": "null"}]}
    assert read(AvroReader, framed("null", b"", 1 << 60, nothing)) == []
    many = {"type": "array", "items": nothing}
    assert stopped(framed("null", long(1 << 60), 1, many))[1].problem.kind is Kind.UNSUPPORTED
    bomb = zstandard.compress(bytes(64 << 20))
    assert stopped(framed("zstandard", bomb, 1 << 20))[1].problem.kind is Kind.TOO_LARGE
    linked = {
        "type": "record",
        "name": "L",
        "fields": [{"name": "v", "type": "int"}, {"name": "l", "type": ["null", "L"]}],
    }
    short = b"\x02\x02\x04\x00"
    assert columns(read(AvroReader, framed("null", short, 1, linked))) == {("", "v"): ["1"], ("", "l.v"): ["2"]}
    found, stop = stopped(framed("null", b"\x02\x00" + b"\x02\x02" * 200_000, 2, linked))
    assert columns(found) == {("", "v"): ["1"]}
    assert stop.problem.kind is Kind.TOO_DEEP


def test_unions_of_many_kinds_and_bare_values() -> None:
    assert columns(read(AvroReader, avro(["a", 1, None], ["null", "string", "long"]))) == {("", "0"): ["a", "1", None]}


def test_damage_of_any_kind_raises_nothing_but_unreadable() -> None:
    dice = random.Random(5)
    whole = avro(ROWS * 20, codec="deflate")
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 12)):
            data[dice.randrange(4, len(data))] = dice.randrange(256)
        with suppress(Unreadable):
            read(AvroReader, bytes(data), media_type="application/avro")
