"""Towns behind their article are found through the gate as without it."""

from __future__ import annotations

import pytest

from recognizers import gates, gazetteers
from recognizers.folding import fold
from recognizers.places import PlaceRecognizer

PLACES = PlaceRecognizer()


@pytest.mark.parametrize("article", ["", "Le ", "La ", "Les ", "L'"])
def test_the_gate_loses_no_town(article: str) -> None:
    for town in sorted(gazetteers.plain_towns())[::37]:
        folded = fold(f"Il demeure à {article}{town.title()} depuis")
        assert PLACES.find_in(gates.mark(folded)) == PLACES.find_in(gates.everywhere(folded))
