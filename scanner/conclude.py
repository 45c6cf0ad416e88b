"""From a stored run to its answer: judge, take the inventory, report, alert. Never touches the scanned volume."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.config import Settings, token_key
from scanner.declaration import Declaration
from scanner.jsontext import indented
from scanner.model import Decision, Finding, ItemRow, Level, Status
from scanner.plugins import named
from scanner.policy import judge
from scanner.policy.alerts import alerts
from scanner.policy.rulebook import rulebook
from scanner.store import Store, open_run, write_private

REPORTS = ("json", "xlsx", "html")


def scope_of(declaration: Declaration) -> str:
    """The client and mandate that tokens and digests belong to."""
    client = declaration.client.name if declaration.client else ""
    mandate = declaration.mandate.reference if declaration.mandate else ""
    return f"{client}\0{mandate or ''}"


def save_meta(store: Store, meta: dict[str, Any]) -> None:
    """Write ``run.json``."""
    write_private(store.folder / "run.json", indented(meta) + "\n")


def prepare() -> None:
    """Load what judging and reporting take; done while workers read, it takes no time of its own."""
    with suppress(Exception):  # told by what needs it
        import scanner.inventory  # noqa: F401

        for name in REPORTS:
            named("reporters", name)


def conclude(folder: Path, declaration: Declaration, settings: Settings) -> dict[str, Any]:
    """Write decisions, inventory, reports and alerts of a run; returns the inventory."""
    with _without_collections():
        return _concluded(folder, declaration, settings)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Findings and decisions are millions of values without cycles, which the collector would go through again and
    again while they come together.
    """
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _concluded(folder: Path, declaration: Declaration, settings: Settings) -> dict[str, Any]:
    from scanner.inventory import build

    run = open_run(folder)
    meta = run.meta
    volume = meta["coverage"]["volume"]
    percent = 100.0 if not volume["bytes"] else 100.0 * volume["bytes_read"] / volume["bytes"]
    if meta["state"] != "complete":
        percent = min(percent, 99.9)  # what was not even listed is not covered
    targets = meta["targets"]
    found = judge(_findings(folder), _items(folder), declaration, percent, today=settings.today, targets=targets)
    decisions = list(found)
    records = [record(d, meta) for d in decisions]
    document = {"policy": meta["policy"], "declaration_sha256": declaration.digest, "decisions": records}
    write_private(folder / "decisions.json", indented(document) + "\n")
    named("alerters", "log")(folder / "alerts.jsonl").send(
        list(alerts(decisions, meta, token_key(scope_of(declaration))))
    )
    said = declaration.model_dump(mode="json", by_alias=True)
    inventory = build(meta, run.findings_table(), run.items_table(), records, said)
    for name in REPORTS:
        report(inventory, name, folder / f"inventory.{name}", settings.lang)
    return inventory


def report(inventory: dict[str, Any], name: str, path: Path, lang: str) -> None:
    """Write one report of an inventory."""
    named("reporters", name)().write(inventory, path, lang)


def record(decision: Decision, meta: dict[str, Any]) -> dict[str, Any]:
    """A decision as ``decisions.json`` keeps it: rule, anchor, quotation and the policy's digest."""
    verdict = decision.verdict
    return {
        "path": decision.path,
        "entity_type": decision.entity_type,
        "category": decision.category,
        "regime": decision.regime,
        "level": decision.level,
        "count": decision.count,
        "distinct": decision.distinct,
        "declared": decision.declared,
        "reference": decision.reference,
        "places": list(decision.places),
        "regle": verdict.rule,
        "decisions": [outcome.name for outcome in verdict.outcomes],
        "ancre": verdict.anchor,
        "citation": verdict.citation,
        "motif": {"fr": verdict.reason_fr, "en": verdict.reason_en},
        "confirmations": verdict.confirmations,
        "urgent": verdict.urgent,
        "politique_sha256": meta["policy"]["sha256"],
    }


def about(declaration: Declaration) -> dict[str, Any]:
    """What ``run.json`` says of the declaration, and of the policy that decisions quote."""
    policy = rulebook().policy
    return {
        "declaration_sha256": declaration.digest,
        "role": declaration.role,
        "client": declaration.client.name if declaration.client else "",
        "mandate": (declaration.mandate.reference if declaration.mandate else "") or "",
        "policy": {"name": policy.name, "version": policy.version, "sha256": policy.sha256},
    }


def _rows(path: Path, names: Sequence[str]) -> Iterator[list[list[Any]]]:
    """The named columns, piece by piece; a dictionary for each row takes thrice as long."""
    with pq.ParquetFile(path) as file:
        batch: pa.RecordBatch
        for batch in file.iter_batches(10_000, columns=list(names)):
            yield [batch.column(name).to_pylist() for name in names]


def _findings(folder: Path) -> Iterable[Finding]:
    names = [one.name for one in fields(Finding)]
    level, places = names.index("level"), names.index("places")
    for columns in _rows(folder / "findings.parquet", names):
        columns[level] = [Level[name] for name in columns[level]]
        columns[places] = [tuple(some or ()) for some in columns[places]]
        yield from map(Finding, *columns)


def _items(folder: Path) -> Iterable[ItemRow]:
    names = [one.name for one in fields(ItemRow)]
    status = names.index("status")
    for columns in _rows(folder / "items.parquet", names):
        columns[status] = [Status(value) for value in columns[status]]
        yield from map(ItemRow, *columns)
