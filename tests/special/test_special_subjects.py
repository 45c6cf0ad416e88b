"""Texts about nobody, and rows that are a person's without a name."""

from __future__ import annotations

import pytest

from scanner.recognition.columnowners import _own_words
from scanner.recognition.subjects import heads_a_subject, is_blank, names_firm, says_none


@pytest.mark.parametrize(
    ("text", "subject"),
    [(b"Notes de cours de M. Roux", True), (b"DEVIS N 12", True), (b"Compte rendu de visite", False)],
)
def test_headings(text: bytes, subject: bool) -> None:
    assert heads_a_subject(text) is subject


def test_blank_forms_have_no_cross() -> None:
    assert is_blank(b"Nom : ........ Prenom : ........ [ ] oui")
    assert not is_blank(b"[ ] oui [x] non [ ] ne sait pas")
    assert not is_blank(b"Table ........ 40 euros")


def test_denials() -> None:
    assert says_none(b"Condamnation : neant")
    assert not says_none(b"Condamnation : vol")


def test_firms() -> None:
    data = b"ORG:Institut de genetique"
    assert names_firm(data, data.index(b"genetique"), is_sentence=False)
    assert not names_firm(b"Motif : genetique", 8, is_sentence=False)


def test_the_last_step_of_a_path_counts() -> None:
    assert _own_words("reponses[].etudiant") == ["etudiant"]
    assert _own_words("[]") == []
