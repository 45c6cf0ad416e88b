"""What is written into pictures, sound and film beside what they show: who made them, where, with whose device."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.model import Level, Passage, Span

PLACE = "metadata"
_LONGEST = 4_000
"""Characters of one value; captions are longer than names, and nothing here is a document."""
LABELS = {
    "author": "Auteur",
    "owner": "Propriétaire de l'appareil",
    "rights": "Copyright",
    "title": "Titre",
    "caption": "Légende",
    "comment": "Commentaire",
    "contact": "Contact",
    "people": "Personnes",
    "place": "Lieu",
    "keywords": "Mots-clés",
    "device": "Appareil",
}
"""What a value is, as text that rules and models read says it; in this order."""


def passages_of(tags: Iterable[tuple[str, str]], known: Iterable[tuple[str, str]] = ()) -> Iterator[Passage]:
    """Values by what they are (a key of ``LABELS``) as text; then those whose type is ``known`` already."""
    given = {key: list(dict.fromkeys(values)) for key, values in _grouped(tags).items()}
    lines = [f"{label} : {', '.join(given[key])}" for key, label in LABELS.items() if key in given]
    if lines:
        yield Passage("\n".join(lines), PLACE)
    spans, text = [], ""
    for entity_type, value in dict.fromkeys(known):
        level, score = (Level.CERTAIN, 0.95) if entity_type == "GPS_COORD" else (Level.PROBABLE, 0.75)
        spans.append(Span(entity_type, len(text), len(text) + len(value), score, PLACE, level))
        text += value + "\n"
    if spans:
        yield Passage(text, PLACE, 0, tuple(spans))


def _grouped(tags: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, value in tags:
        text = " ".join(value.replace("\0", " ").split())[:_LONGEST]
        if text:
            grouped.setdefault(key, []).append(text)
    return grouped


def position(latitude: float, longitude: float) -> str:
    """A position as people copy it; empty for what is none, or the place of missing data."""
    right = math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return f"{latitude:.5f}, {longitude:.5f}" if right and (latitude or longitude) else ""


def degrees(parts: Sequence[float], reference: str) -> float:
    """Degrees, minutes and seconds as one number; south and west are below zero."""
    whole: float = sum(float(part) / 60.0**power for power, part in enumerate(parts[:3]))
    return -whole if reference.strip("\0 ").upper()[:1] in ("S", "W") else whole
