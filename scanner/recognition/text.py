"""The lanes over running text, cheapest first: rules and gazetteers read everything, the names model reads prose."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recognizers.gates import survey
from recognizers.names import NameRecognizer
from recognizers.places import PlaceRecognizer
from recognizers.rule import Rule, load_rules
from scanner.config import Settings
from scanner.model import Level, Span
from scanner.plugins import loaded
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.found import Found, Kinds
from scanner.recognition.lanes import slow_lanes
from scanner.recognition.lexer import Lexer
from scanner.recognition.quiet import without_logs
from scanner.recognition.sentencelane import SentenceLane
from scanner.recognition.shares import Budget
from scanner.recognition.special import Reader, SpecialRecognizer
from scanner.recognition.utf8 import Utf8
from scanner.taxonomy import taxonomy

if TYPE_CHECKING:
    from scanner.contracts import Recognizer


class TextLanes:
    """Everything that recognises in text, loaded once per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.kinds = Kinds()
        self.rules: tuple[Rule, ...] = load_rules()
        self.lexer = Lexer(self.rules, self.kinds)
        self.names = NameRecognizer()
        self.places = PlaceRecognizer()
        self.special = SpecialRecognizer()
        self.sentences = SentenceLane(settings.sentences)
        self.foreign: list[Recognizer] = [plugin() for plugin in loaded("recognizers")]
        self.slow = slow_lanes(settings)

    def identified(self, text: Utf8, named: frozenset[str] = frozenset()) -> Found:
        """What the rules find, unresolved; of ``named`` types, a column's name already gives the context."""
        return self.lexer.find(text.data, named)

    def fast_spans(self, text: str) -> list[Span]:
        """Spans of the quick lanes, unresolved: rules, lists of names and places, plugged-in recognisers."""
        whole = Utf8.of(text)
        return self.identified(whole).spans(self.kinds, whole.to_chars) + self._listed(whole)

    def _listed(self, text: Utf8) -> list[Span]:
        """What is found by lists and by plugins, which know spans as objects only."""
        survey(text.text, text.data)  # for all who ask about this text next
        found = self.names.find(text.text) + self.places.find(text.text)
        for recognizer in self.foreign:
            found += recognizer.find(text.text)
        return found

    def found(self, text: Utf8, budget: Budget) -> Found:
        """All spans of a passage, conflicts resolved; slow lanes read within ``budget``, which counts it."""
        budget.share.text += len(text.text)
        identified = self.identified(text)
        quiet = without_logs(text, identified, self.kinds)
        if quiet is not text and quiet.text.isspace():  # a log, all through
            self.slow.read_text(quiet.text, [], budget)
            return resolve_found(identified, self.kinds)
        listed = self.slow.read_text(quiet.text, self._listed(quiet), budget)
        found = resolve_found(Found.join([identified, Found.of(listed, self.kinds, quiet.to_bytes)]), self.kinds)
        return Found.join([found, self.sensitive_in(quiet, found, budget)])

    def spans(self, text: str, budget: Budget) -> list[Span]:
        """What ``found`` gives, as objects with offsets in characters."""
        whole = Utf8.of(text)
        return self.found(whole, budget).spans(self.kinds, whole.to_chars)

    def reader(self, budget: Budget, persons: NDArray[np.int64] | None = None) -> Reader:
        """What reads sentences for the special categories, within the budget of a file; where ``persons`` stand too."""
        return partial(self.sentences.read, budget=budget, persons=persons)

    def sensitive_in(self, text: Utf8, found: Found, budget: Budget) -> Found:
        """Special categories, tied to the persons ``found`` in the same text, in reading order."""
        persons = _persons(tuple(self.kinds.entity_types))

        def near(stretches: list[tuple[int, int]]) -> list[Span]:
            edges = np.searchsorted(found.starts, text.to_bytes(np.array(stretches, np.int64).ravel()))
            close = found.take(np.concatenate([np.arange(low, high) for low, high in edges.reshape(-1, 2).tolist()]))
            keys = close.take(persons[close.kinds] & (close.levels >= Level.POSSIBLE))
            return keys.spans(self.kinds, text.to_chars)

        known = text.to_chars(found.starts[persons[found.kinds] & (found.levels >= Level.POSSIBLE)])
        spans = self.special.find(text.text, near, self.settings.today, self.reader(budget, known))
        return Found.of(spans, self.kinds, text.to_bytes)


@lru_cache(maxsize=32)
def _persons(entity_types: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which kinds of spans show that a text speaks of a person."""
    return np.array([name in taxonomy().person_keys for name in entity_types], np.bool_)


@lru_cache(maxsize=2)
def text_lanes(settings: Settings) -> TextLanes:
    """The lanes of this process."""
    return TextLanes(settings)
