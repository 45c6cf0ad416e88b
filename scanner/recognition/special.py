"""Special categories of data (GDPR art. 9 and 10) and minors: vocabulary near a person, never vocabulary alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from recognizers.folding import Folded, fold
from recognizers.gates import survey
from recognizers.gates_cuts import Blocks
from recognizers.gates_tables import byte_table
from recognizers.sentences.choosing import Readings
from recognizers.sentences.model import CLASSES
from recognizers.terms import compile_longest
from scanner.model import Evidence, Level, Span
from scanner.recognition.ages import is_minor_proof
from scanner.recognition.evidence import with_evidence
from scanner.recognition.lexicons import (
    Hit,
    Strength,
    load_context,
    load_lexicons,
    load_matcher,
    own_words,
    special_types,
)
from scanner.recognition.standing import NO_WORDS, Standing, count, outside_names
from scanner.recognition.subjects import heads_a_subject, is_blank, is_technical, names_firm, says_none
from scanner.recognition.weighing import (
    DENIED,
    LIKELY,
    NAMED,
    SURE,
    Ties,
    Weight,
    is_sentence,
    level_of,
    sentence_number,
    sentence_stem,
)

SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}

_REACH = 600
"""Characters around a term in which the person may stand."""
_ABOUT_REACH = 1500
_ABOUT_MARKS = 2
_PAPER_MARKS = 2
"""How many more words of a topic it takes to make a text about a subject of somebody's paper."""
_DOUBT_MARKS = 1
_CLOSE = 150
_ABOVE = 160
"""Characters above a sentence in which it may be said whom it is about."""
_DOCUMENT = 6000
"""Characters up to which a text is one document, and whoever it names may be whom it speaks of."""
_LOG_LINES = 20
_MARK = 7
"""Bytes of a mark that count: ``election`` and ``elections`` are one."""
_NO_QUOTATIONS = byte_table(dict.fromkeys("\n{}=:", 1))
_QUOTATION = compile_longest('"[^"\\n{}=:]{30,400}"')


Keys = Sequence[Span] | Callable[[list[tuple[int, int]]], Iterable[Span]]
"""The persons of a text, or what gives those that begin in these stretches of characters, apart and in order: only
what stands around a term has to be known."""


Reader = Callable[[str, NDArray[np.int64]], Readings]
"""Reads sentences of a text, those around the given places of terms first."""


class Told:
    """What the network said of the sentences that it read, by their place in folded text."""

    def __init__(self, folded: Folded, readings: Readings) -> None:
        self.starts = [folded.position(at) for at in readings.starts.tolist()]
        self.ends = [folded.position(at) for at in readings.ends.tolist()]
        self.chances = readings.chances

    def signals(self) -> list[Hit]:
        """A signal for each sentence and category that is likely."""
        lexicons = {lexicon.name: lexicon for lexicon in load_lexicons()}
        found = []
        for number, at in zip(*np.nonzero(self.chances[:, 1:] >= LIKELY), strict=True):
            strength = Strength.STRONG if self.chances[number, at + 1] >= SURE else Strength.WEAK
            lexicon = lexicons[CLASSES[at + 1]]
            found.append(Hit(self.starts[number], self.ends[number], lexicon, strength, sentence_stem(int(number))))
        return found

    def around(self, hit: Hit, data: bytes) -> tuple[int, int, int]:
        """Where the line above a hit starts, and where its sentence starts and ends: its line, if none was read."""
        number = bisect_right(self.starts, hit.start) - 1
        if number >= 0 and self.ends[number] > hit.start:
            start, end = self.starts[number], max(self.ends[number], hit.end)
        else:
            start, end = data.rfind(b"\n", 0, hit.start) + 1, data.find(b"\n", hit.end)
            end = len(data) if end < 0 else end
        before = data.rfind(b"\n", 0, max(0, data.rfind(b"\n", 0, start))) + 1
        return max(before, start - _ABOVE), start, end

    def chance(self, sentence: Hit) -> float:
        """How likely a sentence is of its category."""
        return float(self.chances[sentence_number(sentence), CLASSES.index(sentence.lexicon.name)])

    def denies(self, hit: Hit) -> bool:
        """Whether the sentence around a term was read, and is not about what the term says."""
        number = bisect_right(self.starts, hit.start) - 1
        if number < 0 or self.ends[number] <= hit.start:
            return False
        return bool(self.chances[number, CLASSES.index(hit.lexicon.name)] < DENIED)


