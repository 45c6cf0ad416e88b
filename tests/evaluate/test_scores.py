"""Shares, intervals and errors against figures worked out by hand or published."""

from __future__ import annotations

import pytest

from scanner.evaluate.score import Calibration, Counts, total, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # Newcombe 1998, table I, method 3 (score without continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_intervals_are_those_published(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_nothing_known_is_the_whole_interval() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_precision_recall_and_f1() -> None:
    counts = Counts(labelled=10, found=6, given=8, right=4, exact=2)
    assert (counts.precision, counts.recall) == (0.5, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.5 * 0.6 / 1.1)
    assert counts.strict_f1 == pytest.approx(2 * 0.25 * 0.2 / 0.45)


def test_nothing_found_is_zero_and_nothing_to_find_is_no_figure() -> None:
    assert (Counts(labelled=3).precision, Counts(labelled=3).f1) == (None, 0.0)
    assert (Counts(given=2).recall, Counts(given=2).f1) == (None, None)


def test_sets_that_are_labelled_in_part_give_recall_alone() -> None:
    part = Counts(labelled=4, found=3, given=9, right=3, partial=True)
    assert (part.precision, part.recall, part.f1) == (None, 0.75, None)
    whole = Counts(labelled=2, found=1, given=1, right=1)
    assert (total([part, whole]).labelled, total([part, whole]).precision) == (2, 1.0)
    assert (total([part]).recall, total([part]).precision) == (0.75, None)


def test_calibration_error() -> None:
    scores = Calibration()
    # Bin 0.9 to 1: four spans, mean score 0.95, three right: 0.20 away. Bin 0.4 to 0.5: one, 0.45, right: 0.55 away.
    for right in (True, True, True, False):
        scores.note(0.95, right=right)
    scores.note(0.45, right=True)
    assert scores.error == pytest.approx((4 * 0.20 + 1 * 0.55) / 5)
    assert [(one["from"], one["n"]) for one in scores.as_dict()["bins"]] == [(0.4, 1), (0.9, 4)]
    scores.note(1.0, right=True)
    assert scores.given[-1] == 5
    assert Calibration().error is None
