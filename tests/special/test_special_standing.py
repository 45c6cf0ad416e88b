"""Whom a text is about, and who only deals with it."""

from __future__ import annotations

import pytest
from speaking import keys

from recognizers.folding import fold
from scanner.recognition.standing import Standing


def standing(text: str) -> Standing:
    return Standing(fold(text), keys(text))


@pytest.mark.parametrize(
    "text",
    [
        "Contact : Lucie Martin, 3e étage",
        "Émettrice : Lucie Martin",
        "Document rédigé par Lucie Martin",
        "Lucie Martin, directrice des ressources humaines",
        "Reviewed by Emily Carter",
        "Chair: Emily Carter",
        "Merci de votre retour.\nCordialement,\nLucie Martin",
    ],
)
def test_those_in_charge(text: str) -> None:
    assert not standing(text).names
    assert len(standing(text).others) == 1


@pytest.mark.parametrize("text", ["Salariée : Lucie Martin", "Patient: Emily Carter", "- Nom : Lucie Martin"])
def test_whose_paper_it_is(text: str) -> None:
    assert len(standing(text).bearers) == 1


@pytest.mark.parametrize("text", ["Lucie Martin est venue hier.", "Rappeler Lucie Martin, absente jeudi."])
def test_others_are_just_named(text: str) -> None:
    assert len(standing(text).names) == 1
    assert not standing(text).bearers


@pytest.mark.parametrize("text", ["Elle revient jeudi.", "C'est son tour.", "I told nobody.", "J'ai accepté."])
def test_words_that_speak_of_somebody(text: str) -> None:
    assert standing(text).speaks(0, len(fold(text).data))


@pytest.mark.parametrize(
    "text", ["Il faut payer.", "Il est interdit de fumer.", "Les agents votent.", "Islands are far."]
)
def test_words_that_do_not(text: str) -> None:
    assert not standing(text).speaks(0, len(fold(text).data))
