"""The run folder: Parquet parts and a journal while scanning, one file a table at the end; read by notebooks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

from scanner.hold import LOCK, Held, Hold
from scanner.journal import JOURNAL, Journal
from scanner.model import Finding, ItemRow, Listed

if TYPE_CHECKING:
    import pandas as pd

FINDINGS = pa.schema(
    [(name, pa.string()) for name in ("path", "table", "column", "entity_type", "category", "regime", "level")]
    + [("count", pa.int64()), ("distinct", pa.int64()), ("score", pa.float64()), ("recognizer", pa.string())]
    + [("places", pa.list_(pa.string())), ("evidence", pa.list_(pa.string()))]
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
        ("oldest", pa.string()),
        ("newest", pa.string()),
    ]
)
KEPT = ("triage.json", "deliveries.jsonl")
"""What people said and what was sent, which the next run in the same folder goes on from."""
CONTENTS = pa.schema(
    [
        ("path", pa.string()),
        ("digest", pa.string()),
        ("size", pa.int64()),
        ("items", pa.int32()),
        ("findings", pa.int32()),
        ("unread_inside", pa.int64()),
        ("named", pa.bool_()),
        ("alone", pa.bool_()),
        ("share", pa.string()),
    ]
)
"""One row for each listed item: its content, and how many rows of the other tables are its own, in the same order."""
Tables = dict[str, pa.Table]
"""A table for each name of ``TABLES``."""
TABLES = {"items": ITEMS, "findings": FINDINGS, "contents": CONTENTS}
ANSWERS = (
    "decisions.json",
    "declaration.json",
    "alerts.jsonl",
    "events.jsonl",
    "inventory.json",
    "inventory.html",
    "inventory.xlsx",
    "changes.parquet",
)
GONE = "parts.gone"
EARLIER = "earlier"
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


def contents_table(listed: Sequence[Listed]) -> pa.Table:
    """Listed items in the shape of ``contents.parquet``."""
    columns = _columns(CONTENTS, listed)
    columns["share"] = [json.dumps(one.share, sort_keys=True) for one in listed]
    return pa.Table.from_pydict(columns, schema=CONTENTS)


def _columns(schema: pa.Schema, records: Sequence[Any]) -> dict[str, list[Any]]:
    """Column by column: a dictionary for each record takes ten times as long."""
    return {name: list(map(attrgetter(name), records)) for name in schema.names}


def write_private(path: Path, text: str | Iterable[str]) -> None:
    """Write a file that only its owner reads, whole or not at all; from its pieces, if it is long."""
    partial = path.with_name(path.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines([text] if isinstance(text, str) else text)
    partial.replace(path)


def write_table(path: Path, table: pa.Table) -> str:
    """Write a Parquet file that only its owner reads, whole or not at all; the digest of its bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    data = memoryview(sink.getvalue())
    partial = path.with_name(path.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    partial.replace(path)
    return xxhash.xxh3_64_hexdigest(data)


class Store:
    """Writes one run; a part counts only when its batch is noted, so that a broken run tells the truth."""

    def __init__(self, folder: Path, hold: Hold | None = None) -> None:
        self.folder = folder
        self.parts = folder / "parts"
        self._journal = Journal(folder)
        self._hold = hold

    @property
    def earlier(self) -> Path | None:
        """The tables of the run that this one goes on from, kept here until it is complete."""
        folder = self.folder / EARLIER
        return folder if folder.is_dir() else None

    @classmethod
    def create(cls, folder: Path, *, force: bool = False, since: Path | None = None) -> Store:
        """A new run folder, mode 0700; ``force`` replaces an earlier run, never anything else."""
        _check_ours(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = cls(folder, _hold(folder))
        if (folder / "run.json").exists() and not force:
            store.release()
            raise RunExists(f"{folder}: already holds a run; choose another -o, or --force to replace it")
        folder.chmod(0o700)
        shutil.rmtree(folder / EARLIER, ignore_errors=True)
        if since is not None:
            store._borrow(since)
        store._empty()
        store.parts.mkdir(mode=0o700)
        return store

    @classmethod
    def reopen(cls, folder: Path) -> Store:
        """The folder of an interrupted run; what it concluded so far is not what it will cover."""
        store = cls(folder, _hold(folder))
        shutil.rmtree(folder / GONE, ignore_errors=True)
        if not store.concluded():
            store.parts.mkdir(mode=0o700, exist_ok=True)
            for name in (*ANSWERS, *(f"{name}.parquet" for name in TABLES)):
                (folder / name).unlink(missing_ok=True)
            store._journal.mend()
        return store

    def concluded(self) -> bool:
        """Whether the run came to its very end: its answer is whole, and its parts are put away."""
        answer = all((self.folder / name).is_file() for name in ("items.parquet", "findings.parquet", "inventory.json"))
        return answer and not self.parts.exists()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let other processes in."""
        if self._hold is not None:
            self._hold.release()

    def put(
        self, number: int, items: Sequence[ItemRow], findings: Sequence[Finding], listed: Sequence[Listed]
    ) -> dict[str, str]:
        """Write what one batch gave; the digests of its parts."""
        tables = {"items": items_table(items), "findings": findings_table(findings), "contents": contents_table(listed)}
        return self.put_tables(number, tables)

    def put_tables(self, number: int, tables: Tables) -> dict[str, str]:
        """Write the parts of one batch; the digests of their bytes."""
        if not tables["findings"].num_rows:
            self.part("findings", number).unlink(missing_ok=True)  # of an earlier reading of the same batch
        kept = {name: table for name, table in tables.items() if table.num_rows or name != "findings"}
        return {name: write_table(self.part(name, number), table) for name, table in kept.items()}

    def part(self, table: str, number: int) -> Path:
        """Where one table of one batch lies."""
        return self.parts / f"{table}-{number:08}.parquet"

    def journal(self, entry: dict[str, Any]) -> None:
        """Note that a batch is done, after its parts are in place."""
        self._journal.note(entry)

    def noted(self) -> Iterator[dict[str, Any]]:
        """What holds of each batch that is done, one at a time."""
        return self._journal.entries()

    def intact(self, number: int, digests: Mapping[str, str]) -> bool:
        """Whether the parts of a batch are byte for byte what was noted; a disk that was full or torn off may lie."""
        try:
            return bool(digests) and all(
                xxhash.xxh3_64_hexdigest(self.part(name, number).read_bytes()) == digest
                for name, digest in digests.items()
            )
        except OSError:
            return False

    def assemble(self, numbers: Iterable[int]) -> None:
        """Join the parts of these batches, in their order, into the tables of the contract."""
        ordered = sorted(numbers)
        for name, schema in TABLES.items():
            parts = (self.part(name, number) for number in ordered)
            self._join(name, schema, (part for part in parts if part.exists()))

    def _join(self, name: str, schema: pa.Schema, parts: Iterable[Path]) -> None:
        partial = self.folder / f"{name}.parquet.partial"
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
            held: list[pa.Table] = []
            rows = 0
            for part in parts:
                held.append(pq.ParquetFile(part).read())
                rows += held[-1].num_rows
                if rows >= 50_000:
                    writer.write_table(pa.concat_tables(held))
                    held, rows = [], 0
            if held:
                writer.write_table(pa.concat_tables(held))
        with partial.open("rb+") as file:
            os.fsync(file.fileno())  # the parts go once this is said to be there
        partial.replace(self.folder / f"{name}.parquet")

    def close(self) -> None:
        """Put away the parts of a run that is complete: in one move, so that half of them are never taken for all."""
        self.parts.rename(self.folder / GONE)
        (self.folder / JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(self.folder / EARLIER, ignore_errors=True)
        shutil.rmtree(self.folder / GONE, ignore_errors=True)

    def _borrow(self, since: Path) -> None:
        """Keep what is needed of an earlier run, which this one may replace, or which may go before this one ends."""
        folder = self.folder / EARLIER
        folder.mkdir(mode=0o700)
        for name in ("run.json", "decisions.json", *(f"{name}.parquet" for name in TABLES)):
            try:
                os.link(since / name, folder / name)
            except OSError:
                shutil.copyfile(since / name, folder / name)
                (folder / name).chmod(0o600)

    def _empty(self) -> None:
        for path in self.folder.iterdir():
            if path.name in (LOCK, EARLIER, *KEPT):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _check_ours(folder: Path) -> None:
    """A folder with anything in it is only touched if a run of ours began there, even if it had no time to say so."""
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if names and "run.json" not in names and not names <= {LOCK, "parts", EARLIER, "run.json.partial", *KEPT}:
        raise RunExists(f"{folder}: not empty and not a run of recense")


def _hold(folder: Path) -> Hold:
    try:
        return Hold(folder)
    except Held:
        raise RunExists(f"{folder}: another process works on this run") from None


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

    def contents_table(self) -> pa.Table:
        """What each listed item gave, as an Arrow table."""
        return pq.read_table(self.folder / "contents.parquet", schema=CONTENTS)

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
