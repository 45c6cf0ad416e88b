"""All texts that the model of names learns from, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from recognizers.training.grammar import Node
from recognizers.training.negatives import code_texts, manual_texts
from recognizers.training.sample import Text
from recognizers.training.scene import Scene
from recognizers.training.sets import TEST, set_texts
from recognizers.training.tongue import Tongue, load
from recognizers.training.wear import wear

__all__ = ["Text", "texts"]
_UNLISTED = 0.12
_TOGETHER = 0.1
"""Share of documents that go on with something else, as pages and mails do."""


def texts(seed: int, corpora: Path | None, scale: float = 1.0, held_out: float = TEST) -> Iterator[Text]:
    """Every text in random order; ``corpora`` holds the labelled sets, ``scale`` thins out what is invented."""
    rng = _dice(seed, "order")
    mix = _mix()
    everything: list[Text] = []
    for language in ("fr", "en"):
        count = round(mix[language]["texts"] * scale)
        everything += _invented(load(language), mix[language]["kinds"], count, _dice(seed, language))
    everything += code_texts(round(mix["code"]["texts"] * scale), _dice(seed, "code"))
    everything += manual_texts(round(mix["manuals"]["texts"] * scale), _dice(seed, "manuals"))
    if corpora is not None:
        everything += set_texts(corpora, _dice(seed, "sets"), held_out)
    rng.shuffle(everything)
    for text in everything:
        yield replace(text, unlisted=rng.random() < _UNLISTED)


def _invented(tongue: Tongue, kinds: dict[str, float], count: int, rng: random.Random) -> Iterator[Text]:
    names = rng.choices(list(kinds), weights=list(kinds.values()), k=count)
    for name in names:
        scene = Scene(tongue, rng)
        _WAYS[_way(tongue, name)](scene, tongue, name, rng)
        yield wear(Text(f"{tongue.language}/{name}", scene.sheet.text, scene.sheet.labels), rng)


def _way(tongue: Tongue, name: str) -> str:
    return "document" if name in tongue.documents else "lines" if name in tongue.lines else "word"


def _document(scene: Scene, tongue: Tongue, name: str, rng: random.Random) -> None:
    scene.render(rng.choice(tongue.documents[name]))
    if rng.random() < _TOGETHER:
        scene.sheet.write(rng.choice(("\n", "\n\n", "\n---\n", "\n\n\n", "\f")))
        other = rng.choice(list(tongue.documents))
        scene.render(rng.choice(tongue.documents[other]))


def _lines(scene: Scene, tongue: Tongue, name: str, rng: random.Random) -> None:
    between = rng.choice((" ", "\n", "\n", "\n\n", "\n- "))
    for number in range(rng.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        if number:
            scene.sheet.write(between)
        source = "plain" if rng.random() < 0.12 else name
        scene.render(rng.choice(tongue.lines[source]))


def _word(scene: Scene, tongue: Tongue, name: str, rng: random.Random) -> None:
    node: Node = rng.choice(tongue.words[name])
    scene.render(node)


_WAYS: dict[str, Callable[[Scene, Tongue, str, random.Random], None]] = {
    "document": _document,
    "lines": _lines,
    "word": _word,
}


def _dice(seed: int, purpose: str) -> random.Random:
    return random.Random(f"{seed} {purpose}")  # noqa: S311


@cache
def _mix() -> dict[str, Any]:
    content = (resources.files("recognizers.training") / "mix.yaml").read_text(encoding="utf-8")
    mix: dict[str, Any] = yaml.safe_load(content)
    return mix
