"""One compiled pattern of a rule: candidates in bytes, neighbours and check in characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from recognizers.subject import Subject
from scanner.model import Level

Edge = Callable[[str, int, int], bool]

SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}
_LONG = 100
"""A refused match longer than this is skipped whole, so that hostile runs cost linear time."""
_SPACES = " \u00a0\u202f"


def level_of(rate: float, in_context: bool) -> Level:
    """The level that the random pass rate of the whole check earns, with or without context."""
    if rate <= 0.01:
        return Level.CERTAIN if in_context else Level.PROBABLE
    if rate <= 0.5 and in_context:
        return Level.PROBABLE
    return Level.POSSIBLE


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _around(text: str, start: int, end: int) -> tuple[str, str, str, str]:
    """Two characters before, nearest last, and two after; a line end where the text ends."""
    before = text[max(0, start - 2) : start].rjust(2, "\n")
    after = text[end : end + 2].ljust(2, "\n")
    return before[0], before[1], after[0], after[1]


def _word(text: str, start: int, end: int) -> bool:
    """No letter, digit or underscore touches it."""
    return not (start and _is_word(text[start - 1])) and not (end < len(text) and _is_word(text[end]))


def _number(text: str, start: int, end: int) -> bool:
    """As ``word``, and no digit is joined to it by a dot, dash, slash, plus or, in grouped numbers, a space."""
    before2, before, after, after2 = _around(text, start, end)
    if _is_word(before) or _is_word(after) or before in "+#$€£" or after in "€$£%":
        return False
    if (before in "./,-–:" and before2.isdigit()) or (before in "-–" and before2.isalpha()):
        return False
    if (after in "./,-–:" and after2.isdigit()) or (after in "-–" and after2.isalpha()):
        return False
    grouped = any(char in _SPACES for char in text[start:end])
    chained = (before in _SPACES and before2.isdigit()) or (after in _SPACES and after2.isdigit())
    return not (grouped and chained)


def _phone(text: str, start: int, end: int) -> bool:
    """As ``number``, but another grouped number may follow a space: people write two phones side by side."""
    before2, before, after, after2 = _around(text, start, end)
    if _is_word(before) or _is_word(after) or (before in "+./,-" and before2.isalnum() and before2 != "l"):
        return False
    if after in "./,-" and after2.isdigit():
        return False
    chain = _digits_after(text, end)
    return not (before in _SPACES and before2.isdigit() and _digits_before(text, start) % 10) and chain % 10 in (0, 9)


def _digits_after(text: str, end: int) -> int:
    """How many digits follow, grouped by single spaces; a chain of ten more is another phone."""
    count, at = 0, end
    while at + 1 < len(text) and at < end + 40:
        if text[at].isdigit():
            count += 1
        elif not (text[at] in _SPACES and text[at + 1].isdigit()):
            break
        at += 1
    return count + (at + 1 == len(text) and text[at].isdigit() and at < end + 40)


def _digits_before(text: str, start: int) -> int:
    count, at = 0, start - 1
    while at >= 0 and at > start - 40:
        if text[at].isdigit():
            count += 1
        elif not (text[at] in _SPACES and at and text[at - 1].isdigit()):
            break
        at -= 1
    return count


def _address(text: str, start: int, end: int) -> bool:
    """As ``word``, and it is not a piece of a longer dotted, dashed or coloned token; a port may follow."""
    before2, before, after, after2 = _around(text, start, end)
    if not _word(text, start, end) or before in ".-+@" or (before == ":" and before2 in "0123456789abcdefABCDEF:"):
        return False
    if after == ":":
        return (after2.isdigit() and text[start:end].count(":") == 0) or after2.isspace()
    return not (after in ".-+" and _is_word(after2))


def _coordinate(text: str, start: int, end: int) -> bool:
    """No further number joined: two decimals make a place, three make a vector."""
    before = text[max(0, start - 3) : start].rstrip(" ,;\t")[-1:]
    after = text[end : end + 3].lstrip(" ,;\t")[:1]
    return not (before.isdigit() or before == "." or after.isdigit() or after == "-")


def _token(text: str, start: int, end: int) -> bool:
    """As ``word``, and it is not a piece of a longer token, path or e-mail address."""
    before2, before, after, after2 = _around(text, start, end)
    if not _word(text, start, end) or before in "@\\-+" or after in "@\\-+":
        return False
    return not (before in "./" and _is_word(before2)) and not (after in "./" and _is_word(after2))


def _mailbox(text: str, start: int, end: int) -> bool:
    """Not the user of an address such as ``ssh://user@host`` or ``https://user:password@host``."""
    lead = text[max(0, start - 80) : start].rsplit(None, 1)[-1:] or [""]
    last = lead[0] if start and not text[start - 1].isspace() else ""
    return not (last.endswith("//") or ("://" in last and last.endswith(":")))


def _free(text: str, start: int, end: int) -> bool:
    """Anything may touch it: the pattern says all."""
    return True


EDGES: dict[str, Edge] = {
    "word": _word,
    "number": _number,
    "phone": _phone,
    "address": _address,
    "coordinate": _coordinate,
    "token": _token,
    "mailbox": _mailbox,
    "free": _free,
}
"""What may stand right beside a match, by the name that rules use; RE2 has no look-around."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled expression with its check; ``when`` says whether it runs always, near context or in columns."""

    name: str
    expression: Any
    groups: int
    rate: float
    when: str
    own_context: bool
    edges: str
    needs: tuple[bytes, ...]
    check: Callable[[str], bool] | None
    checks_match: bool
    not_after: Any
    allowed: Any

    def candidates(self, subject: Subject) -> Iterator[tuple[int, int]]:
        """Spans in characters that pass neighbours and check; a refused one does not hide the next inside it."""
        data, at = subject.data, 0
        if self.needs and not any(literal in data for literal in self.needs):
            return
        while (match := self.expression.search(data, at)) is not None:
            first, last = self._span(match)
            start, end = subject.chars(first), subject.chars(last)
            if first < last and self._holds(subject, start, end, match):
                yield start, end
                at = max(last, match.start() + 1)
            else:
                at = match.end() if match.end() - match.start() > _LONG else _next_character(data, match.start())

    def _span(self, match: Any) -> tuple[int, int]:
        """The first group that took part, or the whole match when there are no groups."""
        groups = (match.span(group) for group in range(1, self.groups + 1))
        found: tuple[int, int] = next((span for span in groups if span[0] >= 0), match.span())
        return found

    def _holds(self, subject: Subject, start: int, end: int, match: Any) -> bool:
        text = subject.text
        if not EDGES[self.edges](text, start, end):
            return False
        value = text[start:end]
        if self.allowed is not None and self.allowed.fullmatch(value):
            return False
        if self.not_after is not None and self.not_after.search(subject.folded[max(0, start - 40) : start]):
            return False
        if self.check is None:
            return True
        return self.check(match.group().decode("utf-8", "surrogatepass") if self.checks_match else value)


def _next_character(data: bytes, at: int) -> int:
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at
