"""The inventory: the whole answer for one client, as plain data that every report is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory import facts, reading, register
from scanner.inventory.accounts import accounts, findings_by_card, sensitive
from scanner.inventory.answer import group, synthesis
from scanner.inventory.cards import Deck
from scanner.inventory.codes import CATEGORIES, LANGUAGES, REGIMES, names
from scanner.inventory.facts import Source
from scanner.inventory.standing import by_code
from scanner.inventory.timeline import exposed, timeline
from scanner.inventory.verdicts import NO_CARD, Key, Ledger, regimes_key
from scanner.inventory.words import phrases
from scanner.policy.rulebook import rulebook

SCHEMA = "recense-inventory/1"

LISTS = ["places", "evidence"]
ANSWERS = ["outcome", "verdict", "declared", "card"]
COLUMNS = ["path", "table", "column", "entity_type", "category", "regime", "level", "count", "distinct", "recognizer"]


def build(
    run_meta: Mapping[str, Any],
    findings: Source,
    items: Source,
    decisions: Iterable[Mapping[str, Any]],
    declaration: Mapping[str, Any],
    drift: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything the reports say, JSON-able and bounded; sums count all rows even where lists are cut."""
    rows, detail = facts.gather(findings)
    read = reading.gather(items)
    coded = facts.by_code(facts.with_persons(rows))
    book = rulebook(str((run_meta.get("options") or {}).get("policy") or ""))
    ledger = Ledger(book.sentences())
    answers = ledger.read(decisions, _keys(detail))
    deck, decided = ledger.deck(), by_code(ledger.frame())
    counted = facts.by_decision(rows, ledger.frame())
    inventory: dict[str, Any] = {
        "schema": SCHEMA,
        "header": _header(run_meta, declaration),
        "coverage": reading.coverage(read, run_meta),
        **_axes(coded, decided, declaration),
        "folders": facts.folders(coded),
        **_tables(coded, ledger, read, declaration),
        "timeline": timeline(coded, read, ledger, _processings(declaration), str(run_meta.get("ended") or "")[:10]),
        "exposed": exposed(ledger),
        "decisions": ledger.table(deck),
        "verdicts": ledger.verdicts,
        "quotations": ledger.quotations,
        "findings": _detail(detail, rows.num_rows, answers, deck),
        "method": _method(run_meta),
        "drift": dict(drift) if drift else None,
    }
    people = ledger.people(facts.persons_by_place(coded, "code"))
    inventory["cards"] = deck.as_list(people, findings_by_card(counted))
    inventory["steps"] = book.steps(sorted(_named(inventory)))
    inventory["accounts"] = accounts(inventory["coverage"]["items"], rows, counted, inventory["cards"], ledger)
    inventory["sensitive"] = sensitive(decided)
    inventory["synthesis"] = synthesis(inventory, _places(deck, ledger.frame()))
    inventory["labels"] = names(_codes(rows, ledger, inventory))
    return inventory


def _named(inventory: Mapping[str, Any]) -> set[str]:
    """The lists of steps that cards and decisions name."""
    return {name for row in (*inventory["cards"], *inventory["decisions"]["rows"]) for name in row["steps"]}


def _places(deck: Deck, frame: pa.Table) -> dict[str, int]:
    """Files by the clause of the answer that is about them."""
    chosen: dict[str, list[int]] = {"refuse": [], "urgent": [], "secure": []}
    for card in deck.cards:
        chosen.setdefault(group({"outcome": card.outcome, "urgent": card.urgent}), []).append(card.index)
    return {
        name: pc.count_distinct(
            frame.filter(pc.is_in(frame["card"], value_set=pa.array(indices, pa.int64())))["path"]
        ).as_py()
        for name, indices in chosen.items()
    }


def _header(run: Mapping[str, Any], declaration: Mapping[str, Any]) -> dict[str, Any]:
    provider = str((run.get("policy") or {}).get("provider") or "")
    client, mandate = declaration.get("client") or {}, declaration.get("mandat") or {}
    reference = str(run.get("mandate") or mandate.get("reference") or "")
    # On its own volume the provider needs no instruction of a client.
    statement = "statement_own" if run.get("role") == "responsable" else "statement"
    return {
        "reference": "-".join(part for part in (reference, str(run.get("ended") or "")[:10]) if part),
        "client": str(run.get("client") or client.get("raison_sociale") or ""),
        "role": str(run.get("role") or ""),
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
        "edition": "operator",
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


def _axes(coded: pa.Table, decided: pa.Table, declaration: Mapping[str, Any]) -> dict[str, Any]:
    found = facts.sums(coded)
    declared = register.declared_codes(_processings(declaration))
    return {
        "categories": register.matrix(CATEGORIES, found, decided, declared),
        "regimes": register.matrix(REGIMES, found, decided, declared),
    }


def _tables(coded: pa.Table, ledger: Ledger, read: pa.Table, declaration: Mapping[str, Any]) -> dict[str, Any]:
    persons = facts.persons_by_place(coded, "code")
    rows = register.Register(_processings(declaration), ledger, read, persons).rows()
    return {"register": rows, "gaps": register.gaps(rows), "security": facts.secrets(coded)}


def _keys(detail: pa.Table) -> set[Key]:
    columns = [detail[name].to_pylist() for name in ("path", "entity_type", "regime")]
    return {(path, kind, regimes_key(regime)) for path, kind, regime in zip(*columns, strict=True)}


def _detail(detail: pa.Table, total: int, answers: Mapping[Key, list[Any]], deck: Deck) -> dict[str, Any]:
    """Rows as lists, to stay small, in the order of the cards; the last ones are what the decision says."""
    unknown = ["", -1, "", NO_CARD]
    columns = [detail[name].to_pylist() for name in [*COLUMNS, *LISTS]]
    rows = []
    for values in zip(*columns, strict=True):
        *answer, card = answers.get((values[0], values[3], regimes_key(values[5])), unknown)
        kept, lists = values[: len(COLUMNS)], values[len(COLUMNS) :]
        rows.append([*kept, *(list(one or []) for one in lists), *answer, deck.number.get(card, 0)])
    rows.sort(key=lambda row: row[-1] or len(deck.cards) + 1)
    return {"total": total, "columns": [*COLUMNS, *LISTS, *ANSWERS], "rows": rows}


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
    types |= {row["entity_type"] for row in (inventory["drift"] or {}).get("rows", ())}
    return types | declared | set(CATEGORIES) | set(REGIMES)
