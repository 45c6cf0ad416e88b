"""What may stand right beside a match: RE2 has no look-around, and a number inside a longer one is another number."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

NAMES = ("free", "word", "number", "phone", "address", "coordinate", "token", "mailbox")
"""The conditions by the names that rules use; kernels take their place in this order."""

_FAR = 40
_TOKEN = 80
_njit = numba.njit(cache=True, nogil=True)


@_njit
def char_before(data, at):  # type: ignore[no-untyped-def]
    """Code point of the character that ends at a byte, and where it begins; a line end before the text."""
    if at <= 0:
        return 10, 0
    start = at - 1
    while start > 0 and at - start < 4 and 0x80 <= data[start] < 0xC0:
        start -= 1
    return _code_point(data, start), start


@_njit
def char_after(data, at):  # type: ignore[no-untyped-def]
    """Code point of the character that begins at a byte, and where it ends; a line end after the text."""
    if at >= data.size:
        return 10, data.size
    end = at + 1
    while end < data.size and 0x80 <= data[end] < 0xC0:
        end += 1
    return _code_point(data, at), end


@_njit
def _code_point(data, at):  # type: ignore[no-untyped-def]
    lead = np.int64(data[at])
    size = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    if size == 1 or at + size > data.size:
        return lead
    code = lead & (0x7F >> size)
    for k in range(1, size):
        code = (code << 6) | (np.int64(data[at + k]) & 0x3F)
    return code


@_njit
def is_word(code):  # type: ignore[no-untyped-def]
    """A letter, digit or underscore; beyond ASCII all but Latin-1 signs and the signs from U+2000 to U+2FFF."""
    if code < 128:
        return 48 <= code <= 57 or 65 <= code <= 90 or 97 <= code <= 122 or code == 95
    return code >= 0xC0 and not 0x2000 <= code < 0x3000


@_njit
def _is_digit(code):  # type: ignore[no-untyped-def]
    return 48 <= code <= 57


@_njit
def _is_letter(code):  # type: ignore[no-untyped-def]
    return is_word(code) and not _is_digit(code) and code != 95


@_njit
def _is_space(code):  # type: ignore[no-untyped-def]
    return code in (32, 0xA0, 0x202F)


@_njit
def _is_dash(code):  # type: ignore[no-untyped-def]
    return code in (45, 0x2013)


@_njit
def _joins(near, far):  # type: ignore[no-untyped-def]
    """A dot, slash, comma, dash or colon with a digit behind it, or a dash with a letter: one longer number."""
    if _is_digit(far):
        return _is_dash(near) or near in (46, 47, 44, 58)
    return _is_dash(near) and _is_letter(far)


@_njit
def _number(data, start, end, near, far, next_, beyond):  # type: ignore[no-untyped-def]
    if is_word(near) or is_word(next_) or near in (43, 35, 36, 0x20AC, 0xA3) or next_ in (0x20AC, 36, 0xA3, 37):
        return False
    if _joins(near, far) or _joins(next_, beyond):
        return False
    if not ((_is_space(near) and _is_digit(far)) or (_is_space(next_) and _is_digit(beyond))):
        return True
    at = start
    while at < end:
        code, at = char_after(data, at)
        if _is_space(code):
            return False
    return True


@_njit
def _phone(data, start, end, near, far, next_, beyond):  # type: ignore[no-untyped-def]
    if is_word(near) or is_word(next_):
        return False
    if near in (43, 46, 47, 44, 45) and is_word(far) and far not in (108, 95):
        return False
    if next_ in (46, 47, 44, 45) and _is_digit(beyond):
        return False
    if _is_space(near) and _is_digit(far) and _digits_before(data, start) % 10:
        return False
    return _digits_after(data, end) % 10 in (0, 9)


@_njit
def _digits_after(data, end):  # type: ignore[no-untyped-def]
    """How many digits follow, grouped by single spaces; a chain of ten more is another phone."""
    count = 0
    at = end
    while at < data.size and at < end + _FAR:
        code, beyond = char_after(data, at)
        if _is_digit(code):
            count += 1
        elif not (_is_space(code) and beyond < data.size and _is_digit(data[beyond])):
            break
        at = beyond
    return count


@_njit
def _digits_before(data, start):  # type: ignore[no-untyped-def]
    count = 0
    at = start
    while at > 0 and at > start - _FAR:
        code, head = char_before(data, at)
        if _is_digit(code):
            count += 1
        elif not (_is_space(code) and head > 0 and _is_digit(data[head - 1])):
            break
        at = head
    return count


@_njit
def _address(data, start, end, near, far, next_, beyond):  # type: ignore[no-untyped-def]
    if is_word(near) or is_word(next_) or near in (46, 45, 43, 64):
        return False
    hexadecimal = _is_digit(far) or 65 <= far <= 70 or 97 <= far <= 102 or far == 58
    if near == 58 and hexadecimal:
        return False
    if next_ == 58:
        if _is_digit(beyond):
            for at in range(start, end):
                if data[at] == 58:
                    return False
            return True
        return beyond <= 32
    return not (next_ in (46, 45, 43) and is_word(beyond))


@_njit
def _coordinate(data, start, end):  # type: ignore[no-untyped-def]
    near = np.int64(0)
    at = start
    for _ in range(3):
        code, at = char_before(data, at)
        if code not in (32, 44, 59, 9):
            near = np.int64(code)
            break
    following = np.int64(0)
    at = end
    for _ in range(3):
        code, at = char_after(data, at)
        if code not in (32, 44, 59, 9):
            following = np.int64(code)
            break
    return not (_is_digit(near) or near == 46 or _is_digit(following) or following == 45)


@_njit
def _token(near, far, next_, beyond):  # type: ignore[no-untyped-def]
    if is_word(near) or is_word(next_) or near in (64, 92, 45, 43) or next_ in (64, 92, 45, 43):
        return False
    return not (near in (46, 47) and is_word(far)) and not (next_ in (46, 47) and is_word(beyond))


@_njit
def _mailbox(data, start, near, far, next_, beyond):  # type: ignore[no-untyped-def]
    if is_word(near) or is_word(next_) or next_ == 64 or (next_ in (58, 47, 45) and is_word(beyond)):
        return False
    if near in (38, 43, 45, 46) and is_word(far):
        return False
    if start >= 2 and data[start - 1] == 47 and data[start - 2] == 47:
        return False
    if start == 0 or data[start - 1] != 58:
        return True
    at = start - 1
    while at >= 2 and at > start - _TOKEN and data[at] > 32:
        if data[at] == 47 and data[at - 1] == 47 and data[at - 2] == 58:
            return False
        at -= 1
    return True


@_njit
def stands(data, start, end, edge):  # type: ignore[no-untyped-def]
    """Whether what stands beside ``data[start:end]`` lets it be a match, by the number of a condition in ``NAMES``.

    ``word``: no word character touches it. ``number``: nor a digit joined by a dot, dash, slash or colon, nor, when it
    is grouped, by a space. ``phone``: as number, but another grouped number may follow, since people write two phones
    side by side. ``address``: no piece of a longer dotted or coloned token, but a port may follow. ``coordinate``: two
    decimals make a place, three make a vector. ``token``: no piece of a longer token, path or e-mail address.
    ``mailbox``: not the user of ``ssh://user@host`` or ``https://user:password@host``, nor the end of a refused name.
    """
    if edge == 0:
        return True
    if edge == 5:
        return _coordinate(data, start, end)
    near, at = char_before(data, start)
    far, _ = char_before(data, at)
    next_, at = char_after(data, end)
    beyond, _ = char_after(data, at)
    if edge == 1:
        return not is_word(near) and not is_word(next_)
    if edge == 2:
        return _number(data, start, end, near, far, next_, beyond)
    if edge == 3:
        return _phone(data, start, end, near, far, next_, beyond)
    if edge == 4:
        return _address(data, start, end, near, far, next_, beyond)
    if edge == 6:
        return _token(near, far, next_, beyond)
    return _mailbox(data, start, near, far, next_, beyond)


@_njit
def sift(data, rows, dropped, edges, heads, tails, spans, kept):  # type: ignore[no-untyped-def]
    """Matches (start, end, pattern) that may stand where they do, as ``spans`` (value, match) and ``kept`` (pattern).

    ``dropped`` says which patterns are out. The value of a match is the whole of it, or its first ``heads`` or last
    ``tails`` bytes where these are not 0. Returns how many are kept.
    """
    count = 0
    for k in range(rows.shape[0]):
        pattern = rows[k, 2]
        if dropped[pattern]:
            continue
        start, end = rows[k, 0], rows[k, 1]
        first, last = start, end
        if heads[pattern]:
            last = start + heads[pattern]
        elif tails[pattern]:
            first = end - tails[pattern]
        if first < last and stands(data, first, last, edges[pattern]):
            spans[count, 0] = first
            spans[count, 1] = last
            spans[count, 2] = start
            spans[count, 3] = end
            kept[count] = pattern
            count += 1
    return count


@_njit
def stand(data, spans, edges):  # type: ignore[no-untyped-def]
    """Which of many spans may stand where they do, each by the number of its condition."""
    kept = np.empty(spans.shape[0], np.bool_)
    for k in range(spans.shape[0]):
        kept[k] = stands(data, spans[k, 0], spans[k, 1], edges[k])
    return kept


@_njit
def inside_word(data, at):  # type: ignore[no-untyped-def]
    """Whether a place lies between two letters or digits of one word; underscores begin words."""
    if at <= 0 or at >= data.size or data[at] == 95:
        return False
    near, _ = char_before(data, at)
    next_, _ = char_after(data, at)
    return is_word(near) and is_word(next_)


def array_of(data: bytes) -> NDArray[np.uint8]:
    """The bytes as the kernels take them, without a copy."""
    return np.frombuffer(data, np.uint8)
