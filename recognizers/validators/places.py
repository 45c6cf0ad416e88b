"""Postcodes with their towns, by the table of the French post."""

from __future__ import annotations

from recognizers.subject import fold


def postcode_town(value: str) -> bool:
    """French postcode and the beginning of a town that it serves (La Poste, table of postcodes): 0.1 %."""
    from recognizers import gazetteers  # noqa: PLC0415

    at = next((at for at, char in enumerate(value) if char.isdigit()), len(value))
    postcode, words = value[at : at + 5], fold(value[at + 5 :]).upper().replace(",", " ").split()
    towns = gazetteers.town_of(postcode)
    for length in range(min(6, len(words)), 0, -1):
        name = gazetteers.place_key(" ".join(words[:length]))
        if name in towns or gazetteers.is_commune_of(name, postcode):
            return True
    return False
