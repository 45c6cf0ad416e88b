"""What somebody who decides from the inventory must not misread: what founds a decision, how sure it is, who acts."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from invented import DECLARATION, RUN, decision, decisions, findings, inventory, items

from scanner.inventory import build
from scanner.inventory.codes import founds
from scanner.inventory.facts import FINDINGS
from scanner.inventory.reading import ITEMS
from scanner.inventory.words import shares
from scanner.plugins import named
from scanner.reporters.axis import scale
from scanner.reporters.lanes import reasons, sentences
from scanner.reporters.proposals import standing, steps
from scanner.reporters.titles import floor, headings
from scanner.reporters.whereabouts import whereabouts

HEALTH = next(row for row in findings().to_pylist() if row["entity_type"] == "HEALTH_DATA")
TEXT = HEALTH | {"table": "", "column": ""}


def page(built: dict[str, Any], folder: Path, lang: str = "fr") -> str:
    """The words of the page, without its tags."""
    named("reporters", "html")().write(built, folder / "page.html", lang)
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", (folder / "page.html").read_text("utf-8"), flags=re.S)
    return re.sub(r"\s*\n\s*|  +", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))


def sheet(built: dict[str, Any], folder: Path, title: str) -> list[dict[str, Any]]:
    named("reporters", "xlsx")().write(built, folder / "book.xlsx", "fr")
    head, *rows = openpyxl.load_workbook(folder / "book.xlsx")[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def refused(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A run in which the refusal is proposed for each file of ``rows``, by the surest of its findings."""
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        best.setdefault(row["path"], row)
    judged = [decision(row, "8", more.get(row["path"], "non"), "") for row in best.values()]
    return build(RUN, pa.Table.from_pylist(list(rows), schema=FINDINGS), items(), judged, DECLARATION)


NOTE = TEXT | {"path": "rh/note.txt", "level": "CERTAIN", "places": ["line 5", "line 6"], "count": 2}
HINT = NOTE | {"level": "INDICE", "places": ["line 9"], "count": 1}
MAIL = TEXT | {"path": "rh/mail.eml", "level": "PROBABLE", "places": ["headers"], "count": 1}


@pytest.mark.parametrize(
    ("level", "decided", "regime", "ground"),
    [
        ("INDICE", "CERTAIN", "R1-g", False),
        ("POSSIBLE", "CERTAIN", "R1-g", False),
        ("PROBABLE", "CERTAIN", "R1-g", True),
        ("INDICE", "POSSIBLE", "R8", False),
        ("POSSIBLE", "CERTAIN", "R8", True),
        ("INDICE", "INDICE", "R1-g", True),
    ],
)
def test_what_is_less_sure_than_the_rules_ask_founds_nothing(
    level: str, decided: str, regime: str, ground: bool
) -> None:
    assert founds(level, decided, regime) is ground


def test_a_hint_never_says_that_a_refusal_is_proposed_for_it(tmp_path: Path) -> None:
    built = refused(NOTE, HINT)
    proposed = {row["Niveau de certitude"]: row["Décision proposée"] for row in sheet(built, tmp_path, "Constats")}
    assert proposed["certain"].startswith("Refus d’héberger proposé")
    assert proposed["indice"] == "joint à la fiche 1\u00a0; ne fonde pas la décision"


def test_a_card_tells_first_where_its_grounds_lie(tmp_path: Path) -> None:
    built = refused(HINT, NOTE)
    (place,) = built["cards"][0]["places"]
    assert whereabouts(place["spots"], "fr") == "lignes 5 et 6\u00a0; indices\u00a0: ligne 9"
    assert whereabouts(place["spots"], "en") == "lines 5 and 6; hints: line 9"
    assert "lignes 5 et 6\u00a0; indices\u00a0: ligne 9" in page(built, tmp_path)


