"""Where a name may stand: capitals where none must be, and known names where sentences begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizers import gazetteers
from recognizers.folding import fold_word
from scanner.recognition.words import DIGIT, LOWER, SPACE, UPPER, Codes, classes

Flags = NDArray[np.bool_]
_AROUND = ".,;:!?()\"«»“”„…–—-•*_#@'’"


def may_name(text: str) -> bool:
    """Whether a capital stands inside a sentence, begins two words, a list or a line of one word, or a known name."""
    heads = _heads(text, classes(text))
    if len(heads.starts) == 0:
        return False
    after = np.append(heads.capital[1:] & ~heads.opens_line[1:], False)
    alone = np.append(heads.opens_sentence[1:], True)
    telling = heads.capital & (~heads.opens_sentence | after | alone | (heads.opens_line & heads.comma))
    return bool(telling.any()) or any(_is_name(text[start:end]) for start, end in heads.capitals())


@dataclass(frozen=True, slots=True)
class _Heads:
    """Runs between spaces that hold a letter or a digit, and how they begin and end."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    capital: Flags
    opens_line: Flags
    opens_sentence: Flags
    comma: Flags

    def capitals(self) -> Iterator[tuple[int, int]]:
        """Where the runs that begin with a capital stand."""
        return zip(self.starts[self.capital].tolist(), self.ends[self.capital].tolist(), strict=True)


def _heads(text: str, codes: Codes) -> _Heads:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = np.concatenate(([False], codes != SPACE, [False]))
    starts = np.flatnonzero(inside[1:-1] & ~inside[:-2])
    ends = np.flatnonzero(inside[1:-1] & ~inside[2:]) + 1
    solid = np.concatenate(([0], np.cumsum((codes >= LOWER) & (codes <= DIGIT))))
    telling = solid[ends] > solid[starts]
    starts, ends = starts[telling], ends[telling]
    # The first letter or digit of each run, whatever quotes or bullets stand before it.
    heads = np.searchsorted(solid, solid[starts] + 1, "left") - 1
    letters = np.concatenate(([0], np.cumsum((codes == UPPER) | (codes == LOWER))))
    capital = (codes[heads] == UPPER) & (letters[ends] - letters[starts] > 1)
    lines = np.concatenate(([0], np.cumsum(np.isin(points, (10, 13)))))
    opens_line = np.concatenate(([True], lines[starts[1:]] > lines[ends[:-1]])) if len(starts) else capital
    last = points[ends - 1]
    stop = np.isin(last, [ord(sign) for sign in ".!?…"])
    opens_sentence = opens_line | np.concatenate(([True], stop[:-1])) if len(starts) else capital
    return _Heads(starts, ends, capital, opens_line, opens_sentence, last == ord(","))


def _is_name(token: str) -> bool:
    word = fold_word(token.strip(_AROUND))
    return bool(gazetteers.is_first_name(word) or gazetteers.is_surname(word)) and not gazetteers.is_word(word)
