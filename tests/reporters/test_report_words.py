from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from invented import inventory

from scanner.inventory import build
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.inventory.words import listing, number, percent, phrases, plural, size
from scanner.model import Kind, Outcome
from scanner.recognition.pieces import Reason
from scanner.reporters.json import JsonReporter
from scanner.reporters.lanes import sentences
from scanner.reporters.language import labels, moment, place, unquoted
from scanner.reporters.private import private
from scanner.reporters.summary import lines
from scanner.reporters.visible import visible


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, Mapping):
        return {found for key, one in value.items() for found in keys(one, f"{path}.{key}")}
    return {path}


def test_both_languages_have_the_same_words() -> None:
    fr, en = ({key for key in keys(labels(lang)) if not key.startswith(".places")} for lang in ("fr", "en"))
    assert fr == en
    assert keys(phrases()["fr"]) == keys(phrases()["en"])


def blanks(value: Any, path: str = "") -> dict[str, set[str]]:
    if isinstance(value, Mapping):
        return {where: found for key, one in value.items() for where, found in blanks(one, f"{path}.{key}").items()}
    return {path: set(re.findall(r"\{(\w+)\}", str(value)))}


def test_both_languages_leave_the_same_blanks() -> None:
    left = ({k: v for k, v in blanks(labels(lang)).items() if not k.startswith(".places")} for lang in ("fr", "en"))
    fr, en = left
    assert fr == en
    assert blanks(phrases()["fr"]) == blanks(phrases()["en"])


def test_every_kind_and_outcome_has_a_name() -> None:
    for lang in ("fr", "en"):
        assert set(labels(lang)["kinds"]) == {kind.value for kind in Kind}
        assert {outcome.name for outcome in Outcome} < set(labels(lang)["outcomes"])


def test_every_reason_of_a_slow_lane_has_words() -> None:
    for lang in ("fr", "en"):
        assert set(labels(lang)["lanes"]["reasons"]) == {reason.value for reason in Reason if not reason.reads}


@pytest.mark.parametrize(
    ("share", "fr", "en"),
    [
        (
            {"mode": "auto", "offered": 900, "fit": 400, "read": 392, "skipped": {"not_prose": 500, "over_budget": 8}},
            "Noms de personnes\u00a0: cherchés partout par listes et par règles\u00a0; en plus, un modèle de langue "
            "a lu 98\u202f% du texte rédigé (392 caractères sur 400), soit 43,5\u202f% de tout le texte "
            "(900 caractères)\u00a0; le reste, surtout des tables, des journaux et du code, n’est lu que par listes "
            "et par règles.",
            "Names of persons: looked for everywhere by lists and rules; besides, a language model read 98% "
            "of the prose (392 characters of 400), which is 43.5% of all text (900 characters); the rest, mostly "
            "tables, logs and code, is read by lists and rules only.",
        ),
        (
            {"mode": "auto", "offered": 900, "fit": 0, "read": 0, "skipped": {"not_prose": 900}},
            "Noms de personnes\u00a0: cherchés par listes et par règles\u00a0; il n’y avait pas de texte rédigé "
            "à faire lire à un modèle de langue.",
            "Names of persons: looked for by lists and rules; there was no prose for a language model to read.",
        ),
        (
            {"mode": "off", "offered": 900, "fit": 900, "read": 0, "skipped": {"off": 900}},
            "Noms de personnes\u00a0: cherchés par listes et par règles seulement\u00a0; le modèle de langue "
            "était éteint, sur demande.",
            "Names of persons: looked for by lists and rules only; the language model was off, as asked.",
        ),
        (
            {"mode": "all", "offered": 900, "fit": 900, "read": 900, "skipped": {}},
            "Noms de personnes\u00a0: cherchés partout par listes et par règles\u00a0; en plus, un modèle de langue "
            "a lu tout le texte (900 caractères).",
            "Names of persons: looked for everywhere by lists and rules; besides, a language model read all text "
            "(900 characters).",
        ),
    ],
)
def test_what_the_names_model_read_is_said_in_words(share: dict[str, Any], fr: str, en: str) -> None:
    said = {"coverage": {"lanes": [{"name": "names", **share}]}}
    assert [*sentences(said, "fr"), *sentences(said, "en")] == [fr, en]


def test_a_run_that_says_nothing_of_its_lanes_has_no_sentence() -> None:
    assert list(sentences({"coverage": {}}, "fr")) == []


