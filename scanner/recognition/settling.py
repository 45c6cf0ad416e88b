"""Compiled loops that choose among the matches of rules: overlaps, context."""

from __future__ import annotations

import numba
import numpy as np

_njit = numba.njit(cache=True, nogil=True)


@_njit
def part(rows, owners):  # type: ignore[no-untyped-def]
    """Rows of the first ``owners.size`` expressions, told by their owners, and those of the others, both in order."""
    count = 0
    for k in range(rows.shape[0]):
        count += rows[k, 2] < owners.size
    own = np.empty((count, 3), np.int64)
    others = np.empty((rows.shape[0] - count, 3), np.int64)
    first = second = 0
    for k in range(rows.shape[0]):
        number = rows[k, 2]
        if number < owners.size:
            own[first, 0], own[first, 1], own[first, 2] = rows[k, 0], rows[k, 1], owners[number]
            first += 1
        else:
            others[second, 0], others[second, 1], others[second, 2] = rows[k, 0], rows[k, 1], number
            second += 1
    return own, others


@_njit
def select(order, pattern, spans):  # type: ignore[no-untyped-def]
    """Of matches (value, match), by pattern and start as ``order`` says, those that begin after the value taken before.

    Returns their indices, in that order.
    """
    taken = np.empty(order.size, np.int64)
    count = 0
    last = -1
    free = 0
    for k in order:
        if pattern[k] != last:
            last = pattern[k]
            free = 0
        if spans[k, 2] >= free:
            taken[count] = k
            count += 1
            free = max(spans[k, 1], spans[k, 2] + 1)
    return taken[:count]


@_njit
def settle(order, rule, spans, level):  # type: ignore[no-untyped-def]
    """Of overlapping spans of one rule the surest stays, then the longest, then the first.

    ``order`` is by rule, start, falling level and falling length; returns the indices that stay, in that order.
    """
    kept = np.empty(order.size, np.int64)
    count = 0
    for k in order:
        if count:
            last = kept[count - 1]
            if rule[last] == rule[k] and spans[k, 0] < spans[last, 1]:
                longer = spans[k, 1] - spans[k, 0] > spans[last, 1] - spans[last, 0]
                if level[k] > level[last] or (level[k] == level[last] and longer):
                    kept[count - 1] = k
                continue
        kept[count] = k
        count += 1
    return kept[:count]


@_njit
def _first_from(starts, low, high, wanted):  # type: ignore[no-untyped-def]
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@_njit
def _line_around(data, start, end, same_line):  # type: ignore[no-untyped-def]
    """Where the line begins and ends, looked for as far as a line counts as one."""
    low = max(0, start - same_line)
    first = start
    while first > low and data[first - 1] != 10:
        first -= 1
    last = end
    high = min(data.size, end + same_line)
    while last < high and data[last] != 10:
        last += 1
    return first, last if last < high else end + same_line


@_njit
def near(data, spans, rule, offsets, starts, ends, windows, same_line, context):  # type: ignore[no-untyped-def]
    """Set ``context`` where a word of the rule stands in its window before and after the span, or on the same line,
    which counts as one for ``same_line`` bytes."""
    for k in range(rule.size):
        own = rule[k]
        first, stop = offsets[own], offsets[own + 1]
        if context[k] or first == stop:
            continue
        start, end = spans[k, 0], spans[k, 1]
        at = _first_from(starts, first, stop, start - max(windows[own, 0], same_line) - 1)
        if at == stop or starts[at] > end + max(windows[own, 1], same_line):
            continue
        line_start, line_end = _line_around(data, start, end, same_line)
        at = _first_from(starts, at, stop, min(start - windows[own, 0], line_start) - 1)
        last = max(end + windows[own, 1], line_end) + 1
        while at < stop and starts[at] < last:
            if ends[at] <= last:
                context[k] = True
                break
            at += 1
