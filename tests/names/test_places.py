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
