"""Fits the weights: Adagrad over the chain's likelihood, with features left out at random, by a compiled loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.chain import LABELS, LANES
from recognizers.persons.characters import codes_of
from recognizers.persons.context import survey
from recognizers.persons.features import BITS, TOTAL, describe
from recognizers.persons.lexicon import PARTICLE, Lexicon
from recognizers.persons.reading import Desk, desk
from recognizers.persons.tokens import CAMEL, Tokens, tokenise
from recognizers.training.sample import Text

SPANNED = {"PER": 1, "LOC": 3, "ORG": 5}
RATE, DECAY, LEFT_OUT, EPOCHS = 0.1, 1e-4, 0.5, 5
_SETTLED = 2
"""Epochs after which the weights at the end of each are averaged."""
_START = 1.0
_SMALL = 1e-3
"""Gradients below which a label's weights stay as they are."""


class Fitted(NamedTuple):
    """Weights of buckets by label, and of transitions."""

    weights: NDArray[np.float32]
    moves: NDArray[np.float64]


class Runs(NamedTuple):
    """Open tokens of all texts: their buckets and labels, and where each run of them starts."""

    buckets: NDArray[np.int32]
    labels: NDArray[np.uint8]
    starts: NDArray[np.int64]


@njit(cache=True)
def _forget_names(tokens: Tokens, count: int, spans: NDArray[np.int32]) -> None:
    """As if no list knew the words of persons' names; what small words mean stays."""
    span = 0
    for at in range(count):
        while span < len(spans) and spans[span, 1] <= tokens.starts[at]:
            span += 1
        if span < len(spans) and spans[span, 0] <= tokens.starts[at] and spans[span, 2] == 1:
            if tokens.shapes[at] <= CAMEL and not tokens.facts[at] & PARTICLE:
                tokens.facts[at] = 0
                tokens.kinds[at] = 0


@njit(cache=True)
def _gather(
    codes: NDArray[np.uint32],
    spans: NDArray[np.int32],
    unlisted: bool,
    table: NDArray[np.uint32],
    coarse: NDArray[np.uint8],
    at_desk: Desk,
    buckets: NDArray[np.int32],
    labels: NDArray[np.uint8],
    starts: NDArray[np.uint8],
) -> int:
    """Buckets and labels of the open tokens of one text; ``spans`` are rows of start, end, label of a beginning."""
    tokens, context = at_desk.tokens, at_desk.context
    count = tokenise(codes, 0, len(codes), table, tokens)
    if unlisted:
        _forget_names(tokens, count, spans)
    survey(tokens, codes, count, context)
    total, span, inside = 0, 0, -1
    for at in range(count):
        while span < len(spans) and spans[span, 1] <= tokens.starts[at]:
            span += 1
        if not context.open[at]:
            continue
        new = at == 0 or not context.open[at - 1]
        label, middle = 0, (tokens.starts[at] + tokens.ends[at] - 1) // 2
        if span < len(spans) and spans[span, 0] <= middle < spans[span, 1]:
            label = spans[span, 2] + (inside == span and not new)
            inside = span
        else:
            inside = -1
        describe(tokens, context, codes, count, at, coarse, at_desk.near, at_desk.buckets)
        buckets[total] = at_desk.buckets
        labels[total], starts[total] = label, new
        total += 1
    return total


def gather(texts: Iterable[Text], lexicon: Lexicon) -> Runs:
    """All open tokens of texts."""
    parts, at_desk = [], desk(1 << 16)
    size = 1 << 16
    buckets, labels, starts = np.empty((size, TOTAL), np.int32), np.empty(size, np.uint8), np.empty(size, np.uint8)
    for text in texts:
        codes = codes_of(text.text[:size])
        rows = [(start, end, SPANNED[label]) for start, end, label in sorted(text.spans)]
        wanted = np.array(rows, np.int32).reshape(-1, 3)
        total = _gather(codes, wanted, text.unlisted, lexicon.table, lexicon.coarse, at_desk, buckets, labels, starts)
        parts.append((buckets[:total].copy(), labels[:total].copy(), starts[:total].copy()))
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Runs(whole[0], whole[1], np.append(np.flatnonzero(whole[2]), len(whole[2])).astype(np.int64))


