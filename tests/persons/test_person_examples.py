"""Each form of names and each hard negative, through the lane that scans use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from recognizers.persons import person_scores
from recognizers.persons.decoding import spans_of
from scanner.model import Level

EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text("utf-8"))


def persons(text: str) -> list[str]:
    found = spans_of([text])[0]
    return [text[s.start : s.end] for s in found if s.entity_type == "PERSON" and s.level >= Level.PROBABLE]


@pytest.mark.parametrize("example", EXAMPLES["finds"], ids=lambda example: example["text"][:30])
def test_persons_are_found(example: dict[str, Any]) -> None:
    assert persons(example["text"]) == example["persons"]


@pytest.mark.parametrize("example", EXAMPLES["leaves"], ids=lambda example: example["why"])
def test_nobody_is_found(example: dict[str, Any]) -> None:
    assert persons(example["text"]) == []


def test_a_name_known_in_a_text_is_known_all_over_it() -> None:
    text = "Selon Yanis Kermabon, tout va bien.\nKermabon signera."
    assert persons(text) == ["Yanis Kermabon", "Kermabon"]


def test_only_a_title_or_an_address_makes_a_person_certain() -> None:
    told = "Sylvie Durand\n06 99 00 12 34\nsylvie.durand@example.org\nDirectrice"
    levels = {span.level for span in spans_of(["Sylvie Durand est venue.", told])[1] if span.entity_type == "PERSON"}
    assert levels == {Level.CERTAIN}
    alone = [span for span in spans_of(["Sylvie Durand est venue."])[0] if span.entity_type == "PERSON"]
    assert [span.level for span in alone] == [Level.PROBABLE]


def test_scores_are_likelihoods() -> None:
    texts = [example["text"] for kind in EXAMPLES.values() for example in kind]
    scores = [span.score for spans in spans_of(texts) for span in spans]
    assert scores
    assert all(0 < score < 1 for score in scores)


def test_whole_cells_are_names_or_not() -> None:
    names = ["Jean Dupont", "DUPONT Jean", "Le Gall Yann", "M. Paul Henry", "MARTIN CLAIRE", "Awa Diallo"]
    others = ["Paris", "12 rue des Lilas", "Table basse", "SARL Martin", "2024-01-01", "", "Facture n° 12", "oui"]
    scores = person_scores([*names, *others])
    assert scores.dtype == np.float32
    assert (scores[: len(names)] > 0.5).all()
    assert (scores[len(names) :] < 0.5).all()
