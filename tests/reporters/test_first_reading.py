"""What somebody who reads the inventory for the first time must find, and find true."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from invented import DECLARATION, POL08, RUN, decision, decisions, findings, inventory, items

from scanner.editions import edition
from scanner.inventory import build
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.inventory.standing import standing
from scanner.inventory.words import Share
from scanner.inventory.worries import telling
from scanner.plugins import named
from scanner.reporters.language import detail, french, moment
from scanner.reporters.proposals import badges, either, outcomes, references, steps
from scanner.reporters.whereabouts import joined, whereabouts


def written(built: dict[str, Any], name: str, folder: Path, lang: str = "fr") -> Path:
    path = folder / f"inventory.{name}"
    named("reporters", name)().write(built, path, lang)
    return path


def page(built: dict[str, Any], folder: Path, lang: str = "fr") -> str:
    return html.unescape(written(built, "html", folder, lang).read_text("utf-8"))


def sheet(built: dict[str, Any], folder: Path, title: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(written(built, "xlsx", folder))[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("whose", "said"), [("operator", "diffusion restreinte au DPO et aux opérateurs"), ("client", "Édition du client")]
)
def test_both_files_say_first_to_whom_they_may_go(whose: str, said: str, tmp_path: Path) -> None:
    built = edition(inventory(), whose)
    text = page(built, tmp_path)
    assert said in text[: text.index('id="answer"')]
    first = sheet(built, tmp_path, "Synthèse")[0]
    assert first["Champ"] == "Diffusion"
    assert said in first["Valeur"]
    assert ("--edition client" in first["Valeur"]) is (whose == "operator")


def test_no_value_is_shown_but_names_of_columns_are_and_that_is_said(tmp_path: Path) -> None:
    assert "les noms de tables et de colonnes le sont" in page(inventory(), tmp_path)
    assert "names of tables and columns are shown" in page(inventory(), tmp_path, "en")


def test_the_names_of_recognisers_are_for_the_operator(tmp_path: Path) -> None:
    column = "Reconnu par"
    assert any(row[column] for row in sheet(inventory(), tmp_path, "Constats"))
    assert not any(row[column] for row in sheet(edition(inventory(), "client"), tmp_path, "Constats"))
    assert '"health_data"' not in page(edition(inventory(), "client"), tmp_path)


LINES = [f"line {number}" for number in range(1, 21)]


@pytest.mark.parametrize(
    ("places", "every", "cut", "said"),
    [
        (["line 4", "line 7", "line 8"], False, False, "lignes 4, 7 et 8"),
        (["line 4"], False, False, "ligne 4"),
        (["headers", "part 1"], False, False, "en-têtes et partie 1"),
        (LINES[:7], False, False, "lignes 1, 2, 3, 4 et 3 autres endroits"),
        (LINES[:7], True, False, "lignes 1, 2, 3, 4, 5, 6 et 7"),
        (LINES, False, True, "lignes 1, 2, 3, 4 et 16 autres endroits (liste arrêtée à 20 endroits)"),
    ],
)
def test_places_of_a_text_are_said_together(places: list[str], every: bool, cut: bool, said: str) -> None:
    assert joined(places, "fr", every=every, cut=cut) == said


def spot(column: str, count: int, *places: str, whole: bool = False) -> dict[str, Any]:
    return {"column": column, "count": count, "whole": whole, "places": list(places), "cut": False}


def test_a_column_is_told_by_its_values_and_a_key_by_its_place() -> None:
    assert whereabouts([spot("nir", 48, "row 2", whole=True)], "fr") == "toute la colonne «\u00a0nir\u00a0», 48 valeurs"
    assert whereabouts([spot("DB_PASSWORD", 1, "row 4")], "fr") == "«\u00a0DB_PASSWORD\u00a0» (ligne 4)"
    assert whereabouts([spot("iban", 90, *LINES)], "en") == "column “iban”, 90 values"
    many = [spot(f"c{number}", 30) for number in range(6)]
    assert whereabouts(many, "fr").endswith(" et 2 autres endroits")
    assert whereabouts(many, "fr", every=True).count("colonne") == 6


def test_a_card_of_secrets_tells_every_place(tmp_path: Path) -> None:
    base = next(row for row in findings().to_pylist() if row["entity_type"] == "PASSWORD_CLEAR")
    rows = [base | {"column": f"KEY_{number}", "count": 1, "places": [f"row {number}"]} for number in range(1, 10)]
    judged = [decision(base | {"count": 9}, "15", "sans_objet", "")]
    built = build(RUN, pa.Table.from_pylist(rows, schema=FINDINGS), items(), judged, DECLARATION)
    text = page(built, tmp_path)
    assert all(f"«\u00a0KEY_{number}\u00a0» (ligne {number})" in text for number in range(1, 10))
    (row,) = sheet(built, tmp_path, "D Sécurité")
    assert all(f"KEY_{number}" in row["Endroits dans le fichier"] for number in range(1, 10))


def test_nobody_counts_who_was_invented(tmp_path: Path) -> None:
    apart = {"emplacement": "boutique/**", "motif": "jeu d'essai", "valide_par": "C. Delmas", "expire": "2027-01-01"}
    judged = decisions()
    for one in judged:
        if one["path"].startswith("boutique/"):
            one |= {"regle": "22", "decisions": ["ACCEPTER"], "declared": "sans_objet", "confirmations": 0, "suite": []}
    built = build(RUN, findings(), items(), judged, DECLARATION | {"exclusions": [apart]})
    assert built["persons"] == 1240 < inventory()["persons"]
    people = {row["code"]: row["persons_max"] for row in built["categories"]}
    assert people["C1"] == 1240 + 240 + 9
    assert built["exclusions"] == [
        {"place": "boutique/**", "reason": "jeu d'essai", "by": "C. Delmas", "until": "2027-01-01", "files": 1}
    ]
    assert "Exclusions déclarées par le client" in page(built, tmp_path)
    assert all(row["persons_max"] == 0 for row in built["register"] if "boutique/export" in "".join(row["first"]))


def test_the_sentence_says_how_many_persons_and_files_there_are_at_least() -> None:
    said = inventory()["synthesis"]["sentence"]["fr"]
    assert "au moins 3\u202f391 personnes" in said
    assert "le total exact n’est pas connu" in said
    assert "2 fichiers contiennent des numéros de sécurité sociale (NIR)." in said


def test_what_is_in_no_category_is_no_category() -> None:
    numbers = inventory()["synthesis"]
    assert (numbers["categories"], numbers["categories_found"]) == (6, 3)


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"oui": 1, "non": 2}, "partly"),
        ({"hors_emplacement": 1, "non": 2}, "unplaced"),
        ({"hors_emplacement": 1}, "elsewhere"),
        ({"sans_objet": 3}, "found"),
        ({"sans_objet": 3, "non": 1}, "undeclared"),
    ],
)
def test_only_what_is_declared_for_its_place_is_declared_in_part(counts: dict[str, int], state: str) -> None:
    assert standing(counts) == state


def test_cards_say_by_when_or_that_nobody_set_it(tmp_path: Path) -> None:
    built = inventory()
    assert "Délai\u00a0: à fixer par l’hébergeur" in page(built, tmp_path)
    for card in built["cards"]:
        card["due"] = "2026-12-01"
    assert "À faire avant le 1er décembre 2026" in page(built, tmp_path)
    rows = sheet(built, tmp_path, "F Décisions")
    assert rows[0]["À faire avant"] == datetime(2026, 12, 1)
    assert [row["Fiche"] for row in rows] == sorted((row["Fiche"] for row in rows), key=lambda number: number or 99)
    assert all(row["Qui agit d’abord"] for row in rows if row["Fiche"])


def test_what_makes_data_safe_is_the_first_step_of_a_card() -> None:
    told = {
        "list": [{"who": {"fr": "VMS"}, "does": {"fr": "demande"}, "now": False}],
        "card": [{"who": {"fr": "Le client"}, "does": {"fr": "supprime l'excès"}, "now": True}],
    }
    assert steps({"steps": told}, ["list", "card"], "fr") == [("Le client", "supprime l’excès"), ("VMS", "demande")]


def test_a_refusal_that_secures_says_both_and_nothing_to_do_stands_alone() -> None:
    built = inventory()
    assert badges(built, built["cards"][0], "fr") == ["Refus d’héberger proposé", "À sécuriser"]
    hint = next(card for card in built["cards"] if card["look"])
    assert badges(built, hint, "fr") == ["À vérifier par l’hébergeur"]
    assert outcomes(["SECURISER", "ACCEPTER"], "fr") == "À sécuriser"
    assert outcomes(["ACCEPTER"], "fr") == "Rien à faire"


def test_processings_that_may_be_meant_are_named_once() -> None:
    assert either("T1 / T2 / T3", "fr") == "T1, T2 ou T3"
    assert either("T1", "en") == "T1"
    said = references(["T1 / T2", "T1 / T2 / T3"], "fr")
    assert said == "traitement à préciser par le client (T1, T2 ou T3)"


def test_cards_that_are_less_grave_are_not_those_of_what_was_not_read(tmp_path: Path) -> None:
    text = page(inventory(), tmp_path)
    unread = sum(card["unread"] > 0 for card in inventory()["cards"])
    assert f"et {unread} fiche sur ce qui n’a pas été lu" in text


def unread_items(*rows: tuple[str, str, int]) -> pa.Table:
    read = {"path": "a.txt", "size": 900, "bytes_read": 900, "status": "read", "reason": ""}
    lost = [{"path": p, "size": 50, "bytes_unread": n, "status": "unread", "reason": why} for p, why, n in rows]
    return pa.Table.from_pylist([read, *lost], schema=ITEMS)


def test_the_most_worrying_of_what_was_not_read_is_named(tmp_path: Path) -> None:
    table = unread_items(
        ("logo.png", "ocr_off: the mandate does not allow it", 50),
        ("divers/dossiers_patients.bin", "unsupported: x", 50),
        ("coffre.zip!coffre/clients.csv", "encrypted: member is encrypted", 0),
    )
    built = build(RUN, FINDINGS.empty_table(), table, [], DECLARATION)
    worry = built["coverage"]["worrying"]
    assert (worry["path"], worry["word"], worry["others"]) == ("coffre.zip!coffre/clients.csv", "clients", 1)
    text = re.sub(r"<[^>]+>", "", page(built, tmp_path))
    assert "Le plus préoccupant de ce qui n’a pas été lu\u00a0: coffre.zip!coffre/clients.csv (chiffré)" in text
    assert "au moins" in built["synthesis"]["sentence"]["fr"]
    assert telling("var/cache/x.bin") == ""


def test_a_loss_that_was_measured_is_no_minimum() -> None:
    built = build(RUN, FINDINGS.empty_table(), unread_items(("b", "encrypted: x", 50)), [], DECLARATION)
    assert "au moins" not in built["synthesis"]["sentence"]["fr"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("member is encrypted", "protégé par un mot de passe"),
        ("truncated", "coupé avant la fin"),
        ("2 not fully read", "en tout\u00a0: 2"),
        ("the mandate does not allow it (autorise.ocr)", "le mandat n’autorise pas la lecture des images"),
        ("sheets over 2 GB once decompressed", "plus de 2 Go"),
        ("mail: not allowed by the mandate", "le mandat ne l’autorise pas"),
        ("circular chain", ""),
    ],
)
def test_no_english_is_left_in_what_readers_say(text: str, said: str) -> None:
    assert detail(text, "fr") == said
    assert detail(text, "en") == text


def test_files_of_archives_count_no_bytes_twice(tmp_path: Path) -> None:
    built = inventory()
    rows = sheet(built, tmp_path, "B Couverture")
    listed = [row["Octets"] for row in rows if row["État"].startswith("Fichiers")]
    assert sum(listed) == sum(row["size"] for row in items().to_pylist() if "!" not in row["path"])


def test_days_are_days_numbers_are_numbers_and_the_review_is_chosen(tmp_path: Path) -> None:
    built = inventory()
    row = next(row for row in sheet(built, tmp_path, "E Conservation") if row["Date la plus ancienne"])
    assert isinstance(row["Date la plus ancienne"], datetime)
    numbers = [
        row["Valeur"] for row in sheet(built, tmp_path, "Synthèse") if (row["Champ"] or "").startswith("Total –")
    ]
    assert [type(number) for number in numbers] == [int, int, int]
    book = openpyxl.load_workbook(written(built, "xlsx", tmp_path))
    (offered,) = book["F Décisions"].data_validations.dataValidation
    assert "à confirmer" in offered.formula1
    late = [row for row in sheet(built, tmp_path, "E Conservation") if row["Durée dépassée"]]
    assert [row["Fichier"] for row in late] == ["web/logs/access.log"]


def test_a_spreadsheet_names_every_file(tmp_path: Path) -> None:
    base = findings().to_pylist()[0]
    rows = [base | {"path": f"rh/f{number:02}.csv"} for number in range(40)]
    judged = [decision(row, "8", "non", "") for row in rows]
    built = build(RUN, pa.Table.from_pylist(rows, schema=FINDINGS), items(), judged, DECLARATION)
    first = sheet(built, tmp_path, "A Recensement")[0]
    assert first["Fichiers concernés"].split("\n") == [row["path"] for row in rows]


def test_sheets_and_cards_propose_the_same_for_the_same_files(tmp_path: Path) -> None:
    built = inventory()
    of_cards: dict[str, set[str]] = {}
    for card in built["cards"]:
        if not card["unread"]:
            of_cards.setdefault(badges(built, card, "fr")[0], set()).update(place["path"] for place in card["places"])
    of_rows: dict[str, set[str]] = {}
    for row in sheet(built, tmp_path, "A Recensement"):
        of_rows.setdefault(row["Décision proposée"], set()).update((row["Fichiers concernés"] or "").split("\n"))
    for name in ("Rien à faire", "Sans décision"):  # what asks nothing has no card
        of_rows.pop(name)
    assert of_cards == of_rows


def test_french_is_set_as_a_printer_sets_it(tmp_path: Path) -> None:
    assert french("l'accès : 98 % ; « oui »") == "l’accès\u00a0: 98\u202f%\u00a0; «\u00a0oui\u00a0»"
    assert moment("2026-11-01T20:53:00Z", "fr") == "1er novembre 2026 à 20\u00a0h\u00a053 (UTC)"
    text = re.sub(
        r"<(style|script)\b.*?</\1>|<blockquote.*?</blockquote>|<[^>]+>", " ", page(inventory(), tmp_path), flags=re.S
    )
    assert re.findall(r"\w+'\w+", text) == []
    assert re.findall(r"\w+ [:;?!%»](?!\w)", text) == []
    assert "carte" not in re.sub(r"cartes? de paiement|cartes? d’identité", "", text.lower()).split()
    assert "valid" not in text.lower()
    assert POL08[:60] in page(inventory(), tmp_path)


@pytest.mark.parametrize(
    ("part", "whole", "up", "share"),
    [
        (958, 1000, False, 0.958),
        (9_999, 10_000, False, 0.999),
        (1, 10_000, True, 0.001),
        (0, 9, False, 0),
        (9, 9, False, 1),
    ],
)
def test_shares_of_a_workbook_are_numbers_that_never_round_a_loss_away(
    part: int, whole: int, up: bool, share: float, tmp_path: Path
) -> None:
    assert Share.of(part, whole, up=up) == share
    shares = [row["Part"] for row in sheet(inventory(), tmp_path, "B Couverture")[:2]]
    assert shares == [0.971, 0.029]
