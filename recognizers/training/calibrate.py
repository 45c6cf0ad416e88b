"""How scores become likelihoods: an isotonic fit on labelled texts that the fitted model never saw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognizers.persons.decoding import in_place
from recognizers.persons.model import read_spans
from recognizers.persons.reading import PERSON, Model
from recognizers.splits import is_test

HELD_OUT = 0.3
"""Share of the records of sets for training that the model to calibrate is not trained on."""
_TEST_OF_TRAINED, _TEST_OF_OTHERS = 0.2, 0.5
_TRAINED = {
    "fr_winer": "Person",
    "en_wikigold": "PER",
    "en_wnut17": "person",
    "fr_europeana_newspapers": "PER",
}
_OTHERS = {
    "fr_textmine23_signatures_realistic": "Human",
    "fr_textmine23_signatures_generated": "Human",
    "en_presidio_synth_v2": "PERSON",
    "en_ambient_adversarial": "PERSON",
}
"""Sets with what they call persons; those whose labels leave persons out (handles, second mentions) are not here."""
_KNOTS = 40
_BINS = 10
Numbers = NDArray[np.float64]


class Judged(NamedTuple):
    """Scores of spans, whether each meets a labelled person, the weight of each; what was labelled and found."""

    scores: Numbers
    right: Numbers
    weights: Numbers
    figures: dict[str, dict[str, float]]


def judge(corpora: Path, model: Model) -> Judged:
    """What the model says of the development records; each set weighs the same."""
    scores, right, weights, figures = [], [], [], {}
    for name, records in _development(corpora):
        spans = read_spans([record["text"] for record in records], model)
        mine = np.flatnonzero((spans.kinds == PERSON) & in_place(spans))
        meets = np.zeros(len(mine))
        found, labelled = 0, 0
        for number, record in enumerate(records):
            own = np.flatnonzero(spans.texts[mine] == number)
            edges = [(int(spans.starts[at]), int(spans.ends[at])) for at in mine[own]]
            for start, end in record["persons"]:
                met = [start < last and first < end for first, last in edges]
                meets[own[np.array(met, bool)]] = 1
                found += any(s and spans.scores[at] >= 0.5 for s, at in zip(met, mine[own], strict=True))
                labelled += 1
        scores.append(spans.scores[mine].astype(np.float64))
        right.append(meets)
        weights.append(np.full(len(mine), 1 / max(1, len(mine))))
        figures[name] = _figures(scores[-1], meets, found, labelled)
    return Judged(np.concatenate(scores), np.concatenate(right), np.concatenate(weights), figures)


def _figures(scores: Numbers, meets: Numbers, found: int, labelled: int) -> dict[str, float]:
    precision = float(meets[scores >= 0.5].mean()) if (scores >= 0.5).any() else 0.0
    recall = found / max(1, labelled)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(both, 3), "persons": labelled}


def _development(corpora: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for sets, test, most in ((_TRAINED, _TEST_OF_TRAINED, HELD_OUT), (_OTHERS, _TEST_OF_OTHERS, 1.0)):
        for name, label in sets.items():
            file = corpora / f"{name}.jsonl"
            if file.exists():
                lines = (json.loads(line) for line in file.open(encoding="utf-8"))
                kept = [one for one in lines if is_test(one["id"], most) and not is_test(one["id"], test)]
                for one in kept:
                    one["persons"] = [(s["start"], s["end"]) for s in one["spans"] if s["label"] == label]
                yield name, kept


def fit_steps(judged: Judged) -> Numbers:
    """Scores (first row) and likelihoods (second) between which one interpolates; both never fall."""
    order = np.argsort(judged.scores, kind="stable")
    level = _isotonic(judged.right[order], judged.weights[order])
    places = np.unique(np.linspace(0, len(order) - 1, _KNOTS).astype(int))
    scores, likely = judged.scores[order][places], level[places]
    steps: Numbers = np.array([np.append(scores, 1.0), np.clip(np.append(likely, likely[-1]), 0.01, 0.995)])
    return steps


def _isotonic(values: Numbers, weights: Numbers) -> Numbers:
    """Pool adjacent violators: the nearest sequence that never falls."""
    means: list[float] = []
    sums: list[float] = []
    sizes: list[int] = []
    for value, weight in zip(values, weights, strict=True):
        means.append(float(value))
        sums.append(float(weight))
        sizes.append(1)
        while len(means) > 1 and means[-2] >= means[-1]:
            total = sums[-2] + sums[-1]
            means[-2] = (means[-2] * sums[-2] + means[-1] * sums[-1]) / total
            sums[-2], sizes[-2] = total, sizes[-2] + sizes[-1]
            del means[-1], sums[-1], sizes[-1]
    return np.repeat(means, sizes)


def calibration_error(judged: Judged, steps: Numbers) -> float:
    """Expected calibration error over ten bins of likelihood."""
    likely = np.interp(judged.scores, steps[0], steps[1])
    bins = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    total = 0.0
    for one in range(_BINS):
        inside = bins == one
        if inside.any():
            weights = judged.weights[inside]
            gap = np.average(judged.right[inside], weights=weights) - np.average(likely[inside], weights=weights)
            total += abs(float(gap)) * float(weights.sum())
    return total / float(judged.weights.sum())
