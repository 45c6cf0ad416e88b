"""The gate before a lexicon: stretches of folded text around the beginnings of its patterns, in one compiled pass."""

# mypy: disable-error-code="no-any-return, assignment, return-value"

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from recognizers.gates_kernels import Bytes, Offsets
from recognizers.gates_patterns import ANY, BREAK, NUMBER, RUNS, SPACE, SYMBOLS, Anchor, anchors_of
from recognizers.gates_tables import byte_table
from recognizers.gates_walk import CLASSES, SPARE, Steps, Widths, grow, keep_near, merge, scattered, seek

_ROOM = 256
_BLOCK = 1 << 13
_WORDS = "abcdefghijklmnopqrstuvwxyz0123456789"
_MOST_FIRSTS = 4
_FOUR = 4
_SIX = 6
_FAR = 1 << 16
_FACTORS = np.array((40503, 27449, 15269, 60493), np.int64)
Values = list[tuple[str, tuple[int, ...], bytes]]
"""Arrays as their type, shape and bytes."""
_NUMBERS = {symbol: number for number, symbol in enumerate("abcdefghijklmnopqrstuvwxyz" + SPACE + NUMBER + "'-.", 1)}
_EACH = {symbol: (bytes((_NUMBERS.get(symbol, 0),)),) for symbol in SYMBOLS}
_PLAIN = frozenset(SYMBOLS) - {NUMBER, ANY, BREAK}
_BY_BYTE = bytes(_NUMBERS.get(symbol, 0) for symbol in SYMBOLS)
_EACH[BREAK] = tuple(bytes((number,)) for number in (0, *(_NUMBERS[symbol] for symbol in SPACE + "'-.")))
_EACH[ANY] = tuple(bytes((number,)) for number in range(CLASSES))


class TermGate:
    """A tree of beginnings, walked from the start of every word; a leaf says how far its matches reach."""

    def __init__(self, values: Values) -> None:
        """``values`` are those of ``gate_values``, from this process or an earlier one."""
        self._tables = tuple(_unpacked(*value) for value in values)

    def windows(self, data: bytes, near: int | None = None) -> list[tuple[int, int]]:
        """Stretches of folded text, apart and in order, that hold every match whole.

        With ``near``, not those that hold settings only and have no other within so many bytes.
        """
        padded = np.zeros(len(data) + 2 * SPARE, np.uint8)
        padded[SPARE : len(data) + SPARE] = np.frombuffer(data, np.uint8)
        signs, marks = np.empty(_BLOCK + SPARE, np.uint8), np.empty(_BLOCK, np.uint8)
        work = signs, np.empty(_BLOCK + SPARE, np.uint16), marks, np.empty(_BLOCK + 1, np.int64)
        room = len(data) // _ROOM + 16
        while True:
            starts, ends, topical = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
            n = seek(padded, *work, *self._tables, starts, ends, topical)
            if n <= room:
                break
            room *= 8
        if near is not None:
            n = keep_near(starts[:n], ends[:n], topical[:n], near)
        return list(zip((starts[:n] - SPARE).tolist(), (ends[:n] - SPARE).tolist(), strict=True))


def gate_values(patterns: Iterable[str], settings: Iterable[str] = ()) -> Values:
    """What a gate is made of, as plain values; ``settings`` say nothing unless one of the patterns is near."""
    telling = ((anchor, 1) for pattern in patterns for anchor in anchors_of(pattern))
    quiet = ((anchor, 0) for pattern in settings for anchor in anchors_of(pattern))
    beginnings = _beginnings(chain(telling, quiet))
    classes = np.frombuffer(_BY_BYTE, np.uint8)
    runs = byte_table(dict.fromkeys("".join(RUNS) + "".join(RUNS).upper(), 1))
    return [_packed(np.asarray(table)) for table in (*_alive(beginnings), classes, runs, *_tree(beginnings))]


def _packed(table: npt.NDArray[Any]) -> tuple[str, tuple[int, ...], bytes]:
    return table.dtype.str, table.shape, table.tobytes()


def _unpacked(kind: str, shape: tuple[int, ...], data: bytes) -> Any:
    table = np.frombuffer(data, kind).reshape(shape).copy()
    return table if shape else table.item()


Reach = tuple[int, int, int]
"""How far matches reach before and after a beginning, and whether they say something by themselves.

What is after counts below zero where it may be endless.
"""


def _beginnings(anchors: Iterable[tuple[Anchor, int]]) -> dict[str, Reach]:
    reach: dict[str, Reach] = {}
    for anchor, topical in anchors:
        wide = anchor.before, -anchor.after if anchor.endless else anchor.after, topical
        for text in anchor.beginnings:
            known = reach.get(text)
            reach[text] = wide if known is None else _farther(known, wide)
    return reach


