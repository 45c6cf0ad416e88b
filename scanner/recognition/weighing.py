"""How much the signals of a special category weigh together, and who stands near: the level follows from both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.model import Evidence, Level
from scanner.recognition.lexicons import Hit, Strength

SURE = 0.75
"""Chance from which a sentence weighs as more than likely; one neutral look-alike in a hundred and sixty reaches it."""
LIKELY = 0.4
NAMED = 0.6
"""Chance from which a sentence that names somebody is believed if it holds a term, too."""
DENIED = 0.1
"""Chance below which the sentence around a term says that the term means something else."""
TELLING = 2.0
"""Weight from which it is more than a hint, if somebody stands near."""
_TERMS = {Strength.WEAK: 1.0, Strength.STRONG: 2.0, Strength.STRUCTURED: 3.0, Strength.RECORD: 4.0}
_MORE = 1.0
"""What each further term weighs."""
_MOST_TERMS = 3
_SETTINGS = 0.5
_SENTENCES = {Strength.WEAK: 1.0, Strength.STRONG: 1.5}
_SENTENCE = b"\0"
"""Begins the stem of a signal that is a sentence."""


def sentence_stem(number: int) -> bytes:
    """The stem of a signal that is the sentence of this number: each is a signal of its own."""
    return _SENTENCE + str(number).encode()


def sentence_number(hit: Hit) -> int:
    """The number of the sentence that a signal is."""
    return int(hit.stem[len(_SENTENCE) :])


def is_sentence(hit: Hit) -> bool:
    """Whether a signal is a sentence that the network read, and no term."""
    return hit.stem.startswith(_SENTENCE)


@dataclass(frozen=True, slots=True)
class Ties:
    """Where signals start that have to do with somebody."""

    tied: frozenset[int]
    """Somebody stands in their sentence or above it."""
    owned: frozenset[int]
    """Sentences that speak of somebody, or stand in somebody's paper."""
    naming: frozenset[int]
    """Sentences in which somebody is named whom the matter is about."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The signals of one category around one place, weighed."""

    strongest: int
    """Of the terms; below ``WEAK`` if there are only sentences."""
    terms: int
    """Different ones, settings apart."""
    settings: int
    sure: int
    likely: int
    tied: int
    """Signals near which somebody stands whom the matter is about, settings apart."""
    told: int
    """Sure sentences among them."""
    owned: int
    """Those of which words speak of somebody, or the whole paper is about somebody."""
    named: int
    """Sentences, likely ones too, that name somebody and speak of them."""
    spoken: int
    """Sentences, likely ones too, of which words speak of somebody, or the whole paper is about somebody."""
    backed: int
    """Sentences that name somebody and hold a term besides."""
    untied: int
    """Signals near which nobody stands."""
    denied: bool
    """The sentence around the strongest term was read, and says something else."""

    @classmethod
    def of(cls, signals: Iterable[Hit], ties: Ties, *, denied: bool) -> Weight:
        """Weigh all signals of one category, some of which are tied to somebody."""
        signals = list(signals)
        telling = [signal for signal in signals if signal.strength > Strength.SETTING]
        terms = [s for s in signals if not is_sentence(s) and s.strength > Strength.SETTING]
        sentences = [s for s in signals if is_sentence(s)]
        return cls(
            max((s.strength for s in terms), default=Strength.SETTING),
            len({s.stem for s in terms}),
            len({s.stem for s in signals if s.strength == Strength.SETTING}),
            sum(s.strength == Strength.STRONG for s in sentences),
            sum(s.strength == Strength.WEAK for s in sentences),
            sum(signal.start in ties.tied for signal in telling),
            sum(signal.start in ties.tied for signal in sentences if signal.strength == Strength.STRONG),
            sum(signal.start in ties.owned for signal in sentences if signal.strength == Strength.STRONG),
            sum(signal.start in ties.owned and signal.start in ties.naming for signal in sentences),
            sum(signal.start in ties.owned for signal in sentences),
            sum(signal.start in ties.naming and _holds(signal, signals) for signal in sentences),
            sum(signal.start not in ties.tied for signal in telling),
            denied,
        )

    @property
    def total(self) -> float:
        """The sum: the strongest term whole, further ones and settings less, sentences beside them."""
        terms = _TERMS.get(Strength(self.strongest), 0.0) + _MORE * min(max(self.terms - 1, 0), _MOST_TERMS)
        sentences = _SENTENCES[Strength.STRONG] * min(self.sure, 2) + _SENTENCES[Strength.WEAK] * min(self.likely, 2)
        return terms + _SETTINGS * min(self.settings, 2) + sentences - (1.5 if self.denied else 0.0)

    @property
    def is_structured(self) -> bool:
        """Whether one of the terms is a structure that only such data has."""
        return self.strongest >= Strength.STRUCTURED

    @property
    def is_topic(self) -> bool:
        """Whether most signals of the category are about nobody: then all of it is about a subject."""
        return self.untied > self.tied and not self.named and self.strongest < Strength.RECORD

    @property
    def is_manifold(self) -> bool:
        """Whether two different words say it, one of which may tell the setting only."""
        return self.terms + self.settings > 1

    @property
    def codes(self) -> tuple[Evidence, ...]:
        """What is told of the signals."""
        told = [Evidence.STRUCTURED] if self.is_structured else []
        plain = self.terms - self.is_structured
        told += [Evidence.TERMS] if plain > 1 else [Evidence.TERM] if plain else []
        told += [Evidence.SENTENCE] if self.sure else [Evidence.LIKELY_SENTENCE] if self.likely else []
        return tuple(told)


def level_of(weight: Weight, who: Evidence, *, about: bool) -> Level:
    """A hint, unless the signals weigh enough and somebody stands near; a text about a subject stays a hint."""
    if about and not (who == Evidence.BY_NUMBER and weight.is_structured):
        return Level.INDICE
    if weight.strongest == Strength.RECORD:
        return Level.CERTAIN if weight.is_manifold else Level.PROBABLE
    return Level.INDICE if who in (Evidence.ALONE, Evidence.BY_DOCUMENT) else _weighed(weight, who)


def _weighed(weight: Weight, who: Evidence) -> Level:
    if (weight.owned or weight.backed) and not weight.denied:
        return Level.PROBABLE
    if weight.total < TELLING:
        return Level.POSSIBLE if weight.told or weight.spoken else Level.INDICE
    if weight.strongest < Strength.WEAK:  # sentences alone: two that are sure and about somebody, or it is possible
        return Level.PROBABLE if weight.told > 1 else Level.POSSIBLE
    sure = weight.is_structured and weight.is_manifold and who != Evidence.BY_SUBJECT
    return Level.CERTAIN if sure else Level.PROBABLE


def _holds(sentence: Hit, signals: Iterable[Hit]) -> bool:
    """Whether a term stands in a sentence: the words say what the network says."""
    inside = (one for one in signals if sentence.start <= one.start < sentence.end and not is_sentence(one))
    return any(one.strength > Strength.SETTING for one in inside)
