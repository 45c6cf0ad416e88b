"""The corpora of the bench: generated from a seed, each block from its own number, nobody's data in any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from scanner.bench.corpora import customers, dump, letters, log, plain

Blocks = Callable[[int, int], Iterator[bytes]]
"""Seed and size to blocks of bytes, which together have at least that size."""

BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Corpus:
    """One kind of file."""

    name: str
    suffix: str
    about: str
    reader: str
    """The entry point of the reader that it goes to."""
    whole_lines: bool = True

    def write(self, folder: Path, size: int, seed: int) -> Path:
        """The file of this corpus with at most ``size`` bytes (of values, for Parquet), cut where a line ends."""
        path = folder / f"{self.name}{self.suffix}"
        if self.name == "parquet":
            _write_parquet(path, size, seed)
            return path
        left = size
        with path.open("wb") as file:
            for block in _BLOCKS[self.name](seed, size):
                kept = block if len(block) <= left else block[: self._cut(block, left)]
                file.write(kept)
                left -= len(kept)
                if len(kept) < len(block):
                    break
        return path

    def _cut(self, block: bytes, left: int) -> int:
        return (block.rfind(b"\n", 0, left) + 1 or left) if self.whole_lines else left


CORPORA = (
    Corpus("log", ".log", "access log, combined form", "text"),
    Corpus("csv", ".csv", "customer table, 15 columns", "delimited"),
    Corpus("prose", ".txt", "French letters and reports", "text"),
    Corpus("dump", ".sql", "mysqldump, extended INSERTs", "sqldump"),
    Corpus("nopii", ".txt", "code and technical prose", "text"),
    Corpus("binary", ".bin", "random bytes", "text", whole_lines=False),
    Corpus("parquet", ".parquet", "customer table, bytes of values", "parquet"),
)


def _endless(block: Callable[[int, int], bytes]) -> Blocks:
    def blocks(seed: int, size: int) -> Iterator[bytes]:
        return (block(seed, number) for number in count())

    return blocks


def _csv(seed: int, size: int) -> Iterator[bytes]:
    yield customers.header(seed)
    yield from (customers.block(seed, number) for number in count())


def _binary(seed: int, size: int) -> Iterator[bytes]:
    return (np.random.default_rng((seed, 9, number)).bytes(BLOCK) for number in count())


_BLOCKS: dict[str, Blocks] = {
    "log": _endless(log.block),
    "csv": _csv,
    "prose": _endless(letters.block),
    "dump": dump.statements,
    "nopii": _endless(plain.block),
    "binary": _binary,
}


def _write_parquet(path: Path, size: int, seed: int) -> None:
    from pyarrow import parquet

    with parquet.ParquetWriter(path, customers.typed(seed, 0).schema, compression="snappy") as writer:
        for number in count():
            table = customers.typed(seed, number)
            row = customers.size_of(table) / table.num_rows
            table = table.slice(0, min(table.num_rows, int(size / row)))
            writer.write_table(table)
            size -= customers.size_of(table)
            if table.num_rows < customers.ROWS:
                return
