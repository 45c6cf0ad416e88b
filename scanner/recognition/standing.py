"""Who stands where in a text: whom sentences and terms are about, and who only deals with the matter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from recognizers.folding import Folded, listed
from recognizers.gates_cuts import Blocks
from recognizers.gates_tables import byte_table
from recognizers.gazetteers import is_first_name, is_word
from recognizers.terms import compile_longest, term_pattern
from scanner.model import Evidence, Level, Span
from scanner.recognition.lexicons import Hit, Strength, context_words, load_context

_PERSONAL_IDS = listed(
    "FR_NIR FR_NIA FR_INS FR_VITALE FR_SPI FR_PASSPORT FR_CNI FR_INE DATE_OF_BIRTH EMPLOYEE_ID BE_NN "
    "DE_IDNR ES_DNI ES_NIE IT_CF UK_NINO UK_NHS CH_AVS NL_BSN PT_NIF PL_PESEL EHIC BE_EID LU_MATRICULE AT_SVNR IE_PPS "
    "SE_PNR DK_CPR FI_HETU RO_CNP CZ_RC BG_EGN GR_AMKA US_SSN NATIONAL_ID"
)
_CONTACTS = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER"})
_OF_WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-_ \t\n\r\f\v"
"""What terms of the context consist of: no match of one holds another byte."""
NO_WORDS = byte_table({chr(byte): chr(byte) not in _OF_WORDS for byte in range(256)})
NAME_REACH = 250
_SUBJECT_REACH = 90
_KNOWN = 2
_FREQUENT = 2
"""From here on a first name is none that is a word first."""
_PAPER = 6_000
"""Characters up to which a text is one paper, and may be somebody's."""
_HEADING = 400
"""Characters at the start of a text in which it is said whom it is about."""
_STOP = compile_longest(r"[A-Za-z]{3}[.!?]\s")
_APPOSED = 80
_BEFORE, _AFTER, _ABOVE = 120, 60, 160
"""Characters in which a title stands before and behind a name, and the end of a letter above it."""


class _Charges(NamedTuple):
    """Patterns of what stands before, behind and above the name of somebody who only deals with the matter."""

    before: Any
    behind: Any
    above: Any
    bearer: Any
    """Of what stands before the name of the one whom a paper is about."""
    opener: Any
    """The same of words in a heading."""


@lru_cache(maxsize=1)
def _charges() -> _Charges:
    titles, hands, closings, bearers, openers = (
        "|".join(term_pattern(term) for term in context_words(key))
        for key in ("charges", "hands", "closings", "bearers", "openers")
    )
    civil = r"(?:m|mme|mr|mrs|ms|dr|pr|me|maitre|pere)?\.?\s*"
    before = (
        rf"(?:{titles})[^:.\n]{{0,60}}:(?:[^.\n]|\.\w)*\z",
        rf"(?:{hands}):?\s+{civil}\z",
        rf"(?:{titles})[ ,]+{civil}\z",
    )
    return _Charges(
        compile_longest("|".join(before)),
        compile_longest(rf"\A[ ]?(?:[,(]|-+)\s?(?:(?:le|la|notre|our|the)\s|l')?(?:{titles})"),
        compile_longest(rf"(?:{closings})\b[^\n.]{{0,40}}\n(?:[^\n]{{0,60}}\n){{0,2}}[^\n]{{0,20}}\z"),
        compile_longest(rf"(?:^|[\n|;,-]\s*)(?:{bearers})[^:.\n]{{0,30}}:(?:[^.:\n]|\b(?:m|mr|mrs|ms|dr|me|n)\.)*\z"),
        compile_longest(rf"(?:^|\n)[^\n.:]{{0,40}}\b(?:{openers}),?\s+{civil}\z"),
    )


