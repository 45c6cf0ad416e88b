"""Fits the two layers over the encoder's vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from recognizers.sentences.meaning import Head
from recognizers.sentences.model import CLASSES
from recognizers.training.sensitive.network import Floats, Ints, linear, mask
from recognizers.training.sensitive.train import move, pace, targets

_HIDDEN = 256
_SIZE = 64
_EPOCHS = 12
_RATE = 1e-3
_DROP = 0.4


def fit_head(vectors: Floats, classes: Ints, chosen: Ints, seed: int) -> Head:
    """Layers that know the classes of the chosen vectors."""
    chance = np.random.default_rng(seed)
    centre = vectors[chosen].mean(0)
    scale = 1 / (vectors[chosen].std(0) + np.float32(1e-6))
    normal = (vectors - centre) * scale
    weights = _parameters(vectors.shape[1], chance)
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    total, step = _EPOCHS * -(-len(chosen) // _SIZE), 0
    for _ in range(_EPOCHS):
        order = chance.permutation(chosen)
        for some in (order[at : at + _SIZE] for at in range(0, len(order), _SIZE)):
            step += 1
            rate = np.float32(_RATE * pace(step / total))
            for name, gradient in _gradients(weights, normal[some], targets(classes[some]), chance):
                move(weights[name], gradient, moments[name], rate, step)
    return Head(centre, scale, **weights)


def _parameters(given: int, chance: np.random.Generator) -> dict[str, Floats]:
    def matrix(rows: int, columns: int) -> Floats:
        return chance.uniform(-1, 1, (rows, columns)).astype(np.float32) / np.float32(np.sqrt(rows))

    return {
        "inner": matrix(given, _HIDDEN),
        "inner_bias": np.zeros(_HIDDEN, np.float32),
        "outer": matrix(_HIDDEN, len(CLASSES)),
        "outer_bias": np.zeros(len(CLASSES), np.float32),
    }


def _gradients(
    weights: Mapping[str, Floats], given: Floats, wanted: Floats, chance: np.random.Generator
) -> Iterator[tuple[str, Floats]]:
    given = given * mask(chance, given.shape, _DROP)
    inner = np.maximum(given @ weights["inner"] + weights["inner_bias"], 0)
    kept = mask(chance, inner.shape, _DROP)
    scores = (inner * kept) @ weights["outer"] + weights["outer_bias"]
    shares = np.exp(scores - scores.max(1, keepdims=True))
    asked = (shares / shares.sum(1, keepdims=True) - wanted) / np.float32(len(wanted))
    back = (asked @ weights["outer"].T) * kept * (inner > 0)
    yield from linear("outer", inner * kept, asked)
    yield from linear("inner", given, back)
