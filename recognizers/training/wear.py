"""What happens to texts in use: all capitals, lost accents, curly quotes, hard line ends, scanning; offsets stay."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from recognizers.training.sample import Text
from recognizers.training.sheet import capitals, plain, small

_SCANNED = str.maketrans(
    {"l": "1", "I": "l", "O": "0", "e": "c", "i": "í", "u": "n", "S": "5", "B": "8", "é": "è", "a": "n"}
)


def wear(text: Text, rng: random.Random) -> Text:
    """The text as it may have come down; most stay as they are."""
    kind = rng.random()
    bound = 0.0
    for share, change in _WEARS:
        bound += share
        if kind < bound:
            return replace(text, text=change(text, rng))
    return text


def _curl(text: Text, rng: random.Random) -> str:
    return text.text.replace("'", "’")


def _wrap(text: Text, rng: random.Random) -> str:
    """A line end for a blank every so often, outside of labels, as mail programs and PDF files have them."""
    inside = {at for start, end, _ in text.spans for at in range(start, end)}
    letters, width, since = list(text.text), rng.randint(48, 78), 0
    for at, letter in enumerate(letters):
        since = 0 if letter == "\n" else since + 1
        if letter == " " and since > width and at not in inside:
            letters[at], since = "\n", 0
    return "".join(letters)


def _scan(text: Text, rng: random.Random) -> str:
    rate = rng.choice((0.01, 0.03, 0.06))
    return "".join(c.translate(_SCANNED) if rng.random() < rate else c for c in text.text)


def _bind(text: Text, rng: random.Random) -> str:
    return re.sub(r" (?=[:;!?»€])|(?<=«) ", "\u00a0", text.text)


_WEARS: tuple[tuple[float, Callable[[Text, random.Random], str]], ...] = (
    (0.035, lambda text, rng: capitals(text.text)),
    (0.02, lambda text, rng: plain(capitals(text.text))),
    (0.04, lambda text, rng: plain(text.text)),
    (0.02, lambda text, rng: small(text.text)),
    (0.01, lambda text, rng: plain(small(text.text))),
    (0.06, _curl),
    (0.04, _bind),
    (0.05, _wrap),
    (0.02, _scan),
)
