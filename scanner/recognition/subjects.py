"""Texts about nobody, as a whole or in a line: lessons, blank forms, denials, names of firms, talk of programs."""

from __future__ import annotations

from recognizers.terms import compile_longest
from scanner.recognition.lexicons import kinds

_HEADING = 250
"""Characters at the start of a text that say what kind of text it is."""
_BLANKS = compile_longest(r":\s?[._]{5,}|\[ \]|_{6,}")
_CROSSED = compile_longest(r"\[x\]")
_BLANK = 3
"""Blanks from which a form has not been filled in."""
_VOID = compile_longest(r":\s*(?:neant|none|nil)\b|\b(?:n'entre[rs]?|not)\s(?:dans|subject to)\s(?:aucun|any)")
_FIRM = "org|company|organi[sz]ation|societe|entreprise|raison sociale|fournisseur|supplier|title"
_FIRMS = compile_longest(rf"(?:^|\n)(?:{_FIRM})\b[^:\n]{{0,12}}:[^\n]*\z")
_SOURCES = "c|h|cc|cpp|cs|py|js|ts|java|go|rs|rb|pl|pm|sh|po|am|m4|patch|diff"
_OF_PROGRAMS = compile_longest(
    r"[a-z]\w*\(\)|\b[a-z]\w*(?:::|->)\w+|\bcve-[0-9]{4}|\s--[a-z][a-z-]{2,}|\bv[0-9]+\.[0-9]+|\blib[a-z]+[0-9]*\b"
    rf"|\b[\w/-]+\.(?:{_SOURCES})\b|\b(?:[0-9]+[a-f]|[a-f]+[0-9])[0-9a-f]{{8,}}\b"
    r"|\b(?:closes|fixes|bug|issue):? ?#?[0-9]{3,}|\b(?:commit|merged?|refactor\w*|changelog|segfault|makefile)\b"
    r"|\b(?:autoconf|compile[drs]?|callback|kernel|backend|frontend|struct|pointer|buffer|unit tests?|openssl)\b"
    r"|\b(?:upstream|initiali[sz]e\w*)\b"
)
"""Not what exports are full of as well: names joined by ``_``, ``null``, dotted dates."""
_TECHNICAL = 4
"""Different words of programs around a term from which it is said of a program."""
_CLOSE, _LABEL = 150, 14
"""Characters of a line before a word that are looked at, and of a label that begins a sentence."""


def heads_a_subject(data: bytes) -> bool:
    """Whether the heading of a folded text is that of a lesson, a programme, a quote."""
    return kinds().search(data[:_HEADING].lower()) is not None


def is_blank(near: bytes) -> bool:
    """Whether a form has not been filled in: blanks behind colons, boxes without a cross."""
    return len(_BLANKS.findall(near)) >= _BLANK and _CROSSED.search(near.lower()) is None


def is_technical(near: bytes) -> bool:
    """Whether these are words of those who write programs: there, people are authors, and a member is of a union."""
    return len(set(_OF_PROGRAMS.findall(near.lower()))) >= _TECHNICAL


def says_none(sentence: bytes) -> bool:
    """Whether a sentence denies what its words name."""
    return _VOID.search(sentence.lower()) is not None


def names_firm(data: bytes, start: int, *, is_sentence: bool) -> bool:
    """Whether a word or sentence is of a line that names a firm, which says nothing of who works there."""
    line = data.rfind(b"\n", max(0, start - _CLOSE), start) + 1
    return _FIRMS.search(data[line : start + 1 + _LABEL * is_sentence][:_CLOSE].lower()) is not None
