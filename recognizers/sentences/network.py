"""The network: from pieces of sentences to the chance of each class, in single precision."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.sentences.pieces import Ids, Ints

Floats = NDArray[np.float32]
Cube = NDArray[np.float32]
"""Of each vector, at each place of a window, its part."""
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


def judge(ids: Ids, bounds: Ints, layers: Layers, chances: Floats) -> None:
    """Write the chances of the classes for each sentence, one row each.

    What a piece says at each place of a window is worked out once, however often it comes: words come again and again.
    """
    distinct, places = np.unique(ids, return_inverse=True)
    vectors = layers.pieces[distinct]
    narrow, wide = _at_places(vectors, layers.narrow), _at_places(vectors, layers.wide)
    pooled = np.empty((len(bounds) - 1, 2 * (vectors.shape[1] + 2 * narrow.shape[2])), np.float32)
    _pool_all(places.astype(np.int32), bounds, vectors, narrow, layers.narrow_bias, wide, layers.wide_bias, pooled)
    inner = np.maximum(pooled @ layers.inner + layers.inner_bias, np.float32(0))
    scores = inner @ layers.outer + layers.outer_bias
    shares = np.exp(scores - scores.max(1, keepdims=True, initial=-np.inf))
    chances[:] = shares / shares.sum(1, keepdims=True)


def _at_places(vectors: Floats, weights: Floats) -> Floats:
    """For each vector, its part in a window at each of the places that the weights are for."""
    size = vectors.shape[1]
    taps, window = len(weights) // size, weights.shape[1]
    laid = weights.reshape(taps, size, window).transpose(1, 0, 2).reshape(size, taps * window)
    parts: Cube = (vectors @ laid).reshape(len(vectors), taps, window)
    return parts


@njit(cache=True)
def _pool_all(
    places: Ids, bounds: Ints, vectors: Floats, narrow: Cube, narrow_bias: Floats, wide: Cube, wide_bias: Floats,
    pooled: Floats,
) -> None:  # fmt: skip
    """Sums, then greatest values, of each sentence: of its pieces, of narrow windows, of wide ones."""
    size, window = vectors.shape[1], narrow.shape[2]
    features, one = size + 2 * window, np.empty(window, np.float32)
    for number in range(len(bounds) - 1):
        some, row = places[bounds[number] : bounds[number + 1]], pooled[number]
        row[:features] = 0
        row[features:] = -np.inf
        for at in range(len(some)):
            _pool(vectors[some[at]], row, 0, features)
            _window(some, at, 1, narrow, narrow_bias, one)
            _pool(one, row, size, features)
            _window(some, at, 2, wide, wide_bias, one)
            _pool(one, row, size + window, features)
        row[:features] /= np.float32(np.sqrt(len(some)))


@njit(cache=True)
def _pool(values: Floats, pooled: Floats, place: int, features: int) -> None:
    """Add to the sums, and to the greatest values behind them."""
    for number in range(len(values)):
        pooled[place + number] += values[number]
        pooled[features + place + number] = max(pooled[features + place + number], values[number])


@njit(cache=True)
def _window(some: Ids, at: int, reach: int, parts: Cube, bias: Floats, out: Floats) -> None:
    out[:] = bias
    for tap in range(max(0, reach - at), min(2 * reach + 1, len(some) - at + reach)):
        part = parts[some[at + tap - reach], tap]
        for place in range(len(out)):
            out[place] += part[place]
    for place in range(len(out)):
        out[place] = max(out[place], np.float32(0))
