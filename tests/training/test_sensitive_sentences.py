"""Sentences for the classifier of special categories: enough of each class, each once, in many registers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from recognizers.training.sensitive.sentences import LANGUAGES, REGIMES, Sentence, counts, key, sentences
from scanner.recognition.lexicons import load_lexicons

LEAST = {"fr": 150, "en": 90}
LEAST_NEUTRAL = {"fr": 1000, "en": 500}
ALIKE = 6
"""So many sentences may share five words in a row: more would be one sentence with a word changed."""
LOOKS_LIKE_CONTACT = re.compile(r"\d{9,}|\w@\w|(?:\d\d[ .]){4}\d\d")


@pytest.fixture(scope="module")
def found() -> list[Sentence]:
    return sentences()


def test_every_class_is_there_in_both_languages(found: list[Sentence]) -> None:
    how_many = counts(found)
    short = [
        (name, lang, how_many[regime, lang])
        for name, regime in REGIMES.items()
        for lang in LANGUAGES
        if how_many[regime, lang] < (LEAST if regime else LEAST_NEUTRAL)[lang]
    ]
    assert not short


def test_regimes_are_those_of_the_lexicons() -> None:
    assert {lexicon.name: lexicon.regime for lexicon in load_lexicons()} == {
        name: regime for name, regime in REGIMES.items() if regime
    }


def test_no_sentence_is_there_twice(found: list[Sentence]) -> None:
    places = defaultdict(list)
    for number, sentence in enumerate(found):
        places[key(sentence.text)].append((sentence.regime, sentence.lang, number))
    assert [where for where in places.values() if len(where) > 1] == []


def test_sentences_are_no_templates_with_a_word_changed(found: list[Sentence]) -> None:
    runs = Counter(run for sentence in found for run in _runs(key(sentence.text).split()))
    assert [run for run, count in runs.items() if count > ALIKE] == []


def test_each_class_is_said_in_many_registers(found: list[Sentence]) -> None:
    registers = defaultdict(set)
    for sentence in found:
        registers[sentence.regime, sentence.lang].add(sentence.register)
    assert all("" not in names for names in registers.values())
    assert min(len(names) for names in registers.values()) >= 15


def test_sentences_are_single_plain_lines_of_readable_length(found: list[Sentence]) -> None:
    assert [s for s in found if not 12 <= len(s.text) <= 300 or s.text.startswith("=")] == []


def test_nobody_can_be_reached(found: list[Sentence]) -> None:
    assert [(s.regime, s.lang, s.register) for s in found if LOOKS_LIKE_CONTACT.search(s.text)] == []


def _runs(words: list[str]) -> set[str]:
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
