"""How right the network is on sentences that it did not learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizers.sentences.model import CLASSES
from recognizers.training.sensitive.network import Floats, Ints

_ALARMS = 0.03


def table(chances: Floats, classes: Ints) -> dict[str, object]:
    """Precision and recall by class and their means; of all sensitive ones together; and how calibrated it is."""
    said = chances.argmax(1)
    by_class = {CLASSES[number]: _both(said == number, classes == number) for number in range(1, len(CLASSES))}
    any_one, sensitive = said > 0, classes > 0
    chance = 1 - chances[:, 0]
    bound = np.quantile(chance[~sensitive], 1 - _ALARMS)
    return {
        "classes": by_class,
        "macro precision": _mean([both["precision"] for both in by_class.values()]),
        "macro recall": _mean([both["recall"] for both in by_class.values()]),
        "any recall": _share(any_one[sensitive]),
        "neutral false alarms": _share(any_one[~sensitive]),
        "any recall at 3 % of false alarms": _share(chance[sensitive] > bound),
        "chance at 3 % of false alarms": round(float(bound), 3),
        "calibration error": _calibration(chances, classes),
    }


def _both(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> dict[str, float]:
    return {"precision": _share(right[said]), "recall": _share(said[right])}


def _share(values: NDArray[np.bool_]) -> float:
    return round(float(values.mean()), 3) if len(values) else 0.0


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 3)


def _calibration(chances: Floats, classes: Ints) -> float:
    """Expected calibration error of the likeliest class, in ten bins."""
    top, right = chances.max(1), chances.argmax(1) == classes
    bins = np.minimum((top * 10).astype(int), 9)
    gaps = [abs(float(top[bins == b].mean()) - float(right[bins == b].mean())) * (bins == b).mean() for b in set(bins)]
    return round(float(sum(gaps)), 3)
