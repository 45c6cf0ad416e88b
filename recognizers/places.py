"""Towns: a postcode with its commune, checked with the table of the post; a lone town is only possible."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from recognizers import gates, gazetteers
from recognizers.gates import Survey, survey
from scanner.model import Level, Span

_SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45}
_LATIN1 = re2.Options()
_LATIN1.encoding = re2.Options.Encoding.LATIN1
_TOWN = rb"[A-Za-z][A-Za-z'-]*(?:[ -][A-Za-z][A-Za-z'-]*){0,5}"
_POSTED = re2.compile(rb"\b(?:F-)?([0-9]{2}[ ]?[0-9]{3})[ ,]{1,3}(" + _TOWN + rb")", _LATIN1)
_TOWN_FIRST = re2.compile(rb"\b(" + _TOWN + rb")[ ]?\(?([0-9]{5})\)?", _LATIN1)
_LIVED = re2.compile(
    rb"\b(?i:a|de la ville de|ville de|commune de|mairie de|domiciliee? a|demeurant a|reside a|habite(?: a)?|nee? a)"
    rb"[ ]([A-Z][A-Za-z'-]+(?:[ -](?:[a-z]{2,4}[ -])?[A-Z][A-Za-z'-]+){0,3})",
    _LATIN1,
)


class PlaceRecognizer:
    """LOCATION from French communes; streets and house numbers are the business of addresses."""

    name = "places"
    entity_types = frozenset({"LOCATION"})

    def find(self, text: str) -> list[Span]:
        """Towns with their postcode (sure when the post agrees), and towns after ``à``."""
        return self.find_in(survey(text))

    def find_in(self, surveyed: Survey) -> list[Span]:
        """The towns of a text whose gates were passed before."""
        folded = surveyed.folded
        found = {(start, end): level for start, end, level in (*_lived(surveyed), *_posted(surveyed))}
        return [
            Span("LOCATION", folded.origin(start), folded.origin(end), _SCORES[level], self.name, level)
            for (start, end), level in sorted(found.items())
        ]


def _posted(surveyed: Survey) -> Iterator[tuple[int, int, Level]]:
    """Towns after their postcode, and before those that no town of theirs follows."""
    told = set()
    for match in surveyed.matches(_POSTED, gates.POSTED):
        piece, level = _known_part(match.group(2), match.group(1), from_left=True)
        if piece:
            told.add(match.end(1))
            yield match.start(2), match.start(2) + len(piece), level
    for match in surveyed.matches(_TOWN_FIRST, gates.POSTED):
        piece, level = _known_part(match.group(1), match.group(2), from_left=False)
        if piece and match.end(2) not in told:
            yield match.end(1) - len(piece), match.end(1), level


def _known_part(town: bytes, digits: bytes, *, from_left: bool) -> tuple[str, Level]:
    """The longest run of words, next to the postcode, that is one of its communes, or at least of its department."""
    postcode, words = digits.decode("ascii").replace(" ", ""), town.decode("ascii").split(" ")
    towns = gazetteers.town_of(postcode)
    for length in range(len(words), 0, -1):
        part = " ".join(words[:length] if from_left else words[-length:])
        key = gazetteers.town_key(part.upper())
        if key in towns:
            return part, Level.CERTAIN
        if gazetteers.is_commune_of(key, postcode):
            return part, Level.PROBABLE
    first = words[0]
    if from_left and "-" in first and gazetteers.is_commune_of(gazetteers.first_part(first.upper()), postcode):
        return first, Level.PROBABLE
    return "", Level.POSSIBLE


def _lived(surveyed: Survey) -> Iterator[tuple[int, int, Level]]:
    for match in surveyed.matches(_LIVED, gates.LIVED):
        start, _ = match.span(1)
        words = match.group(1).decode("ascii").split(" ")
        for length in range(len(words), 0, -1):
            part = " ".join(words[:length])
            if gazetteers.town_key(part.upper()) in gazetteers.plain_towns():
                yield start, start + len(part), Level.POSSIBLE
                break