def test_files_of_one_card_say_each_how_sure_they_are(tmp_path: Path) -> None:
    built = refused(NOTE, MAIL)
    (card,) = built["cards"]
    assert card["certainty"] == {"CERTAIN": 1, "PROBABLE": 1}
    assert [(place["path"], place["level"]) for place in card["places"]] == [
        ("rh/note.txt", "CERTAIN"),
        ("rh/mail.eml", "PROBABLE"),
    ]
    assert built["synthesis"]["sentence"]["fr"].startswith("2 fichiers (1 certain, 1 probable) contiennent")
    assert built["synthesis"]["sentence"]["en"].startswith("2 files (1 certain, 1 probable) hold")
    text = page(built, tmp_path)
    assert "rh/note.txt lignes 5 et 6 · certain" in text
    assert "rh/mail.eml en-têtes · probable" in text


def test_files_that_are_all_as_sure_say_it_once(tmp_path: Path) -> None:
    built = refused(NOTE, MAIL | {"level": "CERTAIN"})
    assert built["synthesis"]["sentence"]["fr"].startswith("2 fichiers contiennent")
    assert "en-têtes · certain" not in page(built, tmp_path)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_refusal_ends_with_who_decides_it(lang: str) -> None:
    built = inventory()
    told = steps(built, [*built["cards"][0]["steps"], "list"], lang)
    who, does = told[-1]
    assert "VMS" in who
    assert does.endswith("refuser ces fichiers" if lang == "fr" else "or refuse them")


def test_the_numbers_count_files_that_nobody_declared(tmp_path: Path) -> None:
    built = inventory()
    paths = {one["path"] for one in decisions() if one["path"] and one["declared"] == "non"}
    assert built["synthesis"]["undeclared_files"] == len(paths)
    text = page(built, tmp_path)
    assert f"{len(paths)}fichiers avec des données non déclarées" in text.replace("\n", "")
    assert "déclarées\u00a0: 6" not in text
    fields = {row["Champ"]: row["Valeur"] for row in sheet(built, tmp_path, "Synthèse")}
    assert fields["fichiers avec des données non déclarées"] == len(paths)


def test_a_file_with_no_more_than_a_hint_is_counted_apart() -> None:
    rows = [NOTE, HINT | {"path": "rh/article.txt"}, MAIL, HINT | {"path": "rh/mail.eml"}]
    judged = [decision(rows[0], "8", "non", ""), decision(rows[1], "9", "non", "")]
    judged += [decision(rows[2], "4", "hors_emplacement", "T1")]
    built = build(RUN, pa.Table.from_pylist(rows, schema=FINDINGS), items(), judged, DECLARATION)
    assert built["undeclared"] == {"files": 1, "hints": 1, "elsewhere": 1}


def test_each_reason_names_the_files_that_it_is_about(tmp_path: Path) -> None:
    rows = [NOTE, MAIL]
    judged = [decision(NOTE, "8", "non", ""), decision(MAIL, "8", "hors_emplacement", "T1")]
    judged[1]["motif"] = {"fr": "Déclarée ailleurs.", "en": "Declared elsewhere."}
    built = build(RUN, pa.Table.from_pylist(rows, schema=FINDINGS), items(), judged, DECLARATION)
    text = page(built, tmp_path)
    assert "rh/note.txt\u00a0: Donnée sensible non déclarée." in text
    assert "rh/mail.eml\u00a0: Déclarée ailleurs." in text
    assert "rh/note.txt\u00a0: Donnée" not in page(refused(NOTE, MAIL), tmp_path)


@pytest.mark.parametrize(("oldest", "overdue", "early"), [("2004-01-01", 0, True), ("2004-01-01", 1, False)])
def test_a_bar_before_its_limit_is_explained(oldest: str, overdue: int, early: bool) -> None:
    row = {"oldest": oldest, "newest": "2026-01-01", "overdue": overdue, "limits": [{"since": "2020-01-01"}]}
    assert scale([row], "fr")["early"]([row]) is early