@lru_cache(maxsize=3)
def _pronouns(key: str) -> Any:
    """Words that speak of somebody, of oneself, or impersonal turns that hold such a word."""
    ends = ((word, "" if word.endswith("'") else r"\b") for word in context_words(key))
    return compile_longest("|".join(rf"\b{word}{end}" for word, end in ends))


class Standing:
    """The persons of one folded text, by their places."""

    def __init__(self, folded: Folded, keys: Iterable[Span]) -> None:
        self.data = folded.data
        self.names: list[int] = []
        self.contacts: list[int] = []
        self.ids: list[int] = []
        self.others: list[int] = []
        """Those who only deal with the matter."""
        self.bearers: list[int] = []
        """Whose paper it is: names behind ``Salarié :``, ``Patient:``."""
        for key in sorted(keys, key=lambda span: span.start):
            start, end = folded.position(key.start), folded.position(key.end)
            if key.entity_type in _PERSONAL_IDS:
                self.ids.append(start)
            elif key.entity_type in _CONTACTS or (key.entity_type == "PERSON" and _is_believed(folded, key)):
                own = self.contacts if key.entity_type in _CONTACTS else self.names
                charged = self._is_in_charge(start, end)
                (self.others if charged else own).append(start)
                if own is self.names and not charged and self._is_bearer(start):
                    self.bearers.append(start)

    def __bool__(self) -> bool:
        return bool(self.names or self.contacts or self.ids or self.others)

    @property
    def is_paper(self) -> bool:
        """Whether the whole text is somebody's paper."""
        return len(self.data) <= _PAPER and bool(self.bearers)

    @cached_property
    def subjects(self) -> Blocks:
        """Words that say who is spoken of."""
        return Blocks(load_context()[0], NO_WORDS, self.data, 0)

    def near(self, signals: Sequence[Hit], low: int, high: int) -> Evidence | None:
        """A number of a person counts anywhere in the unit; a name or an address only near a signal."""
        if count(self.ids, low, high):
            return Evidence.BY_NUMBER
        reach = [(max(low, s.start - NAME_REACH), min(high, s.end + NAME_REACH)) for s in signals]
        if any(count(self.names, *stretch) for stretch in reach) or any(map(self._apposed, signals)):
            return Evidence.BY_NAME
        return Evidence.BY_CONTACT if any(count(self.contacts, *stretch) for stretch in reach) else None

    def _apposed(self, hit: Hit) -> bool:
        """Whether a strong term stands just behind somebody in charge: ``Contact : Léa Roy, militante``."""
        if hit.strength < Strength.STRONG or not self.others:
            return False
        return count(self.others, max(self.data.rfind(b"\n", 0, hit.start), hit.start - _APPOSED), hit.start) > 0

    def is_tied(self, hit: Hit, before: int, start: int, end: int) -> bool:
        """Whether somebody stands in the sentence of a hit or in the line above, or it is about somebody otherwise."""
        near = any(count(places, before, end) for places in (self.names, self.contacts, self.ids))
        return near or self._apposed(hit) or self.is_owned(start, end)

    def is_owned(self, start: int, end: int) -> bool:
        """Whether words of a sentence speak of somebody, or the whole paper is somebody's."""
        return self.is_paper or self.speaks(start, end)

    def is_naming(self, start: int, end: int) -> bool:
        """Whether a sentence names somebody whom the matter is about, or says ``elle``, ``his`` in somebody's paper."""
        named = count(self.names, start, end) or count(self.ids, start, end)
        return bool(named) or (self.is_paper and self.speaks(start, end))

    def speaks(self, start: int, end: int) -> bool:
        """Whether words speak of somebody here: ``elle``, ``my``, ``la patiente``; ``il faut`` does not."""
        personal = _pronouns("impersonal").sub(b" ", self.data[start:end].lower())
        return any(words.search(personal) is not None for words in (_pronouns("pronouns"), load_context()[0]))

    def tells_of_oneself(self, hit: Hit) -> bool:
        """Whether somebody who is named somewhere says ``je``, ``my`` in the line of a hit."""
        low, high = self.data.rfind(b"\n", 0, hit.start) + 1, self.data.find(b"\n", hit.end)
        low, high = max(low, hit.start - NAME_REACH), min(high if high >= 0 else len(self.data), hit.end + NAME_REACH)
        return bool(self) and _pronouns("selves").search(self.data[low:high].lower()) is not None

    def spoken_of(self, hit: Hit) -> bool:
        """``je suis``, ``la patiente``, ``she was`` just before or inside a strong term, in the same sentence."""
        low = max(0, hit.start - _SUBJECT_REACH)
        stop = max(self.data.rfind(b". ", low, hit.start), self.data.rfind(b"\n", low, hit.start))
        return any(self.subjects.between(max(low, stop + 1), hit.end))

    def _is_in_charge(self, start: int, end: int) -> bool:
        """Authors, contacts, those who sign: titles before or behind a name, and the end of a letter above it."""
        charges = _charges()
        if charges.before.search(self._line(start)) is not None:
            return True
        if charges.behind.search(self.data[end : end + _AFTER].lower()) is not None:
            return True
        return charges.above.search(self.data[max(0, start - _ABOVE) : start].lower()) is not None

    def _is_bearer(self, start: int) -> bool:
        """Those whom a field or a heading names: ``Patient : ``, ``Dossier de ``."""
        charges, line = _charges(), self._line(start)
        if charges.bearer.search(line) is not None:
            return True
        return start <= _HEADING and charges.opener.search(line) is not None

    def _line(self, start: int) -> bytes:
        """What stands before a place in its line, in small letters."""
        line = max(self.data.rfind(b"\n", max(0, start - _BEFORE), start) + 1, start - _BEFORE, 0)
        return self.data[line:start].lower()


