"""From a stored run to its answer: judge, take the inventory, report, alert. Never touches the scanned volume."""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scanner.config import Settings, token_key
from scanner.declaration import Declaration
from scanner.jsontext import indented, indented_list
from scanner.model import Decision, Finding, ItemRow, Level, Status
from scanner.plugins import named
from scanner.policy import judge
from scanner.policy.alerts import alerts, calls, risen, severity, token_of
from scanner.policy.circumstances import surroundings
from scanner.policy.rulebook import Rulebook, rulebook
from scanner.policy.triage import FILE as TRIAGE
from scanner.policy.triage import Ledger
from scanner.spool import Spooled
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


@dataclass(frozen=True, slots=True)
class Before:
    """What a run goes on from: an earlier run to compare with, and the file that keeps what people said of alerts."""

    since: Path | None = None
    triage: Path | None = None
    seen: Any = None
    """The earlier run as it was read before anything was written, where it may be replaced."""


NOTHING_BEFORE = Before()


def conclude(
    folder: Path, declaration: Declaration, settings: Settings, before: Before = NOTHING_BEFORE
) -> dict[str, Any]:
    """Write decisions, inventory, reports and alerts of a run; returns the inventory."""
    with _without_collections():
        return _concluded(folder, declaration, settings, before)


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


def _concluded(folder: Path, declaration: Declaration, settings: Settings, before: Before) -> dict[str, Any]:
    from scanner.inventory import build

    run = open_run(folder)
    meta = run.meta
    volume = meta["coverage"]["volume"]
    percent = 100.0 if not volume["bytes"] else 100.0 * volume["bytes_read"] / volume["bytes"]
    if meta["state"] != "complete":
        percent = min(percent, 99.9)  # what was not even listed is not covered
    targets = meta["targets"]
    book = rulebook(settings.policy)
    decisions = Spooled(
        judge(
            _findings(folder),
            _items(folder),
            declaration,
            percent,
            today=settings.today,
            targets=targets,
            rules=book,
            around=surroundings(_items(folder)),
            country=settings.country,
        )
    )
    key = token_key(scope_of(declaration))
    ledger = _call(folder, decisions, meta, key, book, before)
    records = Spooled(record(d, meta, _reviewed(ledger, d, meta, key)) for d in decisions)
    document = {"policy": meta["policy"], "declaration_sha256": declaration.digest}
    write_private(folder / "decisions.json", chain(indented_list(document, "decisions", records), "\n"))
    changes = _drift(folder, records, meta, before)
    said = declaration.model_dump(mode="json", by_alias=True)
    write_private(folder / "declaration.json", indented(said) + "\n")
    findings, items = (_pieces(folder / f"{name}.parquet") for name in ("findings", "items"))
    inventory = build(meta, findings, items, records, said, changes)
    for name in REPORTS:
        report(inventory, name, folder / f"inventory.{name}", settings.lang)
    return inventory


def _call(
    folder: Path,
    decisions: Iterable[Decision],
    meta: dict[str, Any],
    key: bytes,
    book: Rulebook,
    before: Before,
) -> Ledger:
    """Write the alerts with their states; the ledger remembers when each was first met."""
    from scanner.redaction import redacted
    from scanner.reporters.language import labels

    told = [one for one in decisions if calls(one)]
    digests, words = _digests(folder, {one.path for one in told}), labels("fr")["evidence"]
    found = alerts(told, meta, key, book, words=words, shown_as=redacted, digests=digests)
    path = before.triage or folder / TRIAGE
    ledger = Ledger.load(path)
    met = ledger.meet(zip(found, (one.path for one in told), strict=True), meta["started"])
    if ledger.entries:
        ledger.save(path)
    named("alerters", "log")(folder / "alerts.jsonl").send(met)
    return ledger


def _digests(folder: Path, paths: Collection[str]) -> dict[str, str]:
    """The keyed digests of a few files."""
    wanted = pa.array(sorted(paths), pa.string())
    found: dict[str, str] = {}
    for piece in _pieces(folder / "items.parquet", ["path", "digest"]):
        kept = piece.filter(pc.is_in(piece["path"], value_set=wanted))
        found.update(zip(kept["path"].to_pylist(), kept["digest"].to_pylist(), strict=True))
    return found


def _reviewed(ledger: Ledger, decision: Decision, meta: dict[str, Any], key: bytes) -> Mapping[str, Any] | None:
    """What people said of a decision, if anybody did."""
    if not ledger.reviewed:
        return None
    return ledger.entries.get(f"blake2b:{token_of(decision, meta, key)}")