@njit(cache=True)
def _chances(
    scores: NDArray[np.float64], moves: NDArray[np.float64], size: int, pairs: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Chances of labels in a run between two tokens of label 0; adds those of transitions to ``pairs``."""
    total = len(LABELS)
    forward, backward = np.zeros((size, LANES)), np.ones((size, LANES))
    odds, steps = np.zeros((size, LANES)), np.exp(moves)
    for at in range(size):
        odds[at, :total] = np.exp(scores[at, :total] - scores[at, :total].max())
        for label in range(total):
            before = steps[0, label] if at == 0 else (forward[at - 1, :total] * steps[:total, label]).sum()
            forward[at, label] = before * odds[at, label]
        forward[at] /= forward[at].sum()
    backward[size - 1] = steps[:, 0]
    for at in range(size - 2, -1, -1):
        for label in range(total):
            backward[at, label] = (steps[label, :total] * odds[at + 1, :total] * backward[at + 1, :total]).sum()
        backward[at] /= backward[at, :total].max()
    result = np.zeros((size, LANES))
    joint = np.zeros((LANES, LANES))
    for at in range(size):
        result[at, :total] = forward[at, :total] * backward[at, :total]
        result[at] /= result[at].sum()
        if at > 0:
            for before in range(total):
                for label in range(total):
                    joint[before, label] = (
                        forward[at - 1, before] * steps[before, label] * odds[at, label] * backward[at, label]
                    )
            pairs += joint / joint.sum()
    pairs[0] += result[0]
    pairs[:, 0] += result[size - 1]
    return result


@njit(cache=True)
def _epoch(
    order: NDArray[np.int64],
    runs: Runs,
    weights: NDArray[np.float32],
    squares: NDArray[np.float32],
    moves: NDArray[np.float64],
    move_squares: NDArray[np.float64],
    rate: float,
    seed: int,
) -> float:
    """One pass over the runs in this order; returns the mean log-likelihood of a label."""
    np.random.seed(seed)
    gone = len(weights) - 1
    likelihood, seen = 0.0, 0
    for run in order:
        first, size = runs.starts[run], runs.starts[run + 1] - runs.starts[run]
        buckets = runs.buckets[first : first + size].copy()
        scores = np.zeros((size, LANES))
        for at in range(size):
            for number in range(TOTAL):
                if np.random.random() < LEFT_OUT:
                    buckets[at, number] = gone
                else:
                    row = weights[buckets[at, number]]
                    for label in range(LANES):
                        scores[at, label] += row[label]
        pairs = np.zeros((LANES, LANES))
        chances = _chances(scores, moves, size, pairs)
        previous = 0
        for at in range(size):
            right = runs.labels[first + at]
            pairs[previous, right] -= 1.0
            previous = right
            likelihood += np.log(max(chances[at, right], 1e-12))
            chances[at, right] -= 1.0
        pairs[previous, 0] -= 1.0
        seen += size
        for at in range(size):
            for label in range(len(LABELS)):
                slope = chances[at, label]
                if abs(slope) < _SMALL:
                    continue
                for number in range(TOTAL):
                    bucket = buckets[at, number]
                    if bucket != gone:
                        step = slope + DECAY * weights[bucket, label]
                        squares[bucket, label] += step * step
                        weights[bucket, label] -= rate * step / np.sqrt(squares[bucket, label])
        for before in range(len(LABELS)):
            for label in range(len(LABELS)):
                step = pairs[before, label]
                if abs(step) > 1e-6:
                    move_squares[before, label] += step * step
                    moves[before, label] -= rate * step / np.sqrt(move_squares[before, label])
    return likelihood / max(1, seen)


def fit(runs: Runs, seed: int, epochs: int = EPOCHS, say: Callable[[str], None] = print) -> Fitted:
    """Weights after some passes, averaged over the last ones; the same for the same runs and seed."""
    weights = np.zeros(((1 << BITS) + 1, LANES), np.float32)
    squares = np.full(weights.shape, _START, np.float32)
    moves, move_squares = np.zeros((LANES, LANES)), np.full((LANES, LANES), _START)
    chance, averaged, average, average_moves = np.random.default_rng(seed), 0, weights * 0, moves * 0
    for epoch in range(epochs):
        order = chance.permutation(len(runs.starts) - 1)
        mean = _epoch(order, runs, weights, squares, moves, move_squares, RATE, seed + epoch)
        say(f"epoch {epoch + 1}: mean log-likelihood {mean:.4f}")
        if epoch >= min(_SETTLED, epochs - 1):
            averaged += 1
            average += (weights - average) / averaged
            average_moves += (moves - average_moves) / averaged
    return Fitted(average[:-1], average_moves)
