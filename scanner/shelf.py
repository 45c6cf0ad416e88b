"""Rows and findings that were read before, given again for items of the same content, each at its own place.

All in tables: of a volume that did not change, no row ever becomes an object.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scanner.coverage import Coverage, coverage_of
from scanner.model import Finding, Item, ItemRow, Listed, Recalled
from scanner.recognition.shares import Share
from scanner.store import LATEST, TABLES, Store, Tables, contents_table, findings_table, items_table
from scanner.tasks import Batch, Examined

Numbers = NDArray[np.int64]


class _Rows:
    """Rows of one Parquet file by number, a row group at a time: what is asked for comes mostly in order."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pq.ParquetFile(path) if path.exists() else None
        self._schema = schema
        groups = range(self._file.num_row_groups) if self._file else ()
        counts = [self._file.metadata.row_group(number).num_rows for number in groups] if self._file else []
        self._ends = np.cumsum(counts, dtype=np.int64)
        self._group = lru_cache(maxsize=3)(self._read)

    def _read(self, number: int) -> pa.Table:
        assert self._file is not None  # noqa: S101 - it has a group
        return self._file.read_row_group(number).select(self._schema.names).cast(self._schema).combine_chunks()

    def take(self, numbers: Numbers) -> pa.Table:
        """These rows, in this order."""
        groups = np.searchsorted(self._ends, numbers, "right")
        parts, places = [self._schema.empty_table()], [np.empty(0, np.int64)]
        for group in np.unique(groups):
            here = np.flatnonzero(groups == group)
            first = int(self._ends[group - 1]) if group else 0
            parts.append(self._group(int(group)).take(pa.array(numbers[here] - first)))
            places.append(here)
        return ordered(pa.concat_tables(parts), np.argsort(np.concatenate(places), kind="stable"))


def ordered(table: pa.Table, numbers: Numbers) -> pa.Table:
    """The rows of a table in another order; as it is, if that is its own."""
    if len(numbers) == table.num_rows and np.array_equal(numbers, np.arange(len(numbers))):
        return table.combine_chunks()
    return table.combine_chunks().take(pa.array(numbers)).combine_chunks()


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """The numbers of all ranges, one after the other."""
    ends = np.cumsum(counts)
    before = np.repeat(starts - (ends - counts), counts)
    return before + np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)


class Shelf:
    """The three tables of a run, or of one batch."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self._rows = {name: _Rows(paths[name], schema) for name, schema in TABLES.items()}
        counts = pq.read_table(paths["contents"], columns=["items", "findings"])
        self._ends = {name: np.cumsum(counts[name].to_numpy(), dtype=np.int64) for name in counts.column_names}

    def take(self, numbers: Numbers) -> Tables:
        """What these listed items gave, in this order."""
        contents = self._rows["contents"].take(numbers)
        tables = {"contents": contents}
        for name, ends in self._ends.items():
            counts = contents[name].to_numpy().astype(np.int64)
            tables[name] = self._rows[name].take(ranges(ends[numbers] - counts, counts))
        return tables


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a batch: its tables and their sums."""

    tables: Tables
    coverage: Coverage
    share: Share


class Shelves:
    """Where what is recalled lies: in the parts of this run, or in an earlier one."""

    def __init__(self, store: Store, earlier: Path | None) -> None:
        self._store = store
        self._earlier = Shelf({name: earlier / f"{name}.parquet" for name in TABLES}) if earlier else None
        self._batch = lru_cache(maxsize=8)(self._of_batch)

    def _of_batch(self, number: int) -> Shelf:
        return Shelf({name: self._store.part(name, number) for name in TABLES})

    def _shelf(self, run: bool, batch: int) -> Shelf:
        if not run:
            return self._batch(batch)
        if self._earlier is None:
            raise LookupError("no earlier run")
        return self._earlier

    def complete(self, batch: Batch, result: Examined) -> Kept:
        """The result with what it recalls in its place, in the order of the items."""
        places: dict[tuple[bool, int], list[int]] = {}
        for at, one in enumerate(result.listed):
            if isinstance(one, Recalled):
                places.setdefault((one.run, one.batch), []).append(at)
        fresh = [at for at, one in enumerate(result.listed) if isinstance(one, Listed)]
        sources, order = [_tables(result)], list(fresh)
        coverage, share = Coverage(), Share()
        coverage.merge(result.coverage.as_dict())
        share.add(result.share)
        for (run, number), where in places.items():
            rows = np.array([result.listed[at].row for at in where], np.int64)  # type: ignore[union-attr]
            given = placed(self._shelf(run, number).take(rows), batch, [batch.items[at] for at in where])
            coverage.merge(coverage_of(given["items"], given["contents"]).as_dict())
            share.add(_shared(given["contents"]))
            sources.append(given)
            order += where
        return Kept(_joined(sources, np.argsort(np.array(order, np.int64), kind="stable")), coverage, share)


