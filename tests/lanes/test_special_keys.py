"""Of the persons in a text, special categories are given only those around their terms: it must make no difference."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config import Settings
from scanner.model import Level
from scanner.recognition.found import Found
from scanner.recognition.shares import Allowance
from scanner.recognition.text import text_lanes
from scanner.recognition.utf8 import Utf8
from scanner.taxonomy import taxonomy

LANES = text_lanes(Settings(ner="off", sentences="off", today=date(2026, 11, 23)))
SAID = (
    *(
        "Le patient est diabétique.",
        "Madame Léa Martin est adhérente au syndicat CGT.",
        "lea.martin@example.org",
        "\n\n",
    ),
    *("Né le 03/05/1985", "traitement du cancer", "Monsieur Paul Durand", "é" * 90, "Rien à dire ici. " * 20, "\n"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=20).map(" ".join), st.sampled_from(["NFC", "NFD"]))
def test_persons_far_from_any_term_change_nothing(text: str, form: str) -> None:
    whole = Utf8.of(unicodedata.normalize(form, text))
    found = LANES.found(whole, Allowance(0).file())
    known = found.spans(LANES.kinds, whole.to_chars)
    keys = [s for s in known if s.entity_type in taxonomy().person_keys and s.level >= Level.POSSIBLE]
    spans = LANES.special.find(whole.text, keys, LANES.settings.today)
    expected = Found.of(spans, LANES.kinds, whole.to_bytes).spans(LANES.kinds, whole.to_chars)
    resolved = found.take(found.starts.argsort(kind="stable"))
    assert LANES.sensitive_in(whole, resolved, Allowance(0).file()).spans(LANES.kinds, whole.to_chars) == expected


def test_a_term_with_its_person_is_found_among_many_persons() -> None:
    others = "paul.durand@example.org\n" * 2_000
    whole = Utf8.of(others + "\n\nMadame Léa Martin est diabétique.\n\n" + others)
    found = LANES.found(whole, Allowance(0).file())
    levels = {s.level for s in found.spans(LANES.kinds) if s.entity_type == "HEALTH_DATA"}
    assert levels == {Level.PROBABLE}
