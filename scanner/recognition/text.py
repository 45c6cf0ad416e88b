"""The lanes over running text, cheapest first: rules and gazetteers read everything, the names model reads prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from scanner.recognition.lanes import slow_lanes
from scanner.recognition.shares import Budget
from scanner.recognition.special import SpecialRecognizer
from scanner.taxonomy import taxonomy

if TYPE_CHECKING:
    from scanner.contracts import Recognizer


class TextLanes:
    """Everything that recognises in text, loaded once per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rules: tuple[Rule, ...] = load_rules()
        self.names = NameRecognizer()
        self.places = PlaceRecognizer()
        self.special = SpecialRecognizer()
        self.foreign: list[Recognizer] = [plugin() for plugin in loaded("recognizers")]
        self.slow = slow_lanes(settings)

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

    def spans(self, text: str, budget: Budget) -> list[Span]:
        """All spans of a passage, conflicts resolved; slow lanes read within ``budget``, which counts it."""
        budget.share.text += len(text)
        found = resolve(self.slow.read_text(text, self.fast_spans(text), budget))
        return found + self.sensitive(text, found)

    def sensitive(self, text: str, found: Iterable[Span]) -> list[Span]:
        """Special categories, tied to the persons found in the same text."""
        keys = [s for s in found if s.entity_type in taxonomy().person_keys and s.level >= Level.POSSIBLE]
        return self.special.find(text, keys, self.settings.today)


@lru_cache(maxsize=2)
def text_lanes(settings: Settings) -> TextLanes:
    """The lanes of this process."""
    return TextLanes(settings)
