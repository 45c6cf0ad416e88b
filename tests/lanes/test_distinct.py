from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.recognition.distinct import EXACT, Distinct
from scanner.recognition.hashing import KEY, LONG, hash_spans

MASK = (1 << 64) - 1
SEPARATORS = str.maketrans("", "", " .-/\t\n\r\u00a0\u202f")
SMALL = {c: chr(c).lower() for c in range(0x100) if chr(c).isupper()}
TEXT = st.text(st.sampled_from("aZ09 .-/\u00a0\u202f\u2009ÀÉéß×ŒЖ漢\U0001f600\n\r\t'\x00Â"), max_size=40)


def turned(x: int, by: int) -> int:
    return (x << by | x >> 64 - by) & MASK


def siphash(data: bytes, key: tuple[int, int], rounds: int, last_rounds: int) -> int:
    """As the paper of Aumasson and Bernstein gives it."""
    v = [
        key[0] ^ 0x736F6D6570736575,
        key[1] ^ 0x646F72616E646F6D,
        key[0] ^ 0x6C7967656E657261,
        key[1] ^ 0x7465646279746573,
    ]

    def mix(times: int) -> None:
        for _ in range(times):
            for a, b, c, d, by, other in ((0, 1, 2, 3, 13, 16), (2, 1, 0, 3, 17, 21)):
                v[a] = (v[a] + v[b]) & MASK
                v[b] = turned(v[b], by) ^ v[a]
                v[a] = turned(v[a], 32)
                v[c] = (v[c] + v[d]) & MASK
                v[d] = turned(v[d], other) ^ v[c]

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 0xFF])
    for (word,) in struct.iter_unpack("<Q", padded):
        v[3] ^= word
        mix(rounds)
        v[0] ^= word
    v[2] ^= 0xFF
    mix(last_rounds)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def test_the_reference_agrees_with_the_paper() -> None:
    key = struct.unpack("<QQ", bytes(range(16)))
    assert siphash(bytes(range(15)), key, 2, 4) == 0xA129CA6149BE45E5


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT, max_size=8), st.tuples(st.integers(0, MASK), st.integers(0, MASK)))
def test_hashes_are_of_values_without_separators_and_case(texts: list[str], key: tuple[int, int]) -> None:
    data = np.frombuffer("".join(texts).encode(), np.uint8)
    ends = np.cumsum([len(text.encode()) for text in texts], dtype=np.int64)
    starts = np.concatenate(([0], ends))[:-1].astype(np.int64)
    plain = [siphash(text.encode(), key, 1, 3) for text in texts]
    alike = [t if len(t.encode()) > LONG else t.translate(SEPARATORS).translate(SMALL) for t in texts]
    folded = [siphash(text.encode(), key, 1, 3) for text in alike]
    assert hash_spans(data, starts, ends, exact=True, key=key).tolist() == plain
    assert hash_spans(data, starts, ends, key=key).tolist() == folded


@given(st.binary(max_size=20), st.integers(-50, 50), st.integers(-50, 50))
@settings(deadline=None)
def test_spans_outside_the_text_are_cut_to_it(raw: bytes, start: int, end: int) -> None:
    data = np.frombuffer(raw, np.uint8)
    (found,) = hash_spans(data, np.array([start]), np.array([end]), exact=True)
    assert found == siphash(raw[max(0, start) : max(0, end)], KEY, 1, 3)
    hash_spans(data, np.array([start]), np.array([end]))


def hashes(first: int, past: int, seed: int = 0) -> np.ndarray:
    """What a hash function gives for the numbers of a range: the finaliser of SplitMix64."""
    one = np.arange(first, past, dtype=np.uint64) + np.uint64(seed << 40)
    one = (one ^ (one >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    one = (one ^ (one >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return one ^ (one >> np.uint64(31))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 1_000, EXACT - 1, EXACT])
def test_few_are_counted_exactly(count: int) -> None:
    distinct = Distinct()
    for _ in range(3):
        distinct.add_hashes(hashes(0, count))
    assert len(distinct) == count


def test_words_count_once_each() -> None:
    distinct = Distinct()
    for word in ("lea", "paul", "lea", "Paul", "", "é", "e\u0301"):
        distinct.add(word)
    assert len(distinct) == 6


@pytest.mark.parametrize("count", [EXACT + 1, 30_000, 100_000, 1_000_000])
def test_many_are_estimated_within_the_error_that_is_stated(count: int) -> None:
    errors = []
    for seed in range(12):
        distinct = Distinct()
        distinct.add_hashes(hashes(0, count, seed))
        errors.append(len(distinct) / count - 1)
    assert math.sqrt(sum(error**2 for error in errors) / len(errors)) < 0.011
    assert abs(sum(errors)) / len(errors) < 0.006


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30_000), st.sampled_from([0, 1, 900, 9_000, 15_000])), max_size=6),
    st.randoms(use_true_random=False),
)
def test_how_values_come_does_not_matter(runs: list[tuple[int, int]], random: object) -> None:
    parts = [hashes(first, first + size) for first, size in runs]
    at_once, merged = Distinct(), Distinct()
    at_once.add_hashes(np.concatenate([np.empty(0, np.uint64), *parts]))
    random.shuffle(parts)  # type: ignore[attr-defined]
    for part in parts:
        one = Distinct()
        one.add_hashes(part)
        merged.merge(one)
    assert len(merged) == len(at_once)
    exact = len(set(np.concatenate([np.empty(0, np.uint64), *parts]).tolist()))
    assert len(at_once) == exact if exact <= EXACT else len(at_once) == pytest.approx(exact, rel=0.05)
