"""Names in cells, on material of which the rules have seen the half that is not kept for testing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from cell_figures import as_columns, as_mixed
from cell_material import business_cells, named_cells

from recognizers.cellnames import ASKED, looks_like_words, name_scores
from scanner.config import Settings
from scanner.model import Level
from scanner.recognition.text import TextLanes, text_lanes


@pytest.fixture(scope="module")
def lanes() -> TextLanes:
    return text_lanes(Settings(today=date(2026, 11, 23), ner="off"))


def test_names_of_every_format_are_found_in_mixed_columns_and_things_are_not(lanes: TextLanes) -> None:
    names, things = named_cells(40, test=False), business_cells(600, test=False)
    cells = [text for kind in names.values() for text in kind]
    others = [text for kind in things.values() for text in kind]
    said = as_mixed(cells, others, lanes, Level.PROBABLE)
    found = [said[text] for text in cells if text in said]
    false = [said[text] for text in others if text in said]
    assert sum(found) >= 0.96 * len(found)
    assert sum(false) <= 0.02 * len(false)


def test_columns_of_one_format_are_persons_and_columns_of_things_are_not(lanes: TextLanes) -> None:
    named = named_cells(50, test=False)
    assert {kind: as_columns(cells, lanes) for kind, cells in named.items()} == dict.fromkeys(named, 1.0)
    things = business_cells(600, test=False)
    assert {kind: as_columns(cells, lanes) for kind, cells in things.items()} == dict.fromkeys(things, 0.0)


@pytest.mark.parametrize(
    "cell",
    [
        "DUPONT Jean",
        "Dupont, Jean",
        "Jean DUPONT",
        "jean dupont",
        "jean.dupont",
        "j_dupont",
        "J. Dupont",
        "Dupont J.",
        "M. Dupont",
        "Mme Anne-Marie LE GALL",
        "Maria da Silva",
        "Awa N'Diaye",
        "Jean Martin épouse Durand",
        "Jean Martin (née Durand)",
        "Louise Kerbegaray; Paul Martin; Anne Roux",
        "M. et Mme Paul Martin",
        "Kerbegaray, Louise, 1984-",
        "Mr John Smith",
        "Smith, John A.",
    ],
)
def test_a_name(cell: str) -> None:
    assert name_scores([cell])[0] >= ASKED


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Martin",
        "Garage Dupont",
        "Dupont & Fils",
        "Martin Consulting SARL",
        "rue Victor Hugo",
        "Place Jean Jaurès",
        "Lycée Jean Moulin",
        "Saint-Denis",
        "Bourg-en-Bresse",
        "Loire-Atlantique",
        "Renault Clio",
        "Hugo Boss",
        "Bon de commande",
        "rapport.pdf",
        "jean.dupont@example.org",
        "martin.dupont.example",
        "2024-01-02",
        "REF 12345",
        "Chef de projet",
        "Février 2024",
        "Rosa canina",
        "gris clair",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_no_name(cell: str) -> None:
    assert name_scores([cell])[0] < ASKED


def test_scores_do_not_depend_on_what_stands_beside() -> None:
    cells = [
        "DUPONT Jean",
        "Garage Dupont",
        "jean.dupont",
        "",
        "Anne Roux; Paul Martin",
        "n'importe quoi",
        "Dupont, Jean",
    ]
    together, alone = name_scores(cells).tolist(), [float(name_scores([cell])[0]) for cell in cells]
    assert together == pytest.approx(alone)


def test_words_that_could_be_names() -> None:
    assert looks_like_words(["Zhangxiu", "Oyelaran", "N'Dri", "Van Dyck"]) == 1.0
    assert looks_like_words(["A12", "x@example.org", "SARL", "Pharmacie"]) == 0.0
    assert looks_like_words([]) == 0.0