class _View:
    """One folded text with what is known of it, and what is read of it only around its hits."""

    def __init__(self, folded: Folded, hits: list[Hit], keys: Iterable[Span], told: Told) -> None:
        self.data = folded.data
        self.told = told
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self.topics = {
            lexicon: [hit.start for hit in hits if hit.lexicon.name == lexicon and hit.strength >= Strength.WEAK]
            for lexicon in {hit.lexicon.name for hit in hits}
        }
        self.by_line = _is_log(folded.data)
        self.standing = Standing(folded, keys)

    def ties(self, signals: Sequence[Hit]) -> Ties:
        """Where signals start that have to do with somebody whom the matter is about."""
        standing = self.standing
        sentences = [hit for hit in signals if is_sentence(hit)]
        owned = frozenset(hit.start for hit in sentences if standing.is_owned(hit.start, hit.end))
        tied = frozenset(hit.start for hit in signals if standing.is_tied(hit, *self.told.around(hit, self.data)))
        return Ties(tied, owned, frozenset(hit.start for hit in sentences if self._names(hit, owned)))

    def _names(self, sentence: Hit, owned: frozenset[int]) -> bool:
        """Whether a sentence is likely enough and names somebody; lines of a log must speak of them as well."""
        likely = self.standing.is_paper or self.told.chance(sentence) >= NAMED
        told = not self.by_line or sentence.start in owned
        return likely and told and self.standing.is_naming(sentence.start, sentence.end)

    @cached_property
    def about(self) -> Blocks:
        """Words of texts about a topic."""
        return Blocks(load_context()[1], NO_WORDS, self.data, _MARK)

    @cached_property
    def is_subject(self) -> bool:
        """Whether the heading says that this is a lesson, a programme, a quote, and nobody's paper."""
        return not self.standing.is_paper and heads_a_subject(self.data)

    def is_void(self, term: Hit) -> bool:
        """Whether the sentence of a term says that there is none."""
        _, start, end = self.told.around(term, self.data)
        return says_none(self.data[start:end])

    @cached_property
    def quotations(self) -> Blocks:
        """Speech that is quoted at length marks the press."""
        return Blocks(_QUOTATION, _NO_QUOTATIONS, self.data, 1)


