"""Training gives the same weights for the same seed, and learns."""

from __future__ import annotations

import numpy as np

from recognizers.persons.lexicon import load_lexicon
from recognizers.persons.model import make_model, read_spans
from recognizers.persons.reading import PERSON
from recognizers.training.calibrate import Judged, calibration_error, fit_steps
from recognizers.training.sample import Text
from recognizers.training.texts import texts
from recognizers.training.train import fit, gather


def quiet(line: str) -> None:
    assert line


def test_one_seed_gives_one_model() -> None:
    drawn = list(texts(3, None, 0.01))
    one, other = (fit(gather(drawn, load_lexicon()), 7, 1, quiet) for _ in range(2))
    assert np.array_equal(one.weights, other.weights)
    assert np.array_equal(one.moves, other.moves)
    assert not np.array_equal(one.weights, fit(gather(drawn, load_lexicon()), 8, 1, quiet).weights)


def test_what_is_taught_is_found() -> None:
    lesson = [Text("test", "Zorblax Krapoutz est venu.", [(0, 16, "PER")]), Text("test", "Table Basse en bois.", [])]
    fitted = fit(gather(lesson * 60, load_lexicon()), 1, 3, quiet)
    spans = read_spans([text.text for text in lesson], make_model(fitted.weights, fitted.moves, load_lexicon()))
    persons = spans.kinds == PERSON
    assert (spans.texts[persons].tolist(), spans.starts[persons].tolist(), spans.ends[persons].tolist()) == (
        [0],
        [0],
        [16],
    )


def test_calibration_makes_shares_of_scores() -> None:
    chance = np.random.default_rng(0)
    scores = chance.random(4000)
    judged = Judged(scores, (chance.random(4000) < scores**2).astype(float), np.ones(4000), {})
    steps = fit_steps(judged)
    assert (np.diff(steps, axis=1) >= 0).all()
    assert calibration_error(judged, steps) < 0.03
    assert abs(float(np.interp(0.5, steps[0], steps[1])) - 0.25) < 0.1
