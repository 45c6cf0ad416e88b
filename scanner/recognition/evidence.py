"""Names of recognisers with the evidence behind a span: ``health+term+by_name`` is a name and two codes."""

from __future__ import annotations

from functools import lru_cache

from scanner.model import Evidence

_MARK = "+"


def with_evidence(name: str, *codes: Evidence) -> str:
    """The name with codes behind it, each once and in their order, so that one evidence has one name."""
    return _MARK.join((name, *Evidence.ordered(codes)))


@lru_cache(maxsize=4096)
def parted(source: str) -> tuple[str, frozenset[Evidence]]:
    """The name and the codes of a source; a name of others that holds the mark, without our codes, is a name."""
    name, *codes = source.split(_MARK)
    if not name or not all(code in _CODES for code in codes):
        return source, frozenset()
    return name, frozenset(map(Evidence, codes))


_CODES = frozenset(code.value for code in Evidence)
