"""Scans in this process, by the real engine: its workers fork from a server that starts once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scanner import open_run
from scanner.config import Settings
from scanner.declaration import none_declaration
from scanner.scan import Request, scan
from scanner.store import Store

from .loaded import SETTINGS


def scanned(
    target: Path, run: Path, *, since: Path | None = None, settings: Settings = SETTINGS, force: bool = False
) -> dict[str, Any]:
    """``run.json`` of a new run."""
    request = Request((str(target),), run, none_declaration(), settings, 2, since=since)
    with Store.create(run, since=since, force=force) as store:
        return scan(request, store, lambda *_: None)[0]


def changes(run: Path) -> dict[str, tuple[str, str]]:
    import pyarrow.parquet as pq

    rows = pq.read_table(run / "changes.parquet").to_pylist()
    return {row["path"]: (row["change"], row["before"]) for row in rows}


def tables(run: Path) -> list[list[dict[str, Any]]]:
    read = open_run(run)
    return [read.findings_table().to_pylist(), read.items_table().to_pylist(), read.decisions()]
