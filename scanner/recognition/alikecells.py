"""Cells that are JSON of one structure, taken apart together: a structure is one expression over all of them.

A table has few structures in a column and a million rows of each; what is of no structure is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import re2
from numpy.typing import NDArray

from scanner.recognition.structured import LONGEST, decoded, is_data

Ints = NDArray[np.int64]

_WORTH = 32
"""Cells that are not worth an expression."""
_MOST_STRUCTURES = 12
_MOST_LEAVES = 60
_MOST_OF_A_PATH = 8
_DEEPEST = 12
_SPACE = r"[ \t\r\n]*"
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_LEAF = rf'"[^"\\\x00-\x1f]*"|{_NUMBER}|true|false|null'
"""A value without an escape: what stands between its quotes is what it says."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Cells of one structure: their numbers, the path of each of its values, and the values, null where it is empty."""

    cells: Ints
    paths: tuple[str, ...]
    values: tuple[pa.Array, ...]


def alike(texts: pa.Array) -> tuple[list[Alike], Ints]:
    """The structures that many texts have, and the numbers of the others."""
    short = pc.less_equal(pc.binary_length(texts), LONGEST).to_numpy(zero_copy_only=False)
    left, found, others = np.flatnonzero(short), [], [np.flatnonzero(~short)]
    for _ in range(_MOST_STRUCTURES):
        if len(left) < _WORTH:
            break
        own = _like_first(texts, left)
        if own is not None and len(own.cells):
            found.append(own)
            left = left[~np.isin(left, own.cells, assume_unique=True)]
        else:
            others.append(left[:1])
            left = left[1:]
    return found, np.sort(np.concatenate([*others, left]))


def _like_first(texts: pa.Array, numbers: Ints) -> Alike | None:
    """All of these texts that have the structure of the first of them."""
    structure = _structure(texts[int(numbers[0])].as_py())
    if structure is None:
        return None
    expression, paths = structure
    got = pc.extract_regex(texts.take(pa.array(numbers)), expression)
    values = [_said(got.field(number)) for number in range(len(paths))]
    whole = pc.is_valid(got).to_numpy(zero_copy_only=False) & _is_full(paths, values)
    kept = pa.array(whole)
    return Alike(numbers[whole], paths, tuple(value.filter(kept) for value in values))


def _is_full(paths: tuple[str, ...], values: list[pa.Array]) -> Any:
    """Where no value of a path that comes again is empty: which one of several it was could not be told."""
    full: Any = True
    for path, value in zip(paths, values, strict=True):
        if paths.count(path) > 1:
            full = full & pc.is_valid(value).to_numpy(zero_copy_only=False)
    return full


def _said(raw: pa.Array) -> pa.Array:
    """Values without their quotes; null where there is none or it is empty."""
    bare = pc.utf8_trim(raw, '"')
    empty = pc.or_(pc.equal(raw, "null"), pc.equal(bare, ""))
    return pc.if_else(pc.fill_null(empty, True), pa.scalar(None, pa.string()), bare)


def _structure(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The expression of all texts with the keys of this one, and the paths of its groups; None if it has too many."""
    try:
        value = decoded(text)
        parts = list(_parts(value, "", 0)) if isinstance(value, dict | list) else []
    except (ValueError, RecursionError):
        return None
    paths = tuple(path for _, path in parts if path is not None)
    if not parts or len(paths) > _MOST_LEAVES or max(map(paths.count, paths), default=0) > _MOST_OF_A_PATH:
        return None
    groups = iter(range(len(paths)))
    body = "".join(piece if path is None else f"(?P<g{next(groups)}>{_LEAF})" for piece, path in parts)
    return rf"\A{_SPACE}{body}{_SPACE}\z", paths


def _parts(value: Any, path: str, depth: int) -> Iterator[tuple[str, str | None]]:
    """Pieces of the expression, those of values with their paths; keys that are data make no structure."""
    if depth > _DEEPEST:
        raise ValueError
    if not isinstance(value, dict | list):
        yield "", path
        return
    yield ("{" if isinstance(value, dict) else r"\[").replace("{", r"\{") + _SPACE, None
    members = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for number, (key, member) in enumerate(members):
        yield f"{_SPACE},{_SPACE}" if number else "", None
        if key is None:
            inner = f"{path}[]"
        elif is_data(key):
            raise ValueError
        else:
            yield f'"{re2.escape(key)}"{_SPACE}:{_SPACE}', None
            inner = f"{path}.{key}" if path else key
        yield from _parts(member, inner, depth + 1)
    yield _SPACE + (r"\}" if isinstance(value, dict) else r"\]"), None
