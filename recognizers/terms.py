"""Terms of lexicons as patterns over folded text, for those who look for them."""

from __future__ import annotations

from typing import Any

import re2

from recognizers.folding import fold

_RAW = "~"
_MEMORY = 256 << 20


def term_pattern(term: str) -> str:
    """The pattern of a plain term: plural and feminine endings are free, ``*`` stands for the rest of a word.

    A term that begins with ``~`` is a pattern already.
    """
    if term.startswith(_RAW):
        return term[len(_RAW) :]
    words = fold(term).data.decode("ascii").lower().split()
    return (
        r"\b" + r"[\s_]{1,3}".join(_word_pattern(word) for word in words) + (r"\b" if words[-1][-1].isalnum() else "")
    )


def _word_pattern(word: str) -> str:
    if word.endswith("*"):
        return str(re2.escape(word[:-1])) + "[a-z']*"
    pattern = str(re2.escape(word)).replace(r"\-", "[- ]?")
    return pattern + "(?:e|s|es|x)?" if len(word) >= 4 and word.isalpha() else pattern


def compile_longest(pattern: str) -> Any:
    """A pattern over folded bytes in which, of several terms at one place, the longest wins."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.longest_match = True
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return re2.compile(pattern.encode("latin-1"), options)
