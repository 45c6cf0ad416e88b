"""Spans and regimes of texts given one by one as JSON lines; the answer holds offsets, never a value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from scanner.config import Settings
from scanner.examine import axes
from scanner.model import Evidence, Level, Span
from scanner.recognition.evidence import parted
from scanner.recognition.shares import Allowance
from scanner.recognition.text import text_lanes


def analyze_lines(lines: Iterable[str], settings: Settings, name: str) -> Iterator[str]:
    """One line of JSON per line of JSON; a line that is not ``{"id", "text"}`` stops with its number."""
    import logging

    logging.disable(logging.CRITICAL)  # third-party loggers quote what they read
    lanes = text_lanes(settings)
    for number, line in enumerate(lines, 1):
        if line.strip():
            identity, text = _record(line, name, number)
            spans = lanes.spans(text, Allowance(settings.ner_chars).file())
            answer = {"id": identity, "spans": [_span(s) for s in spans], "regimes": regimes(spans)}
            yield json.dumps(answer, ensure_ascii=False)


def regimes(spans: Iterable[Span]) -> dict[str, str]:
    """The regimes of a text as a whole, each with the highest level found."""
    found: dict[str, Level] = {}
    for span in spans:
        for regime in filter(None, axes().get(span.entity_type, ("C0", ""))[1].split(",")):
            found[regime] = max(found.get(regime, Level.INDICE), span.level)
    return {regime: found[regime].name for regime in sorted(found)}


def _span(span: Span) -> dict[str, Any]:
    recognizer, codes = parted(span.recognizer)
    return {
        "entity_type": span.entity_type,
        "start": span.start,
        "end": span.end,
        "score": round(span.score, 4),
        "level": span.level.name,
        "recognizer": recognizer,
        "evidence": list(Evidence.ordered(codes)),
    }


def _record(line: str, name: str, number: int) -> tuple[Any, str]:
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or "id" not in data:
        raise click.ClickException(f'{name}, line {number}: expected one {{"id": …, "text": "…"}} per line')
    return data["id"], data["text"]