def outside_names(hits: list[Hit], folded: Folded, keys: Iterable[Span]) -> list[Hit]:
    """The hits that are no part of a name or an address: ``Christian`` and ``Gay`` say nothing of who bears them."""
    own = [key for key in keys if key.entity_type == "PERSON" or key.entity_type in _CONTACTS]
    ends = {folded.position(key.start): _end_of_name(folded, key) for key in sorted(own, key=lambda key: key.end)}
    starts = sorted(ends)

    def is_inside(hit: Hit) -> bool:
        at = bisect_right(starts, hit.start) - 1
        within = at >= 0 and hit.end <= ends[starts[at]]
        return (within or _is_first_name(folded.data, hit)) and hit.strength < Strength.STRUCTURED

    return [hit for hit in hits if not is_inside(hit)]


def _is_first_name(data: bytes, hit: Hit) -> bool:
    """Whether a word is written as a first name before another name: ``Christian Roux``, ``Pascal LEROY``."""
    word = data[hit.start : hit.end]
    following = data[hit.end : hit.end + 3].lstrip(b" \t")
    written = word[:1].isupper() and word.isalpha() and following[:1].isupper()
    return written and is_first_name(word.decode().upper()) >= _FREQUENT


def _end_of_name(folded: Folded, key: Span) -> int:
    """Where a name ends; a full stop that is not behind an initial ends it, whatever the next sentence begins with."""
    start, end = folded.position(key.start), folded.position(key.end)
    stop = _STOP.search(folded.data[start:end])
    return start + stop.end() if stop is not None else end


def count(places: Sequence[int], low: int, high: int) -> int:
    """How many places lie between."""
    return bisect_left(places, high) - bisect_left(places, low)


def _is_believed(folded: Folded, key: Span) -> bool:
    """A name that is only possible (models take drugs and diseases for names) must hold a known first name."""
    if key.level >= Level.PROBABLE:
        return True
    name = folded.data[folded.position(key.start) : folded.position(key.end)].decode("ascii").upper()
    words = [word.strip(".,") for word in name.split()]
    return any(is_first_name(word) >= _KNOWN and not is_word(word) for word in words)
