"""The text as rules see it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recognizers.subject import Subject, fold


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_bytes_lead_back_to_characters(text: str) -> None:
    subject = Subject(text)
    offset = 0
    for at, char in enumerate(text):
        assert subject.chars(offset) == at
        offset += len(char.encode())
    assert subject.chars(offset) == len(text)


def test_folding() -> None:
    assert fold("Numéro d’Élève ÇÀ") == "numero d'eleve ca"
