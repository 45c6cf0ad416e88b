"""The inventory: the whole answer for one client, as plain data that every report is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from scanner.inventory import facts, reading, register
from scanner.inventory.answer import synthesis
from scanner.inventory.codes import CATEGORIES, LANGUAGES, REGIMES, names
from scanner.inventory.facts import Source
from scanner.inventory.verdicts import Key, Ledger, regimes_key
from scanner.inventory.words import phrases

SCHEMA = "recense-inventory/1"

COLUMNS = ["path", "table", "column", "entity_type", "category", "regime", "level", "count", "distinct", "recognizer"]


def build(
    run_meta: Mapping[str, Any],
    findings: Source,
    items: Source,
    decisions: Iterable[Mapping[str, Any]],
    declaration: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything the reports say, JSON-able and bounded; sums count all rows even where lists are cut."""
    rows, detail = facts.gather(findings)
    read = reading.gather(items)
    coded = facts.by_code(facts.with_persons(rows))
    ledger = Ledger()
    answers = ledger.read(decisions, _keys(detail))
    inventory: dict[str, Any] = {
        "schema": SCHEMA,
        "header": _header(run_meta, declaration),
        "coverage": reading.coverage(read, run_meta),
        **_axes(coded, ledger, declaration),
        "folders": facts.folders(coded),
        **_tables(coded, ledger, read, declaration),
        "decisions": ledger.table(),
        "verdicts": ledger.verdicts,
        "findings": _detail(detail, rows.num_rows, answers),
        "method": _method(run_meta),
    }
    cards = ledger.cards()
    inventory["cards"] = _cards(ledger, coded)
    inventory["synthesis"] = synthesis(inventory, cards, ledger.pending)
    inventory["labels"] = names(_codes(rows, ledger, inventory))
    return inventory


def _header(run: Mapping[str, Any], declaration: Mapping[str, Any]) -> dict[str, Any]:
    from scanner.policy.rulebook import rulebook

    provider = rulebook().policy.provider
    client, mandate = declaration.get("client") or {}, declaration.get("mandat") or {}
    reference = str(run.get("mandate") or mandate.get("reference") or "")
    # On its own volume the provider needs no instruction of a client.
    statement = "statement_own" if run.get("role") == "responsable" else "statement"
    return {
        "reference": "-".join(part for part in (reference, str(run.get("ended") or "")[:10]) if part),
        "client": str(run.get("client") or client.get("raison_sociale") or ""),
        "role": str(run.get("role") or declaration.get("role_vms") or ""),
        "mandate": {
            "reference": reference,
            **{name: str(mandate.get(key) or "") for name, key in (("start", "debut"), ("end", "fin"))},
        },
        "started": str(run.get("started") or ""),
        "ended": str(run.get("ended") or ""),
        "version": str(run.get("version") or ""),
        "targets": [str(target) for target in run.get("targets") or []],
        "rules_sha256": str(run.get("rules_sha256") or ""),
        "policy": {key: str((run.get("policy") or {}).get(key) or "") for key in ("name", "version", "sha256")},
        "declaration": _declared(declaration),
        "declaration_sha256": str(run.get("declaration_sha256") or ""),
        "operator": str(run.get("operator") or ""),
        "recipient": _contact(client.get("contact")),
        "retention_days": mandate.get("conservation_rapport_jours"),
        "state": str(run.get("state") or "complete"),
        "status": "draft",
        "statement": {
            lang: phrases()[lang][statement].format(provider=provider, reference=reference or "—") for lang in LANGUAGES
        },
    }


def _contact(contact: Any) -> str:
    if isinstance(contact, Mapping):
        return ", ".join(str(contact[key]) for key in ("nom", "mel") if contact.get(key))
    return str(contact or "")


def _declared(declaration: Mapping[str, Any]) -> str:
    """An empty declaration is a statement of the client; a missing one is not."""
    if declaration.get("traitements") is None:
        return "missing"
    return "present" if declaration["traitements"] else "empty"


def _processings(declaration: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(declaration.get("traitements") or [])


def _axes(coded: pa.Table, ledger: Ledger, declaration: Mapping[str, Any]) -> dict[str, Any]:
    found, frame = facts.sums(coded), ledger.frame()
    declared = register.declared_codes(_processings(declaration))
    return {
        "categories": register.matrix(CATEGORIES, found, frame, declared),
        "regimes": register.matrix(REGIMES, found, frame, declared),
    }


def _tables(coded: pa.Table, ledger: Ledger, read: pa.Table, declaration: Mapping[str, Any]) -> dict[str, Any]:
    persons = facts.persons_by_place(coded, "code")
    rows = register.Register(_processings(declaration), ledger, read, persons).rows()
    return {"register": rows, "gaps": register.gaps(rows), "security": facts.secrets(coded)}


def _keys(detail: pa.Table) -> set[Key]:
    columns = [detail[name].to_pylist() for name in ("path", "entity_type", "regime")]
    return {(path, kind, regimes_key(regime)) for path, kind, regime in zip(*columns, strict=True)}


def _detail(detail: pa.Table, total: int, answers: Mapping[Key, list[Any]]) -> dict[str, Any]:
    """Rows as lists, to stay small; the last four are places, outcome, verdict and declared state."""
    unknown = ["", -1, ""]
    columns = [detail[name].to_pylist() for name in [*COLUMNS, "places"]]
    rows = []
    for values in zip(*columns, strict=True):
        answer = answers.get((values[0], values[3], regimes_key(values[5])), unknown)
        rows.append([*values[:-1], list(values[-1] or []), *answer])
    return {"total": total, "columns": [*COLUMNS, "places", "outcome", "verdict", "declared"], "rows": rows}


def _cards(ledger: Ledger, coded: pa.Table) -> list[dict[str, Any]]:
    people = ledger.people(facts.persons_by_place(coded, "code"))
    cards = ledger.cards()
    return [card.as_dict(ledger.verdicts) | people.get(card.index, {"persons_min": 0}) for card in cards]


def _method(run: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: dict(sorted(_flat(run.get(name) or {}))) for name in ("options", "ner")}
    return parts | {"detail_limit": facts.DETAIL}


def _flat(options: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in options.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _codes(rows: pa.Table, ledger: Ledger, inventory: Mapping[str, Any]) -> set[str]:
    types = set(rows["entity_type"].unique().to_pylist()) | set(ledger.frame()["entity_type"].unique().to_pylist())
    declared = {name for row in inventory["register"] for name in row["types_declared"]}
    return types | declared | set(CATEGORIES) | set(REGIMES)
