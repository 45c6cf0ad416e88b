"""The run folder: Parquet parts and a journal while scanning, one file a table at the end; read by notebooks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.model import Finding, ItemRow

if TYPE_CHECKING:
    import pandas as pd

FINDINGS = pa.schema(
    [(name, pa.string()) for name in ("path", "table", "column", "entity_type", "category", "regime", "level")]
    + [("count", pa.int64()), ("distinct", pa.int64()), ("score", pa.float64()), ("recognizer", pa.string())]
    + [("places", pa.list_(pa.string()))]
)
ITEMS = pa.schema(
    [
        ("path", pa.string()),
        ("size", pa.int64()),
        ("media_type", pa.string()),
        ("encoding", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("bytes_read", pa.int64()),
        ("bytes_unread", pa.int64()),
        ("modified", pa.int64()),
        ("mode", pa.int32()),
        ("owner", pa.string()),
        ("digest", pa.string()),
    ]
)
JOURNAL = "journal.jsonl"
LATEST = (1 << 63) - 1
"""Nanoseconds in 64 bits end in the year 2262; file systems date further."""


class RunExists(Exception):
    """The folder already holds a run, or something else."""


def findings_table(findings: Sequence[Finding]) -> pa.Table:
    """Findings in the shape of ``findings.parquet``."""
    columns = _columns(FINDINGS, findings)
    columns["level"] = [finding.level.name for finding in findings]
    return pa.Table.from_pydict(columns, schema=FINDINGS)


def items_table(rows: Sequence[ItemRow]) -> pa.Table:
    """Item rows in the shape of ``items.parquet``."""
    columns = _columns(ITEMS, rows)
    columns["status"] = [row.status.value for row in rows]
    columns["modified"] = [max(-LATEST, min(row.modified, LATEST)) for row in rows]
    return pa.Table.from_pydict(columns, schema=ITEMS)


def _columns(schema: pa.Schema, records: Sequence[Any]) -> dict[str, list[Any]]:
    """Column by column: a dictionary for each record takes ten times as long."""
    return {name: list(map(attrgetter(name), records)) for name in schema.names}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)


def write_table(path: Path, table: pa.Table) -> None:
    """Write a Parquet file that only its owner reads, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    pq.write_table(table, partial, compression="zstd")
    partial.replace(path)


class Store:
    """Writes one run; a part appears only when its batch is done, so that a broken run tells the truth."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"

    @classmethod
    def create(cls, folder: Path, *, force: bool = False) -> Store:
        """A new run folder, mode 0700; ``force`` replaces an earlier run, never anything else."""
        if folder.exists() and any(folder.iterdir()):
            if not (folder / "run.json").exists():
                raise RunExists(f"{folder}: not empty and not a run of recense")
            if not force:
                raise RunExists(f"{folder}: already holds a run; choose another -o, or --force to replace it")
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        store = cls(folder)
        store.parts.mkdir(mode=0o700, exist_ok=True)
        return store

    @classmethod
    def reopen(cls, folder: Path) -> Store:
        """The folder of an interrupted run; a journal line that a crash cut is dropped, so that others can follow."""
        store = cls(folder)
        store.parts.mkdir(mode=0o700, exist_ok=True)
        lines = [json.dumps(entry, sort_keys=True) + "\n" for entry in store.journaled().values()]
        write_private(folder / JOURNAL, "".join(lines))
        return store

    def put(self, number: int, items: Sequence[ItemRow], findings: Sequence[Finding]) -> None:
        """Write the parts of one batch."""
        write_table(self.parts / f"items-{number:08}.parquet", items_table(items))
        part = self.parts / f"findings-{number:08}.parquet"
        if findings:
            write_table(part, findings_table(findings))
        else:
            part.unlink(missing_ok=True)  # of an earlier reading of the same batch

    def journal(self, entry: dict[str, Any]) -> None:
        """Note that a batch is done, after its parts are in place."""
        path = self.folder / JOURNAL
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, sort_keys=True) + "\n")

    def journaled(self) -> dict[int, dict[str, Any]]:
        """The batches that are done, by number, as last noted; a line cut by a crash is not one."""
        path, entries = self.folder / JOURNAL, {}
        if path.exists():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    entry = json.loads(line)
                    entries[int(entry["batch"])] = entry
                except (ValueError, TypeError, KeyError):
                    continue
        return {number: entry for number, entry in entries.items() if self._has_part(number)}

    def _has_part(self, number: int) -> bool:
        try:
            return (self.parts / f"items-{number:08}.parquet").stat().st_size > 0
        except OSError:
            return False

    def assemble(self, numbers: Iterable[int]) -> None:
        """Join the parts of these batches, in their order, into the two tables of the contract."""
        ordered = sorted(numbers)
        for name, schema in (("items", ITEMS), ("findings", FINDINGS)):
            parts = (self.parts / f"{name}-{number:08}.parquet" for number in ordered)
            self._join(name, schema, (part for part in parts if part.exists()))

    def _join(self, name: str, schema: pa.Schema, parts: Iterable[Path]) -> None:
        partial = self.folder / f"{name}.parquet.partial"
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
            held: list[pa.Table] = []
            for part in parts:
                held.append(pq.read_table(part, schema=schema))
                if sum(t.num_rows for t in held) >= 50_000:
                    writer.write_table(pa.concat_tables(held))
                    held = []
            if held:
                writer.write_table(pa.concat_tables(held))
        partial.replace(self.folder / f"{name}.parquet")

    def close(self) -> None:
        """Remove the parts of a run that is complete."""
        shutil.rmtree(self.parts, ignore_errors=True)
        (self.folder / JOURNAL).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished (or interrupted) run, read back."""

    folder: Path

    @property
    def meta(self) -> dict[str, Any]:
        """``run.json``."""
        data: dict[str, Any] = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        return data

    @property
    def findings(self) -> pd.DataFrame:
        """The findings as a pandas DataFrame."""
        return self.findings_table().to_pandas()

    @property
    def items(self) -> pd.DataFrame:
        """The items as a pandas DataFrame."""
        return self.items_table().to_pandas()

    def findings_table(self) -> pa.Table:
        """The findings as an Arrow table."""
        return pq.read_table(self.folder / "findings.parquet", schema=FINDINGS)

    def items_table(self) -> pa.Table:
        """The items as an Arrow table."""
        return pq.read_table(self.folder / "items.parquet", schema=ITEMS)

    def decisions(self) -> list[dict[str, Any]]:
        """``decisions.json``."""
        data: dict[str, Any] = json.loads((self.folder / "decisions.json").read_text(encoding="utf-8"))
        decisions: list[dict[str, Any]] = data["decisions"]
        return decisions


def open_run(folder: str | Path) -> Run:
    """Open a run folder; ``FileNotFoundError`` says what is missing there."""
    path = Path(folder)
    if not (path / "run.json").is_file():
        raise FileNotFoundError(f"{path}: no run.json, so not a run of recense")
    return Run(path)
