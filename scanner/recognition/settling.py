"""Compiled loops that choose among the matches of rules: neighbours, overlaps, context."""

from __future__ import annotations

import numba
import numpy as np

from recognizers.edges import stands
from recognizers.vocabulary import SAME_LINE

_njit = numba.njit(cache=True, nogil=True)


@_njit
def stand(data, spans, edges):  # type: ignore[no-untyped-def]
    """Which spans may stand where they do, each by the number of its condition."""
    kept = np.empty(spans.shape[0], np.bool_)
    for k in range(spans.shape[0]):
        kept[k] = stands(data, spans[k, 0], spans[k, 1], edges[k])
    return kept


@_njit
def select(rows, spans):  # type: ignore[no-untyped-def]
    """Of matches (start, end, pattern) by pattern and start, those that begin after the value taken before."""
    kept = np.zeros(rows.shape[0], np.bool_)
    pattern = -1
    free = 0
    for k in range(rows.shape[0]):
        if rows[k, 2] != pattern:
            pattern = rows[k, 2]
            free = 0
        if rows[k, 0] >= free:
            kept[k] = True
            free = max(spans[k, 1], rows[k, 0] + 1)
    return kept


@_njit
def settle(rule, spans, level):  # type: ignore[no-untyped-def]
    """Of overlapping spans of one rule the surest stays, then the longest, then the first.

    They come by rule, start, falling level and falling end; returns the indices that stay, in order.
    """
    kept = np.empty(rule.size, np.int64)
    count = 0
    for k in range(rule.size):
        if count == 0 or rule[kept[count - 1]] != rule[k] or spans[k, 0] >= spans[kept[count - 1], 1]:
            kept[count] = k
            count += 1
            continue
        last = kept[count - 1]
        longer = spans[k, 1] - spans[k, 0] > spans[last, 1] - spans[last, 0]
        if level[k] > level[last] or (level[k] == level[last] and longer):
            kept[count - 1] = k
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
def _line_around(data, start, end):  # type: ignore[no-untyped-def]
    """Where the line begins and ends, looked for as far as a line counts as one."""
    low = max(0, start - SAME_LINE)
    first = start
    while first > low and data[first - 1] != 10:
        first -= 1
    last = end
    high = min(data.size, end + SAME_LINE)
    while last < high and data[last] != 10:
        last += 1
    return first, last if last < high else end + SAME_LINE


@_njit
def near(data, spans, rule, offsets, starts, ends, windows, context):  # type: ignore[no-untyped-def]
    """Set ``context`` where a word of the rule stands in its window before and after the span, or on the same line."""
    for k in range(rule.size):
        own = rule[k]
        first, stop = offsets[own], offsets[own + 1]
        if context[k] or first == stop:
            continue
        start, end = spans[k, 0], spans[k, 1]
        at = _first_from(starts, first, stop, start - max(windows[own, 0], SAME_LINE) - 1)
        if at == stop or starts[at] > end + max(windows[own, 1], SAME_LINE):
            continue
        line_start, line_end = _line_around(data, start, end)
        at = _first_from(starts, at, stop, min(start - windows[own, 0], line_start) - 1)
        last = max(end + windows[own, 1], line_end) + 1
        while at < stop and starts[at] < last:
            if ends[at] <= last:
                context[k] = True
                break
            at += 1
