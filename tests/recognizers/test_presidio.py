"""Rules inside Presidio, Presidio's recognisers among ours."""

from __future__ import annotations

from collections.abc import Iterator

import spacy
from presidio_analyzer import AnalyzerEngine, PatternRecognizer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from recognizers.presidio import adopt, registry
from recognizers.rule import load_rules
from scanner.model import Level


class BlankEngine(NlpEngine):  # type: ignore[misc]
    """Tokens only: rules need no language model."""

    def __init__(self) -> None:
        self.languages = {language: spacy.blank(language) for language in ("fr", "en")}

    def load(self) -> None: ...

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        doc = self.languages[language](text)
        return NlpArtifacts([], doc, [token.idx for token in doc], [], self, language)

    def process_batch(self, texts: list[str], language: str, **_: object) -> Iterator[tuple[str, NlpArtifacts]]:
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return ["fr", "en"]


def test_an_analyzer_finds_what_the_rules_find() -> None:
    text = "Assurée n° 2 92 07 75 113 005 75, courriel elodie.marchand@exemple.fr"
    engine = AnalyzerEngine(registry=registry(), nlp_engine=BlankEngine(), supported_languages=["fr", "en"])
    results = engine.analyze(text, language="fr", entities=["FR_NIR", "EMAIL_ADDRESS"])
    got = {(result.entity_type, result.start, result.end, result.score) for result in results}
    rules = [rule for rule in load_rules() if rule.entity_type in ("FR_NIR", "EMAIL_ADDRESS")]
    assert got == {(one.entity_type, one.start, one.end, one.score) for rule in rules for one in rule.find(text)}
    assert len(got) == 2


def test_anybodys_recogniser_joins_ours() -> None:
    badge = adopt(PatternRecognizer("BADGE", name="badge", deny_list=["B-77", "B-78"]))
    assert badge.name == "badge"
    assert badge.entity_types == {"BADGE"}
    spans = badge.find("portes B-78 et B-77")
    assert [(span.start, span.end, span.level) for span in spans] == [
        (7, 11, Level.PROBABLE),
        (15, 19, Level.PROBABLE),
    ]
