"""The checks of ``net``; the same words, in machine code."""

# mypy: disable-error-code="no-any-return, assignment, return-value, arg-type"
# ruff: noqa: PLR0911, PLR1714, SIM109, SIM110

from __future__ import annotations

import numba
import numpy as np

from recognizers.validators import net
from recognizers.validators.compiled_names import COMPILED, NET
from recognizers.validators.compiled_tables import DOMAIN_NAMES, DOMAINS, SLOTS
from recognizers.validators.compiled_text import ASK, SIGNATURE, Bytes, kinds_of, njit, stamp

_NOT_NUMBER = -2
_INVALID = -2
"""No address at all."""
_DOT, _DASH, _AT, _COLON = 46, 45, 64, 58
_SMALL = np.int64(net._SMALL)
(
    _IP_V4_PUBLIC, _IP_V4_ROUTED, _IP_V4_SPECIAL, _IP_V6_PUBLIC, _IP_V6_SPECIAL, _EMAIL, _MAC, _GPS, _NMEA,
) = (COMPILED[name] for name in NET)  # fmt: skip


@njit
def _lower(data: Bytes, at: int) -> int:
    """The byte here, a small letter if it is a capital."""
    char = np.int64(data[at])
    return char | 32 if 65 <= char <= 90 else char


@njit
def _email_address(data: Bytes, start: int, end: int, tables: Bytes) -> int:
    """Local part, labels and top-level domain; accents are counted in the local part, asked about in the domain."""
    at = end - 1
    while at >= start and data[at] != _AT:
        at -= 1
    if at <= start or data[start] == _DOT or data[at - 1] == _DOT:
        return 0
    if end - at - 1 > 253:
        return ASK
    count = digits = 0
    for k in range(start, at):
        count += not 0x80 <= data[k] < 0xC0
        digits += 48 <= data[k] <= 57
        if data[k] == _DOT and data[k + 1] == _DOT:
            return 0
    if count > 64 or 11 <= digits < count:
        return 0
    first = label = at + 1
    labels = 0
    for k in range(first, end + 1):
        if k < end and data[k] >= 0x80:
            return ASK
        if k == end or data[k] == _DOT:
            if not 1 <= k - label <= 63 or data[label] == _DASH or data[k - 1] == _DASH:
                return 0
            if label == first and _is_scale(data, label, k):
                return 0
            labels += 1
            if k < end:
                label = k + 1
    return labels >= 2 and _is_top_level(data, label, end, tables)


@njit
def _is_scale(data: Bytes, start: int, end: int) -> bool:
    """Digits and an x, as in the names of pictures for dense screens."""
    if end - start < 2 or _lower(data, end - 1) != 120:
        return False
    for at in range(start, end - 1):
        if not 48 <= data[at] <= 57:
            return False
    return True


@njit
def _is_top_level(data: Bytes, start: int, end: int, tables: Bytes) -> bool:
    size = end - start
    xn = size >= 4 and _lower(data, start) == 120 and _lower(data, start + 1) == 110
    if xn and data[start + 2] == _DASH and data[start + 3] == _DASH:
        return True
    value = 0
    for at in range(start, end):
        value = (value * 31 + _lower(data, at)) & 0xFFFFFFFF
    for place in range(value, value + SLOTS):
        slot = DOMAINS + 2 * (place % SLOTS)
        found = np.int64(tables[slot]) | np.int64(tables[slot + 1]) << 8
        if found == 0:
            return False
        name = DOMAIN_NAMES + found - 1
        same = tables[name] == size
        at = 0
        while same and at < size:
            same = tables[name + 1 + at] == _lower(data, start + at)
            at += 1
        if same:
            return True
    return False


