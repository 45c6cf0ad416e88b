from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.contracts import Divisible, Source
from scanner.model import Column, Content, Passage, Passed
from scanner.readers.columnar import ParquetReader
from scanner.readers.sqldump import SqlDumpReader
from scanner.recognition.joining import Numbering


class FineDump(SqlDumpReader):
    look: ClassVar[int] = 128


VALUE = st.text(st.sampled_from("aé;\n,()'"), max_size=8).map(lambda text: "'" + text.replace("'", "''") + "'")
TABLE = st.sampled_from(["clients", "paye"])


def _inserted(table: str, values: list[str]) -> str:
    return f"INSERT INTO `{table}` VALUES {','.join(f'({n},{value})' for n, value in enumerate(values))};\n"


def _defined(table: str) -> str:
    return f"CREATE TABLE `{table}` (\n  `id` int,\n  `nom_{table}` text\n);\n"


DEFINED = _defined("clients") + _defined("paye")
STATEMENT = st.one_of(
    st.builds(_inserted, TABLE, st.lists(VALUE, min_size=1, max_size=8)),
    TABLE.map(_defined),
    st.just("-- l'état du 3 mars\n"),
    st.just("COPY copies (id, nom) FROM stdin;\n1\tINSERT INTO\n2\t;\n\\.\n"),
)


def _source(data: bytes) -> Source:
    return Source(io.BytesIO(data), "x", len(data), "", "utf-8")


def _told(contents: Iterable[tuple[Content | Passed, int, int]]) -> dict[Any, list[Any]]:
    """What rows and lines say, whatever the runs in which they came."""
    found: dict[Any, list[Any]] = {}
    for content, lines, rows in contents:
        if isinstance(content, Column):
            values = enumerate(content.values.to_pylist(), content.first_row + rows)
            found.setdefault((content.table, content.index, content.name), []).extend(values)
        elif isinstance(content, Passage):
            texts = enumerate(content.text.split("\n"), content.line + lines)
            found.setdefault("text", []).extend((n, text.strip("; ")) for n, text in texts if text.strip("; "))
    return found


def _joined(reader: Divisible, data: bytes, step: int) -> dict[Any, list[Any]] | None:
    """What the sections say together; None where they do not fit."""
    numbering, told = Numbering(), []
    known: object = None
    for section in reader.sections(_source(data), step):
        *contents, passed = reader.read_section(_source(data), section)
        assert isinstance(passed, Passed)
        if not passed.fits or (section.start and section.before != known):
            return None
        known = passed.known
        for content in contents:
            table = content.table if isinstance(content, Column) else ""
            told.append((content, numbering.lines(passed), numbering.rows(passed, table)))
        numbering.go_on(passed)
    return _told(told) if told else None


@given(st.lists(STATEMENT, min_size=10, max_size=60))
@settings(deadline=None, max_examples=60)
def test_rows_of_sections_are_those_of_the_whole_dump(statements: list[str]) -> None:
    data = (DEFINED + "".join(statements)).encode()
    joined = _joined(FineDump(), data, 128)
    if joined is not None:
        assert joined == _told((content, 0, 0) for content in FineDump().read(_source(data)))


def test_a_plain_dump_is_cut_and_knows_its_tables() -> None:
    rows = "".join(_inserted("clients" if n % 3 else "paye", ["'Durand'", "'l''oiseau; vole'"]) for n in range(40))
    data = (DEFINED + rows).encode()
    assert len(FineDump().sections(_source(data), 128)) > 5
    assert _joined(FineDump(), data, 128) == _told((content, 0, 0) for content in FineDump().read(_source(data)))


def test_a_dump_that_is_one_copy_is_not_cut() -> None:
    lines = "".join(f"{n}\tDurand;\n" for n in range(300))
    data = f"COPY clients (id, nom) FROM stdin;\n{lines}\\.\n".encode()
    assert not FineDump().sections(_source(data), 128)


def _parquet(table: pa.Table, path: Path) -> bytes:
    pq.write_table(table, path, row_group_size=50, compression="none")
    return path.read_bytes()


def test_row_groups_are_sections(tmp_path: Path) -> None:
    names = [f"Durand {n}" for n in range(1_000)]
    table = pa.table({"nom": names, "age": list(range(1_000)), "adresse": [{"ville": "Lyon"}] * 1_000})
    data = _parquet(table, tmp_path / "t.parquet")
    assert len(ParquetReader().sections(_source(data), len(data) // 8)) > 4
    joined = _joined(ParquetReader(), data, len(data) // 8)
    assert joined == _told((content, 0, 0) for content in ParquetReader().read(_source(data)))


def test_lists_have_no_rows_to_count_by(tmp_path: Path) -> None:
    data = _parquet(pa.table({"nom": [["Durand", "Martin"]] * 1_000}), tmp_path / "t.parquet")
    assert not ParquetReader().sections(_source(data), 100)
