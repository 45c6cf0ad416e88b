"""Which values have the shape of a type, by expressions of ``rules/columns.yaml``.

RE2 takes microseconds a value where an expression counts letters of any script (``\\p{L}{2,60}``) and fifty nanoseconds
where it counts ASCII ones. So each other letter is written ``a``, which no such expression asks for by name.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scanner.recognition.cellkernels import plain_cells
from scanner.recognition.cells import Run

LETTER = r"\p{L}"
_LATIN = 0x250
_ALL = 0x110000
_NONE = np.zeros(0, np.bool_)


def shaped(run: Run, shape: str) -> NDArray[np.intp]:
    """The numbers of the distinct values that are, without white space around them, of this shape."""
    letters = _letters(_LATIN) if LETTER in shape else _NONE
    offsets, data, is_beyond = plain_cells(run.offsets, run.data, run.firsts, letters)
    if is_beyond:
        offsets, data, _ = plain_cells(run.offsets, run.data, run.firsts, _letters(_ALL))
    values = pa.StringArray.from_buffers(len(run), pa.py_buffer(offsets), pa.py_buffer(data))
    hits = pc.match_substring_regex(values, f"^(?s:{with_plain_letters(shape)})$")
    return np.flatnonzero(hits.to_numpy(zero_copy_only=False))


@lru_cache(maxsize=64)
def with_plain_letters(shape: str) -> str:
    """The expression for text in which each letter is one of ASCII."""
    parts, is_class, at = [], False, 0
    while at < len(shape):
        size = len(LETTER) if shape.startswith(LETTER, at) else 2 if shape[at] == "\\" else 1
        piece = shape[at : at + size]
        is_class = piece == "[" or (is_class and piece != "]")
        parts.append(piece if piece != LETTER else "A-Za-z" if is_class else "[A-Za-z]")
        at += size
    return "".join(parts)


@lru_cache(maxsize=2)
def _letters(limit: int) -> NDArray[np.bool_]:
    """For each code point, whether it is a letter beyond ASCII, as RE2 has it."""
    points = [chr(code) if code >= 0x80 and not 0xD800 <= code < 0xE000 else "" for code in range(limit)]
    is_letter: NDArray[np.bool_] = pc.match_substring_regex(pa.array(points), LETTER).to_numpy(zero_copy_only=False)
    return is_letter
