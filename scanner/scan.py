"""The whole run, straight down: list, examine, store; then judge, report, alert (``scanner.conclude``)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner import __version__
from scanner.batches import alone, batches, fingerprint, read
from scanner.changes import compare
from scanner.conclude import NOTHING_BEFORE, Before, about, conclude, prepare, save_meta, scope_of
from scanner.config import Settings
from scanner.connecting import Connectors
from scanner.contracts import Lost
from scanner.coverage import Coverage
from scanner.declaration import Declaration
from scanner.fingerprint import code_digest, rules_digest
from scanner.library import Library, is_comparable
from scanner.model import Kind
from scanner.plugins import named
from scanner.recognition.shares import Share
from scanner.schedule import Schedule, seconds_of
from scanner.shelf import Kept
from scanner.store import Store, open_run
from scanner.tasks import Batch, Examined, lost
from scanner.tokens import key_name, keys_of

TRIES = 2
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
    before: Before = NOTHING_BEFORE
    since: Path | None = None
    """An earlier run, whose contents need not be read again."""


def scan(request: Request, store: Store, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run to the end or to Ctrl-C; either way the folder says what it covers. Gives ``run.json`` and the inventory."""
    if request.resume and store.concluded():
        return _stored(store)
    meta = _meta(request)
    save_meta(store, meta)
    try:
        done, meta["state"] = _read_all(request, store, progress)
        meta |= {"ended": _now(), **_sums(request, store, done)}
        save_meta(store, meta)
        store.assemble(done)
        meta |= _since(store)
        save_meta(store, meta)
        inventory = conclude(store.folder, request.declaration, request.settings, request.before)
    except BaseException:
        # A second Ctrl-C or a full disk: parts and journal stay, and what the folder says of itself stays true.
        with suppress(OSError):
            save_meta(store, meta | {"state": "interrupted", "ended": _now(), **_sums(request, store, None)})
        raise
    if meta["state"] == "complete":
        store.close()
    return meta, inventory


def _stored(store: Store) -> tuple[dict[str, Any], dict[str, Any]]:
    """A run that came to its end before: there is nothing to go on with."""
    inventory: dict[str, Any] = json.loads((store.folder / "inventory.json").read_text(encoding="utf-8"))
    return open_run(store.folder).meta, inventory


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


def _sums(request: Request, store: Store, done: set[int] | None) -> dict[str, Any]:
    """Coverage and shares from the journal: exactly the rows that are joined, wherever Ctrl-C fell; None for all."""
    coverage, share = Coverage(), Share()
    for entry in store.noted():
        if done is None or entry["batch"] in done:
            coverage.merge(entry["coverage"])
            share.add(Share.from_dict(entry["share"]))
    return {"coverage": coverage.as_dict(), "ner": _lanes(request.settings, share)}


def _work(request: Request, store: Store) -> Generator[Batch, None, None]:
    """Every batch once it is kept, by this run or by the one that it resumes."""
    done = {e["batch"]: (e["fingerprint"], e.get("parts", {})) for e in store.noted()} if request.resume else {}
    settings = request.settings
    key = keys_of(scope_of(request.declaration)).now if settings.tokens else b""
    connectors = Connectors(settings)
    engine = named("engines", request.engine)(request.workers, settings.memory())
    library = Library(store, key, goes_on=_goes_on(request, store))
    trusted: list[Batch] = []

    def wanted() -> Iterator[Batch]:
        for batch in batches(connectors, request.targets, settings):
            mark, parts = done.pop(batch.number, ("", {}))
            if mark and mark == fingerprint(batch) and store.intact(batch.number, parts):
                trusted.append(batch)
            else:
                yield library.lend(batch)

    schedule = Schedule(wanted(), settings, key)
    with closing(connectors), closing(engine.run(read, schedule.tasks())) as results:
        for work, given in results:
            if (ended := schedule.take(work, given)) is not None:
                batch, result = ended
                whole = result if not isinstance(result, Lost) else _again(batch, result, engine, settings, key)
                _keep(store, batch, library.complete(batch, whole))
                library.learn(batch, whole)
                yield batch
            while trusted:
                yield trusted.pop()
    yield from trusted


def _again(batch: Batch, loss: Lost, engine: Any, settings: Settings, key: bytes) -> Examined:
    """A lost batch is done again item by item, and each of them twice: whatever killed a worker may not be the item.

    Only what is lost again by itself, or took too long by itself, is given up, by name.
    """
    singles = list(alone(batch))
    results: dict[int, Any] = {0: loss} if len(singles) == 1 else {}
    for _ in range(TRIES - len(results)):
        left = [at for at in range(len(singles)) if at not in results or _is_worth_another(results[at])]
        tasks = ((at, (singles[at], settings, key), seconds_of(singles[at], settings)) for at in left)
        results |= dict(engine.run(read, tasks))
    whole = Examined()
    for at, single in enumerate(singles):
        result = results[at]
        whole.take(lost(single, result.problem) if isinstance(result, Lost) else result)
    return whole


def _is_worth_another(result: object) -> bool:
    return isinstance(result, Lost) and result.problem.kind is Kind.LOST


def _keep(store: Store, batch: Batch, result: Kept) -> None:
    entry: dict[str, Any] = {
        "batch": batch.number,
        "fingerprint": fingerprint(batch),
        "parts": store.put_tables(batch.number, result.tables),
        "coverage": result.coverage.as_dict(),
        "share": result.share.as_dict(),
    }
    store.journal(entry)


def _goes_on(request: Request, store: Store) -> bool:
    """Whether contents of the earlier run may be given again: if this one would find the same in them."""
    return store.earlier is not None and is_comparable(open_run(store.earlier).meta, _meta(request))


def _since(store: Store) -> dict[str, Any]:
    """What became of each item since the earlier run."""
    if store.earlier is None:
        return {}
    before = open_run(store.earlier).meta
    times = {name: before[name] for name in ("started", "ended")}
    return {"since": times | {"items": compare(store.folder, store.earlier)}}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _lanes(settings: Settings, share: Share) -> dict[str, Any]:
    """Characters of text, and how many of them each slow lane was offered and read."""
    known = share.as_dict()
    modes = dict.fromkeys(("names", "ner"), settings.ner) | dict.fromkeys(("sentences", "meanings"), settings.sentences)
    lanes = {name: {"mode": modes[name], **lane} for name, lane in known["lanes"].items()}
    return {"mode": settings.ner, "text_chars": known["text"], "lanes": lanes}


def _meta(request: Request) -> dict[str, Any]:
    keys = keys_of(scope_of(request.declaration))
    return {
        "version": __version__,
        "state": "running",
        "started": _now(),
        "ended": "",
        "targets": list(request.targets),
        "options": request.settings.model_dump(mode="json") | {"engine": request.engine},
        "rules_sha256": rules_digest(),
        "code": code_digest(),
        "key": key_name(keys.now) if request.settings.tokens else "",
        "key_is_secret": keys.secret,
        **about(request.declaration, request.settings.policy),
        "coverage": Coverage().as_dict(),
    }
