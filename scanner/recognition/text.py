"""The lanes over running text, cheapest first: rules and gazetteers read everything, the names model reads prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from recognizers.names import NameRecognizer
from recognizers.places import PlaceRecognizer
from recognizers.rule import Rule, load_rules
from recognizers.subject import Subject
from scanner.config import Settings
from scanner.model import Level, Span
from scanner.plugins import loaded
from scanner.recognition.conflicts import resolve
from scanner.recognition.prose import is_prose, stretches
from scanner.recognition.special import SpecialRecognizer
from scanner.taxonomy import taxonomy

if TYPE_CHECKING:
    from recognizers.ner import NerLane
    from scanner.contracts import Recognizer


@dataclass(slots=True)
class Share:
    """How many characters each lane read: what the report says of the slow ones."""

    text: int = 0
    prose: int = 0
    model: int = 0

    def add(self, other: Share) -> None:
        """Sum of two shares."""
        self.text += other.text
        self.prose += other.prose
        self.model += other.model


class TextLanes:
    """Everything that recognises in text, loaded once per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rules: tuple[Rule, ...] = load_rules()
        self.names = NameRecognizer()
        self.places = PlaceRecognizer()
        self.special = SpecialRecognizer()
        self.foreign: list[Recognizer] = [plugin() for plugin in loaded("recognizers")]
        self._model: NerLane | None = None

    def identifiers(self, subject: Subject, named: Callable[[Rule], bool] = lambda _: False) -> list[Span]:
        """Spans of the rules; ``named`` says for which rules a column's name already gives the context."""
        return [span for rule in self.rules for span in rule.find(subject, in_context=named(rule))]

    def fast_spans(self, text: str) -> list[Span]:
        """Spans of the quick lanes, unresolved: rules, lists of names and places, plugged-in recognisers."""
        found = self.identifiers(Subject(text))
        found += self.names.find(text)
        found += self.places.find(text)
        for recognizer in self.foreign:
            found += recognizer.find(text)
        return found

    def spans(self, text: str, budget: int) -> tuple[list[Span], Share]:
        """All spans of a passage, conflicts resolved; the names model reads at most ``budget`` characters of prose."""
        found, share = self._with_model(text, self.fast_spans(text), Share(text=len(text)), budget)
        found = resolve(found)
        return found + self.sensitive(text, found), share

    def sensitive(self, text: str, found: Iterable[Span]) -> list[Span]:
        """Special categories, tied to the persons found in the same text."""
        keys = [s for s in found if s.entity_type in taxonomy().person_keys and s.level >= Level.POSSIBLE]
        return self.special.find(text, keys, self.settings.today)

    def _with_model(self, text: str, found: list[Span], share: Share, budget: int) -> tuple[list[Span], Share]:
        if self.settings.ner == "off":
            return found, share
        from recognizers.ner import combine, guess_language, reads

        if self.settings.ner == "auto":
            if not (is_prose(text) and reads(text)):
                return found, share
            share.prose = len(text)
        whole = self.settings.ner == "all"
        pieces = [(0, text)] if whole else list(stretches(text, budget))
        share.model = sum(len(piece) for _, piece in pieces)
        if not pieces:
            return found, share
        answers = self._names_model().find_batch([piece for _, piece in pieces], guess_language(text))
        by_model = [
            replace(span, start=span.start + at, end=span.end + at)
            for (at, _), spans in zip(pieces, answers, strict=True)
            for span in spans
        ]
        persons = [s for s in found if s.entity_type in ("PERSON", "LOCATION")]
        others = [s for s in found if s.entity_type not in ("PERSON", "LOCATION")]
        return others + combine(persons, by_model), share

    def _names_model(self) -> NerLane:
        if self._model is None:
            from recognizers.ner import NerLane

            self._model = NerLane(("fr", "en"))
        return self._model


@lru_cache(maxsize=2)
def text_lanes(settings: Settings) -> TextLanes:
    """The lanes of this process."""
    return TextLanes(settings)
