"""The network that ships, loaded when first used: sentences in, the chance of each class out, all in one call."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from recognizers.sentences.meaning import Head, judge_meanings, meanings
from recognizers.sentences.network import Floats, Layers, judge
from recognizers.sentences.pieces import Pieces, cut, table_of

FOLDER = Path(__file__).parent
CLASSES = (
    "",
    "ethnic_origin",
    "political_opinion",
    "religious_belief",
    "union_membership",
    "genetic_data",
    "biometric_data",
    "health",
    "sexual_orientation",
    "criminal_record",
    "minors",
)
"""What a sentence can be about: nothing that is protected, or what the lexicon of that name is for."""
NEUTRAL = 0.85
"""Chance from which a sentence is taken for neutral at once: asking the encoder too changes nothing (0 of 2,600)."""
_NAMES = ("narrow", "narrow_bias", "wide", "wide_bias", "inner", "inner_bias", "outer", "outer_bias")


class Network(NamedTuple):
    """What cuts sentences into pieces, the layers of networks that answer together, and those over the encoder."""

    vocabulary: Pieces
    members: tuple[Layers, ...]
    head: Head
    """Asked too about sentences that those do not find neutral, and then worth as much as they are."""


class Again(NamedTuple):
    """Chances after the encoder was asked too, how many characters were in doubt, and about how many it was asked."""

    chances: Floats
    doubts: int
    asked: int


def chances_of(sentences: Sequence[str], network: Network | None = None) -> Floats:
    """One row for each sentence: the chance of each of the ``CLASSES``; they add up to one."""
    network = network or load_network()
    ids, bounds = cut(sentences, network.vocabulary)
    total, one = np.zeros((2, len(sentences), len(CLASSES)), np.float32)
    with _one_thread():
        for layers in network.members:
            judge(ids, bounds, layers, one)
            total += one
    chances: Floats = total / np.float32(len(network.members))
    return chances


def reconsidered(sentences: Sequence[str], chances: Floats, room: int, network: Network | None = None) -> Again:
    """Ask the encoder too where the networks do not find a sentence neutral, likeliest first, while there is room.

    It loads half a second when it is first asked; its answer is worth twice as much as theirs.
    """
    doubtful = np.flatnonzero(chances[:, 0] < NEUTRAL)
    doubtful = doubtful[np.argsort(chances[doubtful, 0], kind="stable")]
    passed = np.cumsum([len(sentences[number]) for number in doubtful.tolist()], dtype=np.int64)
    asked = doubtful[passed <= room]
    if len(asked):
        head = (network or load_network()).head
        with _one_thread():
            said = judge_meanings(meanings([sentences[number] for number in asked.tolist()]), head)
        chances = chances.copy()
        chances[asked] = together(chances[asked], said)
    return Again(chances, int(passed[-1]) if len(passed) else 0, int(passed[len(asked) - 1]) if len(asked) else 0)


def _one_thread() -> AbstractContextManager[object]:
    """Products of matrices as small as these wait longer for other threads than they take; workers share the cores."""
    limits: AbstractContextManager[object] = _products().limit(limits=1, user_api="blas")
    return limits


@lru_cache(maxsize=1)
def _products() -> ThreadpoolController:
    return ThreadpoolController()


def together(chances: Floats, said: Floats) -> Floats:
    """What networks and encoder answer together: the encoder, which knows unusual wordings, counts twice."""
    both: Floats = ((chances + 2 * said) / 3).astype(np.float32)
    return both


@lru_cache(maxsize=1)
def load_network(path: Path = FOLDER / "weights.npz") -> Network:
    """The weights that ship; vectors of pieces are kept in bytes, each column with a step of its own."""
    with np.load(path) as stored:
        pieces = stored["pieces"].tobytes().decode().split("\n")
        members = tuple(
            Layers(
                stored[f"pieces_{number}"].astype(np.float32) * stored[f"steps_{number}"].astype(np.float32),
                *(stored[f"{name}_{number}"].astype(np.float32) for name in _NAMES),
            )
            for number in range(int(stored["members"]))
        )
        head = Head(*(stored[f"head_{name}"].astype(np.float32) for name in Head._fields))
        return Network(table_of(pieces, stored["chances"].astype(np.float32)), members, head)


def save_network(path: Path, pieces: Sequence[str], chances: Floats, members: Sequence[Layers], head: Head) -> None:
    """Write weights as ``load_network`` reads them."""
    arrays: dict[str, object] = {
        "pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8),
        "chances": chances.astype(np.float16),
        "members": np.int64(len(members)),
    }
    for number, layers in enumerate(members):
        steps = np.abs(layers.pieces).max(0) / np.float32(127)
        arrays[f"pieces_{number}"] = np.round(layers.pieces / steps).astype(np.int8)
        arrays[f"steps_{number}"] = steps.astype(np.float32)
        arrays |= {f"{name}_{number}": getattr(layers, name).astype(np.float16) for name in _NAMES}
    arrays |= {f"head_{name}": values.astype(np.float16) for name, values in head._asdict().items()}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
