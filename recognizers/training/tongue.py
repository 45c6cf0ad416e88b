"""What the texts of a language are made of: word lists, single lines and whole documents, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from recognizers.training.grammar import NOBODY, Mark, Node, parse
from recognizers.training.people import People, read_table

_WEIGHT = re.compile(r"(\d+)\* ")
BETWEEN = "%%"
"""A line of its own between two documents of a file."""


@dataclass(frozen=True)
class Tongue:
    """One language: ``lines`` and ``documents`` by the kind that their file's name says."""

    language: str
    words: dict[str, list[Node]]
    lines: dict[str, list[Node]]
    documents: dict[str, list[Node]]
    towns: list[str]
    people: People


@lru_cache(maxsize=2)
def load(language: str) -> Tongue:
    """Everything of ``fr`` or ``en``; raises ``MistakeError`` for a template that cannot be read."""
    words = {}
    for folder in ("common", language):
        for name, options in word_lists(folder):
            words[name] = options
    return Tongue(
        language,
        words,
        {name: list(map(parse, ts)) for folder in ("common", language) for name, ts in line_files(folder)},
        {name: list(map(parse, ts)) for folder in ("common", language) for name, ts in document_files(folder)},
        _french_towns() if language == "fr" else [],
        People(language),
    )


def word_lists(folder: str) -> Iterator[tuple[str, list[Node]]]:
    """The lists of ``words.txt``: a name after ``=``, then options by line or ``|``, with ``3* `` before frequent ones.

    ``= product: nobody`` begins a list in which no name is a person's.
    """
    name, options, nobody = "", list[Node](), False
    for line in _read(_home() / folder / "words.txt"):
        if line.startswith("= "):
            if name:
                yield name, options
            name, _, remark = line[2:].strip().partition(": ")
            options, nobody = [], remark == "nobody"
            continue
        for option in _split(line):
            weight = _WEIGHT.match(option)
            text = option[weight.end() :] if weight else option
            node = Mark(NOBODY, parse(text)) if nobody else parse(text)
            options += [node] * (int(weight[1]) if weight else 1)
    if name:
        yield name, options


def line_files(folder: str) -> Iterator[tuple[str, list[str]]]:
    """Name and templates of each file that has one template a line."""
    for file in _files(_home() / folder / "lines"):
        yield file.name.removesuffix(".txt"), [line for line in _read(file) if line.strip()]


def document_files(folder: str) -> Iterator[tuple[str, list[str]]]:
    """Name and templates of each file that has templates of several lines."""
    for file in _files(_home() / folder / "documents"):
        documents = "\n".join(_read(file)).split(f"\n{BETWEEN}\n")
        yield file.name.removesuffix(".txt"), [document.strip("\n") for document in documents]


def _split(line: str) -> list[str]:
    """At every ``|`` outside of brackets."""
    depth, parts = 0, [""]
    for sign in line:
        depth += (sign == "[") - (sign == "]")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _home() -> Traversable:
    return resources.files("recognizers.training")


def _files(folder: Traversable) -> list[Traversable]:
    return (
        sorted((f for f in folder.iterdir() if f.name.endswith(".txt")), key=lambda f: f.name)
        if folder.is_dir()
        else []
    )


def _read(file: Traversable) -> list[str]:
    """The lines but comments, which start with ``# ``."""
    return [line for line in file.read_text(encoding="utf-8").split("\n") if not line.startswith("# ")]


def _french_towns() -> list[str]:
    return [str(name) for name in read_table("communes.csv.gz")["nom"].to_pylist()]
