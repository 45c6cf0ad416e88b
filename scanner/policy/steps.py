"""Who does what next: lists of steps that rows of the rule table name, for the people that a policy names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scanner.mistakes import nearest
from scanner.taxonomy import Record

LANGUAGES = ("fr", "en")
CLIENT = "client"
"""The actor who alone can say what the data are for."""


class Step(Record):
    """One thing that somebody does: ``who`` is one of the policy's actors, the rest a verb in the present tense."""

    who: str
    fr: str
    en: str
    now: bool = False
    """It makes data safe, so that it comes before what only settles whose they are."""
    last: bool = False
    """It closes the matter, so that it comes after what other lists of the same card add."""


Steps = Mapping[str, tuple[Step, ...]]
Actors = Mapping[str, Mapping[str, str]]
Told = list[dict[str, Any]]


def told(names: Iterable[str], steps: Steps, actors: Actors) -> dict[str, Told]:
    """The lists of these names in words, per language; a list that the table has not is left out."""
    return {name: [_told(step, actors) for step in steps[name]] for name in names if name in steps}


def _told(step: Step, actors: Actors) -> dict[str, Any]:
    who = actors.get(step.who, {})
    return {
        "who": {lang: who.get(lang, step.who) for lang in LANGUAGES},
        "does": {"fr": step.fr, "en": step.en},
        "now": step.now,
        "last": step.last,
    }


def contradictions(named: Iterable[tuple[str, str]], steps: Steps, actors: Actors) -> list[str]:
    """Rows (as they are called, with the list that they name) and steps that lead nowhere."""
    problems = [
        f"{row} : suite inconnue « {name} »{nearest(name, steps)}" for row, name in named if name and name not in steps
    ]
    for name, listed in steps.items():
        unknown = sorted({step.who for step in listed} - set(actors)) if actors else []
        problems += [f"decisions.yaml : steps.{name} : personne inconnue « {one} »" for one in unknown]
    for who, words in actors.items():
        problems += [f"actors.{who}.{lang} manque" for lang in LANGUAGES if not words.get(lang)]
    return problems