class SpecialRecognizer:
    """Levels follow from what stands together: a person, and signals that weigh enough; else a hint."""

    name = "special"

    def __init__(self) -> None:
        self._last: tuple[bytes, list[Hit]] = b"", []

    @property
    def entity_types(self) -> frozenset[str]:
        """One type per lexicon."""
        return special_types()

    def find(self, text: str, keys: Keys, today: date | None = None, reader: Reader | None = None) -> list[Span]:
        """Spans of special categories; births speak only when ``today`` is given, sentences if there is a reader."""
        folded = survey(text).folded
        return self._judged(text, folded, self._hits(folded.data), keys, today, reader)

    def _hits(self, data: bytes) -> list[Hit]:
        """The terms in a text, looked for once: cells are asked about twice, as they are and as rows of persons."""
        if self._last[0] is not data:
            self._last = data, load_matcher().find(data)
        return self._last[1]

    def find_without_gate(self, text: str, keys: Keys, today: date | None = None) -> list[Span]:
        """The same spans, slower: the lexicons read everything."""
        folded = fold(text)
        hits = load_matcher().find_in(folded.data, [(0, len(folded.data))])
        return self._judged(text, folded, hits, keys, today, None)

    def _judged(
        self, text: str, folded: Folded, hits: list[Hit], keys: Keys, today: date | None, reader: Reader | None
    ) -> list[Span]:
        hits = [hit for hit in hits if is_minor_proof(hit, folded.data, today)]
        told = Told(folded, _readings(text, folded, hits, reader))
        hits = sorted([*hits, *told.signals()], key=lambda hit: hit.start)
        hits = [hit for hit in hits if not names_firm(folded.data, hit.start, is_sentence=is_sentence(hit))]
        if not hits:
            return []
        known = list(keys(_around(folded, hits)) if callable(keys) else keys)
        hits = outside_names(hits, folded, known)
        view = _View(folded, hits, known, told)
        spans = []
        for hit in hits:
            judged = _judge(view, hit)
            if judged is not None:
                level, codes = judged
                start, end = folded.origin(hit.start), folded.origin(hit.end)
                name = with_evidence(hit.lexicon.name, *codes)
                spans.append(Span(hit.lexicon.entity_type, start, end, SCORES[level], name, level))
        return spans

    def regimes(self, text: str, keys: Keys, today: date | None = None) -> dict[str, Level]:
        """The highest level of each regime in the text."""
        codes = {lexicon.entity_type: lexicon.regime for lexicon in load_lexicons()}
        best: dict[str, Level] = {}
        for span in self.find(text, keys, today):
            code = codes[span.entity_type]
            best[code] = max(span.level, best.get(code, span.level))
        return dict(sorted(best.items()))


def _readings(text: str, folded: Folded, hits: list[Hit], reader: Reader | None) -> Readings:
    if reader is None:
        return Readings.none()
    return reader(text, np.array([folded.origin(hit.start) for hit in hits], np.int64))


def _around(folded: Folded, hits: list[Hit]) -> list[tuple[int, int]]:
    """The stretches of the text in which keys matter to a hit: what belongs together around it, or a whole document."""
    if len(folded.data) <= _DOCUMENT:
        return [(0, folded.origin(len(folded.data)))]
    by_line = _is_log(folded.data)
    stretches: list[tuple[int, int]] = []
    for hit in hits:
        low, high = _bounds(folded.data, by_line, hit)
        first = stretches.pop()[0] if stretches and low <= stretches[-1][1] else low
        stretches.append((first, high))
    return [(folded.origin(low), folded.origin(high)) for low, high in stretches]


def _is_log(data: bytes) -> bool:
    """Lines that begin with a date or a bracket are records of their own."""
    lines = [line for line in data[:4000].split(b"\n")[:_LOG_LINES] if line.strip()]
    stamped = sum(line[:1] in b"0123456789[<" and line[:1] != b"" for line in lines)
    return len(lines) >= 3 and stamped * 10 >= len(lines) * 7


def _judge(view: _View, hit: Hit) -> tuple[Level, tuple[Evidence, ...]] | None:
    """How sure a hit is and why; nothing where a word of a topic stands alone, or a sentence that holds a term."""
    if not count(view.topics[hit.lexicon.name], hit.start - _REACH, hit.end + _REACH):
        return None
    low, high = _bounds(view.data, view.by_line, hit)
    signals = [other for other in _between(view, low, high) if other.lexicon is hit.lexicon]
    if is_sentence(hit) and any(not is_sentence(other) and hit.start <= other.start < hit.end for other in signals):
        return None
    terms = [signal for signal in signals if not is_sentence(signal)]
    best = max((term.strength for term in terms), default=Strength.SETTING)
    denied = best >= Strength.WEAK and all(view.told.denies(term) for term in terms if term.strength == best)
    weight = Weight.of(signals, view.ties(signals), denied=denied)
    if best <= Strength.WEAK and not weight.sure and not weight.likely:
        weak = _weak_level(view, hit, signals, low, high)
        return None if weak is None else (weak, (*weight.codes, _who(view, signals, low, high)))
    who = _who(view, signals, low, high)
    marks = _ABOUT_MARKS + _PAPER_MARKS * view.standing.is_paper
    about = weight.is_topic or _is_about(view, hit, marks) or (bool(terms) and all(map(view.is_void, terms)))
    codes = (*weight.codes, who, *([Evidence.ABOUT] if about else []))
    return level_of(weight, who, about=about), codes


