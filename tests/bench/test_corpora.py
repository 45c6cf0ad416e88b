"""Corpora are the same from the same seed, of the size asked for, and hold what they say."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from stdnum import iban
from stdnum.fr import nir

from recognizers.validators.phone import phone_fr
from scanner.bench.corpora import CORPORA, Corpus, customers
from scanner.bench.corpora.columns import Draw, content, digits, joined, take
from scanner.bench.corpora.people import People

BY_NAME = {corpus.name: corpus for corpus in CORPORA}
WRITTEN = pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)


def made(corpus: Corpus, folder: Path, size: int, seed: int = 7) -> bytes:
    folder.mkdir(exist_ok=True)
    return corpus.write(folder, size, seed).read_bytes()


@WRITTEN
def test_the_same_seed_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    first = made(corpus, tmp_path / "a", 40_000)
    assert made(corpus, tmp_path / "b", 40_000) == first
    assert made(corpus, tmp_path / "c", 40_000, seed=8) != first


@WRITTEN
def test_a_corpus_has_the_size_that_was_asked_for(corpus: Corpus, tmp_path: Path) -> None:
    data = made(corpus, tmp_path, 200_000)
    assert corpus.name == "parquet" or 180_000 < len(data) <= 200_000


@pytest.mark.parametrize("name", ["log", "csv", "prose", "dump", "nopii"])
def test_text_is_utf8_of_whole_lines(name: str, tmp_path: Path) -> None:
    data = made(BY_NAME[name], tmp_path, 100_000)
    assert data.decode("utf-8").endswith("\n")


def test_a_bigger_corpus_begins_as_a_smaller_one(tmp_path: Path) -> None:
    small = made(BY_NAME["log"], tmp_path / "small", 50_000)
    assert made(BY_NAME["log"], tmp_path / "big", 5_000_000).startswith(small)


def test_rows_of_the_table_have_as_many_cells_as_it_has_names(tmp_path: Path) -> None:
    rows = made(BY_NAME["csv"], tmp_path, 100_000).decode().splitlines()
    assert {row.count(";") for row in rows} == {14}


def test_the_dump_has_all_its_tables_and_ends_its_statements(tmp_path: Path) -> None:
    text = made(BY_NAME["dump"], tmp_path, 300_000).decode()
    for table in ("clients", "commandes", "journal", "wp_users"):
        assert f"INSERT INTO `{table}` VALUES (" in text
    assert all(line.endswith(");") for line in text.splitlines() if line.startswith("INSERT"))


def test_the_parquet_file_has_the_values_that_were_asked_for(tmp_path: Path) -> None:
    made(BY_NAME["parquet"], tmp_path, 200_000)
    table = pq.read_table(tmp_path / "parquet.parquet")
    assert 190_000 < customers.size_of(table) < 210_000
    assert table.column_names == list(customers.table(1, 0))


def test_invented_numbers_have_right_keys() -> None:
    people = People(Draw(200, 1))
    assert all(map(nir.is_valid, people.nir.to_pylist()))
    assert all(map(iban.is_valid, people.iban.to_pylist()))
    assert all(map(phone_fr, people.phone.to_pylist()))


def test_columns_of_text_join_row_by_row() -> None:
    numbers = digits(Draw(3, 1).number(0, 1000), 4)
    assert all(len(number) == 4 and number.startswith("0") for number in numbers.to_pylist())
    rows = joined(take(("a", "é"), Draw(3, 2).number(0, 2)), "-", numbers, "\n")
    assert content(rows).decode().splitlines() == [row.strip() for row in rows.to_pylist()]
    assert content(rows[1:]).decode().splitlines() == [row.strip() for row in rows.to_pylist()[1:]]
