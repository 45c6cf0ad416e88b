"""The linear chain: probabilities of each token's label from weights and transitions, in single precision."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
LANES = 8
"""Places for labels: one more than there are, so that a token's scores fill one register."""
Floats = NDArray[np.float32]


@njit(cache=True, fastmath=True)
def add_up(buckets: NDArray[np.int32], weights: Floats, scale: np.float32, scores: Floats) -> None:
    """The scores of one token's labels: the sum of the weights in its buckets, times ``scale``."""
    total = np.zeros(LANES, np.float32)
    for number in range(len(buckets)):
        row = weights[buckets[number]]
        for label in range(LANES):
            total[label] += row[label]
    for label in range(LANES):
        scores[label] = total[label] * scale


@njit(cache=True, fastmath=True)
def marginals(scores: Floats, moves: Floats, size: int, forward: Floats, backward: Floats) -> None:
    """Turn the scores of ``size`` tokens that stand between two that are none into probabilities, in ``forward``.

    ``moves`` are the exponentials of the transitions; the spare label has none.
    """
    for at in range(size):
        top = scores[at].max()
        for label in range(LANES):
            scores[at, label] = np.exp(scores[at, label] - top)
    for at in range(size):
        total = np.float32(0)
        for label in range(LANES):
            value = np.float32(0)
            if at == 0:
                value = moves[0, label]
            else:
                for before in range(LANES):
                    value += forward[at - 1, before] * moves[before, label]
            forward[at, label] = value * scores[at, label]
            total += forward[at, label]
        for label in range(LANES):
            forward[at, label] /= total
    for label in range(LANES):
        backward[size - 1, label] = moves[label, 0]
    for at in range(size - 2, -1, -1):
        top = np.float32(0)
        for label in range(LANES):
            value = np.float32(0)
            for after in range(LANES):
                value += moves[label, after] * scores[at + 1, after] * backward[at + 1, after]
            backward[at, label] = value
            top = max(top, value)
        for label in range(LANES):
            backward[at, label] /= top
    for at in range(size):
        total = np.float32(0)
        for label in range(LANES):
            forward[at, label] *= backward[at, label]
            total += forward[at, label]
        for label in range(LANES):
            forward[at, label] /= total
