"""The model that ships, loaded when first used: texts in, spans with their evidence out, all texts in one call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizers.persons.chain import LABELS, LANES
from recognizers.persons.characters import codes_of
from recognizers.persons.lexicon import FOLDER, Lexicon, load_lexicon
from recognizers.persons.reading import Desk, Floats, Model, Spans, desk, read_texts, spans_room, whole_texts

KEPT = 0.5
"""Share of the features that training kept: sums of all of them are larger by as much."""
_LONGEST = 1 << 20
"""Characters of one text that are read; the callers give a thousandth of that."""


def make_model(weights: NDArray[np.floating], moves: NDArray[np.floating], lexicon: Lexicon) -> Model:
    """The model of fitted weights and transitions."""
    steps = np.zeros((LANES, LANES), np.float32)
    total = len(LABELS)
    steps[:total, :total] = np.exp(moves[:total, :total])
    return Model(lexicon.table, lexicon.coarse, weights.astype(np.float32), steps, np.float32(KEPT))


@lru_cache(maxsize=1)
def load_model(folder: Path = FOLDER) -> Model:
    """The weights that ship, with the table of words."""
    with np.load(folder / "weights.npz") as stored:
        return make_model(stored["weights"], stored["moves"], load_lexicon(folder))


@lru_cache(maxsize=1)
def load_steps(folder: Path = FOLDER) -> NDArray[np.float64]:
    """How scores become likelihoods: two rows, between whose columns one interpolates."""
    with np.load(folder / "weights.npz") as stored:
        steps: NDArray[np.float64] = stored["steps"]
    return steps


@lru_cache(maxsize=1)
def _desk(longest: int) -> Desk:
    return desk(longest)


def _laid_out(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64], Desk]:
    """Code points of the texts one after the other, their bounds, and room for the longest."""
    cut = [text[:_LONGEST] for text in texts]
    lengths = np.fromiter(map(len, cut), np.int64, len(cut))
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    longest = 1 << max(10, int(lengths.max(initial=0)).bit_length())
    return codes_of("".join(cut)), bounds, _desk(longest)


def read_spans(texts: Sequence[str], model: Model | None = None) -> Spans:
    """The spans of all texts, offsets in characters of each."""
    codes, bounds, at_desk = _laid_out(texts)
    room = spans_room(len(codes) // 3 + 1)
    found = read_texts(codes, bounds, model or load_model(), at_desk, room)
    return room.first(found)


def whole_chances(texts: Sequence[str], model: Model | None = None) -> Floats:
    """For each text the chance that all of it names one person."""
    codes, bounds, at_desk = _laid_out(texts)
    chances = np.zeros(len(texts), np.float32)
    whole_texts(codes, bounds, model or load_model(), at_desk, chances)
    return chances
