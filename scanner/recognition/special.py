"""Special categories of data (GDPR art. 9 and 10) and minors: vocabulary near a person, never vocabulary alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property

from recognizers.folding import Folded, fold, listed
from recognizers.gates import survey
from recognizers.gates_cuts import Blocks
from recognizers.gates_tables import byte_table
from recognizers.gazetteers import is_first_name, is_word
from scanner.model import Level, Span
from scanner.recognition.ages import is_minor_proof
from scanner.recognition.lexicons import Hit, Strength, compile_longest, load_context, load_lexicons, load_matcher

SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}

_PERSONAL_IDS = listed(
    "FR_NIR FR_NIA FR_INS FR_VITALE FR_SPI FR_PASSPORT FR_CNI FR_INE DATE_OF_BIRTH EMPLOYEE_ID BE_NN "
    "DE_IDNR ES_DNI ES_NIE IT_CF UK_NINO UK_NHS CH_AVS NL_BSN PT_NIF PL_PESEL EHIC BE_EID LU_MATRICULE AT_SVNR IE_PPS "
    "SE_PNR DK_CPR FI_HETU RO_CNP CZ_RC BG_EGN GR_AMKA US_SSN"
)
_CONTACTS = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER"})
_OF_WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-_ \t\n\r\f\v"
"""What terms of the context consist of: no match of one holds another byte."""
_REACH = 600
"""Characters around a term in which the person may stand."""
_SUBJECT_REACH = 90
_NAME_REACH = 250
_ABOUT_REACH = 1500
_ABOUT_MARKS = 2
_DOUBT_MARKS = 1
_CLOSE = 150
_KNOWN = 2
_LOG_LINES = 20
_MARK = 7
"""Bytes of a mark that count: ``election`` and ``elections`` are one."""
_NO_WORDS = byte_table({chr(byte): chr(byte) not in _OF_WORDS for byte in range(256)})
_NO_QUOTATIONS = byte_table(dict.fromkeys("\n{}=:", 1))
_QUOTATION = compile_longest('"[^"\\n{}=:]{30,400}"')


Keys = Sequence[Span] | Callable[[list[tuple[int, int]]], Iterable[Span]]
"""The persons of a text, or what gives those that begin in these stretches of characters, apart and in order: only
what stands around a term has to be known."""


class _View:
    """One folded text with what is known of it, and what is read of it only around its hits."""

    def __init__(self, folded: Folded, hits: list[Hit], keys: list[Span]) -> None:
        self.data = folded.data
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self.topics = {
            lexicon: [hit.start for hit in hits if hit.lexicon.name == lexicon and hit.strength >= Strength.WEAK]
            for lexicon in {hit.lexicon.name for hit in hits}
        }
        self.by_line = _is_log(folded.data)
        persons = [key for key in keys if key.entity_type == "PERSON" and _is_believed(folded, key)]
        self.names = [folded.position(key.start) for key in persons]
        self.contacts = [folded.position(key.start) for key in keys if key.entity_type in _CONTACTS]
        self.ids = [folded.position(key.start) for key in keys if key.entity_type in _PERSONAL_IDS]

    @cached_property
    def subjects(self) -> Blocks:
        """Words that say who is spoken of."""
        return Blocks(load_context()[0], _NO_WORDS, self.data, 0)

    @cached_property
    def about(self) -> Blocks:
        """Words of texts about a topic."""
        return Blocks(load_context()[1], _NO_WORDS, self.data, _MARK)

    @cached_property
    def quotations(self) -> Blocks:
        """Speech that is quoted at length marks the press."""
        return Blocks(_QUOTATION, _NO_QUOTATIONS, self.data, 1)


class SpecialRecognizer:
    """Levels follow from what stands together: a person, and two signals or one strong one; else a hint."""

    name = "special"

    def __init__(self) -> None:
        self._last: tuple[bytes, list[Hit]] = b"", []

    @property
    def entity_types(self) -> frozenset[str]:
        """One type per lexicon."""
        return frozenset(lexicon.entity_type for lexicon in load_lexicons())

    def find(self, text: str, keys: Keys, today: date | None = None) -> list[Span]:
        """Spans of special categories; dates of birth speak only when ``today`` is given."""
        folded = survey(text).folded
        return self._judged(folded, self._hits(folded.data), keys, today)

    def _hits(self, data: bytes) -> list[Hit]:
        """The terms in a text, looked for once: cells are asked about twice, as they are and as rows of persons."""
        if self._last[0] is not data:
            self._last = data, load_matcher().find(data)
        return self._last[1]

    def find_without_gate(self, text: str, keys: Keys, today: date | None = None) -> list[Span]:
        """The same spans, slower: the lexicons read everything."""
        folded = fold(text)
        return self._judged(folded, load_matcher().find_in(folded.data, [(0, len(folded.data))]), keys, today)

    def _judged(self, folded: Folded, hits: list[Hit], keys: Keys, today: date | None) -> list[Span]:
        hits = [hit for hit in hits if is_minor_proof(hit, folded.data, today)]
        if not hits:
            return []
        known = keys(_around(folded, hits)) if callable(keys) else keys
        view = _View(folded, hits, sorted(known, key=lambda span: span.start))
        spans = []
        for hit in hits:
            level = _level(view, hit)
            if level is not None:
                start, end = folded.origin(hit.start), folded.origin(hit.end)
                spans.append(Span(hit.lexicon.entity_type, start, end, SCORES[level], hit.lexicon.name, level))
        return spans

    def regimes(self, text: str, keys: Keys, today: date | None = None) -> dict[str, Level]:
        """The highest level of each regime in the text."""
        codes = {lexicon.entity_type: lexicon.regime for lexicon in load_lexicons()}
        best: dict[str, Level] = {}
        for span in self.find(text, keys, today):
            code = codes[span.entity_type]
            best[code] = max(span.level, best.get(code, span.level))
        return dict(sorted(best.items()))


def _around(folded: Folded, hits: list[Hit]) -> list[tuple[int, int]]:
    """The stretches of the text in which keys matter to a hit: what belongs together around it."""
    by_line = _is_log(folded.data)
    stretches: list[tuple[int, int]] = []
    for hit in hits:
        low, high = _bounds(folded.data, by_line, hit)
        first = stretches.pop()[0] if stretches and low <= stretches[-1][1] else low
        stretches.append((first, high))
    return [(folded.origin(low), folded.origin(high)) for low, high in stretches]


def _is_believed(folded: Folded, key: Span) -> bool:
    """A name that is only possible (models take drugs and diseases for names) must hold a known first name."""
    if key.level >= Level.PROBABLE:
        return True
    name = folded.data[folded.position(key.start) : folded.position(key.end)].decode("ascii").upper()
    words = [word.strip(".,") for word in name.split()]
    return any(is_first_name(word) >= _KNOWN and not is_word(word) for word in words)


def _is_log(data: bytes) -> bool:
    """Lines that begin with a date or a bracket are records of their own."""
    lines = [line for line in data[:4000].split(b"\n")[:_LOG_LINES] if line.strip()]
    stamped = sum(line[:1] in b"0123456789[<" and line[:1] != b"" for line in lines)
    return len(lines) >= 3 and stamped * 10 >= len(lines) * 7


def _level(view: _View, hit: Hit) -> Level | None:
    if not _count(view.topics[hit.lexicon.name], hit.start - _REACH, hit.end + _REACH):
        return None
    low, high = _bounds(view.data, view.by_line, hit)
    signals = [other for other in _between(view, low, high) if other.lexicon is hit.lexicon]
    strongest = max(signal.strength for signal in signals)
    count = len({signal.stem for signal in signals})
    if strongest <= Strength.WEAK:
        return _weak_level(view, hit, signals, low, high)
    known = _identified(view, signals, low, high)
    if _is_about(view, hit) and not _count(view.ids, low, high):
        return Level.INDICE
    if strongest == Strength.RECORD:
        return Level.CERTAIN if count >= 2 else Level.PROBABLE
    if known:
        return Level.CERTAIN if strongest >= Strength.STRUCTURED and count >= 2 else Level.PROBABLE
    spoken = any(_spoken_of(view, signal) for signal in signals if signal.strength >= Strength.STRONG)
    return Level.PROBABLE if spoken else Level.INDICE


def _weak_level(view: _View, hit: Hit, signals: list[Hit], low: int, high: int) -> Level | None:
    """Words of a topic: a hint when two meet or a person is near; more only when all stand close together."""
    topics = [signal for signal in signals if signal.strength == Strength.WEAK]
    if not topics:
        return None
    known = _identified(view, topics, low, high)
    close = [signal for signal in signals if abs(signal.start - hit.start) <= _CLOSE]
    enough = len({signal.stem for signal in close}) >= 2 and any(signal in topics for signal in close)
    if not enough:
        return Level.INDICE if known or len({signal.stem for signal in signals}) >= 2 else None
    named = _count(view.names, max(low, hit.start - _CLOSE), min(high, hit.end + _CLOSE)) or _count(view.ids, low, high)
    return Level.PROBABLE if named and not _is_about(view, hit, _DOUBT_MARKS) else Level.INDICE


def _bounds(data: bytes, by_line: bool, hit: Hit) -> tuple[int, int]:
    """The paragraph around a hit (the line, in a log), never farther than a reach."""
    gap = b"\n" if by_line else b"\n\n"
    low, high = max(0, hit.start - _REACH), min(len(data), hit.end + _REACH)
    before = data.rfind(gap, low, hit.start)
    after = data.find(gap, hit.end, high)
    return (before + 1 if before >= 0 else low), (after if after >= 0 else high)


def _between(view: _View, low: int, high: int) -> list[Hit]:
    return view.hits[bisect_left(view.starts, low) : bisect_left(view.starts, high)]


def _count(positions: list[int], low: int, high: int) -> int:
    return bisect_left(positions, high) - bisect_left(positions, low)


def _identified(view: _View, signals: list[Hit], low: int, high: int) -> bool:
    """A number of a person counts anywhere in the unit; a name or an address only near a signal."""
    if _count(view.ids, low, high):
        return True
    for signal in signals:
        near_low, near_high = max(low, signal.start - _NAME_REACH), min(high, signal.end + _NAME_REACH)
        if _count(view.names, near_low, near_high) or _count(view.contacts, near_low, near_high):
            return True
    return False


def _spoken_of(view: _View, hit: Hit) -> bool:
    """``je suis``, ``la patiente``, ``she was`` just before or inside a strong term, in the same sentence."""
    low = max(0, hit.start - _SUBJECT_REACH)
    stop = max(view.data.rfind(b". ", low, hit.start), view.data.rfind(b"\n", low, hit.start))
    return any(view.subjects.between(max(low, stop + 1), hit.end))


def _is_about(view: _View, hit: Hit, marks: int = _ABOUT_MARKS) -> bool:
    """Press, leaflets, lessons and questions speak of a subject, not of one of the client's people."""
    low, high = hit.start - _ABOUT_REACH, hit.end + _ABOUT_REACH
    found: set[bytes] = set()
    for block in view.about.between(low, high):
        found.update(mark for _, mark in block)
        if len(found) >= marks:
            return True
    return len(found) + any(view.quotations.between(low, high)) >= marks
