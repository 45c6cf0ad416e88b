"""Which cells are the name of one person as a whole: respelled as running text writes it, scored, held to the lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import re2
from numpy.typing import NDArray

from recognizers import gazetteers
from recognizers.folding import fold, listed
from recognizers.naming import PARTICLES, Word, judge, read_word
from scanner.model import Level

Floats = NDArray[np.float32]

TITLES = listed(
    "M M. MM MM. MME MME. MLLE MLLE. MELLE MR MR. MRS MRS. MS MS. DR DR. PR PR. ME ME. MISS MONSIEUR MADAME "
    "MADEMOISELLE MAITRE DOCTEUR PROFESSEUR PROF PROF. SIR"
)
LEGAL = listed("SA SAS SASU SARL EURL SCI SNC SCOP SELARL GIE GMBH LTD LLC INC PLC CORP & FRERES FILS")
ASKED = 0.5
"""Score from which a cell counts as a name."""
ASKED_AMONG = 0.3
"""The same where many other cells of the column are names."""
_NOTHING, _DOUBTFUL, _CLEAR = 0, 1, 2
"""What the words of a cell leave of the case for a name."""
_CONVINCED = 0.95
_LISTED = 0.9
_TITLED = 0.8
_SMALL_KNOWN = 0.7
_ENOUGH = 0.6
_VOWELS = frozenset("AEIOUY")
_PLAUSIBLE = 0.15
"""Below, the model knows better than the lists: a brand with its model."""
_NOT_ALONE = 0.45
"""What a cell is worth that is a name only if its neighbours are."""
_JOINTS = (";", "|", " / ", " et ", " and ", " & ")
_JOINT = r"[ ]*[;|][ ]*|[ ]/[ ]|[ ]et[ ]|[ ]and[ ]|[ ]&[ ]"
_LONGEST_LIST, _MOST_LISTED, _MOST = 400, 12, 0.6
_LONGEST = 60
_MOST_WORDS = 7
_NO_NAME = r"[0-9@/\\:<>{}=?!%#*+\[\]|\"&€$£]"
_MAIDEN = r"(?i)[ ]\(?(?:n[ée]e|[ée]pouse|[ée]p\.?|veuve|vve|ux\.?|dite?|alias)[ ]"
_YEARS = r",?[ ]*\(?(?:1[5-9]|20)[0-9][0-9] ?- ?(?:(?:1[5-9]|20)[0-9][0-9])?\)?$"
_TURNED = r"^([^,;]{2,40})[ ]?,[ ]*([^,;]{1,40})$"
_MAILBOX = r"^[a-z]{1,20}(?:-[a-z]{2,15})?[._][a-z]{2,25}(?:-[a-z]{2,15})?$"
_SMALL = r"^[^A-Z]*$"
_FILE = listed(
    "pdf doc docx xls xlsx csv txt jpg jpeg png gif svg html htm css js php py sh sql xml json yaml yml zip gz tar log "
    "ini cfg conf md exe dll bak tmp mp db com org net fr eu de uk io info app dev local be ch ca us tv id at nb ref "
    "num date code type name nom mail tel"
)
"""Endings of names of files, sites and variables."""


def name_scores(values: Sequence[str]) -> Floats:
    """For each cell the chance (0 to 1) that all of it names one person; below ``ASKED`` where the lists object."""
    from recognizers.persons import person_scores  # noqa: PLC0415 - loads the model

    joined = "\n".join(values)
    joints = [joint for joint in _JOINTS if joint in joined]
    if joints:
        listing = np.array([any(joint in value for joint in joints) for value in values], np.bool_)
        return _with_lists(values, listing)
    scores = np.zeros(len(values), np.float32)
    cells = pc.utf8_trim_whitespace(pa.array(values, pa.string()))
    asked = np.flatnonzero(_may_be_names(cells))
    if not len(asked):
        return scores
    plain = cells.take(pa.array(asked))
    spelled, small = _respelled(plain)
    texts = spelled.to_pylist()
    scores[asked] = person_scores(texts)
    folded = fold("\n".join(text.replace("\n", " ") for text in texts)).data.decode("ascii").upper().split("\n")
    for at, text, is_small in zip(asked.tolist(), folded, small.tolist(), strict=True):
        scores[at] = _held(text, float(scores[at]), is_small)
    return scores


def _with_lists(values: Sequence[str], listing: NDArray[np.bool_]) -> Floats:
    """The scores where some cells list several: such a cell is as good as most of what it lists."""
    scores = np.zeros(len(values), np.float32)
    alone = np.flatnonzero(~listing)
    scores[alone] = name_scores([values[at] for at in alone.tolist()])
    pieces = [re2.split(_JOINT, values[at][:_LONGEST_LIST])[:_MOST_LISTED] for at in np.flatnonzero(listing).tolist()]
    pieces = [[piece for piece in own if piece.strip().upper() not in TITLES] for own in pieces]  # M. et Mme Durand
    single = name_scores([piece.strip() for listed_ in pieces for piece in listed_])
    cuts = np.cumsum([0, *map(len, pieces)])
    for number, at in enumerate(np.flatnonzero(listing).tolist()):
        own = single[cuts[number] : cuts[number + 1]]
        scores[at] = own.mean() if len(own) and (own >= ASKED).mean() >= _MOST else 0.0
    return scores


def _may_be_names(cells: pa.Array) -> NDArray[np.bool_]:
    lengths = pc.utf8_length(cells)
    years = pc.match_substring_regex(cells, _YEARS)
    fits = pc.and_(pc.greater_equal(lengths, 3), pc.less_equal(lengths, _LONGEST))
    fits = pc.and_(fits, pc.or_(pc.invert(pc.match_substring_regex(cells, _NO_NAME)), years))
    may: NDArray[np.bool_] = fits.to_numpy(zero_copy_only=False)
    return may


def _respelled(cells: pa.Array) -> tuple[pa.Array, NDArray[np.bool_]]:
    """``DUPONT, Jean`` as ``Jean DUPONT`` and ``jean.dupont`` as ``Jean Dupont``; and which of them are small."""
    cells = pc.replace_substring_regex(cells, _YEARS, "")
    cells = pc.replace_substring_regex(cells, _MAIDEN, " ")
    cells = pc.utf8_trim_whitespace(pc.replace_substring_regex(cells, r"[()]", " "))
    cells = pc.replace_substring_regex(cells, _TURNED, r"\2 \1")
    mailbox = pc.match_substring_regex(cells, _MAILBOX)
    cells = pc.if_else(mailbox, pc.replace_substring_regex(cells, "[._]", " "), cells)
    small = pc.utf8_is_lower(cells)
    cells = pc.if_else(small, pc.utf8_title(cells), cells)
    return cells, small.to_numpy(zero_copy_only=False)


def _held(text: str, score: float, small: bool) -> float:
    """The score of a folded cell, once the lists of names and of other words were asked."""
    parts = text.replace(",", " ").replace("(", " ").replace(")", " ").split()
    titled = len(parts) > 1 and parts[0] in TITLES
    while parts and parts[0] in TITLES:
        parts = parts[1:]
    if not parts or len(parts) > _MOST_WORDS or (len(parts) == 1 and not titled):
        return 0.0
    words = [_word(part) for part in parts]
    weight = _weight(parts, words, titled)
    if weight == _NOTHING:
        return 0.0
    if titled:
        return max(score, _TITLED)
    if weight == _DOUBTFUL:
        return score if score >= _CONVINCED and not small else min(score, _NOT_ALONE)
    return score if score >= _ENOUGH and not small else _judged(words, score, small)


def _judged(words: list[Word], score: float, small: bool) -> float:
    """The score once the lists say who is called so."""
    level = judge(words)
    if level is not None and level >= Level.PROBABLE:
        return max(score, _LISTED if score >= _PLAUSIBLE else _NOT_ALONE)
    if small:
        return _held_small(words, score)
    return max(score, _ENOUGH) if level is not None or _is_initialled(words) else score


def _held_small(words: list[Word], score: float) -> float:
    """Small letters say less: a list must know somebody of that name, and the others must not be plain words.

    Of two words that no list knows the model is sure in any other language: only neighbours make them a name.
    """
    first = max((word.first for word in words if not word.common), default=0)
    last = max((word.last for word in words if not word.common), default=0)
    if not all(_may_be_part(word) for word in words):
        return 0.0
    if first >= 2 or (last >= 2 and _is_initialled(words)):
        return max(score, _ENOUGH)
    return score if score >= _SMALL_KNOWN and (first or last) else min(score, _NOT_ALONE)


def _is_initialled(words: list[Word]) -> bool:
    """``J. Kowalgaray``: one surname, which is no other word, and initials."""
    bare = [word for word in words if not word.initial and not word.particle]
    return (
        len(bare) == 1
        and len(words) > 1
        and (bare[0].last > 0 or (len(bare[0].key) > 3 and not _VOWELS.isdisjoint(bare[0].key)))
        and (not bare[0].common or bare[0].last >= 2)
    )


@lru_cache(maxsize=1 << 16)
def _word(part: str) -> Word:
    return read_word(0, part.title())


def _may_be_part(word: Word) -> bool:
    return word.particle or word.initial or not word.common or word.first >= 2 or word.last >= 2


def _weight(parts: list[str], words: list[Word], titled: bool) -> int:
    """Whether a word says company, street, product or heading, or all of it is a town or what bears a name."""
    least = min((_standing(part, word) for part, word in zip(parts, words, strict=True)), default=_NOTHING)
    if least == _NOTHING or titled:
        return least
    whole = " ".join(parts)
    if gazetteers.is_commune(whole) or gazetteers.is_country("-".join(parts)) or parts[-1].lower() in _FILE:
        return _NOTHING
    if "-".join(parts[:3]) in brands() or "-".join(parts[:2]) in brands():
        return _NOTHING
    if len(parts) > 2 and gazetteers.is_bearer(parts[0]) and max(word.first for word in words[1:]) >= 2:
        return _NOTHING
    return least


def _standing(part: str, word: Word) -> int:
    """What a word leaves of the case for a name."""
    if part in PARTICLES or word.initial:
        return _CLEAR
    known = max(word.first, word.last)
    if part in LEGAL or (gazetteers.is_company_word(part) and known < 3):
        return _NOTHING
    if gazetteers.is_blocker(part) or part in trades():
        return _CLEAR if known >= 3 else _DOUBTFUL if known else _NOTHING
    return _CLEAR


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    """Words of the names of companies and products."""
    return gazetteers._words("trades.txt")


def looks_like_words(values: Sequence[str]) -> float:
    """The share of cells that are one to five words of letters, none of which says company, product or heading."""
    cells = pc.utf8_trim_whitespace(pa.array(values, pa.string()))
    fits = pc.match_substring_regex(cells, r"^[^0-9@/\\:<>{}=?!%#*+\[\]|\"&€$£_;]{2,50}$")
    texts = cells.filter(fits).to_pylist()
    folded = fold("\n".join(text.replace("\n", " ") for text in texts)).data.decode("ascii").upper().split("\n")
    likely = sum(_could_name(text.replace(",", " ").split()) for text in folded if text)
    return likely / max(1, len(values))


def _could_name(parts: list[str]) -> bool:
    words = [_word(part) for part in parts]
    return 0 < len(parts) <= 5 and all(_standing(part, word) for part, word in zip(parts, words, strict=True))


@lru_cache(maxsize=1)
def brands() -> frozenset[str]:
    """Names of persons that are brands and works oftener than anybody."""
    return gazetteers._words("brands.txt")
