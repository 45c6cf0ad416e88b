"""Models load without what names do not need, and tokenize as they would with it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.models import gathered, load_model

WORDS = [
    "aujourd'hui",
    "anti-inflammatoire",
    "Saint-Étienne",
    "l'école",
    "entr'ouvert",
    "grand'mère",
    "saut-de-ski",
    "pet-en-l'air",
    "arc-en-ciel",
    "prud'homme",
    "états-unis",
    "ÉTATS-UNIS",
    "premier-ministre",
    "rendez-vous",
    "Jean-Pierre",
    "Marie-Ange",
    "Le-Mesnil",
    "vice-présidente",
    "bouche-à-oreille",
    "Châteauneuf-du-Pape",
    "Villeneuve-d'Ascq",
    "jusqu'à",
    "qu'il",
    "sous-sol",
    "a-t-il",
    "dit-elle",
    "06-12-34-56-78",
    "x-y-z",
    "cache‑cache",
    "après–midi",
    "micro-ordinateur-s",
    "aix-en-provence",
    "c'est-à-dire",
    "up-to-date",
]
LETTERS = "".join(f"{chr(first)}-{chr(first + 1)}" for first in range(0xC0, 0x500, 2))
CHOICE = "(?iu)" + "|".join(
    f"(?:{one})"
    for one in (
        f"^by[-–]pass[a-z{LETTERS}]*$",
        f"^bas(?:ses?)?[-–][a-z{LETTERS}][-–a-z{LETTERS}'’]*$",
        f"^anti[-–][a-z{LETTERS}][-–a-z{LETTERS}'’]*$",
        f"^[a-z{LETTERS}]+[-–]de[-–](?:l['’])?[a-z{LETTERS}]+$",
        f"^[a-z{LETTERS}]+[-–]aux?[-–](?:l['’])?[a-z{LETTERS}]+$",
    )
)


@given(
    st.lists(
        st.sampled_from(["anti", "by", "pass", "bas", "ses", "-", "–", "de", "au", "l'", "É", "x", "\n", " "]),
        max_size=8,
    )
)
def test_a_choice_taken_together_says_the_same(parts: list[str]) -> None:
    word = "".join(parts)
    assert bool(re.match(gathered(CHOICE), word)) is bool(re.match(CHOICE, word))


def test_a_choice_taken_together_is_shorter_and_what_is_none_stays() -> None:
    assert len(gathered(CHOICE)) < 0.7 * len(CHOICE)
    assert gathered("(?:^a+$)|b") == "(?:^a+$)|b"
    assert gathered("no choice") == "no choice"


def test_the_tokenizer_of_french_knows_the_same_words() -> None:
    tokenizer = load_model("fr").tokenizer
    from spacy.lang.fr import tokenizer_exceptions

    whole = re.compile("(?iu)" + "|".join(f"(?:{one})" for one in tokenizer_exceptions._regular_exp))
    assert len(tokenizer.token_match.__self__.pattern) < len(whole.pattern) / 20
    words = [form for word in WORDS for form in (word, word.upper(), word.title(), f"{word},", f"{word}\n")]
    assert [bool(tokenizer.token_match(word)) for word in words] == [bool(whole.match(word)) for word in words]
    assert any(map(whole.match, words))


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "Hier, Jean Dupont est allé à Lyon."), ("en", "Yesterday John Smith went to London.")]
)
def test_words_and_labels_have_their_spelling_without_the_words_of_the_model(lang: str, text: str) -> None:
    document = load_model(lang)(text)
    assert "".join(token.text_with_ws for token in document) == text
    assert {entity.label_ for entity in document.ents} <= {"PER", "PERSON", "LOC", "GPE", "ORG", "MISC", "DATE"}
    assert len(document.ents) >= 2


def test_an_application_finds_the_command_line_of_the_library_where_it_was() -> None:
    load_model("fr")
    import spacy

    assert callable(spacy.info)
    assert callable(spacy.cli.download)
    assert not hasattr(spacy, "no_such_name")
