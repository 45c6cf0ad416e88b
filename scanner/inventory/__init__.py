"""The inventory: the whole answer for one client, as plain data that every report is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory import facts, matrix, reading, register
from scanner.inventory.accounts import accounts, findings_by_card, sensitive, undeclared
from scanner.inventory.answer import group, synthesis
from scanner.inventory.cards import Deck
from scanner.inventory.codes import CATEGORIES, REGIMES, founds, names, regimes_key
from scanner.inventory.dues import set_dues
from scanner.inventory.exclusions import exclusions
from scanner.inventory.facts import Source
from scanner.inventory.header import header
from scanner.inventory.spots import Spots
from scanner.inventory.standing import by_code
from scanner.inventory.timeline import exposed, timeline
from scanner.inventory.verdicts import NO_CARD, Key, Ledger
from scanner.policy.rulebook import rulebook

SCHEMA = "recense-inventory/3"

LISTS = ["places", "evidence"]
ANSWERS = ["outcome", "verdict", "declared", "joined", "card"]
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
    read, sums = reading.gather(items, rows["path"].unique())
    book = rulebook(str((run_meta.get("options") or {}).get("policy") or ""))
    ledger = Ledger(book.sentences(), book.asks)
    answers = ledger.read(decisions, _keys(detail))
    counting = facts.with_persons(rows, ledger.excluded)
    coded = facts.by_code(counting)
    deck, decided = ledger.deck(), by_code(ledger.frame())
    counted = facts.by_decision(rows, ledger.frame())
    inventory: dict[str, Any] = {
        "schema": SCHEMA,
        "header": header(run_meta, declaration),
        "coverage": reading.coverage(read, sums, run_meta),
        **_axes(coded, decided, declaration),
        "folders": facts.folders(coded),
        **_tables(coded, counting, ledger, read, declaration),
        "persons": facts.least_persons(counting),
        "exclusions": exclusions(declaration, ledger.excluded),
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
    spots = Spots(detail)
    inventory["cards"] = deck.as_list(people, findings_by_card(counted), spots)
    for row in inventory["security"]["rows"]:
        row["spots"] = spots.of(row["path"], [(row["entity_type"], regimes_key(row["regime"]))])
    reading.set_partial(inventory["cards"], read)
    set_dues(inventory["cards"], book.delay, str(run_meta.get("ended") or "")[:10])
    inventory["steps"] = book.steps(sorted(_named(inventory)))
    inventory["accounts"] = accounts(inventory["coverage"]["items"], rows, counted, inventory["cards"], ledger)
    inventory["sensitive"] = sensitive(decided)
    inventory["undeclared"] = undeclared(ledger.frame())
    inventory["synthesis"] = synthesis(inventory, _places(deck, ledger.frame()))
    inventory["labels"] = names(_codes(rows, ledger, inventory))
    return inventory


def _named(inventory: Mapping[str, Any]) -> set[str]:
    """The lists of steps that cards and decisions name."""
    return {name for row in (*inventory["cards"], *inventory["decisions"]["rows"]) for name in row["steps"]}


def _places(deck: Deck, frame: pa.Table) -> dict[str, dict[str, int]]:
    """Files by the clause of the answer that is about them: all of them (under no subject), and by subject."""
    chosen: dict[tuple[str, str], list[int]] = {}
    for card in deck.cards:
        clause = group({"outcome": card.outcome, "urgent": card.urgent})
        for subject in ("", card.subject):
            chosen.setdefault((clause, subject), []).append(card.index)
    counts: dict[str, dict[str, int]] = {}
    for (clause, subject), indices in chosen.items():
        rows = frame.filter(pc.is_in(frame["card"], value_set=pa.array(indices, pa.int64())))
        counts.setdefault(clause, {})[subject] = pc.count_distinct(rows["path"]).as_py()
    return counts


def _processings(declaration: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(declaration.get("traitements") or [])


def _axes(coded: pa.Table, decided: pa.Table, declaration: Mapping[str, Any]) -> dict[str, Any]:
    found = facts.sums(coded)
    declared = matrix.declared_codes(_processings(declaration))
    return {
        "categories": matrix.matrix(CATEGORIES, found, decided, declared),
        "regimes": matrix.matrix(REGIMES, found, decided, declared),
    }


def _tables(
    coded: pa.Table, counting: pa.Table, ledger: Ledger, read: pa.Table, declaration: Mapping[str, Any]
) -> dict[str, Any]:
    rows = register.Register(_processings(declaration), ledger, read, facts.persons_by_type(counting)).rows()
    return {"register": rows, "gaps": register.gaps(rows), "security": facts.secrets(coded)}


def _keys(detail: pa.Table) -> set[Key]:
    columns = [detail[name].to_pylist() for name in ("path", "entity_type", "regime")]
    return {(path, kind, regimes_key(regime)) for path, kind, regime in zip(*columns, strict=True)}


def _detail(detail: pa.Table, total: int, answers: Mapping[Key, list[Any]], deck: Deck) -> dict[str, Any]:
    """Rows as lists, to stay small, in the order of the cards; the last ones are what the decision says."""
    looks = {card.index for card in deck.cards if card.look}
    unknown = ["", -1, "", "", NO_CARD]
    columns = [detail[name].to_pylist() for name in [*COLUMNS, *LISTS]]
    rows = []
    for values in zip(*columns, strict=True):
        *answer, decided, card = answers.get((values[0], values[3], regimes_key(values[5])), unknown)
        kept, lists = values[: len(COLUMNS)], values[len(COLUMNS) :]
        along = card != NO_CARD and card not in looks and not founds(values[6], decided, values[5])
        rows.append([*kept, *(list(one or []) for one in lists), *answer, int(along), deck.number.get(card, 0)])
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
