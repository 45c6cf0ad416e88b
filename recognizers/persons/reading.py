"""Reads texts one after the other in one compiled call: tokens, chances, spans with what speaks for each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recognizers.persons.chain import LANES, add_up, marginals
from recognizers.persons.context import DOMAIN, LINKED, MAILBOX, Context, surroundings, survey
from recognizers.persons.features import TOTAL, describe, street_distance
from recognizers.persons.lexicon import (
    BEARER,
    BLOCKER,
    CASE,
    CASE_SHIFT,
    COMPANY,
    FIRST,
    PARTICLE,
    RANK,
    RANK_SHIFT,
    SURNAME,
    TITLE,
    word_key,
)
from recognizers.persons.tokens import (
    CAMEL,
    CAPITALS,
    INITIALS,
    LETTER,
    LINE,
    NUMBER,
    PARAGRAPH,
    SMALL,
    Tokens,
    room,
    tokenise,
)

Floats = NDArray[np.float32]

PERSON, PLACE = 0, 1
FIRST_NAME, SURNAMED, MAILED, SITED, TITLED_, ALONE, KNOWN, SEVERAL, IN_CAPITALS, IN_SMALL, COMPANIED, ORDINARY = (
    1 << bit for bit in range(12)
)
IN_STREET, OUTDONE, IN_CODE = 1 << 12, 1 << 13, 1 << 14
"""What speaks for and against a span: a first name or surname in it; a mailbox or a site that repeats it; a title
before it; nothing else on its line; the same word after a title or a first name; several words; their case; a word of
companies, streets or headings in it; words that are mostly written small; a street before it in an address; another
name in the same contact details for which more speaks; ``import`` or ``def`` before it on the line."""
_LEAST = np.float32(0.2)
"""Chance below which no token is part of a span."""
_SURE = np.float32(0.8)
_SURER = np.float32(0.93)
_HINT = np.float32(0.08)
"""Chance from which a surname that is sure elsewhere in the text is believed."""
_LENT = np.float32(0.55)
_STRONG = np.float32(0.6)
_IMPORT, _DEF = np.uint64(word_key("import")), np.uint64(word_key("def"))
_DIGITS = 8
"""Digits of a telephone number."""
_CARD = 14
"""Tokens a line, at most, of contact details."""
_WORDS = 7


class Model(NamedTuple):
    """All that the loops read."""

    table: NDArray[np.uint32]
    coarse: NDArray[np.uint8]
    weights: Floats
    moves: Floats
    """Exponentials of the transitions."""
    scale: np.float32


class Desk(NamedTuple):
    """Room to work on one text at a time."""

    tokens: Tokens
    context: Context
    near: NDArray[np.uint64]
    buckets: NDArray[np.int32]
    scores: Floats
    forward: Floats
    backward: Floats
    chances: Floats
    """Of each token: person, place, organisation, beginning of a person."""
    cards: NDArray[np.int32]
    """For each token the number of the contact details that it is in, else -1."""


class Spans(NamedTuple):
    """Spans as columns, in the order of their texts."""

    texts: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    scores: Floats
    evidence: NDArray[np.uint16]
    cards: NDArray[np.int32]
    """The contact details of the text that a span is in, -1 for none."""

    def first(self, count: int) -> Spans:
        """The first so many of them."""
        return Spans(
            self.texts[:count],
            self.starts[:count],
            self.ends[:count],
            self.kinds[:count],
            self.scores[:count],
            self.evidence[:count],
            self.cards[:count],
        )


def spans_room(size: int) -> Spans:
    """Room for so many spans."""
    return Spans(
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.float32),
        np.empty(size, np.uint16),
        np.empty(size, np.int32),
    )


def desk(longest: int) -> Desk:
    """Room for texts of at most so many characters."""
    size = longest + 2
    return Desk(
        room(longest),
        surroundings(longest),
        np.empty((6, 5), np.uint64),
        np.empty(TOTAL, np.int32),
        np.empty((size, LANES), np.float32),
        np.empty((size, LANES), np.float32),
        np.empty((size, LANES), np.float32),
        np.empty((size, 4), np.float32),
        np.empty(size, np.int32),
    )


@njit(cache=True)
def weigh_tokens(codes: NDArray[np.uint32], start: int, end: int, model: Model, at_desk: Desk) -> int:
    """The tokens of one text and the chances of each; returns how many there are."""
    tokens, context, chances = at_desk.tokens, at_desk.context, at_desk.chances
    count: int = tokenise(codes, start, end, model.table, tokens)
    survey(tokens, codes, count, context)
    at = 0
    while at < count:
        if not context.open[at]:
            chances[at, :] = 0
            at += 1
            continue
        first = at
        while at < count and context.open[at]:
            describe(tokens, context, codes, count, at, model.coarse, at_desk.near, at_desk.buckets)
            add_up(at_desk.buckets, model.weights, model.scale, at_desk.scores[at - first])
            at += 1
        marginals(at_desk.scores, model.moves, at - first, at_desk.forward, at_desk.backward)
        for step in range(at - first):
            row = at_desk.forward[step]
            chances[first + step, 0] = row[1] + row[2]
            chances[first + step, 1] = row[3] + row[4]
            chances[first + step, 2] = row[5] + row[6]
            chances[first + step, 3] = row[1]
    return count


@njit(cache=True)
def _leads(chances: Floats, at: int, kind: int) -> bool:
    """Whether a token is rather of this kind than of another."""
    chance = chances[at, kind]
    if chance < _LEAST:
        return False
    return bool(chance >= chances[at, 0] and chance >= chances[at, 1] and chance >= chances[at, 2])


@njit(cache=True)
def _end_of_span(tokens: Tokens, chances: Floats, count: int, at: int, kind: int) -> int:
    """The token behind the span that starts at ``at``; no particle ends one."""
    last = at + 1
    while last < count and _leads(chances, last, kind):
        if kind == PERSON and chances[last, 3] > chances[last, 0] - chances[last, 3]:
            break
        last += 1
    while last > at + 1 and tokens.facts[last - 1] & PARTICLE and tokens.shapes[last - 1] == SMALL:
        last -= 1
    return last


@njit(cache=True)
def _is_initial(tokens: Tokens, at: int) -> bool:
    """Whether ``J.`` or ``J.-P.`` stands there, which is no title."""
    return bool(at >= 0 and tokens.shapes[at] == INITIALS and not tokens.facts[at] & TITLE)


@njit(cache=True)
def _lend(tokens: Tokens, chances: Floats, count: int) -> None:
    """A word that ends a sure name is believed wherever it stands with a capital."""
    seen, mask = np.zeros(256, np.uint64), np.uint64(255)
    at = 0
    any_seen = False
    while at < count:
        if not _leads(chances, at, PERSON):
            at += 1
            continue
        last = _end_of_span(tokens, chances, count, at, PERSON)
        if (
            (last > at + 1 or chances[at, 0] > _SURER)
            and chances[last - 1, 0] > _SURE
            and tokens.ends[last - 1] - tokens.starts[last - 1] > 2
        ):
            seen[tokens.words[last - 1] & mask] = tokens.words[last - 1]
            any_seen = True
        at = last
    if any_seen:
        for at in range(count):
            if _HINT <= chances[at, 0] < _LENT and SMALL < tokens.shapes[at] <= CAMEL:
                if (
                    seen[tokens.words[at] & mask] == tokens.words[at]
                    and chances[at, 1] < _SURE
                    and chances[at, 2] < _SURE
                ):
                    chances[at, 0] = _LENT
                    chances[at, 1] = min(chances[at, 1], _LEAST)
                    chances[at, 2] = min(chances[at, 2], _LEAST)


@njit(cache=True)
def _mark_cards(tokens: Tokens, context: Context, count: int, cards: NDArray[np.int32]) -> None:
    """Number the paragraphs that hold contact details: short lines, with an address or a telephone number in them."""
    first, number = 0, 0
    while first < count:
        last, lines, digits, linked = first, 1, 0, False
        while last < count and tokens.shapes[last] != PARAGRAPH:
            lines += tokens.shapes[last] == LINE
            digits += tokens.ends[last] - tokens.starts[last] if tokens.shapes[last] == NUMBER else 0
            linked = linked or context.chunks[last] & LINKED > 0
            last += 1
        is_card = lines >= 2 and (linked or digits >= _DIGITS) and last - first <= _CARD * lines
        for at in range(first, min(count, last + 1)):
            cards[at] = number if is_card else -1
        number += 1
        first = last + 1


@njit(cache=True)
def _in_street(tokens: Tokens, context: Context, at: int, several: bool, card: bool) -> bool:
    """Whether a street before it on the line, in an address, says that a place is meant."""
    distance = street_distance(tokens, context, at)
    if distance == 0 or (distance >= 8 and several):
        return False
    return bool(card or tokens.shapes[context.firsts[at]] == NUMBER)


@njit(cache=True)
def _is_strong(out: Spans, at: int) -> bool:
    evidence = out.evidence[at]
    if out.kinds[at] != PERSON or out.scores[at] < _STRONG or evidence & IN_STREET:
        return False
    named = evidence & FIRST_NAME and evidence & SEVERAL and not evidence & SITED
    return bool(evidence & MAILED or named)


@njit(cache=True)
def _is_weak(out: Spans, at: int) -> bool:
    evidence = out.evidence[at]
    if out.kinds[at] != PERSON or evidence & (MAILED | TITLED_) or _is_strong(out, at):
        return False
    return bool(evidence & SITED or (evidence & ALONE and not evidence & FIRST_NAME))


@njit(cache=True)
def _compare(out: Spans, first: int, last: int) -> None:
    """In contact details with somebody for whom much speaks, mark the others for whom nothing does."""
    at = first
    while at < last:
        stop, strong = at, False
        while stop < last and out.cards[stop] == out.cards[at]:
            strong = strong or _is_strong(out, stop)
            stop += 1
        for other in range(at, stop):
            if strong and out.cards[at] >= 0 and _is_weak(out, other):
                out.evidence[other] |= OUTDONE
        at = stop


@njit(cache=True)
def _evidence(tokens: Tokens, context: Context, codes: NDArray[np.uint32], first: int, last: int, card: bool) -> int:
    found, words, capitals, small, ordinary = 0, 0, 0, 0, 0
    for at in range(first, last):
        facts, shape = tokens.facts[at], tokens.shapes[at]
        found |= FIRST_NAME if facts & FIRST >= 2 else 0
        found |= SURNAMED if facts & SURNAME >= 2 << 2 else 0
        found |= MAILED if context.mails[at] & MAILBOX else 0
        found |= SITED if context.mails[at] & DOMAIN else 0
        found |= KNOWN if context.known[at] else 0
        found |= COMPANIED if facts & (BEARER | COMPANY | BLOCKER) else 0
        words += 1
        capitals += shape == CAPITALS
        small += shape == SMALL
        ordinary += 1 <= (facts & CASE) >> CASE_SHIFT <= 3 and (facts & RANK) >> RANK_SHIFT >= 3
    before = first - 1
    if before > 0 and codes[tokens.starts[before]] == 46:
        before -= 1
    if before >= context.firsts[first] and tokens.facts[before] & TITLE and tokens.shapes[before] <= INITIALS:
        found |= TITLED_
    if first == context.firsts[first] and (last >= context.lasts[first] - 1):
        found |= ALONE
    found |= SEVERAL if words > 1 else 0
    found |= IN_STREET if _in_street(tokens, context, first, words > 1, card) else 0
    for at in range(context.firsts[first], first):
        found |= IN_CODE if tokens.words[at] in (_IMPORT, _DEF) and tokens.shapes[at] == SMALL else 0
    found |= IN_CAPITALS if capitals == words else 0
    found |= IN_SMALL if small == words else 0
    return found | (ORDINARY if ordinary == words else 0)


@njit(cache=True)
def _score(tokens: Tokens, chances: Floats, first: int, last: int, kind: int) -> np.float32:
    """The mean chance of the words, particles apart."""
    total, words = np.float32(0), 0
    for at in range(first, last):
        if not (tokens.shapes[at] == SMALL and tokens.facts[at] & PARTICLE):
            total += chances[at, kind]
            words += 1
    return total / np.float32(max(1, words))


@njit(cache=True)
def read_texts(codes: NDArray[np.uint32], bounds: NDArray[np.int64], model: Model, at_desk: Desk, out: Spans) -> int:
    """Write the spans of texts that lie one after the other between ``bounds``; returns how many."""
    tokens, context, chances = at_desk.tokens, at_desk.context, at_desk.chances
    found = 0
    for text in range(len(bounds) - 1):
        count = weigh_tokens(codes, bounds[text], bounds[text + 1], model, at_desk)
        _lend(tokens, chances, count)
        _mark_cards(tokens, context, count, at_desk.cards)
        before = found
        at = 0
        while at < count:
            kind = PERSON if _leads(chances, at, PERSON) else PLACE
            if not _leads(chances, at, kind):
                at += 1
                continue
            last = _end_of_span(tokens, chances, count, at, kind)
            begin = at - 1 if kind == PERSON and _is_initial(tokens, at - 1) else at
            start, end = tokens.starts[begin], tokens.ends[last - 1]
            if end - start >= 2 and found < len(out.starts):
                out.texts[found], out.starts[found], out.ends[found] = text, start - bounds[text], end - bounds[text]
                out.kinds[found], out.scores[found] = kind, _score(tokens, chances, at, last, kind)
                card = at_desk.cards[at]
                out.evidence[found] = _evidence(tokens, context, codes, at, last, card >= 0)
                out.cards[found] = card
                found += 1
            at = last
        _compare(out, before, found)
    return found


@njit(cache=True)
def whole_texts(codes: NDArray[np.uint32], bounds: NDArray[np.int64], model: Model, at_desk: Desk, out: Floats) -> None:
    """For each text the chance that all of it is one person's name: that of its least likely word."""
    tokens, chances = at_desk.tokens, at_desk.chances
    for text in range(len(bounds) - 1):
        count = weigh_tokens(codes, bounds[text], bounds[text + 1], model, at_desk)
        least, words = np.float32(1), 0
        for at in range(count):
            shape = tokens.shapes[at]
            if shape <= INITIALS:
                particle = shape in (SMALL, LETTER, INITIALS) and (tokens.facts[at] & PARTICLE or shape == INITIALS)
                title = tokens.facts[at] & TITLE and not tokens.facts[at] & FIRST >= 2
                if not particle and not title:
                    least = min(least, chances[at, 0])
                    words += 1
            elif codes[tokens.starts[at]] not in (44, 45, 46, 39, 59, 32, 9):
                least = np.float32(0)
        out[text] = least if 0 < words <= _WORDS else np.float32(0)