@njit
def _ip_v4(data: Bytes, start: int, end: int, routed: bool) -> int:
    """Four fields, of which the last is only compared with 0, as in Python; ``routed`` whatever the others are."""
    at = start
    first = second = third = np.int64(0)
    size = 0
    for field in range(3):
        begin = at
        value = 0
        while at < end and data[at] != _DOT:
            value = value * 10 + np.int64(data[at]) - 48 if 48 <= data[at] <= 57 and value >= 0 else _NOT_NUMBER
            at += 1
        if at >= end or at == begin or at - begin > 9 or value < 0:
            return ASK
        if field == 0:
            first, size = value, at - begin
        elif field == 1:
            second = value
        else:
            third = value
        at += 1
    for k in range(at, end):
        if data[k] == _DOT or data[k] >= 0x80:
            return ASK
    zero = end - at == 1 and data[at] == 48
    telling = routed or (size > 1 and max(first, second, third) >= _SMALL)
    return telling and not zero and not _reserved(first, second, third)


@njit
def _reserved(first: int, second: int, third: int) -> bool:
    if first == 10 or first == 127 or first == 0 or first >= 224:
        return True
    if first == 192:
        return second == 168 or (second == 0 and (third == 0 or third == 2)) or (second == 88 and third == 99)
    if first == 198:
        return second == 18 or second == 19 or (second == 51 and third == 100)
    if first == 203:
        return second == 0 and third == 113
    if first == 172:
        return 16 <= second <= 31
    return (first == 169 and second == 254) or (first == 100 and 64 <= second <= 127)


@njit
def _ip_v4_special(data: Bytes, start: int, end: int, public: int) -> int:
    """What is not public, but for versions that end in zeros."""
    zeros = end - start >= 6
    for k in range(6):
        zeros = zeros and data[end - 6 + k] == (48 if k & 1 else _DOT)
    return np.int64(not zeros and public == 0)


@njit
def _ip_v6(data: Bytes, start: int, end: int, which: int) -> int:
    colons = digits = 0
    for at in range(start, end):
        if data[at] >= 0x80:
            return ASK
        colons += data[at] == _COLON
        digits += 48 <= data[at] <= 57
    if colons < 3 and which == _IP_V6_PUBLIC:
        return 0
    if digits == 0 if which == _IP_V6_PUBLIC else end - start < 8:
        return 0
    while start < end and (data[start] == 91 or data[start] == 93):
        start += 1
    while start < end and (data[end - 1] == 91 or data[end - 1] == 93):
        end -= 1
    routed = _routed(data, start, end)
    if routed == ASK or routed == _INVALID:
        return ASK if routed == ASK else 0
    return routed if which == _IP_V6_PUBLIC else 1 - routed


@njit
def _routed(data: Bytes, start: int, end: int) -> int:
    """Whether IANA lets an IPv6 address be routed; ``ASK`` for the blocks that releases of Python know differently."""
    parts = gap = size = first = second = np.int64(0)
    for at in range(start, end + 1):
        char = np.int64(data[at]) if at < end else _COLON
        if char == _COLON:
            inner = parts > 0 and at < end
            if size > 4 or (inner and size == 0 and gap):
                return _INVALID
            gap = parts if inner and size == 0 else gap
            parts += 1
            size = np.int64(0)
            continue
        if char == _DOT or char == 37:  # an IPv4 address at the end, or a zone
            return ASK
        small = char | 32
        digit = char - 48 if 48 <= char <= 57 else small - 87 if 97 <= small <= 102 else -1
        if digit < 0:
            return _INVALID
        size += 1
        first = (first << 4 | digit) & 0xFFFFF if parts == 0 else first
        second = (second << 4 | digit) & 0xFFFFF if parts == 1 else second
    if not _complete(data, start, end, parts, gap):
        return _INVALID
    if 0x2000 <= first <= 0x3FFE:
        if first == 0x2001 and second == 0xDB8:  # documentation, in every release
            return 0
        return ASK if first == 0x2002 or (first == 0x2001 and second < 0x200) else 1
    inside = 0xFC00 <= first <= 0xFDFF or 0xFE80 <= first <= 0xFEBF
    return 0 if inside or first >= 0xFF00 else ASK


