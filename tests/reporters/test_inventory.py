from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from invented import DECLARATION, RUN, changes, decisions, findings, inventory, items

from scanner.inventory import build, facts
from scanner.inventory.cards import GRAVITY
from scanner.inventory.codes import OUTCOMES
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.reporters.json import JsonReporter

GOLDEN = Path(__file__).parents[1] / "golden" / "inventory.json"


def cell(built: dict[str, Any], axis: str, code: str) -> dict[str, Any]:
    return next(row for row in built[axis] if row["code"] == code)


def test_the_invented_run_gives_the_golden_inventory(tmp_path: Path) -> None:
    written = tmp_path / "inventory.json"
    JsonReporter().write(inventory(), written, "fr")
    if os.environ.get("RECENSE_GOLDEN") == "write":
        GOLDEN.write_bytes(written.read_bytes())
    assert json.loads(written.read_text("utf-8")) == json.loads(GOLDEN.read_text("utf-8"))


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        JsonReporter().write(inventory(), tmp_path / name, "fr")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_batches_give_what_a_table_gives() -> None:
    streamed = build(
        RUN,
        iter(findings().to_batches(max_chunksize=3)),
        iter(items().to_batches(max_chunksize=2)),
        iter(decisions()),
        DECLARATION,
        changes(),
    )
    assert streamed == inventory()


def test_the_sentence_says_what_to_do_and_what_was_not_read() -> None:
    sentence = inventory()["synthesis"]["sentence"]
    assert sentence["fr"].startswith("1 fichier contient des données sensibles que le client n’a pas déclarées")
    assert "Le refus d’héberger est proposé pour 1 fichier et 1 fichier est à sécuriser d’urgence" in sentence["fr"]
    assert "1 catégorie déclarée n’a pas été trouvée dans les 97,1\u202f% lus" in sentence["fr"]
    assert "Une part du volume n’a pas pu être lue\u00a0: 2,9\u202f%." in sentence["fr"]
    assert "1 file holds sensitive data that the client did not declare: health data." in sentence["en"]


def test_cards_come_in_the_order_of_gravity_and_name_their_reason() -> None:
    built = inventory()
    cards = built["cards"]
    assert [card["outcome"] for card in cards[:3]] == ["REFUSER_PROPOSE", "SECURISER", "SECURISER"]
    assert cards[0]["confirmations"] == 2
    assert built["verdicts"][cards[0]["reasons"][0]["verdict"]]["anchor"] == "POL-08"
    told = built["steps"][cards[0]["steps"][0]]
    officer = "Le responsable désigné par VMS"
    who = [officer, "VMS", "VMS", "VMS", "Le client", officer]
    assert [step["who"]["fr"] for step in told] == who
    assert "après avis du DPO" in told[0]["does"]["fr"]
    assert told[1]["does"]["fr"] == "alerte le client et lui demande son instruction"
    assert told[2]["does"]["fr"].startswith("restreint l'accès")
    assert told[-1]["does"]["fr"].endswith("accepter, faire retirer ou refuser ces fichiers")
    assert cards[1]["urgent"]
    assert [card["number"] for card in cards] == list(range(1, len(cards) + 1))
    gravity = [GRAVITY.index(card["severity"]) for card in cards]
    assert gravity == sorted(gravity, reverse=True)
    unread = next(card for card in cards if card["unread"])
    assert unread["subject"] == "encrypted"
    assert unread["places"][0]["path"] == "archives/coffre.7z"


def test_a_file_on_several_cards_names_the_others() -> None:
    cards = inventory()["cards"]
    on = {card["number"]: place for card in cards for place in card["places"] if place["path"].startswith("rh/medical")}
    assert len(on) > 2
    assert all(sorted([number, *place["cards"]]) == sorted(on) for number, place in on.items())


def test_persons_are_counted_beside_the_keys_of_their_table() -> None:
    built = inventory()
    assert cell(built, "regimes", "R1-g")["persons_min"] == 1240
    assert cell(built, "categories", "C1")["persons_min"] == 3391
    assert cell(built, "categories", "C5")["persons_min"] == 0


@pytest.mark.parametrize(
    ("axis", "code", "state"),
    [
        ("categories", "C1", "partly"),
        ("categories", "C2", "declared"),
        ("categories", "C3", "absent"),
        ("categories", "C5", "undeclared"),
        ("categories", "C6", "not_found"),
        ("regimes", "R1-g", "undeclared"),
        ("regimes", "R8", "found"),
    ],
)
def test_the_matrix_says_how_findings_meet_the_declaration(axis: str, code: str, state: str) -> None:
    assert cell(inventory(), axis, code)["state"] == state


