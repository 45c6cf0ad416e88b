"""Columnar files: Parquet, Arrow and ORC, row group by row group, nested columns by path."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from scanner.contracts import Source, Unreadable
from scanner.model import Column, Content, Gap, Kind, Passed, Problem, Section

_ROWS = 1 << 15
_BUFFER = 1 << 20
"""Bytes of each column in hand: without a bound, all of a row group is, and a file can be one."""


class ParquetReader:
    """Parquet, as data tools export it."""

    name: ClassVar[str] = "parquet"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/vnd.apache.parquet"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches; binary values that are no text are a gap."""
        mark = source.stream.read(4)
        source.stream.seek(0)
        if mark == b"PARE":
            raise Unreadable(Kind.ENCRYPTED, "encrypted footer")
        yield from _batches(_parquet(source).iter_batches(batch_size=_ROWS, use_threads=False))

    def sections(self, source: Source, step: int) -> Sequence[Section]:
        """Row groups together; values of lists have no rows to count by, so that files with any are read whole."""
        file = _parquet(source)
        if any(file.schema.column(at).max_repetition_level for at in range(len(file.schema))):
            return []
        groups = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
        packed = [sum(one.column(at).total_compressed_size for at in range(one.num_columns)) for one in groups]
        # Values are read, whatever they take when packed.
        share = max(1, sum(one.total_byte_size for one in groups)) / max(1, source.size)
        return _grouped([one.total_byte_size for one in groups], packed, step * max(1.0, share))

    def read_section(self, source: Source, section: Section) -> Iterator[Content | Passed]:
        """The columns of some row groups."""
        file = _parquet(source)
        first = 1 + sum(file.metadata.row_group(at).num_rows for at in range(section.start))
        groups = list(range(section.start, section.end))
        yield from _batches(file.iter_batches(batch_size=_ROWS, row_groups=groups, use_threads=False), first)
        yield Passed()


class ArrowReader:
    """Arrow files, also known as Feather, and streams."""

    name: ClassVar[str] = "arrow"
    media_types: ClassVar[frozenset[str]] = frozenset(
        {"application/vnd.apache.arrow.file", "application/vnd.apache.arrow.stream", "application/x-feather"}
    )
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches."""
        from pyarrow import feather, ipc

        stream = pa.PythonFile(source.stream, "r")
        if source.media_type == "application/x-feather":
            yield from _batches(iter(_open(lambda: feather.read_table(stream)).to_batches(_ROWS)))
            return
        if source.media_type == "application/vnd.apache.arrow.stream":
            yield from _batches(iter(_open(lambda: ipc.open_stream(stream))))
            return
        file = _open(lambda: ipc.open_file(stream))
        yield from _batches(file.get_batch(index) for index in range(file.num_record_batches))


class OrcReader:
    """ORC, stripe by stripe."""

    name: ClassVar[str] = "orc"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/x-orc"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = True

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches."""
        from pyarrow import orc

        file = _open(lambda: orc.ORCFile(pa.PythonFile(source.stream, "r")))
        yield from _batches(file.read_stripe(index) for index in range(file.nstripes))


def _parquet(source: Source) -> Any:
    import pyarrow.parquet as pq

    return _open(lambda: pq.ParquetFile(pa.PythonFile(source.stream, "r"), buffer_size=_BUFFER, pre_buffer=False))


def _grouped(sizes: Sequence[int], packed: Sequence[int], step: float) -> Sequence[Section]:
    """Sections of groups that follow each other, of at least ``step`` bytes of values but for the last."""
    ends, held = [0], 0
    for number, size in enumerate(sizes, 1):
        held += size
        if held >= step or number == len(sizes):
            ends.append(number)
            held = 0
    return [Section(a, b, sum(packed[a:b])) for a, b in itertools.pairwise(ends)] if len(ends) > 2 else []


def _open(opener: Any) -> Any:
    try:
        return opener()
    except (pa.ArrowException, OSError) as error:
        encrypted = "encrypt" in str(error).lower()
        raise Unreadable(Kind.ENCRYPTED if encrypted else Kind.CORRUPT, type(error).__name__) from None


def _batches(batches: Iterator[Any], start: int = 1) -> Iterator[Content]:
    """Leaves of each batch, with rows counted on from ``start``; a batch that cannot be read ends the file."""
    first: dict[str, int] = {}
    index: dict[str, int] = {}
    unread = 0
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
        if batch is None:
            break
        for field, column in zip(batch.schema, batch.columns, strict=True):
            for path, leaf in _leaves(field.name, column):
                values, lost = _strings(leaf)
                unread += lost
                if values is not None:
                    yield Column("", path, index.setdefault(path, len(index)), values, first.get(path, start))
                first[path] = first.get(path, start) + len(leaf)
    if unread:
        yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), unread)


def _leaves(path: str, column: Any) -> Iterator[tuple[str, Any]]:
    """Plain columns inside a nested one."""
    kind = column.type
    if isinstance(column, pa.ExtensionArray):
        yield from _leaves(path, column.storage)
    elif pa.types.is_struct(kind):
        for field, inner in zip(kind, column.flatten(), strict=True):
            yield from _leaves(f"{path}.{field.name}", inner)
    elif pa.types.is_map(kind):
        yield from _leaves(path + "{}", column.keys)
        yield from _leaves(path + ".*", column.items)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        yield from _leaves(path + "[]", column.flatten())
    elif pa.types.is_dictionary(kind):
        yield from _leaves(path, column.dictionary_decode())
    else:
        yield path, column


def _strings(column: Any) -> tuple[Any, int]:
    """Values as strings, and how many bytes of them are not text."""
    kind = column.type
    if pa.types.is_null(kind):
        return None, 0
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _binary(column)
    try:
        return pc.cast(column, pa.string()), 0
    except pa.ArrowException:
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string()), 0


def _binary(column: Any) -> tuple[Any, int]:
    try:
        return pc.cast(pc.cast(column, pa.binary()), pa.string()), 0
    except pa.ArrowException:
        pass
    texts: list[str | None] = []
    lost = 0
    for value in column.to_pylist():
        try:
            texts.append(None if value is None else value.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(None)
            lost += len(value)
    return (pa.array(texts, pa.string()) if any(texts) else None), lost