def test_what_needs_no_declaration_is_no_part_of_what_was_declared_in_part() -> None:
    row = {"state": "partly", "files": 7, "in_place": 2, "elsewhere": 2, "undeclared": 0, "no_matter": 3}
    assert standing(row | {"code": "C5"}, "fr")[1] == "déclaré\u00a0: 2 fichiers sur 4"
    card = {"standing": "partly", "declared": {"oui": 1, "non": 1, "sans_objet": 5}, "subject": "C1"}
    assert standing(card, "fr")[1] == "déclaré\u00a0: 1 fichier sur 2"


@pytest.mark.parametrize(
    ("status", "reason", "title", "english"),
    [
        ("partial", "corrupt: truncated", "Fin du fichier non lue\u00a0: abîmé", "End of the file not read: damaged"),
        ("partial", "corrupt: circular chain", "Contenu lu en partie\u00a0: abîmé", "Content read in part: damaged"),
        ("unread", "corrupt: truncated", "Contenu non lu\u00a0: abîmé", "Content not read: damaged"),
    ],
)
def test_a_file_that_was_read_in_part_is_not_called_unread(status: str, reason: str, title: str, english: str) -> None:
    lost = {"path": "a.gz!a.csv", "size": 9, "bytes_read": 5, "bytes_unread": 4, "status": status, "reason": reason}
    nothing = {"path": "", "entity_type": "", "regime": "", "level": "", "count": 1, "distinct": 0, "category": ""}
    judged = [decision(nothing | {"places": ["a.gz!a.csv"]}, "21", "sans_objet", "corrupt")]
    table = pa.Table.from_pylist([lost], schema=ITEMS)
    built = build(RUN, FINDINGS.empty_table(), table, judged, DECLARATION)
    (card,) = built["cards"]
    assert headings(built, "fr")(card).startswith(title)
    assert headings(built, "en")(card).startswith(english)


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ([(2, 0, False)], "Non lu"),
        ([(1, 1, False)], "Lu en partie"),
        ([(1, 0, False), (2, 1, False)], "Non lu ou lu en partie"),
        ([(0, 0, True)], "Non trouvé"),
        ([(2, 1, False), (0, 0, True)], "Non lu, lu en partie ou non trouvé"),
    ],
)
def test_the_last_heading_names_what_stands_under_it(cards: list[tuple[int, int, bool]], said: str) -> None:
    shown = [dict(zip(("unread", "partial", "absent"), one, strict=True)) for one in cards]
    assert floor(shown, "fr") == said


@pytest.mark.parametrize(
    ("done", "left", "told"),
    [
        (392, [500, 8], ["43.5%", "55.6%", "0.9%"]),
        (1, [1, 1], ["33.3%", "33.4%", "33.3%"]),
        (99_990, [10], ["99.9%", "0.1%"]),
        (10, [], ["100%"]),
        (0, [7, 0], ["0%", "100%", "0%"]),
    ],
)
def test_shares_beside_each_other_sum_to_a_hundred(done: int, left: list[int], told: list[str]) -> None:
    assert shares(done, left, done + sum(left), "en") == told
    assert sum(round(10 * float(one.removesuffix("%"))) for one in told) == 1000


def test_shares_of_the_text_say_of_how_much(tmp_path: Path) -> None:
    said = [*sentences(inventory(), "fr"), *reasons(inventory(), "fr")]
    parts = [one.replace("\u202f", "") for line in said for one in re.findall(r"[\d,]+\u202f%(?= de(?:s| tout))", line)]
    assert sum(round(10 * float(one.rstrip("%").replace(",", "."))) for one in parts) == 1000
    assert all("des 9\u202f000\u202f000 caractères de texte" in line for line in reasons(inventory(), "fr"))
    assert all("of the 9,000,000 characters of text" in line for line in reasons(inventory(), "en"))
