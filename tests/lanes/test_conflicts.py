from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model import Level, Span
from scanner.recognition.conflicts import BESIDE, KNOWN_TOWNS, SHIELDS, family, resolve_found
from scanner.recognition.found import Found, Kinds

TYPES = [
    *("EMAIL_ADDRESS", "IP_ADDRESS", "FR_SIREN", "BE_NN", "FR_NIR", "FR_NIA", "FR_INS"),
    *("PERSON", "LOCATION", "POSTAL_ADDRESS", "POSTCODE", "ACCESS_LOG", "USER_AGENT"),
]


def overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def beside(span: Span, rival: Span) -> bool:
    """Whether a span stands although this surer one shares characters with it."""
    if any({span.entity_type, rival.entity_type} == {one, other} for one in BESIDE[0] for other in BESIDE[1]):
        return True
    same = (span.start, span.end, span.level) == (rival.start, rival.end, rival.level)
    return same and span.entity_type != rival.entity_type


def is_read(span: Span) -> bool:
    """Whether it is a name, or a place that no list of towns has."""
    return span.entity_type == "PERSON" or (span.entity_type == "LOCATION" and span.recognizer not in KNOWN_TOWNS)


def resolved(spans: list[Span]) -> list[Span]:
    """The rule as one would say it: by rank, each stands that no standing span of its family forbids."""
    standing: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.level, s.start - s.end, s.start, s.entity_type, s.recognizer)):
        rivals = [s for s in standing if overlap(s, span) and family(s.entity_type) == family(span.entity_type)]
        if all(beside(span, rival) for rival in rivals):
            standing.append(span)
    shields = [s for s in standing if s.entity_type in SHIELDS]
    kept = [s for s in standing if not is_read(s) or not any(overlap(s, shield) for shield in shields)]
    return sorted(kept, key=lambda s: (s.start, s.end, s.entity_type, s.recognizer))


@st.composite
def span(draw: st.DrawFn, longest: int = 12, size: int = 60) -> Span:
    start = draw(st.integers(0, size))
    entity_type = draw(st.sampled_from(TYPES))
    recognizer = draw(st.sampled_from([entity_type.lower(), "ner", "places"]))
    score = draw(st.sampled_from([0.2, 0.45, 0.75]))
    level = draw(st.sampled_from(Level))
    return Span(entity_type, start, start + draw(st.integers(1, longest)), score, recognizer, level)


@settings(max_examples=400, deadline=None)
@given(st.lists(span(), max_size=40) | st.lists(span(longest=3, size=2), max_size=60))
def test_arrays_stand_as_the_rule_says(spans: list[Span]) -> None:
    kinds = Kinds()
    assert resolve_found(Found.of(spans, kinds), kinds).spans(kinds) == resolved(spans)


def test_everything_over_everything_is_decided() -> None:
    """Each span overlaps all others, in the two ways that make a careless greedy quadratic: as a text may be made."""
    kinds = Kinds()
    count = 200_000
    kind = np.full(count, kinds.index("EMAIL_ADDRESS", "email_address"), np.int16)
    same, score = np.full(count, 2, np.int8), np.ones(count, np.float32)
    nested = Found(np.arange(count), 2 * count - np.arange(count), kind, same, score)
    from_one = Found(np.zeros(count, np.int64), np.arange(count)[::-1] + 1, kind, same, score)
    for found in (nested, from_one):
        stands = resolve_found(found, kinds)
        assert (len(stands), stands.ends[0] - stands.starts[0]) == (1, (found.ends - found.starts).max())


def test_of_a_long_chain_no_two_that_stand_touch() -> None:
    kinds = Kinds()
    rng = np.random.default_rng(7)
    count = 100_000
    starts = rng.permutation(count) * 5
    found = Found(
        starts,
        starts + rng.integers(2, 10, count),
        np.full(count, kinds.index("IP_ADDRESS", "ip_address"), np.int16),
        rng.integers(1, 5, count).astype(np.int8),
        np.ones(count, np.float32),
    )
    stands = resolve_found(found, kinds)
    assert (stands.ends[:-1] <= stands.starts[1:]).all()
    assert len(stands) > count // 3


def test_an_empty_span_never_stands() -> None:
    kinds = Kinds()
    empty = Span("FR_SIREN", 4, 4, 0.75, "fr_siren", Level.PROBABLE)
    assert len(resolve_found(Found.of([empty, empty], kinds), kinds)) == 0
    assert len(resolve_found(Found.none(), kinds)) == 0