def _farther(one: Reach, other: Reach) -> Reach:
    after = max(abs(one[1]), abs(other[1]))
    return max(one[0], other[0]), -after if min(one[1], other[1]) < 0 else after, one[2] | other[2]


def _classes(text: str) -> bytes:
    return text.encode("latin-1").translate(_BY_BYTE)


def _shortest(texts: Iterable[str]) -> list[str]:
    """Without those that begin with another one."""
    kept: list[str] = []
    for text in sorted(texts):
        if not kept or not text.startswith(kept[-1]):
            kept.append(text)
    return kept


def _alive(beginnings: Iterable[str]) -> tuple[Bytes, Bytes, Bytes, Bytes]:
    """What terms may begin with: signs that are no words; hashes of four signs; all of four; hashes of six."""
    firsts = sorted({ord(text[0]) for text in beginnings if text[0] not in _WORDS})
    if len(firsts) > _MOST_FIRSTS:
        raise ValueError("too many terms begin with a sign")
    four, sure, six = np.zeros(1 << 16, np.uint8), np.zeros(1 << 20, np.bool_), np.zeros(1 << 20, np.bool_)
    ways = {way for text in _shortest(beginnings) for way in _ways(text)}
    for length in range(1, _SIX + 1):
        signs = np.frombuffer(b"".join(way for way in ways if len(way) == length), np.uint8).astype(np.int64)
        signs = _widened(signs.reshape(-1, length))
        four[signs[:, :_FOUR] @ _FACTORS & 0xFFFF] = 1
        spelled = signs @ (CLASSES ** np.arange(signs.shape[1]))
        if length > _FOUR:
            six[scattered(spelled)] = True
        else:
            sure[spelled] = True
    return np.array((firsts * _MOST_FIRSTS)[:_MOST_FIRSTS], np.uint8), four, _bits(sure), _bits(six)


def _bits(flags: npt.NDArray[np.bool_]) -> Bytes:
    return np.packbits(flags, bitorder="little")


def _widened(signs: Offsets) -> Offsets:
    """Rows of four or six signs from shorter ones, which any may follow."""
    while signs.shape[1] not in (_FOUR, _SIX):
        every = np.tile(np.arange(CLASSES), len(signs))[:, None]
        signs = np.hstack((np.repeat(signs, CLASSES, axis=0), every))
    return signs


def _ways(text: str) -> set[bytes]:
    """The classes of the first six signs at most, however many digits a number has and whatever a sign may be."""
    if _PLAIN.issuperset(text[:_SIX]):
        return {_classes(text[:_SIX])}
    ways = [b""]
    for symbol in text[:_SIX]:
        longest = _SIX if symbol == NUMBER else 1
        ways = [way + each * count for way in ways for each in _EACH[symbol] for count in range(1, longest + 1)]
    return {way[:_SIX] for way in ways}


def _tree(beginnings: dict[str, Reach]) -> tuple[Steps, int, Widths, Widths, Widths]:
    """Steps by node and class (0 leads nowhere); nodes from the number given on are leaves, with their reach."""
    spelled = [(way, beginnings[text]) for text in sorted(beginnings, key=len) for way in _spelled(text)]
    lengths = np.array([len(way) for way, _ in spelled], np.int64)
    reach = np.array([wide for _, wide in spelled], np.int64).reshape(-1, 3)
    classes = np.frombuffer(b"".join(way for way, _ in spelled), np.uint8)
    steps = np.zeros((len(classes) + 1, CLASSES), np.int32)
    steps = steps[: grow(classes, lengths, reach, steps)]  # the rest is never touched, and costs no memory
    reaches, kinds = np.unique((reach[:, 0] * _FAR + reach[:, 1] + _FAR // 2) * 2 + reach[:, 2], return_inverse=True)
    leaves = steps < 0
    steps[leaves] = -1 - kinds[-steps[leaves] - 1]
    merged = merge(steps)
    if len(merged) + len(reaches) > np.iinfo(np.uint16).max:
        raise ValueError("too many terms for one gate")
    leaves = merged < 0
    merged[leaves] = len(merged) - 1 - merged[leaves]
    wide = reaches // 2
    return merged.astype(np.uint16), len(merged), wide // _FAR, wide % _FAR - _FAR // 2, reaches % 2


def _spelled(text: str) -> list[bytes]:
    """The classes of a beginning, once for each class where any byte may stand."""
    if ANY not in text:
        plain = _classes(text)
        return [plain[:-1] + each for each in _EACH[BREAK]] if text.endswith(BREAK) else [plain]
    ways = [b""]
    for symbol in text:
        ways = [way + each for way in ways for each in _EACH[symbol]]
    return ways
