"""The material to measure special categories with is well-formed: enough of each kind, nothing twice."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from special_sentences import REGIMES, sentences

SENTENCES = list(sentences())
TRAINING = Path(__file__).parents[2] / "recognizers" / "training"


def folded(text: str) -> str:
    """Letters and digits of the text, without accents or case, one space between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.split())


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize(("lang", "least"), [("fr", 40), ("en", 20)])
def test_sentences_of_each_class_in_two_thirds_usual_words(regime: str, lang: str, least: int) -> None:
    kinds = Counter(s.kind for s in SENTENCES if s.regime == regime and s.lang == lang)
    assert set(kinds) == {"usual", "unusual"}
    assert kinds.total() >= least
    assert 0.28 <= kinds["unusual"] / kinds.total() <= 0.4


@pytest.mark.parametrize(("lang", "least"), [("fr", 270), ("en", 130)])
def test_neutral_sentences_are_half_false_friends(lang: str, least: int) -> None:
    kinds = Counter(s.kind for s in SENTENCES if not s.regime and s.lang == lang)
    assert set(kinds) == {"false friends", "ordinary"}
    assert kinds.total() >= least
    assert 0.45 <= kinds["false friends"] / kinds.total() <= 0.55


def test_no_sentence_twice() -> None:
    times = Counter(folded(s.text) for s in SENTENCES)
    assert [s.identity for s in SENTENCES if times[folded(s.text)] > 1] == []


def test_sentences_are_clean_lines_and_tolerate_other_classes_only() -> None:
    assert [s.identity for s in SENTENCES if s.text != s.text.strip() or len(s.text) < 15 or "\t" in s.text] == []
    assert [s.identity for s in SENTENCES if not s.also <= set(REGIMES) - {s.regime}] == []


def test_no_sentence_is_trained_on() -> None:
    files = [path for path in TRAINING.rglob("*") if path.suffix in {".txt", ".yaml", ".jsonl", ".csv", ".py"}]
    trained = "\n".join(folded(path.read_text(encoding="utf-8")) for path in files)
    assert [s.identity for s in SENTENCES if folded(s.text) in trained] == []
