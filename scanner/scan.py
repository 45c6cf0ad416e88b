"""The whole run, straight down: list, examine, store; then judge, report, alert (``scanner.conclude``)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner import __version__
from scanner.batches import alone, batches, fingerprint, read
from scanner.conclude import about, conclude, prepare, save_meta, scope_of
from scanner.config import Settings, token_key
from scanner.contracts import Lost
from scanner.coverage import Coverage
from scanner.declaration import Declaration
from scanner.fingerprint import rules_digest
from scanner.plugins import named
from scanner.recognition.shares import Share
from scanner.schedule import Schedule, seconds_of
from scanner.store import Store
from scanner.tasks import Batch, Examined, lost

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
    try:
        done, meta["state"] = _read_all(request, store, progress)
        meta |= {"ended": _now(), **_sums(request, store, done)}
        save_meta(store, meta)
        store.assemble(done)
        inventory = conclude(store.folder, request.declaration, request.settings)
    except BaseException:
        # A second Ctrl-C or a full disk: parts and journal stay, and what the folder says of itself stays true.
        with suppress(OSError):
            save_meta(store, meta | {"state": "interrupted", "ended": _now()})
        raise
    if meta["state"] == "complete":
        store.close()
    return meta, inventory


def _read_all(request: Request, store: Store, progress: Progress) -> tuple[set[int], str]:
    """Numbers of the batches that are done, and the state of the run."""
    done: set[int] = set()
    threading.Thread(target=prepare).start()
    try:
        with closing(_work(request, store)) as work:
            for batch in work:
                done.add(batch.number)
                progress(len(batch.items), sum(item.size for item in batch.items), batch.items[-1].locator.path)
    except KeyboardInterrupt:
        return done, "interrupted"
    return done, "complete"


def _sums(request: Request, store: Store, done: set[int]) -> dict[str, Any]:
    """Coverage and shares from the journal: exactly the rows that are joined, wherever Ctrl-C fell."""
    coverage, share = Coverage(), Share()
    for number, entry in store.journaled().items():
        if number in done:
            coverage.merge(entry["coverage"])
            share.add(Share.from_dict(entry["share"]))
    return {"coverage": coverage.as_dict(), "ner": _lanes(request.settings, share)}


def _work(request: Request, store: Store) -> Generator[Batch, None, None]:
    """Every batch once it is kept, by this run or by the one that it resumes."""
    done = store.journaled() if request.resume else {}
    key = token_key(scope_of(request.declaration))
    settings = request.settings
    connector = named("connectors", "filesystem")()
    engine = named("engines", request.engine)(request.workers)
    trusted: list[Batch] = []

    def wanted() -> Iterator[Batch]:
        for batch in batches(connector, request.targets, settings):
            entry = done.get(batch.number)
            if entry is not None and entry["fingerprint"] == fingerprint(batch):
                trusted.append(batch)
            else:
                yield batch

    schedule = Schedule(wanted(), settings, key)
    with closing(engine.run(read, schedule.tasks())) as results:
        for work, given in results:
            if (ended := schedule.take(work, given)) is not None:
                batch, result = ended
                whole = result if not isinstance(result, Lost) else _again(batch, result, engine, settings, key)
                _keep(store, batch, whole)
                yield batch
            while trusted:
                yield trusted.pop()
    yield from trusted


def _again(batch: Batch, loss: Lost, engine: Any, settings: Settings, key: bytes) -> Examined:
    """A lost batch is done again item by item; only the item that is lost again is given up, by name."""
    if len(batch.items) == 1:
        return lost(batch, loss.problem)
    singles = list(alone(batch))
    tasks = ((at, (single, settings, key), seconds_of(single, settings)) for at, single in enumerate(singles))
    results = dict(engine.run(read, tasks))
    whole = Examined()
    for at, single in enumerate(singles):
        result = results[at]
        whole.take(lost(single, result.problem) if isinstance(result, Lost) else result)
    return whole


def _keep(store: Store, batch: Batch, result: Examined) -> None:
    store.put(batch.number, result.rows, result.findings)
    entry: dict[str, Any] = {
        "batch": batch.number,
        "fingerprint": fingerprint(batch),
        "coverage": result.coverage.as_dict(),
        "share": result.share.as_dict(),
    }
    store.journal(entry)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _lanes(settings: Settings, share: Share) -> dict[str, Any]:
    """Characters of text, and how many of them each slow lane was offered and read."""
    known = share.as_dict()
    return {"mode": settings.ner, "text_chars": known["text"], "lanes": known["lanes"]}


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
