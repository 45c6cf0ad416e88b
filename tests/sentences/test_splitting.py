"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.sentences.splitting import LONGEST, sentences_of


def parts(text: str) -> list[str]:
    starts, ends = sentences_of(text)
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Il part. Elle reste là. Fin !", ["Il part.", "Elle reste là.", "Fin !"]),
        ("Bonjour M. Durand et Dr. Roy. Merci.", ["Bonjour M. Durand et Dr. Roy.", "Merci."]),
        ("Nom : Durand\nPrénom : Lou\n\n- Âge : 12 ans", ["Nom : Durand", "Prénom : Lou", "- Âge : 12 ans"]),
        (
            "Une ligne assez longue, que le courrier a coupée au\nmilieu de la phrase",
            ["Une ligne assez longue, que le courrier a coupée au\nmilieu de la phrase"],
        ),
        ("Une ligne assez longue, mais qui annonce une liste :\npremier point", None),
        ("12/03 – 14 € – 5", []),
        ("", []),
    ],
)
def test_sentences(text: str, wanted: list[str] | None) -> None:
    assert parts(text) == (text.split("\n") if wanted is None else wanted)


@given(st.text(max_size=1500))
def test_sentences_are_apart_in_order_and_short(text: str) -> None:
    starts, ends = sentences_of(text)
    assert (starts < ends).all()
    assert (starts[1:] >= ends[:-1]).all()
    assert ((ends - starts) <= LONGEST + 1).all()
