"""Texts about nobody, and rows that are a person's without a name."""

from __future__ import annotations

import pytest

from recognizers.folding import fold
from scanner.model import Level, Span
from scanner.recognition.columnowners import _own_words
from scanner.recognition.lexicons import load_matcher
from scanner.recognition.standing import outside_names
from scanner.recognition.subjects import heads_a_subject, is_blank, is_technical, names_firm, says_none


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


def test_talk_of_programs() -> None:
    assert is_technical(b"gpg: merge the fingerprint into keyserver.c, commit f0e538619d50, fixes #4512, see lookup()")
    assert not is_technical(b"Suivi de Mme Roux, dossier 2024.03.12, groupe_sanguin: null, mail a.b@example.org")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (b"Relu par Christian Lefort.", []),
        (b"[ David Gay ] is a christian", ["christian"]),
        (b"religion: Christian, since 2001", ["Christian"]),
    ],
)
def test_names_are_no_terms(text: bytes, left: list[str]) -> None:
    folded = fold(text.decode())
    hits = load_matcher().find_in(folded.data, [(0, len(folded.data))])
    people = [Span("PERSON", 2, 11, 0.9, "names", Level.CERTAIN)] if b"Gay" in text else []
    words = [text[hit.start : hit.end].decode().split()[-1] for hit in outside_names(hits, folded, people)]
    assert words == left