def _weak_level(view: _View, hit: Hit, signals: list[Hit], low: int, high: int) -> Level | None:
    """Words of a topic: a hint when two meet or a person is near; more only when all stand close together."""
    topics = [signal for signal in signals if signal.strength == Strength.WEAK]
    if not topics:
        return None
    known = view.standing.near(topics, low, high) is not None
    close = [signal for signal in signals if abs(signal.start - hit.start) <= _CLOSE]
    enough = len({signal.stem for signal in close}) >= 2 and any(signal in topics for signal in close)
    if not enough:
        return Level.INDICE if known or len({signal.stem for signal in signals}) >= 2 else None
    named = count(view.standing.names, max(low, hit.start - _CLOSE), min(high, hit.end + _CLOSE)) or count(
        view.standing.ids, low, high
    )
    denied = all(view.told.denies(topic) for topic in topics)
    return Level.PROBABLE if named and not denied and not _is_about(view, hit, _DOUBT_MARKS) else Level.INDICE


def _bounds(data: bytes, by_line: bool, hit: Hit) -> tuple[int, int]:
    """The paragraph around a hit (the line, in a log), never farther than a reach."""
    gap = b"\n" if by_line else b"\n\n"
    low, high = max(0, hit.start - _REACH), min(len(data), hit.end + _REACH)
    before = data.rfind(gap, low, hit.start)
    after = data.find(gap, hit.end, high)
    return (before + 1 if before >= 0 else low), (after if after >= 0 else high)


def _between(view: _View, low: int, high: int) -> list[Hit]:
    return view.hits[bisect_left(view.starts, low) : bisect_left(view.starts, high)]


def _who(view: _View, signals: list[Hit], low: int, high: int) -> Evidence:
    near = view.standing.near(signals, low, high)
    if near is not None:
        return near
    strong = [signal for signal in signals if signal.strength >= Strength.STRONG]
    if any(view.standing.spoken_of(signal) or view.standing.tells_of_oneself(signal) for signal in strong):
        return Evidence.BY_SUBJECT
    if view.by_line or len(view.data) > _DOCUMENT or not view.standing:
        return Evidence.ALONE
    named = view.standing.names or view.standing.ids
    sentences = [signal for signal in signals if is_sentence(signal)]
    spoken = named and any(view.standing.is_owned(signal.start, signal.end) for signal in sentences)
    return Evidence.BY_SUBJECT if spoken else Evidence.BY_DOCUMENT


def _is_about(view: _View, hit: Hit, marks: int = _ABOUT_MARKS) -> bool:
    """Press, leaflets, lessons and questions speak of a subject, not of one of the client's people."""
    near = view.data[max(0, hit.start - _REACH) : hit.end + _REACH]
    if view.is_subject or is_blank(near) or is_technical(near):
        return True
    low, high = hit.start - _ABOUT_REACH, hit.end + _ABOUT_REACH
    own, found = _own_marks(hit.lexicon.name), set[bytes]()
    for block in view.about.between(low, high):
        found.update(mark for _, mark in block if mark not in own)
        if len(found) >= marks:
            return True
    return len(found) + any(view.quotations.between(low, high)) >= marks


@cache
def _own_marks(lexicon: str) -> frozenset[bytes]:
    """Marks of texts about subjects that papers about persons of this category are full of."""
    return frozenset(word.encode("ascii")[:_MARK] for word in own_words(lexicon))
