"""Persons and places by a statistical model: slow, for prose that the rules leave; loaded when first used."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any

import re2

from recognizers import gazetteers
from recognizers.folding import fold, fold_word, listed
from recognizers.models import PACKAGES, load_model
from recognizers.naming import after_bearer, next_word
from scanner.model import Level, Span

_TYPES = {"PER": "PERSON", "PERSON": "PERSON", "LOC": "LOCATION", "GPE": "LOCATION"}
_BATCH = 32
_LONGEST = 2_000
"""Characters: thirty-two pieces of 100,000 take 3 GB of memory, and half as long again."""
_BREAKS = ("\n\n", "\n", ". ", " ")
_LONGEST_NAME = 60
_EDGES = " \t\r\n.,;:!?\"'()[]{}<>«»“”’‘|/\\*•·-–—_=+&#~^`"
_TITLES = listed(
    "M MM MME MMES MLLE MR MRS MS MISS DR PR PROF ME MAITRE MONSIEUR MADAME MADEMOISELLE DOCTEUR DOCTOR "
    "PROFESSEUR PROFESSOR SIR CHER CHERE DEAR BONJOUR HELLO HI"
)
_SMALL = listed("DE DU DES LA LE LES VAN VON DER DEN EL AL BEN DA DI DOS D L AND ET OF")
_BLOCK = 900
_SHORT_LINE = 60
_CONTACT = re2.compile(r"(?:[0-9][ .-]?){8,}|@|www\.|https?:")
_NOT_A_NAME = re2.compile(r"[0-9@_{}<>=/\\|#$%^*~`\[\]]|::|->|\(\)|\.[a-z]{2,4}\b|https?:")

_FRENCH = listed(
    "le la les un une des du de et est en dans pour que qui sur avec pas ce cette au aux par plus vous "
    "nous je il elle sont ont été être mais ou où votre nos vos sa son ses leur merci bonjour à"
)
_ENGLISH = listed(
    "the a an of and to in is that for it on with as are was be by this from at or have has not you we "
    "they he she his her will would your our their please thanks hello which been were but if"
)
_LATIN = listed("a ad at et est in me on te as")
"""Small words that texts set in pseudo-Latin have as well."""
_SMALL_WORDS = (_FRENCH - _LATIN, _ENGLISH - _LATIN)
_GUESS = 4000
_FEW_WORDS = 15
_SMALL_SHARE = 0.05
"""French and English texts have 20 to 40 % of small words, pseudo-Latin next to none of its own."""


def guess_language(text: str) -> str:
    """``fr`` or ``en`` by counting small words; French when nothing tells."""
    french = english = 0
    for word in text[:_GUESS].lower().replace("'", " ").replace("’", " ").split():
        bare = word.strip(_EDGES)
        french += bare in _FRENCH
        english += bare in _ENGLISH
    return "en" if english > french else "fr"


def reads(text: str) -> bool:
    """Whether a text is in a language of the models, by its beginning and its middle; others only feed inventions.

    Cards, lists and addresses, which are of no language, count as read: only words in lower case tell.
    """
    middle = max(_GUESS, len(text) // 2)
    sample = f"{text[:_GUESS]} {text[middle : middle + _GUESS]}".replace("’", "'").replace("'", " ")
    pieces = sample.split()
    if any(len(list(filter(language.__contains__, pieces))) >= _SMALL_SHARE * len(pieces) for language in _SMALL_WORDS):
        return True  # what is cut off words can only add to these
    words = [bare for word in pieces if word.islower() and (bare := word.strip(_EDGES)).isalpha()]
    small = max(len(list(filter(language.__contains__, words))) for language in _SMALL_WORDS)
    return len(words) < _FEW_WORDS or small >= _SMALL_SHARE * len(words)


class NerLane:
    """spaCy models with only what names need; what does not look like a name is dropped afterwards."""

    name = "ner"
    entity_types = frozenset({"PERSON", "LOCATION"})

    def __init__(self, languages: Sequence[str] = ("fr", "en")) -> None:
        unknown = sorted(set(languages) - set(PACKAGES))
        if unknown:
            raise ValueError(f"no model for {', '.join(unknown)}; there are {', '.join(sorted(PACKAGES))}")
        self.languages = tuple(languages)

    def find(self, text: str) -> list[Span]:
        """The spans of one text, in the language that it seems to be in."""
        guess = guess_language(text)
        return self.find_batch([text], guess if guess in self.languages else self.languages[0])[0]

    def find_batch(self, texts: Sequence[str], lang: str) -> list[list[Span]]:
        """The spans of each text; offsets are those of the texts as given."""
        pieces = [(index, at, piece) for index, text in enumerate(texts) for at, piece in _cut(text)]
        found: list[list[Span]] = [[] for _ in texts]
        docs = load_model(lang).pipe((_lower_capitals(piece) for _, _, piece in pieces), batch_size=_BATCH)
        for (index, at, piece), doc in zip(pieces, docs, strict=True):
            found[index].extend(_spans(piece, at, doc))
        return found


def combine(rule_spans: Iterable[Span], ner_spans: Iterable[Span]) -> list[Span]:
    """Rules win where they are sure; the model fills the gaps; agreement raises a doubtful rule."""
    rules, model = list(rule_spans), list(ner_spans)
    agreeing = {name: Covered(_edges(model, name)) for name in NerLane.entity_types}
    kept = [
        _raised(rule) if rule.level == Level.POSSIBLE and agreeing[rule.entity_type].meets(rule) else rule
        for rule in rules
    ]
    taken = Covered((span.start, span.end) for span in rules)
    kept += [span for span in model if not taken.meets(span)]
    return sorted(kept, key=lambda span: (span.start, span.end, span.entity_type))


def _edges(spans: Iterable[Span], entity_type: str) -> Iterator[tuple[int, int]]:
    return ((span.start, span.end) for span in spans if span.entity_type == entity_type)


class Covered:
    """Characters between these starts and ends, to ask whether spans meet them."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        edges = sorted(places)
        self._starts = [start for start, _ in edges]
        self._ends = list(accumulate((end for _, end in edges), max))

    def meets(self, span: Span) -> bool:
        """Whether any of the spans shares a character with this one."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


def _raised(span: Span) -> Span:
    return Span(span.entity_type, span.start, span.end, 0.75, span.recognizer, Level.PROBABLE)


def _cut(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of which the model holds a batch in little memory, cut where paragraphs, lines or sentences end."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _LONGEST)
        if end < len(text):
            breaks = ((text.rfind(mark, at + _LONGEST // 2, end), len(mark)) for mark in _BREAKS)
            end = next((place + size for place, size in breaks if place >= 0), end)
        yield at, text[at:end]
        at = end


def _lower_capitals(text: str) -> str:
    """Models know names as ``Jean Dupont``: lines all in capitals are written so, letter for letter."""
    return "".join(_title(line) if _is_shouted(line) else line for line in text.splitlines(keepends=True))


def _is_shouted(line: str) -> bool:
    return line.isupper() and len(line) > 3


def _title(line: str) -> str:
    titled = line.title()
    return titled if len(titled) == len(line) else line


def _spans(piece: str, at: int, doc: Any) -> Iterator[Span]:
    folded = fold(piece)
    data = folded.data if folded.kept is None else b""
    for entity in doc.ents:
        kind = _TYPES.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(piece, entity.start_char, entity.end_char)
        if end <= start or not _looks_named(piece[start:end], kind):
            continue
        if kind == "PERSON" and (_bears_a_name(data, start, end) or _is_heading(piece, start, end)):
            continue
        level = _level(piece[start:end], kind)
        yield Span(kind, at + start, at + end, 0.75 if level == Level.PROBABLE else 0.45, "ner", level)


def _is_heading(text: str, start: int, end: int) -> bool:
    """In a block of contact details the model takes every heading for a name."""
    first, last = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    block = text[first : last if last >= 0 else len(text)].strip()
    return _is_contact_block(block) and not _has_first_name(text[start:end])


def _is_contact_block(text: str) -> bool:
    """Short lines with a number or an address among them: a signature, a card."""
    lines = text.count("\n") + 1
    return lines >= 3 and len(text) < min(_BLOCK, lines * _SHORT_LINE) and bool(_CONTACT.search(text))


def _bears_a_name(data: bytes, start: int, end: int) -> bool:
    """Streets, schools and companies."""
    return bool(data) and (after_bearer(data, start) or gazetteers.is_company_word(next_word(data, end)))


def _has_first_name(name: str) -> bool:
    words = [fold_word(word.strip(_EDGES)) for word in name.split()]
    return len(words) > 1 and any(gazetteers.is_first_name(word) >= 2 for word in words)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without title, without sign at the edges, on one line."""
    line = text.find("\n", start, end)
    while line >= 0 and not text[start:line].strip(_EDGES):
        start, line = line + 1, text.find("\n", line + 1, end)
    end = line if line >= 0 else end
    while True:
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        first = text[start:end].split(" ", maxsplit=1)[0]
        if not first or fold_word(first.strip(_EDGES)) not in _TITLES:
            return start, end
        start += len(first)


