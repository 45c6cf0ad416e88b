"""Each kind of document: its own examples, its near misses, and what it may not be taken for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from recognizers.documents.kinds import DocumentKind, load_kinds
from recognizers.documents.recognizer import DocumentRecognizer
from scanner.config import Settings
from scanner.model import Level
from scanner.recognition.shares import Allowance
from scanner.recognition.text import text_lanes
from scanner.taxonomy import taxonomy

KINDS = load_kinds()
RECOGNIZER = DocumentRecognizer()


def held(text: str) -> Callable[[frozenset[str]], bool]:
    """What the lanes find in a text, as a file would say it."""
    lanes = text_lanes(Settings(ner="off", today=date(2026, 11, 24)))
    types = {span.entity_type for span in lanes.spans(text, Allowance(0, 0).file()) if span.level >= Level.POSSIBLE}
    return lambda asked: not types.isdisjoint(asked)


def kinds_of(text: str) -> set[str]:
    return {entity_type for entity_type, _, _ in RECOGNIZER.find(text, held(text))}


@pytest.mark.parametrize(
    ("kind", "text"), [pytest.param(k, e.text, id=f"{k.name}-{n}") for k in KINDS for n, e in enumerate(k.matches)]
)
def test_examples_are_of_their_kind_alone(kind: DocumentKind, text: str) -> None:
    assert kinds_of(text) == {kind.entity_type}


@pytest.mark.parametrize("text", [pytest.param(e.text, id=f"{k.name}: {e.why}") for k in KINDS for e in k.rejects])
def test_near_misses_are_of_no_kind(text: str) -> None:
    assert kinds_of(text) == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_without_a_person_there_is_no_document(kind: DocumentKind) -> None:
    for example in kind.matches:
        assert not list(RECOGNIZER.find(example.text, lambda _: False))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_types_belong_to_a_category(kind: DocumentKind) -> None:
    assert taxonomy().canonical(kind.entity_type) == kind.entity_type
    assert taxonomy().searched(kind.entity_type)
    assert all(taxonomy().canonical(name) == name for name in kind.holds)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_capitals_accents_and_blanks_do_not_matter(kind: DocumentKind) -> None:
    plain = kind.matches[0].text
    for text in (plain.upper(), plain.replace(" ", "  "), plain.replace("é", "e").replace("É", "E")):
        assert kind.entity_type in {found for found, _, _ in RECOGNIZER.find(text, lambda _: True)}


def test_a_text_without_any_phrase_is_of_no_kind() -> None:
    assert not list(RECOGNIZER.find("zzz", lambda _: True))