def seen(folder: Path) -> Any:
    """A finished run as another is compared with it."""
    from scanner.inventory.drift import Seen

    run = open_run(folder)
    table = pq.read_table(folder / "items.parquet", columns=["path", "digest", "status"])
    return Seen.of(run.decisions(), table.to_pydict()), run.meta


def _drift(
    folder: Path, records: Iterable[Mapping[str, Any]], meta: dict[str, Any], before: Before
) -> dict[str, Any] | None:
    """What changed since the earlier run, if one was named; risks that rose are events."""
    if before.since is None:
        return _kept_drift(folder)
    from scanner.inventory.drift import Seen, drift
    from scanner.redaction import redacted

    old, earlier = before.seen or seen(before.since)
    table = pq.read_table(folder / "items.parquet", columns=["path", "digest", "status"])
    found = drift(old, Seen.of(records, table.to_pydict()))
    events = (risen(row, meta, earlier, redacted) for row in found["rows"] if row["risen"])
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in events)
    write_private(folder / "events.jsonl", "".join(lines))
    return found | {"since": earlier["ended"], "same_rules": earlier["rules_sha256"] == meta["rules_sha256"]}


def _kept_drift(folder: Path) -> dict[str, Any] | None:
    """What was said of an earlier run before, when the same run is concluded again."""
    try:
        kept: dict[str, Any] | None = json.loads((folder / "inventory.json").read_text(encoding="utf-8")).get("drift")
    except (OSError, ValueError):
        return None
    return kept


def report(inventory: dict[str, Any], name: str, path: Path, lang: str) -> None:
    """Write one report of an inventory."""
    named("reporters", name)().write(inventory, path, lang)


def record(decision: Decision, meta: dict[str, Any], review: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A decision as ``decisions.json`` keeps it: rule, anchor, quotation, the policy's digest and who spoke of it."""
    verdict, last = decision.verdict, (review or {}).get("historique", [])[-1:]
    return {
        "etat": (review or {}).get("etat", "a_valider" if verdict.confirmations else ""),
        "valide_par": last[0]["par"] if last else "",
        "valide_le": last[0]["le"] if last else "",
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
        "evidence": list(decision.evidence),
        "regle": verdict.rule,
        "decisions": [outcome.name for outcome in verdict.outcomes],
        "ancre": verdict.anchor,
        "citation": verdict.citation,
        "motif": {"fr": verdict.reason_fr, "en": verdict.reason_en},
        "confirmations": verdict.confirmations,
        "urgent": verdict.urgent,
        "suite": list(verdict.next),
        "severite": severity(decision) if decision.path else "",
        "politique_sha256": meta["policy"]["sha256"],
    }


def about(declaration: Declaration, policy_name: str = "") -> dict[str, Any]:
    """What ``run.json`` says of the declaration, and of the policy that decisions quote."""
    policy = rulebook(policy_name).policy
    return {
        "declaration_sha256": declaration.digest,
        "role": declaration.role,
        "client": declaration.client.name if declaration.client else "",
        "mandate": (declaration.mandate.reference if declaration.mandate else "") or "",
        "policy": {
            "provider": policy.provider,
            "name": policy.name,
            "version": policy.version,
            "sha256": policy.sha256,
        },
    }


def _rows(path: Path, names: Sequence[str]) -> Iterator[list[list[Any]]]:
    """The named columns, piece by piece (a dictionary for each row takes thrice as long); one that the run of an
    earlier version has not is empty.
    """
    with pq.ParquetFile(path) as file:
        batch: pa.RecordBatch
        for batch in file.iter_batches(10_000, columns=list(names)):
            have = set(batch.schema.names)
            yield [batch.column(name).to_pylist() if name in have else [None] * len(batch) for name in names]


def _pieces(path: Path, names: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """A table piece by piece: whoever needs little of it never holds all."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(1 << 16, columns=names)


def _findings(folder: Path) -> Iterable[Finding]:
    names = [one.name for one in fields(Finding)]
    level, lists = names.index("level"), (names.index("places"), names.index("evidence"))
    for columns in _rows(folder / "findings.parquet", names):
        columns[level] = [Level[name] for name in columns[level]]
        for number in lists:
            columns[number] = [tuple(some or ()) for some in columns[number]]
        yield from map(Finding, *columns)


def _items(folder: Path) -> Iterable[ItemRow]:
    names = [one.name for one in fields(ItemRow)]
    status = names.index("status")
    days = (names.index("oldest"), names.index("newest"))
    for columns in _rows(folder / "items.parquet", names):
        columns[status] = [Status(value) for value in columns[status]]
        for number in days:
            columns[number] = [value or "" for value in columns[number]]
        yield from map(ItemRow, *columns)
