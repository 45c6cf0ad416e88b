"""The network in compiled loops: from pieces of sentences to the chance of each class, in single precision."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.sentences.pieces import Ids, Ints

Floats = NDArray[np.float32]
WIDTH = 5
"""Pieces in the wide window; the narrow one takes the middle three."""


class Layers(NamedTuple):
    """Weights, one row for each input; of ``pieces``, one row for each piece of the vocabulary."""

    pieces: Floats
    narrow: Floats
    narrow_bias: Floats
    wide: Floats
    wide_bias: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats


@njit(cache=True)
def judge(ids: Ids, bounds: Ints, layers: Layers, chances: Floats) -> None:
    """Write the chances of the classes for each sentence, one row each."""
    size, window = layers.pieces.shape[1], layers.narrow.shape[1]
    features = size + 2 * window
    pooled, inner = np.empty(2 * features, np.float32), np.empty(layers.inner.shape[1], np.float32)
    one = np.empty(window, np.float32)
    for number in range(len(bounds) - 1):
        some = ids[bounds[number] : bounds[number + 1]]
        pooled[:features] = 0
        pooled[features:] = -np.inf
        for at in range(len(some)):
            _pool(layers.pieces[some[at]], pooled, 0, features)
            _window(some, at, 1, layers.pieces, layers.narrow, layers.narrow_bias, one)
            _pool(one, pooled, size, features)
            _window(some, at, 2, layers.pieces, layers.wide, layers.wide_bias, one)
            _pool(one, pooled, size + window, features)
        pooled[:features] /= np.float32(np.sqrt(len(some)))
        _layer(pooled, layers.inner, layers.inner_bias, inner)
        np.maximum(inner, np.float32(0), inner)
        _layer(inner, layers.outer, layers.outer_bias, chances[number])
        _shares(chances[number])


@njit(cache=True)
def _pool(values: Floats, pooled: Floats, place: int, features: int) -> None:
    """Add to the sums, and to the greatest values behind them."""
    for number in range(len(values)):
        pooled[place + number] += values[number]
        pooled[features + place + number] = max(pooled[features + place + number], values[number])


@njit(cache=True)
def _window(some: Ids, at: int, reach: int, pieces: Floats, weights: Floats, bias: Floats, out: Floats) -> None:
    out[:] = bias
    size = pieces.shape[1]
    for tap in range(max(0, reach - at), min(2 * reach + 1, len(some) - at + reach)):
        vector = pieces[some[at + tap - reach]]
        for number in range(size):
            value, row = vector[number], weights[tap * size + number]
            for place in range(len(out)):
                out[place] += value * row[place]
    np.maximum(out, np.float32(0), out)


@njit(cache=True)
def _layer(given: Floats, weights: Floats, bias: Floats, out: Floats) -> None:
    out[:] = bias
    for number in range(len(given)):
        value, row = given[number], weights[number]
        for place in range(len(out)):
            out[place] += value * row[place]


@njit(cache=True)
def _shares(scores: Floats) -> None:
    """Turn scores into chances that add up to one."""
    top = scores.max()
    total = np.float32(0)
    for number in range(len(scores)):
        scores[number] = np.exp(scores[number] - top)
        total += scores[number]
    for number in range(len(scores)):
        scores[number] /= total
