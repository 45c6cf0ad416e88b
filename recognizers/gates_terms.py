"""The gate before a lexicon: stretches of folded text around the beginnings of its patterns, in one compiled pass."""

# mypy: disable-error-code="no-any-return, assignment, return-value"

from __future__ import annotations

from collections.abc import Iterable

import numba
import numpy as np
import numpy.typing as npt

from recognizers.gates_kernels import Bytes, Offsets
from recognizers.gates_patterns import ANY, BREAK, ENDLESS, NUMBER, RUNS, SPACE, SYMBOLS, Anchor
from recognizers.gates_tables import byte_table

Steps = npt.NDArray[np.uint16]
Widths = npt.NDArray[np.int64]

_ROOM = 256
_NEAR = 256
"""Windows no farther apart than this are read as one: to begin anew costs more than to read on."""
_BLOCK = 1 << 13
_SPARE = 8
_WORDS = "abcdefghijklmnopqrstuvwxyz0123456789"
_MOST_FIRSTS = 4
_FOUR = 4
_SIX = 6
_CLASSES = 32
_FAR = 1 << 16
_KNOWN_RUNS = 8
_FACTORS = np.array((40503, 27449, 15269, 60493), np.int64)
_NUMBERS = {symbol: number for number, symbol in enumerate("abcdefghijklmnopqrstuvwxyz" + SPACE + NUMBER + "'-.", 1)}
_RUN_CLASSES = _NUMBERS[SPACE], _NUMBERS[NUMBER]
_EACH = {symbol: (bytes((_NUMBERS.get(symbol, 0),)),) for symbol in SYMBOLS}
_PLAIN = frozenset(SYMBOLS) - {NUMBER, ANY, BREAK}
_BY_BYTE = bytes(_NUMBERS.get(symbol, 0) for symbol in SYMBOLS)
_EACH[BREAK] = tuple(bytes((number,)) for number in (0, *(_NUMBERS[symbol] for symbol in SPACE + "'-.")))
_EACH[ANY] = tuple(bytes((number,)) for number in range(_CLASSES))


