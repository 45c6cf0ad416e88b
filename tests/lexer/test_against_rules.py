"""The fast lane finds what each rule finds alone as a Presidio recogniser: same spans, same scores."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.rule import Rule, load_rules
from recognizers.subject import Subject
from scanner.recognition.found import Kinds
from scanner.recognition.lexer import Lexer
from scanner.recognition.utf8 import Utf8

RULES = load_rules()
TEXTS = [example.text for rule in RULES for example in (*rule.file.matches, *rule.file.rejects)]
CORPORA = Path(os.environ.get("RECENSE_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
Row = tuple[str, int, int, int, float]


@functools.cache
def lexer() -> tuple[Lexer, Kinds]:
    kinds = Kinds()
    return Lexer(RULES, kinds), kinds


def fast(text: str, named: frozenset[str] = frozenset()) -> list[Row]:
    whole = Utf8.of(text)
    one, kinds = lexer()
    spans = one.find(whole.data, named).spans(kinds, whole.to_chars)
    return sorted((s.recognizer, s.start, s.end, int(s.level), round(s.score, 3)) for s in spans)


def alone(text: str, named: frozenset[str] = frozenset()) -> list[Row]:
    subject = Subject(text)
    return sorted(
        (span.recognizer, span.start, span.end, int(span.level), round(span.score, 3))
        for rule in RULES
        for span in rule.find(subject, in_context=rule.entity_type in named)
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_of_the_rule(rule: Rule) -> None:
    for example in (*rule.file.matches, *rule.file.rejects):
        for named in (frozenset[str](), frozenset({rule.entity_type})):
            assert fast(example.text, named) == alone(example.text, named), f"an example of {rule.name}"


def test_the_examples_are_found_at_all() -> None:
    found = {row[0] for text in TEXTS for row in fast(text)}
    column_only = {rule.name for rule in RULES if all(one.when == "column" for one in rule.patterns)}
    assert {rule.name for rule in RULES} - column_only <= found


GLUE = st.sampled_from(
    [
        "\n",
        " ",
        "  ",
        ", ",
        ";",
        "\t",
        " : ",
        "=",
        '"',
        "'",
        "/",
        "-",
        ".",
        "é",
        "à",
        "°",
        "n° ",
        "\u00a0",
        "\u202f",
        "_",
        "œ",
    ]
)
SCRIPTS = st.text("aeiouéèàçœÆñß–’«»€£Ωяש中😀0123456789 .,:;@/-_+()[]<>=#$%\n", max_size=12)
PIECES = st.one_of(st.sampled_from(TEXTS), SCRIPTS, st.text(max_size=8))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PIECES, GLUE), min_size=1, max_size=8))
def test_mixtures(parts: list[tuple[str, str]]) -> None:
    text = "".join(piece + glue for piece, glue in parts).encode("utf-8", "replace").decode()
    assert fast(text) == alone(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 300), st.integers(0, 300), GLUE)
def test_cuts(text: str, start: int, end: int, glue: str) -> None:
    piece = text[start % (len(text) + 1) :][: end + 1] + glue + text
    assert fast(piece) == alone(piece)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(sorted({rule.entity_type for rule in RULES})))
def test_columns(text: str, named: str) -> None:
    assert fast(text, frozenset({named})) == alone(text, frozenset({named}))


def test_a_text_of_all_examples() -> None:
    text = "\n".join(TEXTS)
    assert fast(text) == alone(text)


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not at hand")
@pytest.mark.parametrize("folder", ["logs", "sql", "csv", "mail", "encodings", "cms", "web", "code", "text", "office"])
def test_real_files(folder: str) -> None:
    files = sorted(path for path in (CORPORA / "files" / folder).rglob("*") if path.is_file())
    for path in files:
        text = path.read_bytes()[:100_000].decode("utf-8", "replace")
        assert fast(text) == alone(text), f"{path.name} gives other spans"


def test_long_lines_are_cut_alike() -> None:
    line = "sshd[12]: Failed password for root from 203.0.113.9 " + "x" * 5000
    text = f"{line}\n{line} sshd[13]: Accepted {'y' * 3000}"
    assert fast(text) == alone(text)


def test_no_text() -> None:
    one, _ = lexer()
    assert len(one.find(np.empty(0, np.uint8))) == 0
