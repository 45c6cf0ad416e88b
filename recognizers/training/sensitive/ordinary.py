"""Ordinary papers as neutral sentences: the invented texts that names are learnt from, full of people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from recognizers.folding import fold, listed
from recognizers.sentences.splitting import sentences_of
from recognizers.terms import compile_longest, term_pattern
from recognizers.training.sensitive.sentences import LANGUAGES, Sentence
from recognizers.training.texts import texts

KINDS = listed(
    "letters notes signatures forms tables messages work web chats credits config logs accounts negatives "
    "plain headings support papers press manuals cell twosided"
)
"""Neither care nor courts."""
_SCALE = 0.06
_LONGEST = 300


def ordinary(seed: int, count: int) -> Iterator[Sentence]:
    """So many sentences without a term of any lexicon, none twice."""
    found = dict.fromkeys(sentence for text in texts(seed, None, _SCALE) for sentence in _of(text.kind, text.text))
    chance = random.Random(f"{seed} ordinary")  # noqa: S311
    some = list(found)
    chance.shuffle(some)
    calm = (sentence for sentence in some if not _tells(sentence.text))
    yield from (sentence for _, sentence in zip(range(count), calm, strict=False))


def _of(kind: str, text: str) -> Iterator[Sentence]:
    lang, _, name = kind.rpartition("/")
    if name in KINDS or not lang:
        for start, end in zip(*(edges.tolist() for edges in sentences_of(text)), strict=True):
            if end - start <= _LONGEST:
                yield Sentence(text[start:end], "", lang if lang in LANGUAGES else "en", "ordinary")


def _tells(text: str) -> bool:
    return _terms().search(fold(text).data.lower()) is not None


@lru_cache(maxsize=1)
def _terms() -> Any:
    """All terms of all lexicons that say anything by themselves."""
    files = (resources.files("recognizers") / "special").iterdir()
    lexicons = (yaml.safe_load(file.read_text("utf-8")) for file in files if file.name.endswith(".yaml"))
    plain = {term_pattern(term) for lexicon in lexicons for key in ("strong", "weak") for term in lexicon.get(key, ())}
    return compile_longest("|".join(sorted(plain)))
