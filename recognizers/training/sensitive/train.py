"""Fits the network to the sentences, the same from the same seed, in a quarter of an hour on one core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers.folding import fold
from recognizers.sentences.model import CLASSES
from recognizers.sentences.pieces import Pieces, cut
from recognizers.training.sensitive.network import Batch, Floats, Ints, Pass, Shape, parameters
from recognizers.training.sensitive.sentences import REGIMES, Sentence
from recognizers.training.sensitive.vocabulary import Vocabulary

SIZE = 32
EPOCHS = 12
_RATE = 2e-3
_WARM = 0.25
_DECAY = 0.02
_DROP = 0.3
_UNSEEN = 0.1
"""Pieces that a sentence loses each time it is learnt from."""
_SURE = 0.95
"""What a label is worth: some sentences could be of two classes."""
_MOMENTS = 0.9, 0.999
_NUMBERS = {"": 0} | {REGIMES[name]: number for number, name in enumerate(CLASSES) if name}


class Sheet:
    """Sentences cut into pieces, as they are and without accents, with the class of each."""

    def __init__(self, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> None:
        table = vocabulary.table()
        texts = [sentence.text for sentence in sentences]
        bare = [fold(text).data.decode("ascii", "replace") for text in texts]
        self.vectors = vocabulary.vectors
        self.ways = [_apart(some, table) for some in (texts, bare)]
        self.classes = np.array([_NUMBERS[sentence.regime] for sentence in sentences])

    def batch(self, chosen: Ints, way: int, unseen: Floats | None = None) -> Batch:
        """The chosen sentences as the network takes them."""
        parts = [self.ways[way][number] for number in chosen.tolist()]
        lengths = np.array([len(part) for part in parts])
        vectors = self.vectors[np.concatenate(parts)]
        if unseen is not None:
            vectors *= (unseen[: len(vectors)] >= _UNSEEN)[:, None]
        return Batch(vectors, np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)


def targets(classes: Ints) -> Floats:
    """What the network should answer for sentences of these classes."""
    wanted = np.full((len(classes), len(CLASSES)), (1 - _SURE) / len(CLASSES), np.float32)
    wanted[np.arange(len(classes)), classes] += _SURE
    return wanted


def _apart(texts: Sequence[str], table: Pieces) -> list[NDArray[np.int32]]:
    ids, bounds = cut(texts, table)
    return np.split(ids, bounds[1:-1])


def fit(sheet: Sheet, chosen: Ints, seed: int, shape: Shape, epochs: int = EPOCHS) -> dict[str, Floats]:
    """The weights after so many times through the chosen sentences."""
    chance = np.random.default_rng(seed)
    weights = parameters(shape, chance)
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    total = epochs * -(-len(chosen) // SIZE)
    for step, some in enumerate(_batches(chosen, epochs, chance), 1):
        unseen = chance.random(1 << 13, np.float32)
        run = Pass(weights, sheet.batch(some, int(chance.integers(2)), unseen), _DROP, chance)
        rate = np.float32(_RATE * pace(step / total))
        for name, gradient in run.back(targets(sheet.classes[some])):
            move(weights[name], gradient, moments[name], rate, step)
    return weights


def answers(sheet: Sheet, weights: dict[str, Floats], chosen: Ints, way: int = 0) -> Floats:
    """The chance of each class for each of the chosen sentences."""
    nothing = np.random.default_rng(0)
    parts = [chosen[at : at + 256] for at in range(0, len(chosen), 256)]
    return np.concatenate([Pass(weights, sheet.batch(some, way), 0.0, nothing).chances for some in parts])


def _batches(chosen: Ints, epochs: int, chance: np.random.Generator) -> Iterator[Ints]:
    for _ in range(epochs):
        order = chance.permutation(chosen)
        yield from (order[at : at + SIZE] for at in range(0, len(order), SIZE))


def pace(part: float) -> float:
    """Up to the full rate, then down to nothing, both along a cosine."""
    up = part < _WARM
    along = part / _WARM if up else (part - _WARM) / (1 - _WARM)
    return float((1 - np.cos(np.pi * along)) / 2) if up else float((1 + np.cos(np.pi * along)) / 2)


def move(weight: Floats, gradient: Floats, moments: tuple[Floats, Floats], rate: np.float32, step: int) -> None:
    """One step of Adam, with weights that decay by themselves (Loshchilov and Hutter 2019)."""
    first, second = moments
    first += np.float32(1 - _MOMENTS[0]) * (gradient - first)
    second += np.float32(1 - _MOMENTS[1]) * (gradient * gradient - second)
    size = np.sqrt(second / np.float32(1 - _MOMENTS[1] ** step)) + np.float32(1e-8)
    if weight.ndim > 1:
        weight *= 1 - rate * np.float32(_DECAY)
    weight -= rate * first / np.float32(1 - _MOMENTS[0] ** step) / size
