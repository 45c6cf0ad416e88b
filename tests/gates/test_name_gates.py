"""The gates change nothing but time: what is found behind them is what is found by reading everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers import gates
from recognizers.folding import fold
from recognizers.gates import everywhere, mark
from recognizers.names import NameRecognizer
from recognizers.places import PlaceRecognizer

RECOGNIZERS = (NameRecognizer(), PlaceRecognizer())

PIECES = (
    *("Jean", "Dupont", "Marie-Claire", "LEFEVRE", "Sophie", "Élise", "Anne", "McDonald", "O'Neil", "N'Golo", "Berg"),
    *(
        "J.",
        "J.-P.",
        "M.",
        "Mme",
        "madame",
        "monsieur.",
        "docteur",
        "Lord",
        "Zorglub",
        "Krapoutchik",
        "He\u0301le\u0300ne",
    ),
    *("de", "la", "du", "d'", "l'", "van der", "el", "del", "Señor", "-", "'", "’", "_", ".", ",", "(", ")", "{", "?"),
    *(" ", "  ", "\t", "\n", "\r\n", "\u00a0", ":", "=", "à", "A", "né", "nee", "née", "Nom", "prénom (s)", "prenoms"),
    *("nom de famille", "contact", "name", "first_name", "Cordialement", "merci", "best regards", "!", "rue", "x", "é"),
    *("75001", "13 100", "69003", "5", "12", "F-75011", "Paris", "Lyon", "Saint", "St", "Étienne", "CEDEX", "PARIS"),
    *("ville de", "habite", "domiciliée à", "jean.dupont@mail.example", "jdupont@mail.example", "www.dupont.example"),
    *("<", ">", "zorglub.krapoutchik@mail.example", "汉", "Ω", "\u0301", "\u200b"),
)
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " "))), max_size=30).map(
    lambda pieces: "".join(piece + space for piece, space in pieces)
)


def assert_gates_lose_nothing(text: str) -> None:
    folded = fold(text)
    for recognizer in RECOGNIZERS:
        assert recognizer.find_in(mark(folded)) == recognizer.find_in(everywhere(folded))


@given(TEXTS)
@settings(max_examples=600, deadline=None)
def test_texts_of_telling_pieces(text: str) -> None:
    assert_gates_lose_nothing(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    assert_gates_lose_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Entonces el Señor Dios hizo",  # a particle is a first name too
        "note Orejas Saco del Valle. Martínez Arbizu",
        "5d'J. Berg",
        "Krapoutchik van der Berg LEFEVRE née Lex F",
        "il habite à Lyon' depuis",
        "Merci\nMerci\nSophie\n",
        "Nom : Jean Prénom : Paul",
        "75001 Paris 69001 Lyon",
        "habite a b c d e f Villeurbanne 69100 Lyon",
        "Jean " * 30 + "Dupont",
        "Mme Anne Petit née Rousseau-ne Durand",
        "5 LEFEVREmonsieur.Jean Etienne nom jean.etienne@mail.example",
        "Dupont Jean-pierre a écrit, voir djeanpierre@mail.example",
        "D'Arc Bo Li et Bo Li, voir bli@mail.example, darcb@mail.example",
        "x-Zorglub Krapout.Y zkrapout@mail.example",
        "prenom(s): Jean" + " " * 50 + "nom" + "\t" * 50 + ":" + " " * 50 + "Dupont",
    ],
)
def test_awkward_texts(text: str) -> None:
    assert_gates_lose_nothing(text)


def test_a_text_without_marks_has_no_windows() -> None:
    surveyed = mark(fold("la note de service du 12 mars, sans rien de plus\n" * 100))
    assert len(surveyed.kinds) == 0


def test_nothing_changes_when_the_gates_begin_to_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Mme Claire Lefèvre, 69003 Lyon, née Durand. " * 3
    monkeypatch.setattr(gates, "_WORTH_A_GATE", 0)
    behind = [recognizer.find(text) for recognizer in RECOGNIZERS]
    monkeypatch.setattr(gates, "_WORTH_A_GATE", 1 << 40)
    assert [recognizer.find(text[:-1]) for recognizer in RECOGNIZERS] == behind


def test_more_marks_than_room() -> None:
    surveyed = mark(fold("A B,C D," * 5000))
    assert len(surveyed.windows(*range(2))) == 10_000
