"""The material to measure special categories with is well-formed: enough of each kind, nothing twice."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
import re2
from special_cases import Case, cases, filled, templates
from special_sentences import REGIMES, sentences
from special_tables import opaque_tables

TODAY = date(2026, 11, 23)
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


@pytest.fixture(scope="module")
def files() -> list[Case]:
    return list(cases(today=TODAY))


@pytest.mark.parametrize("regime", REGIMES)
def test_case_files_of_each_class_come_from_many_templates(regime: str, files: list[Case]) -> None:
    own = [file for file in files if file.expected == regime]
    assert len(own) >= 60
    assert len({file.template for file in own}) >= 12
    assert 0.6 <= sum(file.lang == "fr" for file in own) / len(own) <= 0.8


def test_look_alikes_come_from_many_templates_of_every_class(files: list[Case]) -> None:
    none = [file for file in files if not file.expected]
    assert len(none) >= 300
    assert len({file.template for file in none}) >= 40
    assert {file.near for file in none} == set(REGIMES)


def test_case_files_are_all_different_and_the_same_from_one_seed(files: list[Case]) -> None:
    again = list(cases(today=TODAY))
    assert [file.path for file in again] == [file.path for file in files]
    texts = [file for file in files if not file.path.endswith(("docx", "xlsx"))]
    assert {file.path: file.content for file in again if file in texts} == {file.path: file.content for file in texts}
    assert len({file.content for file in texts}) == len(texts)


def test_every_slot_of_a_template_is_filled() -> None:
    left = re2.compile(r"\{[pqrsn](\.\w+)?\}|\{(k|num|num1|num2|big|day|year|org|city)\}|\[\[\w[^\]]*\||^@\d")
    for regime in [*REGIMES, ""]:
        for template in templates(regime):
            text = filled(template.text, Random(template.name), template.lang, TODAY)
            assert [(template.name, number) for number, line in enumerate(text.split("\n")) if left.search(line)] == []


def test_opaque_tables_name_their_column_and_half_hold_nothing_sensitive() -> None:
    tables = list(opaque_tables(today=TODAY))
    held = Counter(table.expected for table in tables)
    assert held.pop("") >= 40
    assert set(held) == set(REGIMES)
    assert min(held.values()) >= 4
    for table in tables:
        header = table.content.decode().split("\n", 1)[0]
        assert table.column in header.replace(",", " ").replace(";", " ").replace("(", " ").split(), table.path
