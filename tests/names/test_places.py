from __future__ import annotations

import pytest

from recognizers.places import PlaceRecognizer

PLACES = PlaceRecognizer()


@pytest.mark.parametrize(
    ("text", "town", "level"),
    [
        ("12 rue des Lilas, 69003 Lyon, France", "Lyon", "CERTAIN"),
        ("42000 St-Etienne", "St-Etienne", "CERTAIN"),
        ("75011 PARIS", "PARIS", "CERTAIN"),
        ("Aix-en-Provence (13100)", "Aix-en-Provence", "PROBABLE"),
        ("Il habite à Villeurbanne depuis peu", "Villeurbanne", "POSSIBLE"),
    ],
)
def test_town(text: str, town: str, level: str) -> None:
    assert {text[span.start : span.end]: span.level.name for span in PLACES.find(text)} == {town: level}


@pytest.mark.parametrize("text", ["59000 Rennes", "facture 69003 payée", "à Martin", "12345 lignes", "à demain"])
def test_no_town(text: str) -> None:
    assert PLACES.find(text) == []


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("8 rue Joseph Vernet 92220 Bagneux", "Bagneux"),
        ("Rue du Port 76600 Le Havre", "Le Havre"),
        ("94240 L'Haÿ-les-Roses", "L'Haÿ-les-Roses"),
        ("54500 Vandœuvre-lès-Nancy", "Vandœuvre-lès-Nancy"),
        ("54500 VANDOEUVRE LES NANCY", "VANDOEUVRE LES NANCY"),
        ("95220 Herblay", "Herblay"),
        ("95130 Franconville-la-Garenne", "Franconville-la-Garenne"),
        ("20090 Ajaccio", "Ajaccio"),
        ("97139 Les Abymes", "Les Abymes"),
        ("97133 Gustavia", "Gustavia"),
        ("98800 Nouméa CEDEX", "Nouméa CEDEX"),
        ("13008 Marseille", "Marseille"),
        ("Il demeure à La Rochelle", "La Rochelle"),
    ],
)
def test_towns_as_people_write_them(text: str, town: str) -> None:
    assert [text[span.start : span.end] for span in PLACES.find(text)] == [town]


def test_a_town_before_its_postcode_does_not_hide_the_one_after() -> None:
    text = "Dijon (21000), 69003 Lyon"
    assert [text[span.start : span.end] for span in PLACES.find(text)] == ["Dijon", "Lyon"]