def _looks_named(name: str, kind: str) -> bool:
    words = [fold_word(word) for word in name.split() if word.strip(_EDGES)]
    if not words or len(name) > _LONGEST_NAME or len(words) > 6 or _NOT_A_NAME.search(name) or not _has_capital(name):
        return False
    if max(len(word) for word in words) < 2 or not any(char in "AEIOUY" for char in "".join(words)):
        return False
    telling = [word for word in words if word not in _SMALL]
    if not telling:
        return False
    if kind == "LOCATION":
        return not all(gazetteers.is_blocker(word) for word in telling)
    return _looks_like_person(telling, " ".join(words))


def _looks_like_person(words: list[str], whole: str) -> bool:
    if any(gazetteers.is_blocker(word.strip(".")) and not gazetteers.is_first_name(word) >= 3 for word in words):
        return False
    if gazetteers.is_country(whole.replace(" ", "-")):
        return False
    if len(words) == 1:
        only = words[0]
        known = gazetteers.is_first_name(only) or gazetteers.is_surname(only)
        return len(only) >= 3 and not gazetteers.is_word(only) and (bool(known) or only.isalpha())
    return not all(gazetteers.is_word(word) and not gazetteers.is_first_name(word) >= 2 for word in words)


def _has_capital(name: str) -> bool:
    return any(char.isupper() for char in name)


def _level(name: str, kind: str) -> Level:
    """A model alone is never sure; a name of two words of which one is in a gazetteer is likely."""
    words = [fold_word(word.strip(_EDGES)) for word in name.split()]
    if kind == "LOCATION":
        return Level.POSSIBLE
    known = any(gazetteers.is_first_name(word) >= 2 or gazetteers.is_surname(word) >= 2 for word in words)
    return Level.PROBABLE if len(words) >= 2 and known else Level.POSSIBLE


def as_presidio_recognizer(languages: Sequence[str] = ("fr",)) -> Any:
    """The lane as a Presidio ``EntityRecognizer``, for any Presidio application."""
    presidio = import_module("presidio_analyzer")
    lane = NerLane(languages)

    class _Adapter(presidio.EntityRecognizer):  # type: ignore[misc, name-defined]
        def load(self) -> None:
            """The models load when first used."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            """The spans as Presidio wants them."""
            spans = lane.find_batch([text], self.supported_language)[0]
            return [
                presidio.RecognizerResult(span.entity_type, span.start, span.end, span.score)
                for span in spans
                if not entities or span.entity_type in entities
            ]

    return _Adapter(sorted(lane.entity_types), name="recense_ner", supported_language=languages[0])
