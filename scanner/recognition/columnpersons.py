"""Columns of names: all of their values are persons', or some are, as their header and the values themselves say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from recognizers.cellnames import ASKED, ASKED_AMONG, TITLES, looks_like_words, name_scores
from recognizers.cells import CellScores, score_cells
from scanner.model import Level
from scanner.recognition.columnnames import Reading, names_things
from scanner.recognition.columnsample import SAMPLE
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.tally import Tally

SHARE = 0.6
FEW = 8
_MIXED = 0.3
"""Share of names from which a column of mixed material is one of persons among others."""
_SURE = 0.8
_SOME = 3
"""Names that a column of mixed material has at least, to be sure of them."""
_NEARLY_ALL = 0.9
SERIES = 0.5
_ENOUGH = 256
"""Values that show whether a column is what its header says."""
_SCORES = {Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}


@dataclass
class Names:
    """What the sampled values of a column are, taken as names."""

    facts: ColumnFacts
    most: int = SAMPLE

    @cached_property
    def texts(self) -> list[str]:
        """The values that are looked at."""
        return list(islice(self.facts.sample, self.most))

    @cached_property
    def scores(self) -> NDArray[np.float32]:
        """For each value the chance that it names one person as a whole."""
        return name_scores(self.texts)

    @cached_property
    def listed(self) -> CellScores:
        """How many values the lists know, as first names and as surnames."""
        return score_cells(self.texts)

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Which values name one person as a whole; less is asked of one where many are."""
        sure: NDArray[np.bool_] = self.scores >= ASKED
        return self._without_series(self.scores >= ASKED_AMONG if sure.mean() >= _MIXED else sure)

    def _without_series(self, whole: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """None of those that share a word with half of all: articles of one kind do, and hardly any family."""
        texts = self.texts
        own = {number: set(texts[number].upper().split()) for number in np.flatnonzero(whole).tolist()}
        counts = Counter(word for words in own.values() for word in words if len(word) > 2 and word not in TITLES)
        shared = {word for word, count in counts.items() if count >= 3 and count >= SERIES * len(own)}
        for number, words in own.items() if shared else ():
            whole[number] = shared.isdisjoint(words)
        return whole

    @property
    def full(self) -> float:
        """The share of them."""
        return float(self.whole.mean())

    @property
    def known(self) -> float:
        """The share of values that are names of one kind."""
        if self.full >= SHARE:
            return self.full
        return max(self.full, max(self.listed.first, self.listed.last) / max(1, self.listed.n))

    @property
    def telling(self) -> float:
        """The share of values that are first names and nothing else, or whole names."""
        if self.full >= SHARE:
            return self.full
        return max(self.full, (self.listed.first - self.listed.words) / max(1, self.listed.n))

    @cached_property
    def wordlike(self) -> float:
        """The share of values that could be anybody's name, by their letters."""
        return looks_like_words(self.texts)


def named(names: Names, reading: Reading) -> Level:
    """How sure a column is of persons whose header says so by itself."""
    if names.known >= 0.35 or (reading.own and names.wordlike >= SHARE + 0.2):
        return Level.PROBABLE
    return Level.POSSIBLE if names.known >= 0.1 or names.wordlike >= SHARE else Level.INDICE


def among_others(names: Names) -> tuple[Level, NDArray[np.bool_]] | None:
    """The values that are persons' in a column that holds other things too, and how sure they are."""
    whole = names.whole
    if not whole.any() or names_things(names.facts.name):
        return None
    sure = names.full >= _MIXED and int(whole.sum()) >= _SOME and float(names.scores[whole].mean()) >= _SURE
    return (Level.PROBABLE if sure else Level.POSSIBLE), whole


def persons_of(facts: ColumnFacts, has_person: bool, paired: bool) -> tuple[Level, Tally] | None:
    """The persons of a column: all values or some; ``paired`` when another column of the table holds first names."""
    reading = next((r for r in facts.readings if r.entity_type == "PERSON"), None)
    names = Names(facts, SAMPLE if reading is None or reading.weak else _ENOUGH)
    everything = Tally.of(facts.values, facts.seen, "columns", f"row {facts.first_row}")
    if reading is not None and not reading.weak:
        return named(names, reading), everything
    if reading is not None and (
        names.telling >= 0.5 or (names.known >= 0.7 and has_person) or (paired and names.wordlike >= _SURE)
    ):
        return Level.PROBABLE, everything
    if reading is None and _says_itself(names) and not ASKED_AMONG < names.full < _NEARLY_ALL:
        return (Level.POSSIBLE if names_things(facts.name) else Level.PROBABLE), everything
    some = among_others(names)
    if some is not None:
        return some[0], facts.sample.tally(some[1], _SCORES[some[0]], "columns")
    return (Level.INDICE, everything) if reading is not None and has_person else None


def _says_itself(names: Names) -> bool:
    """Whether values alone say that a column is of persons."""
    count = len(names.facts.sample)
    return names.telling >= SHARE and (count >= FEW or (count >= 3 and names.full >= SHARE))
