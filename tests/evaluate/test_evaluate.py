"""The command on small invented corpora: what it counts, what it writes, and that no value leaves it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recognizers.splits import is_test
from scanner.bench.table import rewrite
from scanner.cli import cli
from scanner.evaluate import table
from scanner.evaluate.mapping import load_mapping
from scanner.taxonomy import taxonomy

MAPPING = """
classes:
  PERSON: {types: [PERSON], presidio: [PERSON]}
  LOCATION: {types: [LOCATION], presidio: [LOCATION]}
  ADDRESS: {types: [POSTAL_ADDRESS], parts: [LOCATION]}
  EMAIL: {types: [EMAIL_ADDRESS], presidio: [EMAIL_ADDRESS]}
  PHONE: {types: [PHONE_NUMBER], presidio: [PHONE_NUMBER]}
  IBAN: {types: [IBAN], presidio: [IBAN_CODE]}
  HEALTH: {types: [HEALTH_DATA]}
sets:
  notes:
    labels: {mail: EMAIL, contact: {'@': EMAIL, '': PHONE}, handle: NEUTRAL, account: IBAN}
    partial: [IBAN]
    neutral_before: '@$'
  topics:
    documents: {health: HEALTH}
  people:
    columns: {mail: EMAIL, phone: PHONE, remark: NEUTRAL}
  words:
    headers: {mail: EMAIL, phone: PHONE, account: NEUTRAL}