def test_the_register_has_declared_rows_and_undeclared_ones() -> None:
    rows = {(row["reference"], row["category"], row["declared"]): row for row in inventory()["register"]}
    assert rows["T1", "C2", "oui"]["retention"] == ["5 ans (émission du bulletin)"]
    assert rows["T1", "C1", "hors_emplacement"]["persons_min"] == 1198
    assert rows["T2", "C6", "non_trouve"]["files"] == 0
    undeclared = [
        row["sensitive"] for row in inventory()["register"] if (row["category"], row["declared"]) == ("C0", "non")
    ]
    assert undeclared == ["yes", "confirm"]
    kinds = [gap["kind"] for gap in inventory()["gaps"]]
    assert kinds == [*["non"] * 4, "hors_emplacement", "plus_de_personnes", "non", "non_trouve"]


def test_the_row_of_a_refusal_holds_no_other_files() -> None:
    rows = inventory()["register"]
    assert [row["outcome"] for row in rows] == sorted(
        (row["outcome"] for row in rows), key=lambda name: -OUTCOMES.get(name, 0)
    )
    (refused,) = [row for row in rows if row["outcome"] == "REFUSER_PROPOSE"]
    assert (refused["category"], refused["nature"], refused["first"]) == (
        "C0",
        ["R1-g"],
        ["rh/medical/visites_2025.csv"],
    )
    hints = [row for row in rows if row["nature"] == ["R1-d"]]
    assert [(row["outcome"], row["files"]) for row in hints] == [("DEMANDER_AU_CLIENT", 1)]


def test_an_empty_run_never_says_that_there_is_no_data() -> None:
    run = RUN | {"coverage": {"volume": {"bytes": 1000, "bytes_read": 972, "bytes_unread": 28}, "reasons": {}}}
    built = build(run, FINDINGS.empty_table(), items(), [], DECLARATION)
    assert built["synthesis"]["sentence"]["fr"].startswith("Aucune donnée personnelle trouvée dans les 97,2\u202f% lus")
    nothing = build({"targets": ["x"]}, FINDINGS.empty_table(), ITEMS.empty_table(), [], {})
    assert nothing["synthesis"]["sentence"]["fr"] == "La cible ne contient aucun fichier."


def test_an_interrupted_run_says_so_first() -> None:
    built = build(RUN | {"state": "interrupted"}, findings(), items(), decisions(), DECLARATION)
    assert built["synthesis"]["sentence"]["fr"].startswith("Le balayage s’est arrêté avant la fin")


def test_a_missing_declaration_is_not_an_empty_one() -> None:
    missing = build(RUN, findings(), items(), decisions(), {})
    empty = build(RUN, findings(), items(), decisions(), {"traitements": []})
    assert missing["header"]["declaration"] == "missing"
    assert "n’a pas remis de déclaration" in missing["synthesis"]["sentence"]["fr"]
    assert empty["header"]["declaration"] == "empty"
    assert "déclaration\u00a0:" not in empty["synthesis"]["sentence"]["fr"]


def test_lists_are_cut_but_sums_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "DETAIL", 4)
    built = inventory()
    assert len(built["findings"]["rows"]) == 4
    assert built["findings"]["total"] == findings().num_rows
    assert cell(built, "categories", "C5")["values"] == 184_202
    kept = [row[3] for row in built["findings"]["rows"]]
    assert "HEALTH_DATA" in kept
    assert "IP_ADDRESS" not in kept


def many(count: int) -> pa.Table:
    base = findings().slice(0, 1).to_pylist()[0]
    names = (f"d{k % 50}/s{k % 7}/f{k}.csv" for k in range(count))
    return pa.Table.from_pylist([base | {"path": name} for name in islice(names, count)], schema=FINDINGS)


def test_twenty_thousand_findings_are_all_counted() -> None:
    built = build(RUN, many(20_000), items(), [], DECLARATION)
    assert cell(built, "regimes", "R1-g")["files"] == 20_000
    assert built["folders"]["total"] == 350
    assert len(built["folders"]["rows"]) == 30
    assert len(built["findings"]["rows"]) == 20_000
