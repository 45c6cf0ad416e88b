"""Recognises documents as wholes, by the phrases that stand together at their beginning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

import re2

from recognizers.documents.kinds import DocumentKind, load_kinds
from recognizers.folding import fold
from scanner.model import Level

HEAD = 8_000
"""Characters of a document that are looked at: its kind shows on its first pages."""
_TOP = 600
"""Characters in which a title is a heading."""
_FULL = 8
"""Marks from which the score is highest."""

Holds = Callable[[frozenset[str]], bool]


class DocumentRecognizer:
    """One pass of a set of phrases over the head of a document, then a count for each kind."""

    name = "documents"

    def __init__(self, kinds: tuple[DocumentKind, ...] | None = None) -> None:
        self.kinds = load_kinds() if kinds is None else kinds

    @property
    def entity_types(self) -> frozenset[str]:
        """One type per kind."""
        return frozenset(kind.entity_type for kind in self.kinds)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The entity types of which a document holds at least one, or it is of no kind."""
        return frozenset[str]().union(*(kind.holds for kind in self.kinds))

    def find(self, text: str, holds: Holds) -> Iterator[tuple[str, Level, float]]:
        """Types, levels and scores of the document that begins with ``text``; ``holds`` tells what was found in it."""
        if not holds(self.needed):
            return
        head = fold(text[:HEAD]).data.lower()
        said, titled = self._said(head), self._said(head[:_TOP])
        for kind in self.kinds:
            groups = said[kind.name]
            marks = len(groups - {"never"}) + ("title" in titled[kind.name])
            if marks >= kind.least and "never" not in groups and groups & kind.needs and holds(kind.holds):
                yield kind.entity_type, Level.PROBABLE, round(0.6 + 0.3 * min(marks, _FULL) / _FULL, 4)

    def _said(self, data: bytes) -> defaultdict[str, set[str]]:
        """The groups of each kind of which a phrase is there."""
        phrases, owners = self._phrases
        said: defaultdict[str, set[str]] = defaultdict(set)
        for number in phrases.Match(data) or ():
            for kind, group in owners[number]:
                said[kind].add(group)
        return said

    @cached_property
    def _phrases(self) -> tuple[re2.Set, list[list[tuple[str, str]]]]:
        """All phrases as one machine, and who asks for each."""
        owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind in self.kinds:
            for group, words in kind.groups():
                for word in words:
                    owners[_pattern(word)].append((kind.name, group))
        options = re2.Options()
        options.encoding, options.max_mem = re2.Options.Encoding.LATIN1, 64 << 20
        phrases = re2.Set.SearchSet(options)
        for pattern in owners:
            phrases.Add(pattern)
        phrases.Compile()
        return phrases, list(owners.values())


def _pattern(phrase: str) -> str:
    """Words with any blanks between them, bounded where they end in a letter or digit; case and accents are folded."""
    words = [re2.escape(word) for word in fold(phrase).data.decode("ascii").lower().split()]
    first, last = phrase[0], phrase[-1]
    return (r"\b" if first.isalnum() else "") + r"\s+".join(words) + (r"\b" if last.isalnum() else "")