"""
VALUES = ("lea.martin", "example.org", "0639980142", "06 39 98 01 42", "FR76 3000", "Léa", "Toulouse")


def mark(text: str, *marks: tuple[str, str]) -> list[dict[str, Any]]:
    """Spans of a text, by what they hold."""
    return [{"start": text.index(one), "end": text.index(one) + len(one), "label": label} for one, label in marks]


NOTES = [
    ("Écrire à lea.martin@example.org avant lundi.", [("lea.martin@example.org", "mail")]),
    ("Téléphone : 06 39 98 01 42, demander Léa.", [("06 39 98 01 42", "contact")]),
    ("Courriel : lea.martin@example.org ou rien.", [("lea.martin@example.org ou", "contact")]),
    ("Rien à signaler, la pluie tombe sur le jardin.", []),
    ("Autre courriel : paul.durand@example.org.", []),
    ("IBAN : FR76 3000 6000 0112 3456 7890 189", [("FR76 3000 6000 0112 3456 7890 189", "account")]),
    ("La mention d'un courriel : manque.", [("courriel", "mail")]),
]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    write(
        folder / "notes.jsonl",
        [
            {"id": f"n{at}", "lang": "fr", "text": text, "spans": mark(text, *marks)}
            for at, (text, marks) in enumerate(NOTES)
        ],
    )
    write(
        folder / "topics.jsonl",
        [
            {
                "id": "t0",
                "lang": "fr",
                "text": "La grippe revient chaque hiver.",
                "spans": [],
                "doc_labels": ["health"],
            },
            {"id": "t1", "lang": "fr", "text": "Le jardin est fleuri.", "spans": [], "doc_labels": ["garden"]},
        ],
    )
    mails = [f"{name}@example.org" for name in ("lea.martin", "paul.durand", "ines.roy", "jo.blanc", "max.petit")]
    columns = [
        {"name": "email", "label": "mail", "values": mails},
        {"name": "quantity", "label": "number", "values": ["1", "2", "3", "4", "5"]},
        {"name": "phone", "label": "phone", "values": ["", "", "", "", ""]},
        {"name": "info", "label": "phone", "values": ["bleu", "vert", "gris", "noir", "rose"]},
        {"name": None, "label": "colour", "values": mails},
    ]
    write(folder / "people.jsonl", [{"id": "p0", "lang": "fr", "columns": columns}])
    names = [("courriel", "mail"), ("colonne_x", "phone"), ("compte", "account"), ("couleur", "colour")]
    write(folder / "words.jsonl", [{"lang": "fr", "column_name": name, "label": label} for name, label in names])
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return folder


def write(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")


Evaluate = Callable[..., tuple[Result, dict[str, Any]]]


@pytest.fixture(scope="module")
def evaluate(corpora: Path) -> Evaluate:
    def run(*arguments: str | Path) -> tuple[Result, dict[str, Any]]:
        file = corpora / "figures.json"
        common = ["--mapping", str(corpora / "mapping.yaml"), "--json", str(file), "--ner", "off"]
        done = CliRunner().invoke(cli, ["evaluate", *map(str, arguments), *common])
        assert done.exit_code == 0, done.stderr
        return done, json.loads(file.read_text(encoding="utf-8"))

    return run


@pytest.fixture(scope="module")
def whole(evaluate: Evaluate, corpora: Path) -> tuple[Result, dict[str, Any], str]:
    """Everything at once, with the places of the errors."""
    clean = corpora / "clean"
    clean.mkdir()
    (clean / "notice.txt").write_text("Le jardin.\nÉcrire à lea.martin@example.org pour la suite.\n", encoding="utf-8")
    places = corpora / "places.jsonl"
    given = ["--tables", corpora / "people.jsonl", "--tables", corpora / "words.jsonl", "--clean", clean]
    done, figures = evaluate(corpora / "notes.jsonl", corpora / "topics.jsonl", *given, "--places", places)
    return done, figures, places.read_text(encoding="utf-8")


def of(figures: dict[str, Any], name: str, level: str = "PROBABLE") -> dict[str, Any]:
    (texts,) = (one for one in figures["texts"] if one["set"] == "notes" and one["tool"] == "recense")
    found: dict[str, Any] = texts["classes"][name][level]
    return found


def test_spans_are_counted_as_by_hand(whole: tuple[Result, dict[str, Any], str]) -> None:
    # Three labelled addresses of mail: two found, one with other bounds; another one is found where none is labelled.
    mails = of(whole[1], "EMAIL")["spans"]
    assert (mails["n"], mails["found"], mails["given"], mails["right"], mails["exact"]) == (3, 2, 3, 2, 1)
    assert (mails["precision"], mails["recall"], mails["strict_precision"]) == (0.6667, 0.6667, 0.3333)
    assert mails["precision_95"] == [0.2077, 0.9385]
    phones = of(whole[1], "PHONE")["spans"]
    assert (phones["n"], phones["found"], phones["given"]) == (1, 1, 1)


def test_a_class_that_is_labelled_in_part_has_no_precision(whole: tuple[Result, dict[str, Any], str]) -> None:
    accounts = of(whole[1], "IBAN")["spans"]
    assert (accounts["recall"], accounts["precision"], accounts["f1"]) == (1.0, None, None)


def test_documents_are_counted_once(whole: tuple[Result, dict[str, Any], str]) -> None:
    # Three records hold an address of mail; it is found in two of them, and in a fourth record.
    mails = of(whole[1], "EMAIL")["documents"]
    assert (mails["n"], mails["found"], mails["given"]) == (3, 2, 3)


def test_topics_are_told_from_other_records(whole: tuple[Result, dict[str, Any], str]) -> None:
    (texts,) = (one for one in whole[1]["texts"] if one["set"] == "topics")
    sure = next(one for one in texts["topics"] if one["level"] == "PROBABLE")
    assert (sure["label"], sure["records"], sure["found"], sure["others"], sure["found_in_others"]) == (
        "health",
        1,
        0,
        1,
        0,
    )


def test_columns_are_of_what_most_cells_are(whole: tuple[Result, dict[str, Any], str]) -> None:
    (typed,) = whole[1]["columns"]
    assert {name: counts["PROBABLE"]["n"] for name, counts in typed["classes"].items()} == {"EMAIL": 1, "PHONE": 1}
    # The column of the last label holds addresses of mail, though nothing personal was said of it.
    mails = typed["classes"]["EMAIL"]["PROBABLE"]
    assert (mails["precision"], mails["recall"]) == (0.5, 1.0)
    assert typed["macro_f1"]["PROBABLE"] == pytest.approx((2 / 3 + 0) / 2)
    assert (typed["not_personal"]["columns"], typed["not_personal"]["typed"]["PROBABLE"]) == (2, 1)


def test_names_of_columns_are_read_without_values(whole: tuple[Result, dict[str, Any], str]) -> None:
    (read,) = whole[1]["headers"]
    assert (read["names"], read["right"], read["others"], read["others_read"]) == (2, 1, 1, 0)


def test_clean_material_says_where(whole: tuple[Result, dict[str, Any], str]) -> None:
    (alarms,) = whole[1]["clean"]
    (alarm,) = alarms["alarms"]
    assert (alarm["type"], alarm["count"], alarm["files"]) == ("EMAIL_ADDRESS", 1, 1)
    assert alarm["per_10_mb"] == pytest.approx(10_000_000 / alarms["bytes"], abs=1e-3)
    last = json.loads(whole[2].splitlines()[-1])
    assert (last["path"], last["places"]) == ("notice.txt", ["line 2"])


def test_errors_have_places_and_no_text(whole: tuple[Result, dict[str, Any], str]) -> None:
    places = [json.loads(line) for line in whole[2].splitlines()]
    kinds = {(one["id"], one["kind"]) for one in places if one.get("source") == "notes"}
    assert kinds == {("n2", "other bounds"), ("n4", "wrong"), ("n6", "missed")}
    assert all("text" not in one and "value" not in one for one in places)


@pytest.mark.parametrize("value", VALUES)
def test_no_value_leaves_the_command(whole: tuple[Result, dict[str, Any], str], value: str) -> None:
    done, figures, places = whole
    for written in (done.stdout, done.stderr, json.dumps(figures, ensure_ascii=False), places):
        assert (value in written) is False


def test_parts_and_samples_choose_the_same_records_every_time(evaluate: Evaluate, corpora: Path) -> None:
    counts = {}
    for part in ("test", "dev", "all"):
        (texts,) = evaluate(corpora / "notes.jsonl", "--part", part)[1]["texts"]
        counts[part] = texts["records"]
    assert counts["test"] == sum(is_test(f"n{at}", 0.5) for at in range(len(NOTES)))
    assert counts["test"] + counts["dev"] == counts["all"] == len(NOTES)
    (texts,) = evaluate(corpora / "notes.jsonl", "--sample", "3")[1]["texts"]
    assert (texts["records"], texts["of"]) == (3, len(NOTES))


def test_presidio_reads_the_same_records(evaluate: Evaluate, corpora: Path) -> None:
    _, figures = evaluate(corpora / "notes.jsonl", "--baseline", "presidio")
    assert {one["tool"]: one["records"] for one in figures["texts"]} == {"recense": len(NOTES), "presidio": len(NOTES)}
    (texts,) = (one for one in figures["texts"] if one["tool"] == "presidio")
    assert texts["classes"]["EMAIL"]["INDICE"]["spans"]["found"] == 2


def test_labels_of_an_unknown_set_are_taken_as_they_are() -> None:
    labels = load_mapping().named("somebody's", ["PERSON", "email_address", "colour"])
    assert labels.labels == {"PERSON": "PERSON", "email_address": "EMAIL"}


def test_the_shipped_mapping_names_types_that_exist() -> None:
    assert load_mapping().problems() == []
    assert {one for known in load_mapping().classes.values() for one in known.types} <= set(taxonomy().types)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("classes: {A: {types: [X]}, B: {types: [X]}}", "several classes"),
        ("classes: {A: {}}\nsets: {s: {labels: {l: NOWHERE}}}", "NOWHERE"),
        ("classes: {A: {colour: red}}", "colour"),
        ("classes: [", "not YAML"),
    ],
)
def test_mistakes_of_a_mapping_are_told(tmp_path: Path, corpora: Path, text: str, said: str) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["evaluate", str(corpora / "notes.jsonl"), "--mapping", str(file)])
    assert done.exit_code != 0
    assert said in done.stderr


@pytest.mark.parametrize(
    "line",
    ['{"id": 1}', "lea.martin@example.org", '{"id": 1, "text": "ab", "spans": [{"start": 1, "end": 3, "label": "x"}]}'],
)
def test_a_broken_record_is_named_by_its_line_alone(tmp_path: Path, line: str) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"id": 0, "text": "a"}\n' + line + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["evaluate", str(file), "--ner", "off"])
    assert done.exit_code != 0
    assert "broken.jsonl, line 2" in done.stderr
    assert "lea.martin" not in done.stderr


def test_nothing_to_measure_is_bad_usage() -> None:
    assert CliRunner().invoke(cli, ["evaluate"]).exit_code == 2


def test_the_page_has_a_place_for_the_tables(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(table.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    rewrite(page, "evaluate", ["| new |"])
    assert "| new |" in page.read_text(encoding="utf-8")
