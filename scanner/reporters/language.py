"""The words of the reports, from one file per language, and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

NO_BREAK = "\u00a0"
COLON = {"fr": f"{NO_BREAK}: ", "en": ": "}
SEMICOLON = {"fr": f"{NO_BREAK}; ", "en": "; "}

PLACE = re.compile(r"[a-z][a-z ]*[a-z]")
"""The words of a place, without its numbers and names."""


@lru_cache(maxsize=2)
def labels(lang: str) -> Mapping[str, Any]:
    """Labels by key; French spaces before double punctuation never break."""
    text = files("scanner.reporters").joinpath("labels", f"{lang}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    return _typeset(loaded) if lang == "fr" else loaded


@lru_cache(maxsize=10_000)
def french(text: str) -> str:
    """As a printer sets it: apostrophes are curved, and no line breaks before double punctuation or a percent sign."""
    curved = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    kept = re.sub(r"« ", f"«{NO_BREAK}", re.sub(r" (?=[:;?!»])", NO_BREAK, curved))
    return kept.replace(" %", "\u202f%")


def said(text: str, lang: str) -> str:
    """Words of the rules as a report shows them; never for what is quoted or comes from a file."""
    return french(text) if lang == "fr" else text


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return french(value)
    if isinstance(value, dict):
        return {key: _typeset(one) for key, one in value.items()}
    return [_typeset(one) for one in value] if isinstance(value, list) else value


def named(inventory: Mapping[str, Any], code: str, lang: str) -> str:
    """The label of a type, category or regime; the code itself when it has none."""
    return said(str(inventory["labels"].get(code, {}).get(lang, code)), lang)


@lru_cache(maxsize=1_000)
def unquoted(reason: str, anchor: str, citation: str) -> str:
    """The reason without the policy's sentence, where the report shows the sentence beside it."""
    if not citation or citation not in reason:
        return reason
    escaped = re.escape(citation)
    quote = rf"[« “]*{escaped}[  »”]*(?:\(?{re.escape(anchor)}\)?)?[ .;]*"
    short = re.sub(rf"\(\s*{quote}\s*\)|{quote}", " ", reason)
    short = re.sub(r"\s+([.,)])", r"\1", re.sub(r"\s{2,}", " ", short)).strip(" :;")
    return (short if short.endswith(".") else f"{short}.") if short else reason


def reason(inventory: Mapping[str, Any], verdict: Mapping[str, Any], lang: str) -> str:
    """Why a decision was taken, without the policy's sentences, which the report shows by their numbers."""
    text = verdict["reason"][lang]
    for number in verdict["quotations"]:
        quoted = inventory["quotations"][number - 1]
        text = unquoted(text, quoted["anchor"], quoted["citation"])
    return said(str(text), lang)


def moment(text: str, lang: str) -> str:
    """``23 novembre 2026 à 9 h 00 (UTC)`` from an ISO time, or the text itself."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    words = labels(lang)
    month, day = words["months"][when.month - 1], words["first"] if when.day == 1 else when.day
    if len(text) <= 10:
        return str(words["date"].format(day=day, month=month, year=when.year))
    zone = "UTC" if when.utcoffset() is None or not when.utcoffset() else when.strftime("%z")
    hour = when.hour if lang == "fr" else f"{when:%H}"
    clock = {"hour": hour, "minute": f"{when:%M}", "zone": zone}
    return str(words["time"].format(day=day, month=month, year=when.year, **clock)).replace(" h ", "\u00a0h\u00a0")


def day(text: str) -> date | str:
    """A day in ISO form as what a spreadsheet takes for a day; anything else as it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


@lru_cache(maxsize=1_000)
def detail(text: str, lang: str) -> str:
    """What a reader says of a loss; in French only what has French words, since the kind says the most of it."""
    if lang != "fr":
        return text
    for pattern, words in _details():
        if found := pattern.fullmatch(text):
            return french(words.format(*found.groups()))
    return ""


@lru_cache(maxsize=1)
def _details() -> list[tuple[re.Pattern[str], str]]:
    text = files("scanner.reporters").joinpath("labels", "details.yaml").read_text(encoding="utf-8")
    return [(re.compile(pattern), words) for pattern, words in yaml.safe_load(text)]


@lru_cache(maxsize=10_000)
def place(text: str, lang: str) -> str:
    """A place inside a file in the language of the report; names of sheets and columns stay as they are."""
    words = labels(lang)["places"]
    return str(words[text]) if text in words else ", ".join(_worded(part, words) for part in text.split(", "))


def _worded(part: str, words: Mapping[str, str]) -> str:
    """``line 4``: the words that it begins with, as far as they are known."""
    if part.endswith(" body"):
        return f"{_worded(part.removesuffix(' body'), words)}, {words.get('body', 'body')}"
    found = PLACE.match(part)
    known = found.group() if found and part[found.end() : found.end() + 1] in ("", " ") else ""
    while known and known not in words:
        known = known.rpartition(" ")[0]
    return words[known] + part[len(known) :] if known else part
