"""Runs of capitalised words: what they may be whatever stands around them, judged once for each spelling."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import re2

from recognizers import gazetteers
from recognizers.folding import listed
from recognizers.naming import Word, judge, read_word
from scanner.model import Level

_LATIN1 = re2.Options()
_LATIN1.encoding = re2.Options.Encoding.LATIN1

TITLES = listed(
    "M M. MM MM. MME MMES MLLE MLLES MR MR. MRS MRS. MS MS. MISS MONSIEUR MADAME MADEMOISELLE DR DR. "
    "DOCTEUR DOCTOR PR PR. PROF PROF. PROFESSEUR PROFESSOR ME ME. MAITRE MTRE SIR LADY LORD CAPITAINE "
    "LIEUTENANT SERGENT ADJUDANT"
)
_DOUBTFUL_TITLES = listed("M ME MS PR DR SIR LORD LADY")
_WORD = rb"[A-Z](?:[A-Za-z]*(?:['-][A-Za-z]+)+|[A-Za-z]+|)(?:\.(?:-?[A-Z]\.)*)?"
_SMALL = rb"(?:(?:de la|de|du|des|la|le|van der|van den|van|von|den|ter|ben|el|al|ait|da|dos|do|di|del)[ ]|d'|l')"
_CALL = rb"(?:monsieur|madame|mademoiselle|docteur|maitre|professeur|mme|mlle|mr|dr)\.?"
_RUN = re2.compile(rb"(?:\b" + _CALL + rb"|\b" + _WORD + rb")(?:[ \t]" + _SMALL + rb"?" + _WORD + rb"){1,8}", _LATIN1)
_LONGEST = 200
"""Longer stretches are too rare to be remembered."""


Titled = tuple[int, int, Level]
"""A name after a title: start, end, how sure."""


class Piece(NamedTuple):
    """What stands in a run between titles and words that no name holds."""

    words: list[Word]
    title: str
    before: str
    """The word before, where it is no title; the one after, None at the end of the run."""
    after: str | None

    def bare(self) -> list[Word]:
        """The words, without the particles and initials at their end."""
        words = self.words
        while words and (words[-1].particle or words[-1].initial):
            words = words[:-1]
        return words


class Window(NamedTuple):
    """Words that may be a full name: where in the stretch, how many, how sure by the dictionaries alone."""

    start: int
    end: int
    size: int
    level: Level | None
    spelled: str
    """As a site that bears the name spells it."""
    keys: tuple[str, ...]
    full: bool
    """Whether no word is short, or a word of the language."""


class Part(NamedTuple):
    """A piece that may be a name."""

    start: int
    last: bool
    """Whether what follows the run matters: a company's word may."""
    titled: Titled | None
    windows: tuple[Window, ...]
    likely: tuple[Window, ...]
    """Those that need no address to be a name."""


class Run(NamedTuple):
    """Words that stand together, and what they may be; offsets are in the stretch."""

    end: int
    says_something: bool
    """Whether it holds a first name, an initial or a title."""
    tail: tuple[str, ...]
    parts: tuple[Part, ...]


def read_stretch(stretch: bytes) -> tuple[Run, ...]:
    """The runs of a stretch, in order; its first byte only stands before them."""
    return _remembered(stretch) if len(stretch) <= _LONGEST else _runs_of(stretch)


@lru_cache(maxsize=1 << 15)
def _remembered(stretch: bytes) -> tuple[Run, ...]:
    return _runs_of(stretch)


def _runs_of(stretch: bytes) -> tuple[Run, ...]:
    runs = []
    for match in _RUN.finditer(stretch, 1):
        start, end = match.span()
        words = split_run(start, stretch[start:end].decode("ascii"))
        known = any(word.first or word.initial or word.key in TITLES for word in words)
        runs.append(Run(end, known, _keys(words[-2:]), tuple(_parts(words))))
    return tuple(runs)


def _parts(words: list[Word]) -> Iterator[Part]:
    for piece in _cut(words):
        bare = piece.bare()
        if not bare or gazetteers.is_bearer(piece.before):
            continue
        if piece.title:
            for found in _titled(bare, piece.title):
                yield Part(bare[0].start, False, found, (), ())
        elif not gazetteers.is_company_word(piece.before) and not gazetteers.is_company_word(piece.after or ""):
            windows = tuple(_windows(bare))
            likely = tuple(window for window in windows if window.level)
            yield Part(bare[0].start, piece.after is None, None, windows, likely)


def _windows(words: list[Word]) -> Iterator[Window]:
    for first in range(len(words) - 1):
        for last in range(min(len(words), first + 5), first + 1, -1):
            window = words[first:last]
            if sum(not word.particle for word in window) >= 2 and not window[-1].particle:
                yield _window(window)


def _window(words: list[Word]) -> Window:
    spelled = "".join(word.key.replace("-", "") for word in words)
    full = all(len(word.key) >= 3 for word in words) and not any(word.common for word in words)
    return Window(words[0].start, words[-1].end, len(words), judge(words), spelled, _keys(words), full)


def _keys(words: list[Word]) -> tuple[str, ...]:
    """The words as addresses spell them, without particles."""
    return tuple(word.key.replace("-", "").replace("'", "") for word in words if not word.particle)


def split_run(start: int, run: str) -> list[Word]:
    """The words of a run that starts at ``start``."""
    words, at = [], 0
    for raw in run.split(" "):
        if raw.strip("\t"):
            words.append(read_word(start + at, raw.strip("\t")))
        at += len(raw) + 1
    return words


def _cut(words: list[Word]) -> Iterator[Piece]:
    """Cut a run at titles and at words that no name holds."""
    piece: list[Word] = []
    title = ""
    before = ""
    for word in words:
        if word.key in TITLES or (blocks(word) and not _follows_first_name(piece, word)):
            yield Piece(piece, title, before, word.key)
            piece = []
            title = word.key if word.key in TITLES else ""
            before = "" if title else word.key
        else:
            piece.append(word)
    yield Piece(piece, title, before, None)


def _follows_first_name(piece: list[Word], word: Word) -> bool:
    """Somebody may be called ``Price`` or ``Rivière``, after a first name that is nothing else."""
    if not piece or word.last < 2 or gazetteers.is_bearer(word.key) or gazetteers.is_company_word(word.key):
        return False
    return piece[-1].first >= 2 and not piece[-1].common


def blocks(word: Word) -> bool:
    """Whether no name holds this word."""
    return not word.particle and gazetteers.is_blocker(word.key.rstrip("."))


def _titled(piece: list[Word], title: str) -> Iterator[Titled]:
    """A title is followed by a name of at most four words; the dictionaries only say how sure."""
    taken = piece[:4]
    while len(taken) > 2 and judge(taken) is None:
        taken = taken[:-1]
    level = judge(taken)
    if level is None and len(taken) > 1 and not (taken[1].last or taken[0].particle or taken[0].initial):
        taken = taken[:1]
    if taken[-1].initial or taken[-1].particle:
        return
    known = any(word.last or word.first for word in taken)
    if title in _DOUBTFUL_TITLES and (not known or taken[0].common):
        return
    if level is None and len(taken) == 1 and (len(taken[0].key) < 3 or (taken[0].common and taken[0].last < 2)):
        return
    sure = Level.CERTAIN if level and level >= Level.PROBABLE else Level.PROBABLE
    yield taken[0].start, taken[-1].end, sure
