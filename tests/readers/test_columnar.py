from __future__ import annotations

import datetime
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather, orc
from reading import columns, read

from scanner.contracts import Unreadable
from scanner.model import Column, Gap, Kind
from scanner.readers.columnar import ArrowReader, OrcReader, ParquetReader

TABLE = pa.table(
    {
        "id": pa.array([1, 2, None]),
        "ne": pa.array([datetime.date(1980, 1, 2), None, datetime.date(1990, 3, 4)]),
        "nom": pa.array(["Hélène", "Zoé", None]),
        "adr": pa.array([{"cp": "01000", "ville": "Bourg"}, {"cp": "75001", "ville": "Paris"}, None]),
        "mails": pa.array([["x@example.org", "y@example.org"], [], ["z@example.org"]]),
    }
)
EXPECTED = {
    ("", "id"): ["1", "2", None],
    ("", "ne"): ["1980-01-02", None, "1990-03-04"],
    ("", "nom"): ["Hélène", "Zoé", None],
    ("", "adr.cp"): ["01000", "75001", None],
    ("", "adr.ville"): ["Bourg", "Paris", None],
    ("", "mails[]"): ["x@example.org", "y@example.org", "z@example.org"],
}


def parquet(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def test_parquet() -> None:
    assert columns(read(ParquetReader, parquet(TABLE))) == EXPECTED


def test_arrow_and_orc() -> None:
    out = io.BytesIO()
    feather.write_feather(TABLE, out)
    assert columns(read(ArrowReader, out.getvalue())) == EXPECTED
    out = io.BytesIO()
    orc.write_table(TABLE, out)
    assert columns(read(OrcReader, out.getvalue())) == EXPECTED


def test_rows_are_counted_across_groups() -> None:
    data = parquet(pa.table({"n": list(range(1, 100_001))}), row_group_size=30_000)
    parts = [part for part in read(ParquetReader, data) if isinstance(part, Column)]
    assert len(parts) > 3
    assert all(part.values[0].as_py() == str(part.first_row) for part in parts)


def test_binary_values() -> None:
    table = pa.table(
        {"a": pa.array([b"x@example.org", b"\xff\xfe\x00"], pa.binary()), "d": pa.array(["u", "u"]).dictionary_encode()}
    )
    content = read(ParquetReader, parquet(table))
    assert columns(content) == {("", "a"): ["x@example.org", None], ("", "d"): ["u", "u"]}
    assert [(part.problem.kind, part.bytes_unread) for part in content if isinstance(part, Gap)] == [
        (Kind.UNSUPPORTED, 3)
    ]


def test_maps() -> None:
    table = pa.table({"m": pa.array([[("x@example.org", "a")]], pa.map_(pa.string(), pa.string()))})
    assert columns(read(ParquetReader, parquet(table))) == {("", "m{}"): ["x@example.org"], ("", "m.*"): ["a"]}


def test_damage_is_said_without_content() -> None:
    data = parquet(TABLE)
    for broken in (data[:-20], b"PAR1" + bytes(100)):
        with pytest.raises(Unreadable) as caught:
            read(ParquetReader, broken, media_type="application/vnd.apache.parquet")
        assert caught.value.problem.kind is Kind.CORRUPT
    with pytest.raises(Unreadable) as caught:
        read(ParquetReader, b"PARE" + bytes(100))
    assert caught.value.problem.kind is Kind.ENCRYPTED
