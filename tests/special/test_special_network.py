"""The compiled network answers what the trained one does, and tells special categories from neutral sentences."""

from __future__ import annotations

import numpy as np
from special_sentences import sentences

from recognizers.sentences.model import CLASSES, chances_of, load_network
from recognizers.sentences.network import Layers, judge
from recognizers.sentences.pieces import cut
from recognizers.training.sensitive.network import Batch, Pass, Shape, parameters, piece_vectors
from recognizers.training.sensitive.sentences import REGIMES


def test_compiled_loops_give_what_training_gives() -> None:
    chance = np.random.default_rng(3)
    weights = parameters(Shape(12, 6, 7, 8, len(CLASSES)), chance)
    vectors = chance.standard_normal((40, 12)).astype(np.float32)
    ids = chance.integers(0, 40, 60).astype(np.int32)
    bounds = np.array([0, 1, 4, 30, 60])
    pieces = piece_vectors(vectors, weights)[0]
    layers = Layers(pieces, **{name: weights[name] for name in Layers._fields[1:]})
    found = np.zeros((4, len(CLASSES)), np.float32)
    judge(ids, bounds, layers, found)
    wanted = Pass(weights, Batch(vectors[ids], bounds[:-1], np.diff(bounds)), 0.0, chance).chances
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-5)


def test_chances_add_up_whoever_stands_beside() -> None:
    texts = [
        "Mme Roy est suivie pour un diabète.",
        "Le colis part lundi.",
        "?",
        "x" * 5000,
        "Élu CGT au CSE, M. Blanc.",
    ]
    together = chances_of(texts)
    np.testing.assert_allclose(together.sum(1), 1, atol=1e-4)
    for number, text in enumerate(texts):
        np.testing.assert_allclose(chances_of([text])[0], together[number], atol=1e-4)


def test_nothing_to_read_is_no_answer() -> None:
    assert chances_of([]).shape == (0, len(CLASSES))


def test_invented_sentences_are_told_apart() -> None:
    """A floor well below the published figures: a network that lost its weights falls through it."""
    found = list(sentences())
    chances = chances_of([sentence.text for sentence in found])
    said = chances.argmax(1)
    numbers = {REGIMES[name] if name else "": number for number, name in enumerate(CLASSES)}
    right = np.array([numbers[sentence.regime] for sentence in found])
    sensitive = right > 0
    assert (said[sensitive] == right[sensitive]).mean() > 0.6
    assert (said[~sensitive] > 0).mean() < 0.15


def test_the_vocabulary_is_french_and_english() -> None:
    ids, _ = cut(["Élève absent, syndicat, christianisme, whistleblower"], load_network().vocabulary)
    assert 0 not in ids.tolist()
