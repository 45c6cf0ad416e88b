"""The decoder of ``compress`` (.Z): codes of growing width, each a string that the text so far has taught."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

BITS, CODE, OLD, FREE, WIDTH, FIRST, GROUP, STATE = range(8)
"""What a decoder remembers between calls: see ``start``."""


def start(flags: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """State, prefixes and last bytes of strings, for the third byte of the head of a file."""
    state = np.zeros(STATE, np.int64)
    state[BITS], state[CODE] = flags & 31, flags >> 7
    state[OLD], state[FREE], state[WIDTH] = -1, 257 if flags & 128 else 256, 9
    return state, np.zeros(1 << 16, np.int32), np.zeros(1 << 16, np.uint8)


@numba.njit(cache=True)  # type: ignore[untyped-decorator,unused-ignore]
def expand(
    data: npt.NDArray[np.uint8],
    final: bool,
    state: npt.NDArray[np.int64],
    prefix: npt.NDArray[np.int32],
    suffix: npt.NDArray[np.uint8],
    out: npt.NDArray[np.uint8],
) -> tuple[int, int]:
    """Bytes taken of ``data`` and given to ``out``; -1 given for a code that no string has.

    Codes come in groups of eight, which are filled up when the width changes; it stops between groups, or in the last.
    """
    at, filled, limit = 0, 0, 1 << state[BITS]
    while filled + 8 * limit <= out.shape[0]:
        width = state[WIDTH]
        group = min(width, data.shape[0] - at)
        if group * 8 < width or (group < width and not final):
            break
        changed = False
        for index in range(group * 8 // width):
            place = index * width
            word = np.int64(0)
            for k in range(3):
                byte = at + place // 8 + k
                if byte < data.shape[0]:
                    word |= np.int64(data[byte]) << (8 * k)
            code = (word >> (place % 8)) & ((1 << width) - 1)
            if code == 256 and state[CODE]:
                state[FREE], state[WIDTH], state[OLD] = 257, 9, -1
                changed = True
                break
            if state[OLD] < 0:
                if code > 255:
                    return at, -1
                out[filled] = code
                filled += 1
                state[OLD], state[FIRST] = code, code
                continue
            one, size = code, 0
            if code >= state[FREE]:
                if code > state[FREE]:
                    return at, -1
                one, size = state[OLD], 1
            head = one
            while head > 255:
                head = prefix[head]
                size += 1
            size += 1
            end = filled + size
            if code >= state[FREE]:
                end -= 1
                out[end] = head
            while one > 255:
                end -= 1
                out[end] = suffix[one]
                one = prefix[one]
            out[filled] = one
            filled += size
            if state[FREE] < limit:
                prefix[state[FREE]], suffix[state[FREE]] = state[OLD], head
                state[FREE] += 1
            state[OLD], state[FIRST] = code, head
            if state[FREE] > (1 << width) - 1 and width < state[BITS]:
                state[WIDTH] += 1
                changed = True
                break
        at += group
        if group < width and not changed:
            break
    return at, filled
