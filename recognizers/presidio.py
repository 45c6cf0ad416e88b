"""Both ways between rules and Presidio: our rules in any Presidio application, anybody's recogniser in ours."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult

from recognizers.rule import Rule, load_rules
from scanner.model import Level, Span

# Presidio's own loggers may print the text that they refuse.
logging.getLogger("presidio-analyzer").setLevel(logging.CRITICAL)


class RecenseRecognizer(EntityRecognizer):  # type: ignore[misc]
    """One rule as a Presidio recogniser, for one language."""

    def __init__(self, rule: Rule, supported_language: str = "fr") -> None:
        self.rule = rule
        super().__init__(
            supported_entities=sorted(rule.entity_types), name=rule.name, supported_language=supported_language
        )

    def load(self) -> None:
        """Nothing to load: the rule is compiled already."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """The rule's spans as Presidio results, when its entity type is asked for."""
        if entities and self.rule.entity_type not in entities:
            return []
        return [
            RecognizerResult(
                entity_type=span.entity_type,
                start=span.start,
                end=span.end,
                score=span.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for span in self.rule.find(text)
        ]


class NamesRecognizer(EntityRecognizer):  # type: ignore[misc]
    """The chain model of names as a Presidio recogniser of persons and places, in French and English alike."""

    def __init__(self, supported_language: str = "fr") -> None:
        super().__init__(
            supported_entities=["LOCATION", "PERSON"], name="recense_names", supported_language=supported_language
        )

    def load(self) -> None:
        """The model loads with the first text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Persons and places with their likelihoods, when their type is asked for."""
        from recognizers.persons.decoding import spans_of  # noqa: PLC0415 - compiled code is dear to load

        return [
            RecognizerResult(span.entity_type, span.start, span.end, span.score)
            for span in spans_of([text])[0]
            if not entities or span.entity_type in entities
        ]


def registry(languages: Sequence[str] = ("fr", "en"), rules: Iterable[Rule] | None = None) -> RecognizerRegistry:
    """A Presidio registry of all rules, each in every language: a number has the same shape in all of them.

    Without a choice of ``rules``, the model of names is one more recogniser of each language.
    """
    chosen = tuple(rules) if rules is not None else load_rules()
    recognizers: list[EntityRecognizer] = [
        RecenseRecognizer(rule, language) for rule in chosen for language in languages
    ]
    if rules is None:
        recognizers += [NamesRecognizer(language) for language in languages]
    return RecognizerRegistry(recognizers=recognizers, supported_languages=list(languages))


class Adopted:
    """A Presidio recogniser behind our contract; its scores become levels, never CERTAIN."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self.recognizer = recognizer
        self.name = str(recognizer.name)
        self.entity_types = frozenset(map(str, recognizer.supported_entities))

    def find(self, text: str) -> list[Span]:
        """Its results as spans, in order."""
        results = self.recognizer.analyze(text, sorted(self.entity_types), None)
        spans = [self._span(result) for result in results or ()]
        return sorted(spans, key=lambda span: (span.start, span.end, span.entity_type))

    def _span(self, result: RecognizerResult) -> Span:
        score = float(result.score)
        level = Level.PROBABLE if score >= 0.7 else Level.POSSIBLE if score >= 0.4 else Level.INDICE
        return Span(str(result.entity_type), result.start, result.end, score, self.name, level)


def adopt(recognizer: EntityRecognizer) -> Adopted:
    """Anybody's Presidio recogniser as one of ours; the random pass rate of its check being unknown, never CERTAIN."""
    return Adopted(recognizer)