@njit
def _complete(data: Bytes, start: int, end: int, parts: int, gap: int) -> bool:
    """Eight parts, or fewer around one gap; an empty part at an end belongs to the gap there."""
    if not 3 <= parts <= 9:
        return False
    opens, closes = data[start] == _COLON, data[end - 1] == _COLON
    if gap == 0:
        return parts == 8 and not opens and not closes
    before, after = gap, parts - gap - 1
    if (opens and before != 1) or (closes and after != 1):
        return False
    return before - opens + after - closes < 8


@njit
def _mac_address(data: Bytes, start: int, end: int) -> int:
    """Twelve characters between their signs, of three kinds at least."""
    low = high = n = np.int64(0)
    for at in range(start, end):
        char = np.int64(data[at])
        if char >= 0x80:
            return ASK
        if char == _COLON or char == _DASH or char == _DOT:
            continue
        n += 1
        if char < 64:
            low |= 1 << char
        else:
            high |= 1 << ((char | 32 if 65 <= char <= 90 else char) - 64)
    return n == 12 and kinds_of(low, high) >= 3


@njit
def _gps_pair(data: Bytes, start: int, end: int) -> int:
    """Two plain decimal numbers; signs of exponents and the like are Python's to read."""
    count = 0
    verdict = 1
    begin = start
    for at in range(start, end + 1):
        char = 44 if at == end else np.int64(data[at])
        if char >= 0x80:
            return ASK
        if char == 44 or char == 59 or char == 9 or char == 32:
            if at > begin:
                if count < 2:
                    part = _degree(data, begin, at, 180 if count else 90)
                    verdict = min(verdict, part)
                count += 1
            begin = at + 1
    return verdict if count == 2 else 0


@njit
def _degree(data: Bytes, start: int, end: int, most: int) -> int:
    """Whether a number is neither zero nor more than this; ``ASK`` if rounding or another form could matter."""
    at = start + (data[start] == _DASH or data[start] == 43)
    if end - start > 40 or at == end:
        return ASK
    whole = fraction = 0
    digits = dots = 0
    for k in range(at, end):
        char = np.int64(data[k])
        if char == _DOT:
            dots += 1
        elif not 48 <= char <= 57:
            return ASK
        else:
            digits += 1
            if dots:
                fraction |= char - 48
            else:
                whole = min(whole * 10 + char - 48, 1000)
    if dots > 1 or digits == 0 or (whole == most and fraction and digits > 12):
        return ASK
    return (whole < most and (whole > 0 or fraction > 0)) or (whole == most and fraction == 0)


@njit
def _nmea(data: Bytes, start: int, end: int) -> int:
    """The exclusive or of the body, in two hexadecimal digits after a star."""
    while start < end and data[start] == 36:
        start += 1
    total = written = 0
    for at in range(start, end):
        char = np.int64(data[at])
        if char >= 0x80:
            return ASK
        if at < end - 3:
            total ^= char
        elif at > end - 3:
            small = char | 32
            digit = char - 48 if 48 <= char <= 57 else small - 87 if 97 <= small <= 102 else 256
            written = written << 4 | digit
    return end - start >= 3 and data[end - 3] == 42 and written == total


@njit
def _verdict(data: Bytes, start: int, end: int, which: int, tables: Bytes) -> int:
    if which == _EMAIL:
        return _email_address(data, start, end, tables)
    if which <= _IP_V4_SPECIAL:
        public = _ip_v4(data, start, end, which == _IP_V4_ROUTED)
        return public if which != _IP_V4_SPECIAL or public == ASK else _ip_v4_special(data, start, end, public)
    if which <= _IP_V6_SPECIAL:
        return _ip_v6(data, start, end, which)
    if which == _MAC:
        return _mac_address(data, start, end)
    return _gps_pair(data, start, end) if which == _GPS else _nmea(data, start, end)


def _kernel(made_of: int):  # type: ignore[no-untyped-def]
    @numba.njit(SIGNATURE, cache=True, nogil=True)
    def judge(data, spans, numbers, first, last, tables, out):  # type: ignore[no-untyped-def]
        for row in range(numbers.size + 0 * made_of):
            if first <= numbers[row] < last:
                out[row] = _verdict(data, spans[row, 0], spans[row, 1], numbers[row], tables)

    return judge


judge = _kernel(stamp())
