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
RUN = re2.compile(rb"(?:\b" + _CALL + rb"|\b" + _WORD + rb")(?:[ \t]" + _SMALL + rb"?" + _WORD + rb"){1,8}", _LATIN1)
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
    """Words that are a full name by the dictionaries: where in the run, how many, how sure."""

    start: int
    end: int
    size: int
    level: Level
    spelled: str


class Part(NamedTuple):
    """A piece that may be a name; offsets are in its stretch."""

    start: int
    last: bool
    """Whether what follows the run matters: a company's word may."""
    titled: Titled | None
    windows: tuple[Window, ...]


Runs = tuple[tuple[int, tuple[Part, ...]], ...]


def read_stretch(stretch: bytes) -> Runs:
    """The runs of a stretch that may hold a name: end, parts; its first byte only stands before them."""
    return _remembered(stretch) if len(stretch) <= _LONGEST else _runs_of(stretch)


@lru_cache(maxsize=1 << 15)
def _remembered(stretch: bytes) -> Runs:
    return _runs_of(stretch)


def _runs_of(stretch: bytes) -> Runs:
    runs = []
    for match in RUN.finditer(stretch, 1):
        words = split_run(match.start(), match.group().decode("ascii"))
        parts = tuple(_parts(words)) if says_something(words) else ()
        if parts:
            runs.append((match.end(), parts))
    return tuple(runs)


def _parts(words: list[Word]) -> Iterator[Part]:
    for piece in cut(words):
        bare = piece.bare()
        if not bare or gazetteers.is_bearer(piece.before):
            continue
        if piece.title:
            for found in titled(bare, piece.title):
                yield Part(bare[0].start, False, found, ())
        elif not gazetteers.is_company_word(piece.before) and not gazetteers.is_company_word(piece.after or ""):
            windows = tuple(_windows(bare))
            if windows:
                yield Part(bare[0].start, piece.after is None, None, windows)


def _windows(words: list[Word]) -> Iterator[Window]:
    for size, window in windows_of(words):
        level = judge(window)
        if level:
            yield Window(window[0].start, window[-1].end, size, level, spelled(window))


def windows_of(words: list[Word]) -> Iterator[tuple[int, list[Word]]]:
    """All that may be a full name in a piece: how many words, and which."""
    for first in range(len(words) - 1):
        for last in range(min(len(words), first + 5), first + 1, -1):
            window = words[first:last]
            if sum(not word.particle for word in window) >= 2 and not window[-1].particle:
                yield last - first, window


def spelled(window: list[Word]) -> str:
    """A name as a site that bears it spells it."""
    return "".join(word.key.replace("-", "") for word in window)


def says_something(words: list[Word]) -> bool:
    """Whether a run holds a first name, an initial or a title."""
    return any(word.first or word.initial or word.key in TITLES for word in words)


def split_run(start: int, run: str) -> list[Word]:
    """The words of a run that starts at ``start``."""
    words, at = [], 0
    for raw in run.split(" "):
        if raw.strip("\t"):
            words.append(read_word(start + at, raw.strip("\t")))
        at += len(raw) + 1
    return words


def cut(words: list[Word]) -> Iterator[Piece]:
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


def titled(piece: list[Word], title: str) -> Iterator[Titled]:
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
