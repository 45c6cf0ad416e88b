"""The whole run, straight down: list, examine, store; then judge, report, alert (``scanner.conclude``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner import __version__
from scanner.batches import alone, batches, fingerprint
from scanner.conclude import about, conclude, save_meta, scope_of
from scanner.config import Settings, token_key
from scanner.contracts import Lost
from scanner.coverage import Coverage
from scanner.declaration import Declaration
from scanner.examine import Batch, Examined, examine, lost
from scanner.fingerprint import rules_digest
from scanner.plugins import named
from scanner.store import Store

Progress = Callable[[int, int, str], None]
"""Called with items and bytes just done, and a path to show."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to scan, for whom and where to write."""

    targets: tuple[str, ...]
    folder: Path
    declaration: Declaration
    settings: Settings
    workers: int = 2
    engine: str = "local"
    resume: bool = False


def scan(request: Request, store: Store, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run to the end or to Ctrl-C; either way the folder says what it covers. Gives ``run.json`` and the inventory."""
    meta = _meta(request)
    save_meta(store, meta)
    coverage, share = Coverage(), {"text": 0, "prose": 0, "model": 0}
    state = "complete"
    try:
        for batch, entry in _work(request, store):
            coverage.merge(entry["coverage"])
            for lane, characters in entry["share"].items():
                share[lane] += characters
            progress(len(batch.items), sum(item.size for item in batch.items), batch.items[-1].locator.path)
    except KeyboardInterrupt:
        state = "interrupted"
    meta |= {"state": state, "ended": _now(), "coverage": coverage.as_dict(), "ner": _lanes(request.settings, share)}
    save_meta(store, meta)
    store.assemble()
    inventory = conclude(store.folder, request.declaration, request.settings)
    if state == "complete":
        store.close()
    return meta, inventory


def _work(request: Request, store: Store) -> Iterator[tuple[Batch, dict[str, Any]]]:
    """Every batch with its journal entry, from this run or from the one that it resumes."""
    done = {entry["batch"]: entry for entry in store.journaled()} if request.resume else {}
    key = token_key(scope_of(request.declaration))
    settings = request.settings
    connector = named("connectors", "filesystem")()
    engine = named("engines", request.engine)(request.workers)
    trusted: list[tuple[Batch, dict[str, Any]]] = []

    def tasks() -> Iterator[tuple[Batch, tuple[Any, ...], int]]:
        for batch in batches(connector, request.targets, settings):
            entry = done.get(batch.number)
            if entry is not None and entry["fingerprint"] == fingerprint(batch):
                trusted.append((batch, entry))
            else:
                yield batch, (batch, settings, key), _seconds(batch, settings)

    for batch, result in engine.run(examine, tasks()):
        whole = result if not isinstance(result, Lost) else _again(batch, result, engine, settings, key)
        yield batch, _keep(store, batch, whole)
        while trusted:
            yield trusted.pop()
    yield from trusted


def _again(batch: Batch, loss: Lost, engine: Any, settings: Settings, key: bytes) -> Examined:
    """A lost batch is done again item by item; only the item that is lost again is given up, by name."""
    if len(batch.items) == 1:
        return lost(batch, loss.problem)
    singles = list(alone(batch))
    tasks = ((at, (single, settings, key), _seconds(single, settings)) for at, single in enumerate(singles))
    results = dict(engine.run(examine, tasks))
    whole = Examined()
    for at, single in enumerate(singles):
        result = results[at]
        whole.take(lost(single, result.problem) if isinstance(result, Lost) else result)
    return whole


def _keep(store: Store, batch: Batch, result: Examined) -> dict[str, Any]:
    store.put(batch.number, result.rows, result.findings)
    entry = {
        "batch": batch.number,
        "fingerprint": fingerprint(batch),
        "coverage": result.coverage.as_dict(),
        "share": {"text": result.share.text, "prose": result.share.prose, "model": result.share.model},
    }
    store.journal(entry)
    return entry


def _seconds(batch: Batch, settings: Settings) -> int:
    return settings.seconds_for(sum(item.size for item in batch.items)) + len(batch.items)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _lanes(settings: Settings, share: dict[str, int]) -> dict[str, Any]:
    return {
        "mode": settings.ner,
        "text_chars": share["text"],
        "prose_chars": share["prose"],
        "model_chars": share["model"],
    }


def _meta(request: Request) -> dict[str, Any]:
    return {
        "version": __version__,
        "state": "running",
        "started": _now(),
        "ended": "",
        "targets": list(request.targets),
        "options": request.settings.model_dump(mode="json") | {"engine": request.engine},
        "rules_sha256": rules_digest(),
        **about(request.declaration),
        "coverage": Coverage().as_dict(),
    }