def test_the_terminal_says_what_the_names_model_read() -> None:
    assert any(line.startswith("Lecture     Noms de personnes") for line in lines(inventory(), "fr"))
    assert any("a lu 98" in line for line in lines(inventory(), "fr"))


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (0, "0\u00a0octet", "0\u00a0bytes"),
        (1, "1\u00a0octet", "1\u00a0byte"),
        (999, "999\u00a0octets", "999\u00a0bytes"),
        (1_500, "1,5\u00a0Ko", "1.5\u00a0KB"),
        (999_999, "1,0\u00a0Mo", "1.0\u00a0MB"),
        (254_000_000_000, "254\u00a0Go", "254\u00a0GB"),
    ],
)
def test_bytes_read_like_the_label_of_a_disk(value: int, fr: str, en: str) -> None:
    assert (size(value, "fr"), size(value, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("part", "whole", "up", "text"),
    [
        (986, 1000, False, "98,6\u202f%"),
        (1000, 1000, False, "100\u202f%"),
        (999_999, 1_000_000, False, "plus de 99,9\u202f%"),
        (1, 1_000_000, False, "moins de 0,1\u202f%"),
        (28, 1000, True, "2,8\u202f%"),
        (0, 1000, True, "0\u202f%"),
        (0, 0, False, "100\u202f%"),
    ],
)
def test_percentages_never_round_a_loss_away(part: int, whole: int, up: bool, text: str) -> None:
    assert percent(part, whole, "fr", up=up) == text


def test_numbers_and_plurals_follow_the_language() -> None:
    forms = {"one": "{n} fichier", "many": "{n} fichiers"}
    assert [plural(forms, n, "fr") for n in (0, 1, 1240)] == ["0 fichier", "1 fichier", "1\u202f240 fichiers"]
    assert number(1240, "en") == "1,240"
    assert listing(["a", "b", "c"], "fr") == "a, b et c"
    assert moment("2026-12-01", "fr") == "1er décembre 2026"
    assert moment("2026-12-01T09:05:00+00:00", "en") == "1 December 2026 at 09:05 UTC"
    assert place("line 4", "fr") == "ligne 4"
    assert place("clients.line", "fr") == "clients.line"
    assert place("headers, line 4", "fr") == "en-têtes, ligne 4"
    assert place("notes of slide 3", "fr") == "notes de la diapositive 3"
    assert place("attached message 2 body", "fr") == "message joint 2, corps"
    assert place("sheet Paie, row 3", "fr") == "feuille Paie, ligne 3"


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("Non recensée. « phrase » (POL-09).", "Non recensée."),
        ("Absent (« phrase » POL-05) ; art. 13.", "Absent ; art. 13."),
        ("À demander. “phrase” (POL-09). Aucun refus.", "À demander. Aucun refus."),
        ("« phrase » (POL-09).", "« phrase » (POL-09)."),
        ("Sans citation.", "Sans citation."),
    ],
)
def test_the_policy_is_quoted_once(reason: str, short: str) -> None:
    anchor = "POL-05" if "POL-05" in reason else "POL-09"
    assert unquoted(reason, anchor, "phrase") == short


def test_hidden_characters_become_visible() -> None:
    assert visible("a\u202eb\x00é\u00a0") == "a\\u202eb\\u0000é\u00a0"
    assert visible("\udc80\U000e0041") == "\\udc80\\U000e0041"


def test_json_keeps_hidden_characters_as_escapes(tmp_path: Path) -> None:
    import json

    JsonReporter().write({"b": "\u202e\U000e0041é", "a": 1}, tmp_path / "x.json", "fr")
    text = (tmp_path / "x.json").read_text("utf-8")
    assert json.loads(text) == {"a": 1, "b": "\u202e\U000e0041é"}
    assert "\\u202e" in text
    assert "é" in text


def test_a_report_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with private(tmp_path / "x") as stream:
            stream.write(b"half")
            raise ValueError("reporter")

    with pytest.raises(ValueError, match="reporter"):
        fail()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_summary_is_short_and_aligned(lang: str) -> None:
    said = lines(inventory(), lang)
    assert 15 <= len(said) <= 40
    assert max(map(len, said)) <= 120
    assert any("97.1%" in line.replace(",", ".").replace("\u202f", "") for line in said)


def test_the_summary_of_nothing_says_what_was_read() -> None:
    built = build({}, FINDINGS.empty_table(), ITEMS.empty_table(), [], {})
    assert any("La cible ne contient aucun fichier" in line for line in lines(built, "fr"))
