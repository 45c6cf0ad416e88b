"""The network that learns from the sentences: pieces of words, windows over them, the most and the mean of those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
WIDTH = 5
"""Pieces in a window; the narrow one takes the middle three."""
_EPS = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the layers."""

    given: int
    piece: int
    window: int
    hidden: int
    classes: int


def parameters(shape: Shape, chance: np.random.Generator) -> dict[str, Floats]:
    """Weights to begin with."""

    def matrix(rows: int, columns: int) -> Floats:
        return chance.uniform(-1, 1, (rows, columns)).astype(np.float32) / np.float32(np.sqrt(rows))

    features = 2 * (shape.piece + 2 * shape.window)
    weights = {
        "project": matrix(shape.given, shape.piece),
        "narrow": matrix(3 * shape.piece, shape.window),
        "wide": matrix(WIDTH * shape.piece, shape.window),
        "inner": matrix(features, shape.hidden),
        "outer": matrix(shape.hidden, shape.classes),
    }
    biases = {f"{name}_bias": np.zeros(matrix.shape[1], np.float32) for name, matrix in weights.items()}
    return weights | biases | {"gain": np.ones(shape.piece, np.float32), "shift": np.zeros(shape.piece, np.float32)}


@dataclass(slots=True)
class Batch:
    """Vectors of the pieces of some sentences, one after the other, and where each sentence starts."""

    vectors: Floats
    starts: Ints
    lengths: Ints

    def windows(self) -> tuple[Ints, NDArray[np.bool_]]:
        """For each piece the pieces around it, and which of those stand in the same sentence."""
        numbers = np.arange(len(self.vectors))
        around = numbers[:, None] + np.arange(WIDTH) - WIDTH // 2
        low = np.repeat(self.starts, self.lengths)[:, None]
        high = low + np.repeat(self.lengths, self.lengths)[:, None]
        return around, (around >= low) & (around < high)


def piece_vectors(vectors: Floats, weights: Mapping[str, Floats]) -> tuple[Floats, Floats, Floats]:
    """What the network makes of each piece by itself; then two values that the way back needs."""
    raw = vectors @ weights["project"] + weights["project_bias"]
    centred = raw - raw.mean(1, keepdims=True)
    spread = 1 / np.sqrt((centred * centred).mean(1, keepdims=True) + _EPS)
    normal = centred * spread
    return normal * weights["gain"] + weights["shift"], normal, spread


class Pass:
    """One way through the network and back, with parts of it dropped at random."""

    def __init__(self, weights: Mapping[str, Floats], batch: Batch, drop: float, chance: np.random.Generator) -> None:
        self.weights, self.batch = weights, batch
        self.pieces, self.normal, self.spread = piece_vectors(batch.vectors, weights)
        around, self.inside = batch.windows()
        size = self.pieces.shape[1]
        taken = self.pieces[np.clip(around, 0, len(self.pieces) - 1)] * self.inside[:, :, None]
        self.around = taken.reshape(len(taken), WIDTH * size)
        self.middle = self.around[:, size : 4 * size]
        self.narrow = np.maximum(self.middle @ weights["narrow"] + weights["narrow_bias"], 0)
        self.wide = np.maximum(self.around @ weights["wide"] + weights["wide_bias"], 0)
        self.features = np.concatenate([self.pieces, self.narrow, self.wide], 1)
        self.most = np.maximum.reduceat(self.features, batch.starts, 0)
        self.scale = (1 / np.sqrt(batch.lengths)).astype(np.float32)[:, None]
        mean = np.add.reduceat(self.features, batch.starts, 0) * self.scale
        self.kept = [mask(chance, (len(mean), 2 * mean.shape[1]), drop), mask(chance, (len(mean), 1), 0)]
        self.pooled = np.concatenate([mean, self.most], 1) * self.kept[0]
        self.inner = np.maximum(self.pooled @ weights["inner"] + weights["inner_bias"], 0)
        self.kept[1] = mask(chance, self.inner.shape, drop)
        self.outer = (self.inner * self.kept[1]) @ weights["outer"] + weights["outer_bias"]
        shifted = np.exp(self.outer - self.outer.max(1, keepdims=True))
        self.chances = shifted / shifted.sum(1, keepdims=True)

    def back(self, wanted: Floats) -> Iterator[tuple[str, Floats]]:
        """The gradient of the mean cross-entropy for each weight."""
        weights = self.weights
        outer = (self.chances - wanted) / np.float32(len(wanted))
        yield from linear("outer", self.inner * self.kept[1], outer)
        inner = (outer @ weights["outer"].T) * self.kept[1] * (self.inner > 0)
        yield from linear("inner", self.pooled, inner)
        features = self._unpooled((inner @ weights["inner"].T) * self.kept[0])
        size, window = self.pieces.shape[1], self.narrow.shape[1]
        narrow = features[:, size : size + window] * (self.narrow > 0)
        wide = features[:, size + window :] * (self.wide > 0)
        yield from linear("narrow", self.middle, narrow)
        yield from linear("wide", self.around, wide)
        around = wide @ weights["wide"].T
        around[:, size : 4 * size] += narrow @ weights["narrow"].T
        yield from self._pieces_back(features[:, :size] + self._gathered(around, size))

    def _unpooled(self, pooled: Floats) -> Floats:
        lengths, half = self.batch.lengths, pooled.shape[1] // 2
        mean = np.repeat(pooled[:, :half] * self.scale, lengths, 0)
        top = self.features == np.repeat(self.most, lengths, 0)
        features: Floats = mean + np.repeat(pooled[:, half:], lengths, 0) * top
        return features

    def _gathered(self, around: Floats, size: int) -> Floats:
        """What the windows ask of each piece that stands in them."""
        total = np.zeros_like(self.pieces)
        for tap in range(WIDTH):
            rows = np.flatnonzero(self.inside[:, tap])
            total[rows + tap - WIDTH // 2] += around[rows, tap * size : (tap + 1) * size]
        return total

    def _pieces_back(self, pieces: Floats) -> Iterator[tuple[str, Floats]]:
        yield "gain", (pieces * self.normal).sum(0)
        yield "shift", pieces.sum(0)
        normal = pieces * self.weights["gain"]
        lean = normal.mean(1, keepdims=True) + self.normal * (normal * self.normal).mean(1, keepdims=True)
        yield from linear("project", self.batch.vectors, (normal - lean) * self.spread)


def linear(name: str, given: Floats, asked: Floats) -> Iterator[tuple[str, Floats]]:
    """The gradients of a layer of this name, by what it was given and what is asked of what it gave."""
    yield name, given.T @ asked
    yield f"{name}_bias", asked.sum(0)


def mask(chance: np.random.Generator, shape: tuple[int, ...], drop: float) -> Floats:
    """Ones and zeros, larger where some are dropped, so that sums stay the same."""
    if drop <= 0:
        return np.ones(shape, np.float32)
    return ((chance.random(shape, np.float32) >= drop) / np.float32(1 - drop)).astype(np.float32)
