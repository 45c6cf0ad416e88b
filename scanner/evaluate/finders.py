"""The tools that are measured: recense as it scans, and plain Presidio as it comes; both give spans with levels."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scanner.config import Settings
from scanner.model import Level, Span

Find = Callable[[str, str], list[Span]]
"""Spans of a text in a language (``fr`` or ``en``)."""


@dataclass(frozen=True, slots=True)
class Finder:
    """One tool: how it is called in tables, whose types it gives, at what level it is read by default."""

    name: str
    types: str
    find: Find
    level: Level | None = None
    """None: the level that was asked for."""


def recense(settings: Settings) -> Finder:
    """The lanes over running text as a scan uses them, each text being a file of its own."""
    from scanner.recognition.shares import Allowance
    from scanner.recognition.text import text_lanes

    lanes = text_lanes(settings)

    def find(text: str, lang: str) -> list[Span]:
        return lanes.spans(text, Allowance(settings.ner_chars).file())

    return Finder("recense", "types", find)


def presidio() -> Finder:
    """Presidio's default registry and settings, with the French and English models that recense has, told the language.

    All that it answers counts, as in an application that asks for no threshold.
    """
    analyzer = _analyzer()

    def find(text: str, lang: str) -> list[Span]:
        return [
            Span(str(one.entity_type), one.start, one.end, float(one.score), "presidio", _level(float(one.score)))
            for one in analyzer.analyze(text, lang)
        ]

    return Finder("presidio", "presidio", find, Level.INDICE)


def _level(score: float) -> Level:
    """The levels that adopted recognisers have for such scores."""
    return Level.PROBABLE if score >= 0.7 else Level.POSSIBLE if score >= 0.4 else Level.INDICE


def _analyzer() -> Any:
    logging.disable(logging.CRITICAL)  # it may quote what it reads
    from recognizers.models import load_model  # loads the library without what it warns of

    load_model("fr")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import tldextract
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

        # Its recogniser of e-mails would ask the network for the list of domains; the library carries one.
        vars(tldextract)["extract"] = tldextract.TLDExtract(suffix_list_urls=())
        languages = ["en", "fr"]
        registry = RecognizerRegistry(supported_languages=languages)
        registry.load_predefined_recognizers(languages=languages, nlp_engine=(engine := _engine()))
        return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=languages)


def _engine() -> Any:
    """Presidio's default configuration, the models apart."""
    from importlib.resources import files

    import yaml
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    from recognizers.models import PACKAGES

    known = yaml.safe_load(files("presidio_analyzer").joinpath("conf/default.yaml").read_text(encoding="utf-8"))
    known["models"] = [{"lang_code": lang, "model_name": name} for lang, name in PACKAGES.items()]
    known["ner_model_configuration"]["low_score_entity_names"] = []
    return NlpEngineProvider(nlp_configuration=known).create_engine()