def _tables(result: Examined) -> Tables:
    listed = [one for one in result.listed if isinstance(one, Listed)]
    return {
        "items": items_table(result.rows),
        "findings": findings_table(result.findings),
        "contents": contents_table(listed),
    }


def _joined(sources: Sequence[Tables], order: Numbers) -> Tables:
    """One of several, its listed items in this order, and the rows of each with it."""
    if len(sources) == 1:
        return sources[0]
    contents = pa.concat_tables(source["contents"] for source in sources).combine_chunks()
    tables = {"contents": ordered(contents, order)}
    for name in ("items", "findings"):
        counts = contents[name].to_numpy().astype(np.int64)
        starts = np.cumsum(counts) - counts
        table = pa.concat_tables(source[name] for source in sources)
        tables[name] = ordered(table, ranges(starts[order], counts[order]))
    return tables


def placed(given: Tables, batch: Batch, items: Sequence[Item]) -> Tables:
    """What contents gave, as items of the same contents give it: only where they are and whose they are differ."""
    contents = given["contents"]
    old = contents["path"].to_pylist()
    new = [str(batch.locator(item)) for item in items]
    counts = {name: contents[name].to_pylist() for name in ("items", "findings")}
    rows = _moved(given["items"], old, new, counts["items"])
    for name, values in (("mode", [item.mode for item in items]), ("owner", [item.owner for item in items])):
        rows = _set(rows, name, _repeated(values, counts["items"]))
    modified = rows["modified"].to_numpy().copy()
    modified[np.cumsum(counts["items"]) - 1] = [max(-LATEST, min(item.modified, LATEST)) for item in items]
    return {
        "items": _set(rows, "modified", modified),
        "findings": _moved(given["findings"], old, new, counts["findings"]),
        "contents": _set(contents, "path", new),
    }


def _moved(table: pa.Table, old: Sequence[str], new: Sequence[str], counts: Sequence[int]) -> pa.Table:
    """The rows at their new places: of a member, only the path of its container is another."""
    paths = table["path"].to_pylist()
    olds, news = _repeated(old, counts), _repeated(new, counts)
    told = [
        now if path == before else now + path[len(before) :]
        for path, before, now in zip(paths, olds, news, strict=True)
    ]
    return _set(table, "path", told)


def _repeated(values: Sequence[Any], counts: Sequence[int]) -> list[Any]:
    return [value for value, count in zip(values, counts, strict=True) for _ in range(count)]


def _set(table: pa.Table, name: str, values: Any) -> pa.Table:
    at = table.schema.get_field_index(name)
    field = table.schema.field(at)
    return table.set_column(at, field, pa.array(values, field.type))


def _shared(contents: pa.Table) -> Share:
    """What slow lanes read of all of them."""
    share = Share()
    for text in contents["share"].to_pylist():
        share.add_plain(json.loads(text))
    return share


def again(listed: Listed, rows: Sequence[ItemRow], findings: Sequence[Finding], item: Item, path: str) -> Examined:
    """What one item gave, as another of the same content in the same batch gives it."""
    old = len(listed.path)
    moved = [replace(row, path=path + row.path[old:], mode=item.mode, owner=item.owner) for row in rows]
    moved[-1] = replace(moved[-1], modified=item.modified)
    coverage = Coverage()
    coverage.add(moved, listed.unread_inside)
    share = Share.from_dict(listed.share) if listed.share else Share()
    return Examined(
        moved,
        [replace(finding, path=path + finding.path[old:]) for finding in findings],
        coverage,
        share,
        [replace(listed, path=path)],
    )