class TermGate:
    """A tree of beginnings, walked from the start of every word; a leaf says how far its matches reach."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        beginnings = _beginnings(anchors)
        classes = np.frombuffer(_BY_BYTE, np.uint8)
        runs = byte_table(dict.fromkeys("".join(RUNS) + "".join(RUNS).upper(), 1))
        self._tables = (*_alive(beginnings), classes, runs, *_tree(beginnings))

    def windows(self, data: bytes) -> list[tuple[int, int]]:
        """Stretches of folded text, apart and in order, that hold every match whole."""
        padded = np.zeros(len(data) + 2 * _SPARE, np.uint8)
        padded[_SPARE : len(data) + _SPARE] = np.frombuffer(data, np.uint8)
        signs, marks = np.empty(_BLOCK + _SPARE, np.uint8), np.empty(_BLOCK, np.uint8)
        work = signs, np.empty(_BLOCK + _SPARE, np.uint16), marks, np.empty(_BLOCK + 1, np.int64)
        room = len(data) // _ROOM + 16
        while True:
            starts, ends = np.empty(room, np.int64), np.empty(room, np.int64)
            n = _seek(padded, *work, *self._tables, starts, ends)
            if n <= room:
                return list(zip((starts[:n] - _SPARE).tolist(), (ends[:n] - _SPARE).tolist(), strict=True))
            room *= 8


def _beginnings(anchors: Iterable[Anchor]) -> dict[str, tuple[int, int]]:
    """How far matches reach before and after each beginning; below zero where they may be endless."""
    reach: dict[str, tuple[int, int]] = {}
    for anchor in anchors:
        for text in anchor.beginnings:
            reach[text] = _farther(
                reach.get(text, (0, 0)), (anchor.before, -anchor.after if anchor.endless else anchor.after)
            )
    return reach


def _farther(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    after = max(abs(one[1]), abs(other[1]))
    return max(one[0], other[0]), -after if min(one[1], other[1]) < 0 else after


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
        spelled = signs @ (_CLASSES ** np.arange(signs.shape[1]))
        if length > _FOUR:
            six[_scattered(spelled)] = True
        else:
            sure[spelled] = True
    return np.array((firsts * _MOST_FIRSTS)[:_MOST_FIRSTS], np.uint8), four, _bits(sure), _bits(six)


def _bits(flags: npt.NDArray[np.bool_]) -> Bytes:
    return np.packbits(flags, bitorder="little")


def _widened(signs: Offsets) -> Offsets:
    """Rows of four or six signs from shorter ones, which any may follow."""
    while signs.shape[1] not in (_FOUR, _SIX):
        every = np.tile(np.arange(_CLASSES), len(signs))[:, None]
        signs = np.hstack((np.repeat(signs, _CLASSES, axis=0), every))
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


def _tree(beginnings: dict[str, tuple[int, int]]) -> tuple[Steps, int, Widths, Widths]:
    """Steps by node and class (0 leads nowhere); nodes from the number given on are leaves, with their reach."""
    spelled = [(way, beginnings[text]) for text in sorted(beginnings, key=len) for way in _spelled(text)]
    lengths = np.array([len(way) for way, _ in spelled], np.int64)
    reach = np.array([wide for _, wide in spelled], np.int64).reshape(-1, 2)
    classes = np.frombuffer(b"".join(way for way, _ in spelled), np.uint8)
    steps = np.zeros((len(classes) + 1, _CLASSES), np.int32)
    inner = _grow(classes, lengths, reach, steps)
    reaches, kinds = np.unique(reach[:, 0] * _FAR + reach[:, 1] + _FAR // 2, return_inverse=True)
    leaves = steps < 0
    steps[leaves] = -1 - kinds[-steps[leaves] - 1]
    merged = _merge(steps[:inner])
    if len(merged) + len(reaches) > np.iinfo(np.uint16).max:
        raise ValueError("too many terms for one gate")
    leaves = merged < 0
    merged[leaves] = len(merged) - 1 - merged[leaves]
    before, after = reaches // _FAR, reaches % _FAR - _FAR // 2
    return merged.astype(np.uint16), len(merged), before, after


def _spelled(text: str) -> list[bytes]:
    """The classes of a beginning, once for each class where any byte may stand."""
    if ANY not in text:
        plain = _classes(text)
        return [plain[:-1] + each for each in _EACH[BREAK]] if text.endswith(BREAK) else [plain]
    ways = [b""]
    for symbol in text:
        ways = [way + each for way in ways for each in _EACH[symbol]]
    return ways


@numba.njit(cache=True, nogil=True)
def _grow(classes: Bytes, lengths: Widths, reach: Offsets, steps: Steps) -> int:
    """Grow the tree in ``steps``; a leaf is the number of its beginning, below zero; says how many nodes are none."""
    nodes, at = 1, 0
    for k in range(len(lengths)):
        node, end = 0, at + lengths[k] - 1
        while at < end and steps[node, classes[at]] >= 0:
            if steps[node, classes[at]] == 0:
                steps[node, classes[at]] = nodes
                nodes += 1
            node = steps[node, classes[at]]
            at += 1
        leaf = steps[node, classes[at]]
        if leaf < 0:
            endless = min(reach[-leaf - 1, 1], reach[k, 1]) < 0
            after = max(abs(reach[-leaf - 1, 1]), abs(reach[k, 1]))
            reach[-leaf - 1, 0] = max(reach[-leaf - 1, 0], reach[k, 0])
            reach[-leaf - 1, 1] = -after if endless else after
        else:
            steps[node, classes[at]] = -k - 1
        at = end + 1
    return nodes


@numba.njit(cache=True, nogil=True)
def _merge(steps: Steps) -> Steps:
    """The same tree with one node for all those from which the same follows; the root stays the first."""
    nodes, size = len(steps), 1
    while size < 2 * nodes:
        size *= 2
    slots = np.full(size, -1, np.int64)
    same = np.arange(nodes)
    for node in range(nodes - 1, 0, -1):
        mixed = 0
        for k in range(_CLASSES):
            following = steps[node, k]
            if following > 0:
                following = steps[node, k] = same[following]
            mixed = (mixed ^ following) * 0x9E3779B1 & 0xFFFFFFFFFFFF
        slot = (mixed >> 16) & (size - 1)
        while slots[slot] >= 0 and not np.array_equal(steps[slots[slot]], steps[node]):
            slot = (slot + 1) & (size - 1)
        if slots[slot] < 0:
            slots[slot] = node
        same[node] = slots[slot]
    return _numbered(steps, same)


@numba.njit(cache=True, nogil=True)
def _numbered(steps: Steps, same: Offsets) -> Steps:
    """The nodes that stand for themselves, numbered anew."""
    numbers, kept = np.zeros(len(same), np.int64), 0
    for node in range(len(same)):
        if same[node] == node:
            numbers[node] = kept
            kept += 1
    merged = np.zeros((kept, _CLASSES), np.int32)
    for node in range(len(same)):
        if same[node] == node:
            for k in range(_CLASSES):
                following = steps[node, k]
                if following > 0:
                    following = numbers[same[following]]
                merged[numbers[node], k] = following
    return merged


@numba.njit(cache=True, nogil=True)
def _reach(data: Bytes, at: int, width: int, runs: Bytes, known: Offsets) -> int:
    """``width`` bytes on from ``at``; the end of a run of word signs that is too long is free."""
    run = 0
    while width > 0 and at < len(data):
        run = run + 1 if runs[data[at]] else 0
        if run > ENDLESS:
            at, run = _run_end(data, at, runs, known), 0
        else:
            at += 1
            width -= 1
    return at


@numba.njit(cache=True, nogil=True)
def _run_end(data: Bytes, at: int, runs: Bytes, known: Offsets) -> int:
    """Where a long run of word signs ends; the last few are known, so that none is read over and over."""
    for k in range(1, len(known)):
        if known[k, 0] <= at < known[k, 1]:
            return known[k, 1]
    end = at
    while end < len(data) and runs[data[end]]:
        end += 1
    known[0, 0] = known[0, 0] % (len(known) - 1) + 1
    known[known[0, 0], 0], known[known[0, 0], 1] = at, end
    return end


@numba.njit(cache=True, nogil=True)
def _number_signs(data: Bytes, numbers: Bytes) -> None:
    """The class of each byte, as ``_NUMBERS`` has them: comparisons only, many bytes at a time."""
    for i in range(len(numbers)):
        byte = data[i]
        low = byte | 32
        number = np.uint8(low - 96) if (low >= 97) & (low <= 122) else np.uint8(0)
        number = np.uint8(28) if (byte >= 48) & (byte <= 57) else number
        number = np.uint8(27) if (byte == 32) | (byte == 95) | ((byte >= 9) & (byte <= 13)) else number
        number = np.uint8(29) if byte == 39 else number
        number = np.uint8(30) if byte == 45 else number
        numbers[i] = np.uint8(31) if byte == 46 else number


@numba.njit(cache=True, nogil=True)
def _mix_signs(numbers: Bytes, mixed: npt.NDArray[np.uint16]) -> None:
    one, two, three = numbers[1:], numbers[2:], numbers[3:]
    for i in range(len(mixed) - 3):
        total = np.uint16(numbers[i]) * np.uint16(40503) + np.uint16(one[i]) * np.uint16(27449)
        mixed[i] = np.uint16(total + np.uint16(two[i]) * np.uint16(15269) + np.uint16(three[i]) * np.uint16(60493))


@numba.njit(cache=True, nogil=True)
def _mark_starts(data: Bytes, numbers: Bytes, firsts: Bytes, starts: Bytes) -> None:
    """1 where a word or one of the signs starts, 3 where white space is doubled soon after."""
    s0, s1, s2, s3 = firsts[0], firsts[1], firsts[2], firsts[3]
    back, here = data[_SPARE - 1 :], data[_SPARE:]
    n1, n2, n3, n4, n5, n6, n7 = (
        numbers[1:],
        numbers[2:],
        numbers[3:],
        numbers[4:],
        numbers[5:],
        numbers[6:],
        numbers[7:],
    )
    for i in range(len(starts)):
        byte, before = here[i], back[i]
        word = (((byte | 32) >= 97) & ((byte | 32) <= 122)) | ((byte >= 48) & (byte <= 57))
        inner = (((before | 32) >= 97) & ((before | 32) <= 122)) | ((before >= 48) & (before <= 57))
        sign = (byte == s0) | (byte == s1) | (byte == s2) | (byte == s3)
        double = ((n1[i] == 27) & (n2[i] == 27)) | ((n3[i] == 27) & ((n2[i] == 27) | (n4[i] == 27)))
        double = double | ((n5[i] == 27) & ((n4[i] == 27) | (n6[i] == 27))) | ((n6[i] == 27) & (n7[i] == 27))
        start = (word & ~inner) | sign
        starts[i] = np.uint8(3) if start & double else np.uint8(start)


@numba.njit(cache=True, nogil=True)
def _scattered(spelled: int) -> int:
    return (spelled * 0x9E3779B1 >> 20) & 0xFFFFF


@numba.njit(cache=True, nogil=True)
def _alive_starts(
    starts: Bytes, numbers: Bytes, mixed: npt.NDArray[np.uint16], four: Bytes, sure: Bytes, six: Bytes, places: Offsets
) -> int:
    """Where a term begins, for all that six signs say; no branch that would be guessed wrong."""
    n = kept = 0
    for i in range(len(starts)):
        places[n] = i
        n += np.int64((starts[i] & (four[mixed[i]] | (starts[i] >> 1))) != 0)
    for k in range(n):
        i = places[k]
        spelled = np.int64(numbers[i]) | np.int64(numbers[i + 1]) << 5 | np.int64(numbers[i + 2]) << 10
        spelled |= np.int64(numbers[i + 3]) << 15
        longer = _scattered(spelled | np.int64(numbers[i + 4]) << 20 | np.int64(numbers[i + 5]) << 25)
        alive = (sure[spelled >> 3] >> (spelled & 7)) | (six[longer >> 3] >> (longer & 7))
        places[kept] = i
        kept += np.int64(((starts[i] > 1) | (alive & 1)) != 0)
    return kept


@numba.njit(cache=True, nogil=True)
def _seek(
    data: Bytes,
    numbers: Bytes,
    mixed: npt.NDArray[np.uint16],
    marks: Bytes,
    places: Offsets,
    firsts: Bytes,
    four: Bytes,
    sure: Bytes,
    six: Bytes,
    classes: Bytes,
    runs: Bytes,
    steps: Steps,
    inner: int,
    before: Widths,
    after: Widths,
    starts: Offsets,
    ends: Offsets,
) -> int:
    """Write the windows; says how many there are, more than there is room for when there was not enough.

    ``data`` has eight spare bytes on either side.
    """
    size, n = len(data) - 2 * _SPARE, 0
    known = np.zeros((_KNOWN_RUNS + 1, 2), np.int64)
    for block in range(0, size, len(marks)):
        count = min(len(marks), size - block)
        _number_signs(data[block + _SPARE :], numbers[: count + _SPARE])
        _mix_signs(numbers[: count + _SPARE], mixed[: count + _SPARE])
        _mark_starts(data[block:], numbers, firsts, marks[:count])
        for k in range(_alive_starts(marks[:count], numbers, mixed, four, sure, six, places)):
            i = block + places[k] + _SPARE
            leaf = _walk(data, i, classes, steps, inner) - inner
            if leaf < 0:
                continue
            start, end = i - before[leaf], i + abs(after[leaf])
            if after[leaf] < 0:
                end = _reach(data, i, -after[leaf], runs, known)
            start, end = max(start, _SPARE), min(end, size + _SPARE)
            while n > 0 and start <= ends[n - 1] + _NEAR:
                n -= 1
                start, end = min(start, starts[n]), max(end, ends[n])
            if n == len(starts):
                return n + 1
            starts[n], ends[n] = start, end
            n += 1
    return n


@numba.njit(cache=True, nogil=True)
def _walk(data: Bytes, at: int, classes: Bytes, steps: Steps, inner: int) -> int:
    """The leaf that the text from ``at`` leads to, 0 for none."""
    node = 0
    while at < len(data):
        number = classes[data[at]]
        node = np.int64(steps[node, number])
        if node == 0 or node >= inner:
            return node
        at += 1
        if number in _RUN_CLASSES:
            while at < len(data) and classes[data[at]] == number:
                at += 1
    return 0
