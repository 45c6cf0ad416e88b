"""Templates: ``{slot.form@who}``, ``[this|that|]``, ``(2-5)[again]``, ``<LOC:marked>``; a backslash quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

LABELS = ("PER", "LOC", "ORG")
NOBODY = "NON"
"""Marks what bears a name and is nobody: a dress, a storm, a law."""
_TOKEN = re.compile(r"\\.|\{[\w.@]*\}|\(\d+-\d+\)\[|<(?:PER|LOC|ORG|NON):|[\[\]|>{}]|[^\\{}(<\[\]|>]+|.", re.DOTALL)
_QUOTED = {"n": "\n", "t": "\t"}


class MistakeError(ValueError):
    """A template that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Something drawn anew, or kept under the name ``who`` for the whole text; ``forms`` say how it is written."""

    name: str
    forms: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these, equally often; an empty one makes the others optional."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The same, drawn anew each of ``least`` to ``most`` times."""

    least: int
    most: int
    node: Node


@dataclass(frozen=True, slots=True)
class Mark:
    """All of it bears this label (``NOBODY``: none), whatever labels stand inside."""

    label: str
    node: Node


Node = str | Slot | Choice | Again | Mark | tuple["Node", ...]


@cache
def parse(template: str) -> Node:
    """The template as a tree; raises ``MistakeError``."""
    reader = _Reader(_TOKEN.findall(template), template)
    return reader.sequence("")


class _Reader:
    """Walks once over the tokens of one template."""

    def __init__(self, tokens: list[str], template: str) -> None:
        self._tokens = tokens
        self._template = template
        self._at = 0

    def sequence(self, closing: str) -> Node:
        """Everything up to one of the signs ``closing``, or to the end where there is none."""
        nodes: list[Node] = []
        while self._at < len(self._tokens) and (not closing or self._tokens[self._at] not in closing):
            token = self._tokens[self._at]
            self._at += 1
            node = self._node(token, closing)
            if isinstance(node, str) and nodes and isinstance(nodes[-1], str):
                nodes[-1] += node
            else:
                nodes.append(node)
        if closing and self._at == len(self._tokens):
            raise MistakeError(f"no {closing[-1]} at the end of: {self._template[:60]}")
        return nodes[0] if len(nodes) == 1 else tuple(nodes)

    def _node(self, token: str, closing: str) -> Node:
        if token[0] == "\\" and len(token) == 2:
            return _QUOTED.get(token[1], token[1])
        if token == "[":  # noqa: S105
            return self._choice()
        if token[0] == "(" and token[-1] == "[":
            least, most = token[1:-2].split("-")
            return Again(int(least), int(most), self._choice())
        if token[0] == "<" and token[-1] == ":" and len(token) == 5:
            return self._mark(token[1:4])
        if token[0] == "{" and len(token) > 2:
            return _slot(token[1:-1])
        if token in ("]", "{", "}"):
            raise MistakeError(f"a bare {token} in: {self._template[:60]}")
        return token

    def _choice(self) -> Node:
        options = [self.sequence("|]")]
        while self._tokens[self._at] == "|":
            self._at += 1
            options.append(self.sequence("|]"))
        self._at += 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _mark(self, label: str) -> Node:
        inside = self.sequence(">")
        self._at += 1
        return Mark(label, inside)


def _slot(inside: str) -> Slot:
    head, _, who = inside.partition("@")
    name, *forms = head.split(".")
    return Slot(name, tuple(forms), who)
