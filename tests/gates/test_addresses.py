"""The words around ``@`` and after ``www.`` are those that a pattern finds."""

from __future__ import annotations

import numpy as np
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.gates import addresses

ADDRESS = re2.compile(r"(?:([A-Za-z0-9][A-Za-z0-9._%+-]{1,63})@|\bwww\.)([A-Za-z0-9-]+)")
PIECES = [
    "jean",
    "dupont",
    ".",
    "@",
    "www.",
    "www",
    "-",
    "_",
    "+",
    "a",
    "1",
    " ",
    "\n",
    "x" * 30,
    "é",
    "mail.example",
    "<",
]


def by_pattern(text: str) -> tuple[list[str], list[str]]:
    people, domains = [], []
    for match in ADDRESS.finditer(text):
        if match.group(1):
            people.append(match.group(1).upper())
        domains.append(match.group(2).upper())
    return people, domains


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=600, deadline=None)
def test_same_as_the_pattern(text: str) -> None:
    text = text.replace("é", "?")
    people, domains = addresses(np.frombuffer(text.encode(), np.uint8), 1000)
    assert (people.decode().split("\n")[:-1], domains.decode().split("\n")[:-1]) == by_pattern(text)


def test_no_more_than_asked_for() -> None:
    people, domains = addresses(np.frombuffer(b"ab@c.example " * 10, np.uint8), 3)
    assert people.count(b"\n") == domains.count(b"\n") == 3
