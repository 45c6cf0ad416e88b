"""Persons, by rules and gazetteers: titles, forms, pairs of names, agreement with an e-mail address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import re2

from recognizers import gates, gazetteers
from recognizers.cells import CellScores, score_cells
from recognizers.gates import Survey, survey
from recognizers.gates_text import Bytes, count_code
from recognizers.naming import Word, after_bearer, judge, next_word, read_word
from recognizers.runs import TITLES, Part, Window, blocks, read_stretch, split_run
from scanner.model import Level, Span

__all__ = ["SCORES", "CellScores", "NameRecognizer", "score_cells"]

SCORES = {Level.CERTAIN: 0.95, Level.PROBABLE: 0.75, Level.POSSIBLE: 0.45, Level.INDICE: 0.2}

_LATIN1 = re2.Options()
_LATIN1.encoding = re2.Options.Encoding.LATIN1

_KEY = re2.compile(
    rb"(?i:\b(?:noms? de (?:naissance|famille|jeune fille)|nom d'usage|nom (?:marital|patronymique|et prenoms?)|"
    rb"noms?[ ]?[/&,-]?[ ]?prenoms?|prenoms?[ ]?[/&,-]?[ ]?noms?|noms?|prenom ?(?:\(s\)|s)?|patiente?|"
    rb"titulaire|signataire|redact(?:eur|rice)|demandeu(?:r|se)|conjointe?|interlocut(?:eur|rice)|salariee?|"
    rb"employee?(?: name)?|(?:first|last|full|sur|family|given)[ _]?name|"
    rb"name|attn|a l'attention de|contact|beneficiaire))[ \t]*[:=][ \t]*"
    rb"([A-Za-z][A-Za-z'.-]*(?:[ ][A-Za-z][A-Za-z'.-]*){0,3})",
    _LATIN1,
)
_BORN = re2.compile(rb"\bnee?[ ](?:(?i:le|a|en)\b)?([A-Z][A-Za-z'-]+)", _LATIN1)
_SIGN = re2.compile(
    rb"(?i:cordialement|salutations|bien a (?:vous|toi)|a bientot|amicalement|merci|"
    rb"(?:best|kind|warm)[ ]?(?:regards|wishes)|regards|sincerely|cheers|thanks)[ ]?[,.!]?[ ]?\r?\n\s{0,8}"
    rb"([A-Z][a-z]+(?:-[A-Z][a-z]+)?)[ ]{0,3}(?:\r?\n|\z)",
    _LATIN1,
)
_CODE_SHARE = 0.03
_CODE_LENGTH = 300
_MOST_MAILS = 20_000
_NO_LETTERS = bytes(byte for byte in range(256) if not 65 <= byte <= 90 and byte != ord("\n"))
_LETTERS_APART = bytes(byte if 65 <= byte <= 90 else 32 for byte in range(256))


@dataclass(frozen=True, slots=True)
class _Text:
    """One text, folded, with what agrees with names in it."""

    surveyed: Survey
    data: bytes
    code: bool
    locals: frozenset[str]
    """Words of e-mail addresses before the ``@``."""
    domains: frozenset[str]
    """Names of sites, and of the hosts of e-mail addresses."""


class NameRecognizer:
    """Quick rules for PERSON: exact where a title, a form or two dictionaries speak, silent elsewhere."""

    name = "names"
    entity_types = frozenset({"PERSON"})

    def find(self, text: str) -> list[Span]:
        """The persons named, in order; linear in the length of the text."""
        return self.find_in(survey(text))

    def find_in(self, surveyed: Survey) -> list[Span]:
        """The persons named in a text whose gates were passed before."""
        folded = surveyed.folded
        if not len(surveyed.kinds):
            return []
        view = _view(surveyed)
        found = [*_runs(view), *_forms(view), *_signatures(view)]
        return [
            Span("PERSON", folded.origin(start), folded.origin(end), SCORES[level], self.name, level)
            for start, end, level in _settle(found)
        ]


_Found = tuple[int, int, Level]


def _view(surveyed: Survey) -> _Text:
    """What is read of the addresses in a text only where words stand together that they may repeat."""
    data, people, domains = surveyed.folded.data, b"", b""
    if surveyed.holds(gates.RUN, gates.PAIR, gates.TOLD) and (b"@" in data or b"www." in data):
        people, domains = gates.addresses(surveyed.data, _MOST_MAILS)
    surveyed = surveyed.agreeing(np.frombuffer(people, np.uint8))
    return _Text(surveyed, data, _looks_like_code(surveyed.data), _mail_words(people), _domains(domains))


def _looks_like_code(data: Bytes) -> bool:
    """A class or a product in source code looks like a name: there, only titles and addresses are believed."""
    return len(data) > _CODE_LENGTH and count_code(data) > _CODE_SHARE * len(data)


def _mail_words(people: bytes) -> frozenset[str]:
    """The words before the ``@`` of e-mail addresses: ``jean.dupont`` gives JEAN, DUPONT, JEANDUPONT."""
    words = people.translate(_LETTERS_APART).split() + people.translate(None, _NO_LETTERS).split()
    return frozenset(word.decode("ascii") for word in set(words))


def _domains(lines: bytes) -> frozenset[str]:
    return frozenset(lines.translate(None, b"-").decode("ascii").split("\n"))


def _runs(view: _Text) -> Iterator[_Found]:
    for told, kinds in ((False, (gates.RUN,)), (True, (gates.TOLD, gates.PAIR))):
        for start, end in view.surveyed.windows(*kinds):
            for run in read_stretch(view.data[start - 1 : end] if start else b"\n" + view.data[:end]):
                if run.says_something or (told and _agreeing(view, run.tail) >= 2):
                    for part in run.parts:
                        if told or part.titled or part.likely:
                            yield from _judged(view, part, start - 1, start - 1 + run.end, told)


def _judged(view: _Text, part: Part, at: int, end: int, told: bool) -> Iterator[_Found]:
    """What a part of a run that ends at ``end`` is, where its stretch begins at ``at``."""
    if after_bearer(view.data, at + part.start):
        return
    if part.titled:
        start, stop, level = part.titled
        yield at + start, at + stop, level
    elif not (part.last and gazetteers.is_company_word(next_word(view.data, end))):
        best: tuple[int, int, int, int] | None = None
        for window in part.windows if told else part.likely:
            sure = _level(view, window, _agreeing(view, window.keys) if told else 0, at + window.end)
            if sure and (best is None or (sure, window.size) > best[:2]):
                best = sure, window.size, at + window.start, at + window.end
        if best:
            yield best[2], best[3], Level(best[0])


def _level(view: _Text, window: Window, agreeing: int, end: int) -> Level | None:
    """How sure a full name is, given how many of its words an address repeats and what follows it."""
    level = window.level
    if not agreeing and window.spelled in view.domains:
        return None  # a company that bears the name of its site
    if view.code:
        return Level.PROBABLE if (agreeing or level) and _before_address(view.data, end) else None
    if level is None:
        return Level.PROBABLE if agreeing >= 2 and window.size == 2 and window.full else None
    if agreeing or _before_address(view.data, end):
        return Level.CERTAIN if level >= Level.PROBABLE else Level.PROBABLE
    return level


def _agreeing(view: _Text, keys: tuple[str, ...]) -> int:
    """How many words of the name an e-mail address near by repeats."""
    if not view.locals or not keys:
        return 0
    hits = sum(len(key) >= 3 and key in view.locals for key in keys)
    first, last = keys[0], keys[-1]
    joined = {first + last, last + first, first[:1] + last, last + first[:1], last[:1] + first}
    return max(hits, 2 if len(keys) > 1 and not joined.isdisjoint(view.locals) else 0)


def _before_address(data: bytes, end: int) -> bool:
    following = data[end : end + 80].split(b"\n")[0].lstrip(b' "')
    return following[:1] in (b"<", b"(", b"[") and b"@" in following.split(b">")[0].split(b")")[0]


def _forms(view: _Text) -> Iterator[_Found]:
    for match in view.surveyed.matches(_KEY, gates.KEY):
        start, _ = match.span(1)
        words = split_run(start, match.group(1).decode("ascii"))
        taken: list[Word] = []
        for word in words[:4]:
            if word.key in TITLES and not taken:
                continue
            if blocks(word):
                break
            taken.append(word)
        if taken and match.group(1)[:1].islower() and not match.group()[:8].lower().startswith((b"nom", b"prenom")):
            continue
        level = _form_level(taken, view.code)
        if level:
            yield taken[0].start, taken[-1].end, level
    if not view.code:
        yield from _born(view)


def _form_level(words: list[Word], code: bool) -> Level | None:
    """After ``Nom :`` a known name is sure; an unknown capitalised word is likely; a lower-case word must be known."""
    if not words or words[-1].particle or words[-1].initial or code:
        return None
    level = judge(words)
    if level:
        return Level.CERTAIN if level >= Level.PROBABLE else Level.PROBABLE
    if len(words) > 1:
        return None
    only = words[0]
    if max(only.first, only.last) >= 2 and not only.common:
        return Level.PROBABLE
    return Level.POSSIBLE if only.capitals and (only.last or only.first) and len(only.key) >= 3 else None


def _born(view: _Text) -> Iterator[_Found]:
    for match in view.surveyed.matches(_BORN, gates.BORN):
        start, end = match.span(1)
        word = read_word(start, match.group(1).decode("ascii"))
        if word.last and not blocks(word) and not gazetteers.is_country(word.key):
            yield start, end, Level.PROBABLE


def _signatures(view: _Text) -> Iterator[_Found]:
    """A first name alone on the line under the closing words."""
    if view.code:
        return
    for match in view.surveyed.matches(_SIGN, gates.SIGN):
        start, end = match.span(1)
        word = read_word(start, match.group(1).decode("ascii"))
        if word.first >= 2 and not blocks(word):
            yield start, end, Level.POSSIBLE if word.common else Level.PROBABLE


def _settle(found: list[_Found]) -> list[_Found]:
    """Of overlapping spans the surest stays, then the longest."""
    kept: list[_Found] = []
    for span in sorted(found, key=lambda item: (item[0], -item[2], -item[1])):
        if kept and span[0] < kept[-1][1]:
            last = kept[-1]
            if (span[2], span[1] - span[0]) > (last[2], last[1] - last[0]):
                kept[-1] = span
        else:
            kept.append(span)
    return kept
