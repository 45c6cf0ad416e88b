"""JSON with a line for each value, as people compare it; the standard encoder takes thrice as long for it."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any


def indented(value: Any) -> str:
    """What ``json.dumps`` writes with sorted keys, one space of indentation and letters as they are."""
    return _written(value, "\n")


def _written(value: Any, end: str) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return repr(value)
    start = end + " "
    if kind is dict and value:
        pairs = [f"{encode_basestring(key)}: {_written(value[key], start)}" for key in sorted(value)]
        return f"{{{start}{f',{start}'.join(pairs)}{end}}}"
    if kind in (list, tuple) and value:
        values = [encode_basestring(one) if type(one) is str else _written(one, start) for one in value]
        return f"[{start}{f',{start}'.join(values)}{end}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
