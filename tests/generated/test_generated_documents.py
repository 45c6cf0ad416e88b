"""Identifiers with a check are found, and little else, in invented documents full of look-alikes; see ``traps``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from decoys import DECOYS
from planted import CHECKED, MAKERS
from traps import SEEDS, Document, documents, score, wilson

COUNT = 330
"""Documents of each half: ten of each kind."""


def both() -> Iterator[Document]:
    for half in SEEDS:
        yield from documents(half, COUNT)


def test_documents_are_of_many_kinds_and_the_halves_apart() -> None:
    kinds = {half: {document.kind for document in documents(half, COUNT)} for half in SEEDS}
    assert len(kinds["tuned"] | kinds["held"]) >= 50
    texts = {half: {document.text for document in documents(half, COUNT)} for half in SEEDS}
    assert not texts["tuned"] & texts["held"]


def test_truth_is_where_it_says() -> None:
    planted = set()
    for document in both():
        for start, end, kind in document.truth:
            assert document.text[start:end].strip()
            assert kind in MAKERS
            planted.add(kind)
    assert planted == set(MAKERS)
    assert not set(MAKERS) & set(DECOYS)


def test_documents_are_the_same_each_time() -> None:
    assert list(documents("tuned", 40)) == list(documents("tuned", 40))


@pytest.mark.parametrize("half", SEEDS)
def test_recall_and_precision_of_what_has_a_check(half: str) -> None:
    result = score(half, COUNT)
    hits, planted = result.recall(CHECKED)
    right, reported = result.precision(CHECKED)
    assert planted >= 500
    assert hits >= 0.985 * planted, f"{planted - hits} of {planted} missed"
    assert right >= 0.985 * reported, f"{reported - right} of {reported} wrong"


@pytest.mark.parametrize("half", SEEDS)
def test_recall_and_precision_of_shapes(half: str) -> None:
    result = score(half, COUNT)
    shaped = (result.planted.keys() | result.reported.keys()) - CHECKED
    hits, planted = result.recall(shaped)
    right, reported = result.precision(shaped)
    assert hits >= 0.95 * planted
    assert right >= 0.95 * reported


def test_interval() -> None:
    low, high = wilson(95, 100)
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
    assert wilson(0, 0) == (0.0, 1.0)
